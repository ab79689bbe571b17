from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst, slugify
from django.views.decorators.http import require_safe

from samverkan.lib.db import Matched
from samverkan.lib.matching import for_matching
from samverkan.lib.values import shown


class Rows(ModelAdmin):
    """A searchable list and a page for each row, both read only, of the rows in the model's `visible_to`.

    `facts` are the fields on a row's page; empty means all but `unshown`. `children` are its related rows, as relation
    name and columns. `plural` names the list where the model's own name would not be understood.
    """

    group: ClassVar[str] = "Läs"
    plural: ClassVar[str] = ""
    facts: ClassVar[tuple[str, ...]] = ()
    unshown: ClassVar[tuple[str, ...]] = ("id",)
    children: ClassVar[dict[str, tuple[str, ...]]] = {}
    actions = None
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    change_list_template = "administration/list.html"
    one_template: ClassVar[str] = "administration/one.html"

    # --- Permissions: the site checks who may read, and nothing is written here -----------------------------------------
    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def first_step(self) -> str:
        """What a new installation needs first in the list, such as *Lägg till parterna*; empty once it has it."""
        return ""

    # --- Which rows -----------------------------------------------------------------------------------------------
    def visible_to(self, user: Any) -> QuerySet[Any]:
        """The rows that the user may see: the model's `visible_to`, unless a subclass says otherwise."""
        rows: QuerySet[Any] = self.model._default_manager.visible_to(user)
        return rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self.visible_to(request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Finds every word in any of the fields, see `for_matching`."""
        matched = {f"matched_{n}": Matched(name) for n, name in enumerate(self.get_search_fields(request))}
        found = queryset.alias(**matched)
        for part in for_matching(search_term).split():
            anywhere = Q()
            for name in matched:
                anywhere |= Q(**{f"{name}__contains": part})
            found = found.filter(anywhere)
        return found, False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allows the filters' own lookups only.

        Django follows any path of relations in an address, which would answer questions about hidden rows and password
        hashes.
        """
        names = [name for name in self.list_filter if isinstance(name, str)]
        return lookup in {f"{name}__{asked}" for name in names for asked in ("exact", "id__exact", "isnull")}

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Raises Http404 for a lookup that is not allowed or that asks for a NUL character, which PostgreSQL has no text with."""
        lookups = [value for name, values in request.GET.lists() if "__" in name for value in values]
        if any("\0" in value for value in lookups):
            raise Http404
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise Http404 from error

    # --- Pages ----------------------------------------------------------------------------------------------------
    @property
    def address(self) -> str:
        """The list's part of the address, such as `konton`."""
        return slugify(str(self.plural or self.opts.verbose_name_plural))

    @property
    def heading(self) -> str:
        return capfirst(str(self.plural or self.opts.verbose_name_plural))

    def title_of(self, row: Any) -> str:
        """The heading of a row's page."""
        return str(row)

    def label(self, name: str) -> str:
        """A field's label."""
        return str(self.opts.get_field(name).verbose_name)  # type: ignore[union-attr] # ours are no relations back

    def page(self, where: str, view: Any, name: str) -> URLPattern:
        label = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        return path(where, self.admin_site.admin_view(view), name=label)

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("", require_safe(self.changelist_view), "changelist"),
            self.page("<str:object_id>/", require_safe(self.one), "change"),
        ]

    def one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page of one row, with its related rows."""
        row = self.get_object_or_404(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "rows": self,
            "row": row,
            "opts": self.opts,
            "title": self.title_of(row),
            "facts": self.facts_of(row),
            "tables": self.tables_of(row),
        }
        self.was_read(row, by=request.user)
        return TemplateResponse(request, self.one_template, context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"rows": self, **(extra_context or {})})

    def get_object_or_404(self, request: HttpRequest, object_id: str) -> Any:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return row

    def facts_of(self, row: Any) -> list[tuple[str, str]]:
        """The facts on a row's page, each with label and text."""
        return [(self.label(name), shown(row, name)) for name in self.shown_names(row)]

    def shown_names(self, row: Any) -> list[str]:
        """The names of the fields on a row's page."""
        return list(self.facts) or [
            field.name for field in self.opts.fields if field.name not in self.unshown
        ]

    def tables_of(self, row: Any) -> list[dict[str, Any]]:
        """The tables below the facts on a row's page, each with title, headers and rows."""
        return [self._table(row, relation, columns) for relation, columns in self.children.items()]

    def was_read(self, row: Any, *, by: Any) -> None:
        """Called when the page of a row is about to be shown."""

    def _table(self, row: Model, relation: str, columns: tuple[str, ...]) -> dict[str, Any]:
        rows = getattr(row, relation).all()
        meta = rows.model._meta
        keys = [name for name in columns if meta.get_field(name).many_to_one]
        return {
            "title": meta.verbose_name_plural,
            "headers": [meta.get_field(name).verbose_name for name in columns],
            "rows": [[shown(each, name) for name in columns] for each in rows.select_related(*keys)],
        }
