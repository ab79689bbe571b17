from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from samverkan.lib.access import require
from samverkan.lib.administration.rows import Rows


class Administration(AdminSite):
    """The site's first page and the pages of its lists; no sign-in, password page or catch-all of its own.

    Whoever has the role may, and nobody else: Django's permission tables are not asked, and accounts have none.
    """

    site_header = site_title = index_title = "Administration"
    index_template = "administration/index.html"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Our own lists only: what libraries register would write past the actions."""
        if admin_class and issubclass(admin_class, Rows):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_active and getattr(user, "is_administrator", False))

    def admin_view(self, view: Callable[..., HttpResponseBase], cacheable: bool = False) -> Any:
        """Raises PermissionDenied for everybody else. The sign-in is asked for before that, as on every page."""

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(self.has_permission(request))
            return view(request, *args, **kwargs)

        return update_wrapper(guarded, view)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The lists as the first page shows them: what is kept here, what is only read, and what was before."""
        lists: list[Any] = list(self._registry.values())
        headings = ("Sköt", "Läs", "Läs historiken")
        return [(heading, [rows for rows in lists if rows.group == heading]) for heading in headings]

    def get_urls(self) -> list[URLPattern | URLResolver]:
        found: list[Any] = list(self._registry.values())
        lists = [path(f"{rows.address}/", include(rows.urls)) for rows in found]
        return [path("", self.admin_view(require_safe(self.index)), name="index"), *lists]
