"""The filters of the log's list: when, what, about what, by whom and of which party."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.admin import ListFilter, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from parties.acts import Act
from parties.audit.entry import ABOUT, kind_of
from samverkan.lib import clock
from samverkan.lib.dates import UnreadableDay, read_day, until


class PeriodFilter(ListFilter):
    """From a day to a day, both inclusive. A text that is no day filters nothing and gets a message."""

    title = "när"
    template = "administration/_period.html"
    names = ("fran", "till")

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.typed = {name: params.pop(name, [""])[-1].strip() for name in self.names}
        self.fault = ""
        self.days = {name: self._read(text) if text else None for name, text in self.typed.items()}
        self.used_parameters = {name: text for name, text in self.typed.items() if text}

    def _read(self, text: str) -> date | None:
        try:
            return read_day(text, *until(clock.today()))
        except UnreadableDay as unreadable:
            self.fault = self.fault or str(unreadable)
            return None

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(self.names)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        first, last = self.days["fran"], self.days["till"]
        if first and first > date.min:  # whose midnight here is before the first moment that there is
            queryset = queryset.filter(at__gte=clock.midnight(first))
        if last and last < date.max:
            queryset = queryset.filter(at__lt=clock.midnight(last + timedelta(days=1)))
        return queryset

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """The other filters' parameters, which the form sends along."""
        for name, values in changelist.get_filters_params().items():
            if name not in self.names:
                yield from ({"name": name, "value": value} for value in values)


class ActFilter(SimpleListFilter):
    title = "händelse"
    parameter_name = "handelse"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(act.value, str(act.label)) for act in Act]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(act=self.value()) if self.value() in Act else queryset


class AboutFilter(SimpleListFilter):
    """What the entries are about: a kind of row, such as `parties.user`, or one row, such as `parties.user:12`."""

    title = "gäller"
    parameter_name = "galler"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kinds = sorted(((label, kind_of(label)) for label in ABOUT), key=lambda kind: kind[1])
        label, _, key = (self.value() or "").partition(":")
        return [*kinds, (f"{label}:{key}", f"{kind_of(label)} {key}")] if label in ABOUT and key else kinds

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        label, _, key = (self.value() or "").partition(":")
        if label:
            queryset = queryset.filter(about=label) if label.isprintable() else queryset.none()
        if key:
            is_key = key.isascii() and key.isdigit() and len(key) < 19
            queryset = queryset.filter(key=int(key)) if is_key else queryset.none()
        return queryset
