"""The filters of *Aktiviteter*, as GET parameters, so that a filtered list can be linked to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from activities.periods import Rounds
from activities.querysets import ActivityQuerySet, earlier
from activities.querysets.searching import IN_WORDS, MOST_TERMS, Term, sought, terms_of
from activities.states import Flag, Preparation, State
from parties.models import Party
from priorities.models import Agreement
from priorities.which import EVERYWHERE, check_day
from samverkan.lib.db import in_swedish_order
from samverkan.lib.forms import DayField

STATES = {state.slug: state for state in State}
FLAGS = {flag.slug: flag for flag in Flag}
OUTSIDE_PLAN = "utanfor-planen"  # off track, overdue, late to start or at risk: what Översikt tells by name
ORDERS: dict[str, tuple[str, Callable[[ActivityQuerySet], ActivityQuerySet]]] = {
    "nummer": ("Nummer", lambda rows: rows),  # as a search leaves them
    "allvar": ("Allvarligast först", lambda rows: rows.worst_first()),
    "namn": ("Namn", lambda rows: rows.order_by(in_swedish_order("title"), "number")),
    "part": ("Ansvarig part", lambda rows: rows.order_by(in_swedish_order("lead__name"), "number")),
    "slutdatum": ("Slutdatum", lambda rows: rows.order_by("ends_on", "number")),
}
# The filters whose lists say what each activity needs to get on, and who has to decide.
DEVIATING = {OUTSIDE_PLAN, State.OFF_TRACK.slug, State.AT_RISK.slug, Flag.OVERDUE.slug, Flag.LATE_START.slug}
PREPARATIONS = {each.slug: each for each in (Preparation.AGREED, *Preparation.before_agreed())}


class DayFilter(django_filters.Filter):
    field_class = DayField


class ActivityFilter(django_filters.FilterSet):
    """An invalid value is left out, and `errors` says so. A day in `per` shows the plan and the state as of that day."""

    sok = django_filters.CharFilter(
        label="Sök",
        method="searched",
        max_length=200,
        error_messages={"max_length": "Sök på högst 200 tecken."},
    )
    omrade = django_filters.ChoiceFilter(
        label="Prioriterat område",
        field_name="priority_area__slug",
        empty_label="Alla",
        error_messages={"invalid_choice": "Det prioriterade området finns inte."},
    )
    plats = django_filters.ChoiceFilter(
        label="Geografiskt område",
        method="placed",
        empty_label="Alla",
        error_messages={"invalid_choice": "Det geografiska området finns inte."},
    )
    part = django_filters.ChoiceFilter(
        label="Ansvarig part",
        field_name="lead__slug",
        empty_label="Alla",
        error_messages={"invalid_choice": "Den parten finns inte."},
    )
    status = django_filters.ChoiceFilter(
        label="Status",
        method="doing",
        empty_label="Alla",
        error_messages={"invalid_choice": "Den statusen finns inte."},
        choices=[
            ("Status", [(slug, state.label) for slug, state in STATES.items()]),
            (
                "Behöver uppmärksamhet",
                [
                    (OUTSIDE_PLAN, "Går inte enligt plan"),
                    *((slug, flag.label) for slug, flag in FLAGS.items()),
                ],
            ),
            ("Beslutade eller inte", [(slug, each.label) for slug, each in PREPARATIONS.items()]),
        ],
    )
    per = DayFilter(label="Läget per", method="unfiltered")
    sortera = django_filters.ChoiceFilter(
        label="Sortera efter",
        method="unfiltered",
        empty_label=None,
        error_messages={"invalid_choice": "Det går inte att sortera så."},
        choices=[(key, label) for key, (label, _) in ORDERS.items()],
    )

    def __init__(self, data: Any, queryset: ActivityQuerySet, *, agreement: Agreement, today: date) -> None:
        super().__init__(data, queryset)
        self.agreement, self.today = agreement, today
        self.day = today
        self.terms: list[Term] = []  # of the search, once it is done
        fields = self.form.fields
        fields["per"].within = ((agreement.starts_on, today),)
        fields["omrade"].choices = [
            ("", "Alla"),
            *((area.slug, area.short_name) for area in agreement.priority_areas.all()),
        ]
        places = [
            (area.place.slug, area.place.name) for area in agreement.focus_areas.select_related("place")
        ]
        fields["plats"].choices = [("", "Alla"), *places, (EVERYWHERE, "Hela kommunen")]
        parties = Party.objects.filter(memberships__agreement=agreement).by_name()
        fields["part"].choices = [("", "Alla"), *((party.slug, party.short_name) for party in parties)]

    def get_form_class(self) -> type[forms.Form]:
        """Adds what a form declares as `clean_per`: the day is not before the agreement and not in the future."""
        outer = self

        class FilterForm(super().get_form_class()):  # type: ignore[misc] # django-filter makes the class at run time
            use_required_attribute = False

            def clean_sok(self) -> str:
                words: str = self.cleaned_data["sok"]
                if len(terms_of(words)) > MOST_TERMS:
                    raise ValidationError(f"Sök på högst {MOST_TERMS} ord.", code="too_many")
                return words

            def clean_per(self) -> date | None:
                day: date | None = self.cleaned_data["per"]
                check_day(day, outer.agreement, today=outer.today)
                return day

        return FilterForm

    def filter_queryset(self, queryset: ActivityQuerySet) -> ActivityQuerySet:
        cleaned = self.form.cleaned_data
        self.day = cleaned.get("per") or self.today
        round = Rounds.of(self.agreement).asking_about(self.day, today=self.today)
        rows = queryset.as_of(self.day, today=self.today).with_flags(today=self.day, round=round)
        rows = rows.order_by("number")
        _, order = ORDERS.get(cleaned.get("sortera") or "", ORDERS["nummer"])
        return order(super().filter_queryset(rows))

    def searched(self, rows: ActivityQuerySet, name: str, words: str) -> ActivityQuerySet:
        self.terms = sought(words)
        return rows.search(self.terms, day=self.day)

    def placed(self, rows: ActivityQuerySet, name: str, slug: str) -> ActivityQuerySet:
        """A place, or the activities that name none: they are for the whole municipality."""
        return (
            rows.filter(focus_areas=None)
            if slug == EVERYWHERE
            else rows.filter(focus_areas__place__slug=slug)
        )

    def doing(self, rows: ActivityQuerySet, name: str, slug: str) -> ActivityQuerySet:
        if slug == OUTSIDE_PLAN:
            deviates = Q(state__in=[State.OFF_TRACK.value, State.AT_RISK.value])
            return rows.agreed().filter(deviates | Q(is_overdue=True) | Q(is_late_start=True))
        if slug in FLAGS:
            return rows.filter(**{f"is_{FLAGS[slug]}": True})
        if slug in PREPARATIONS:
            return rows.filter(preparation=PREPARATIONS[slug])
        return rows.in_state(STATES[slug])

    def unfiltered(self, rows: ActivityQuerySet, name: str, value: Any) -> ActivityQuerySet:
        return rows

    @property
    def search(self) -> str:
        """What is searched for; empty when nothing is."""
        return self.form.cleaned_data.get("sok") or ""

    @property
    def planned(self) -> date | None:
        """The day of the plan that is shown; None for the plan as it is now."""
        return earlier(self.day, self.today)

    @property
    def in_search(self) -> str:
        """The sentence that says where a search looks; empty without one."""
        return IN_WORDS if self.search else ""

    @property
    def says_needed(self) -> bool:
        """Whether it is a list of what deviates."""
        return self.form.cleaned_data.get("status") in DEVIATING

    @property
    def in_words(self) -> str:
        """`Trygghet i offentlig miljö, Avviker`; empty when nothing is filtered."""
        if not self.form.is_bound:
            return ""
        self.form.is_valid()
        cleaned, fields = self.form.cleaned_data, self.form.fields
        chosen = [
            (name, cleaned[name]) for name in ("omrade", "plats", "part", "status") if cleaned.get(name)
        ]
        words = [_label(fields[name].choices, slug) for name, slug in chosen]
        return ", ".join(words + ([f"”{cleaned['sok']}”"] if cleaned.get("sok") else []))


def _label(choices: Any, slug: str) -> str:
    for key, label in choices:
        if isinstance(label, list | tuple):
            if found := _label(label, slug):
                return found
        elif key == slug:
            return str(label)
    return ""
