"""What waits for me, and then for my party?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from activities.contribution_page import Part
from activities.models import Activity, Contribution, Round
from activities.querysets import ActivityQuerySet
from activities.waiting import waiting_in
from parties.models import Party, User
from priorities.models import Agreement
from samverkan.lib.numbers import counted

FIRST = 4  # contributions that stand in sight


@dataclass(frozen=True)
class OwnWork:
    """All that *Mitt arbete* shows. The party's agreed activities in adopted agreements, each in one of the lists.

    Before them the `proposals` that wait for an answer from the user's side.
    """

    party: Party | None
    rounds: list[Round]
    next_round: Round | None
    mine: list[Activity]
    partys: list[Activity]
    answered: list[Activity]
    others: list[Activity]
    proposals: list[Activity]
    contributions: list[Part]
    silent_elsewhere: int

    @property
    def waiting(self) -> list[Activity]:
        return [*self.mine, *self.partys]

    @property
    def headline(self) -> str:
        """The answer in one line: `2 aktiviteter väntar på Huge`."""
        if self.waiting:
            waits = counted(len(self.waiting), "aktivitet väntar", "aktiviteter väntar")
            return f"{waits} på {self.party.short_name if self.party else 'din part'}"
        if self.proposals:
            return f"{counted(len(self.proposals), 'förslag', 'förslag')} väntar på svar"
        return (
            f"Allt är uppdaterat för {self.party.short_name}"
            if self.answered and self.party
            else "Inget att följa upp just nu"
        )

    @property
    def first_contributions(self) -> list[Part]:
        """Those that ask for something stand in sight, and at least four."""
        asked = sum(
            part.is_asked_for and part.contribution.confirmed_on is None for part in self.contributions
        )
        return self.contributions[: max(asked, FIRST)]

    @property
    def other_contributions(self) -> list[Part]:
        return self.contributions[len(self.first_contributions) :]

    @property
    def save_label(self) -> str:
        return "Spara och gå till nästa" if len(self.waiting) > 1 else "Spara uppföljning"

    def find(self, pk: str | None) -> Activity | None:
        """The activity to open: the one asked for, or the first that waits; None when neither is there."""
        if pk is None:
            return next(iter(self.waiting), None)
        own = [*self.waiting, *self.answered, *self.others]
        return next((activity for activity in own if str(activity.pk) == pk), None)

    @property
    def asked_count(self) -> int:
        """How many the open rounds ask about: those that wait and those that have been answered."""
        return len(self.waiting) + len(self.answered)


def gather(user: User, agreements: list[Agreement], *, today: date) -> OwnWork:
    """A constant number of queries, however many activities and agreements."""
    adopted = _adopted(agreements)
    rounds = Round.objects.open_now(adopted, today)
    asked_in = {round.agreement_id: round.pk for round in rounds}
    waiting_ids = set(waiting(user, rounds, today=today).values_list("pk", flat=True))
    own = _led(user, today).filter(agreement__in=adopted).with_mine(user).with_flags(today=today, round=None)
    rows = list(
        own.select_related("agreement", "lead")
        .prefetch_related("milestones")
        .with_newest(today)
        .worst_first()
    )
    waits = [activity for activity in rows if activity.pk in waiting_ids]
    quiet = [activity for activity in rows if activity.pk not in waiting_ids]
    answered = [activity for activity in quiet if _answered(activity, asked_in)]
    return OwnWork(
        party=user.party,
        rounds=rounds,
        next_round=None if rounds else Round.objects.next_to_open(adopted, today),
        mine=[activity for activity in waits if activity.is_mine],
        partys=[activity for activity in waits if not activity.is_mine],
        answered=answered,
        others=[activity for activity in quiet if activity not in answered],
        silent_elsewhere=_silent_elsewhere(user, rounds, today=today),
        proposals=list(_waiting_proposals(user, agreements).order_by("agreement", "number")),
        contributions=_contributions(user, agreements, today),
    )


def count_waiting(user: User, agreements: list[Agreement], *, today: date) -> int:
    """How many activities wait for the user's party, for the menu. Two queries."""
    rounds = Round.objects.open_now(_adopted(agreements), today)
    return waiting(user, rounds, today=today).count()


def _silent_elsewhere(user: User, rounds: list[Round], *, today: date) -> int:
    """How many activities of other parties wait for their word: the coordinator's to know, 0 for others."""
    if not user.is_coordinator or not rounds:
        return 0
    everywhere = Activity.objects.visible_to(user).exclude(lead=user.party_id).as_of(today)
    return everywhere.filter(waiting_in(rounds, today)).count()


def waiting(user: User, rounds: list[Round], *, today: date) -> ActivityQuerySet:
    """The activities of the user's party that wait in an open round."""
    return _led(user, today).filter(waiting_in(rounds, today))


def _adopted(agreements: list[Agreement]) -> list[Agreement]:
    return [agreement for agreement in agreements if agreement.status == Agreement.Status.ADOPTED]


def _led(user: User, today: date) -> ActivityQuerySet:
    return Activity.objects.visible_to(user).filter(preparation="agreed").led_by(user.party).as_of(today)


def _waiting_proposals(user: User, agreements: list[Agreement]) -> ActivityQuerySet:
    """What the other side has proposed: coordinators answer for theirs, representatives for their party."""
    rows = Activity.objects.visible_to(user).filter(preparation="proposed", agreement__in=_open(agreements))
    rows = rows.select_related("agreement", "lead")
    if user.is_coordinator:
        return rows.filter(coordinator_yes_on=None)
    return rows.led_by(user.party).filter(lead_yes_on=None)


def _contributions(user: User, agreements: list[Agreement], today: date) -> list[Part]:
    """Where the party contributes: first what it has not confirmed, then what goes on, then what has ended. Two queries."""
    mine = Contribution.objects.filter(party=user.party_id).select_related("party")
    rows = (
        Activity.objects.visible_to(user).filter(agreement__in=_open(agreements)).contributed_by(user.party)
    )
    found = (
        rows.as_of(today)
        .select_related("agreement", "lead")
        .prefetch_related(Prefetch("contributions", mine, to_attr="own_part"))
        .order_by("number")
    )
    parts = [Part.of(each, each.own_part[0], user) for each in found]
    return sorted(parts, key=lambda part: (part.has_ended, part.contribution.confirmed_on is not None))


def _open(agreements: list[Agreement]) -> list[Agreement]:
    return [agreement for agreement in agreements if not agreement.is_archived]


def _answered(activity: Activity, asked_in: dict[int, int]) -> bool:
    return any(word.round_id == asked_in.get(activity.agreement_id, -1) for word in activity.newest)
