from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from samverkan.lib.access import require
from samverkan.lib.administration.rows import Rows


class Administration(AdminSite):
    """The first page and the lists, without the admin's own sign-in, password page and catch-all.

    The role alone decides who may use it: accounts have no Django permissions.
    """

    site_header = site_title = index_title = "Administration"
    index_template = "administration/index.html"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Ignores lists that libraries register: those would save without the actions."""
        if admin_class and issubclass(admin_class, Rows):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_active and getattr(user, "is_administrator", False))

    def admin_view(self, view: Callable[..., HttpResponseBase], cacheable: bool = False) -> Any:
        """The view, which raises PermissionDenied for others than administrators. Middleware asks for the sign-in first."""

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(self.has_permission(request))
            return view(request, *args, **kwargs)

        return update_wrapper(guarded, view)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The lists by the first page's headings: those kept here, those only read, and the histories."""
        lists: list[Any] = list(self._registry.values())
        headings = ("Sköt", "Läs", "Läs historiken")
        return [(heading, [rows for rows in lists if rows.group == heading]) for heading in headings]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page. Until an installation has what others need to begin, it says what to do first."""
        lists: list[Any] = list(self._registry.values())
        first = [(rows, step) for rows in lists if (step := rows.first_step())]
        return super().index(request, {"first_steps": first, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        found: list[Any] = list(self._registry.values())
        lists = [path(f"{rows.address}/", include(rows.urls)) for rows in found]
        return [path("", self.admin_view(require_safe(self.index)), name="index"), *lists]
