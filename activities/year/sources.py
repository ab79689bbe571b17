"""The sources of *Årshjul*, one function each. To add a source, write its function and list it in SOURCES.

Meetings and plans join when they are stored.
"""

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse

from activities.overview.start import PICTURE_YEARS
from activities.round_days import days_of
from activities.year.happening import Happening, Kind, Reminder
from parties.models import User
from priorities.models import Agreement, SituationalPicture

# The first year of lag (2023:196).
LAW_YEAR = 2023
LAW = "Lag (2023:196) 6\u00a0§: minst vartannat år."

Source = Callable[[Agreement, User], Iterator[Happening | Reminder]]


def rounds(agreement: Agreement, user: User) -> Iterator[Happening | Reminder]:
    """The rounds' days; for the coordinator with a link to the round. One query."""
    for round in agreement.rounds.order_by("as_of"):
        last = min(filter(None, (round.due_on, round.closed_on)))
        url = round.get_absolute_url() if user.is_coordinator else ""
        for each in days_of(round):
            until = last if each.key == "oppnar" else None
            has_happened = each.key == "stangd"
            yield Happening(each.day, each.what, round.label, Kind.ROUND, url, until, has_happened)


def pictures(agreement: Agreement, user: User) -> Iterator[Happening | Reminder]:
    """When each lägesbild was adopted, and when the latest has to be renewed. One query."""
    adopted = SituationalPicture.objects.visible_to(user).filter(status=SituationalPicture.Status.ADOPTED)
    found = list(adopted.order_by("-year"))
    for picture in found:
        url = picture.get_absolute_url()
        if picture.adopted_on:
            yield Happening(picture.adopted_on, "Lägesbilden fastställs", picture.title, Kind.PICTURE, url)
        else:
            yield Reminder(
                f"{picture.title} är fastställd. Dagen är inte känd.", url, picture.year, picture.year
            )
    if found:
        yield from _renewal(found[0])


def _renewal(latest: SituationalPicture) -> Iterator[Happening | Reminder]:
    """The day by which the law requires a new lägesbild, and a reminder for each later year.

    When the day of adoption is not known, the reminder begins in the year itself.
    """
    day, url = latest.adopted_on, latest.get_absolute_url()
    due_year = (day.year if day else latest.year) + PICTURE_YEARS
    if day and due_year >= LAW_YEAR:
        due = date(due_year, day.month, min(day.day, 28) if day.month == 2 else day.day)
        yield Happening(due, "Lägesbilden ska vara uppdaterad", LAW, Kind.PICTURE, url)
    first = max(due_year + 1 if day else due_year, LAW_YEAR)
    yield Reminder(f"Lägesbilden ska uppdateras. Den senaste är från {latest.year}. {LAW}", url, first)


def agreement_and_declaration(agreement: Agreement, user: User) -> Iterator[Happening | Reminder]:
    """The periods of both, and the days of the decisions where known. One query."""
    whole = Agreement.objects.select_related("declaration__matter", "matter").get(pk=agreement.pk)
    own, under = reverse("agreement", args=[whole.slug]), reverse("declaration", args=[whole.slug])
    periods = (
        (whole.starts_on, "Överenskommelsen börjar gälla", whole.title, own),
        (whole.ends_on, "Överenskommelsens sista dag", whole.title, own),
        (whole.declaration.valid_from, "Avsiktsförklaringen börjar gälla", whole.declaration.title, under),
        (whole.declaration.valid_to, "Avsiktsförklaringens sista dag", whole.declaration.title, under),
    )
    for day, what, about, url in periods:
        yield Happening(day, what, about, Kind.AGREEMENT, url)
    for matter, url in {whole.matter: own, whole.declaration.matter: under}.items():
        if matter and matter.decided_on:
            what = f"{matter.committee} beslutar"
            yield Happening(matter.decided_on, what, matter.title, Kind.AGREEMENT, url)


SOURCES: tuple[Source, ...] = (rounds, pictures, agreement_and_declaration)
