"""Loads the illustrative demo, fixtures/demo.yaml, by the product's own actions.

Everything gets the day that the file says. Loading it twice changes nothing, and a failure loads nothing. The facts
leave the agreement a draft; the demo adopts it, without a day of decision.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from activities.contributions.actions import write_contribution
from activities.follow_ups.actions import Answer, record_follow_up
from activities.milestones.actions import tick_milestones
from activities.models import Activity
from activities.planning.actions import accept_activity, propose_activity, register_activity
from activities.rounds.actions import add_round
from activities.states import Attainment, DecisionLevel, State
from parties.accounts.actions import add_user
from parties.directory.actions import add_unit
from parties.models import Party, User
from parties.roles import Role
from priorities.agreements.actions import adopt_agreement, set_effect_goal
from priorities.models import Agreement, Need, SituationalPicture
from priorities.needs.actions import add_need
from priorities.pictures.actions import adopt_picture
from samverkan import facts

PASSWORD = "samverkan-demo-2024"  # noqa: S105 -- public: it opens nothing where SAMVERKAN_TODAY is not set

# The file does not say when an activity was agreed: this long before it began.
PLANNED_AHEAD = timedelta(days=60)

ROLES = {
    "admin": Role.ADMINISTRATOR,
    "coordinator": Role.COORDINATOR,
    "official": Role.OFFICIAL,
    "party_representative": Role.REPRESENTATIVE,
    "reader": Role.READER,
}
KINDS = {
    "social": Activity.Kind.SOCIAL,
    "situationell": Activity.Kind.SITUATIONAL,
    "kunskap_och_samverkan": Activity.Kind.KNOWLEDGE,
}
HORIZONS = {"kort": Activity.Horizon.SHORT, "medel": Activity.Horizon.MEDIUM, "lang": Activity.Horizon.LONG}
STATES = {
    "ej_paborjad": State.NOT_STARTED,
    "enligt_plan": State.ON_TRACK,
    "risk": State.AT_RISK,
    "avviker": State.OFF_TRACK,
    "genomford": State.DONE,
    "avbruten": State.CANCELLED,
}
ATTAINMENTS = {
    "uppnatt": Attainment.ACHIEVED,
    "delvis_uppnatt": Attainment.PARTLY,
    "ej_uppnatt": Attainment.NOT_ACHIEVED,
}
LEVELS = {
    "parten": DecisionLevel.PARTY,
    "styrgruppen": DecisionLevel.STEERING_GROUP,
    "kommunstyrelsen": DecisionLevel.BOARD,
}


def read() -> dict[str, Any]:
    demo: dict[str, Any] = yaml.safe_load(
        (settings.BASE_DIR / "fixtures" / "demo.yaml").read_text(encoding="utf-8")
    )
    return demo


@transaction.atomic
def load() -> bool:
    """Loads the facts, then the demo. Returns False if the demo's agreement already has activities."""
    facts.load()
    agreement = Agreement.objects.get(slug=facts.read()["agreement"]["slug"])
    if agreement.activities.exists():
        return False
    _Loader(agreement, read()).load()
    return True


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _opens_on(row: dict[str, Any]) -> date:
    """The file's day, at the latest the day after `as_of`: after a weekend the file's rounds open later than they may."""
    latest = _day(row["as_of"]) + timedelta(days=1)
    return min(_day(row["opened_on"]), latest) if row["opened_on"] else latest


def _moment(text: str) -> datetime:
    """Ten in the morning that day, since the file has no times."""
    return _at_ten(_day(text))


def _at_ten(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


@dataclass
class _Loader:
    agreement: Agreement
    demo: dict[str, Any]
    users: dict[str, User] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)

    def load(self) -> None:
        self.parties: dict[str, Party] = facts.by_key("parties")
        self.areas = facts.by_key("priority_areas")
        self.places = {area.place.slug: area for area in self.agreement.focus_areas.select_related("place")}
        self.place_of = facts.by_key("places")
        self.add_accounts()
        self.complete_the_agreement()
        self.add_needs()
        for row in self.demo["rounds"]:
            add_round(
                by=None,
                agreement=self.agreement,
                label=row["label"],
                as_of=_day(row["as_of"]),
                due_on=_day(row["due"]),
                opens_on=_opens_on(row),
                closed_on=row["closed_on"] and _day(row["closed_on"]),
            )
        for row in self.demo["activities"]:
            self.add_activity(row)

    def add_accounts(self) -> None:
        for party in self.demo["parties"]:
            for name in party.get("units", []):
                add_unit(by=None, party=self.parties[party["id"]], name=name)
        for row in self.demo["users"]:
            party = self.parties[row["party"]]
            unit = party.units.get(name=row["unit"]) if "unit" in row else None
            self.users[row["id"]] = add_user(
                by=None,
                email=row["email"],
                display_name=row["display"],
                title=row["display"].removesuffix(" (demo)"),
                role=ROLES[row["role"]],
                party=party,
                unit=unit,
                password=PASSWORD,
            )
        self.coordinator = next(user for user in self.users.values() if user.is_coordinator)

    def complete_the_agreement(self) -> None:
        for row in self.demo["priority_areas"]:
            set_effect_goal(by=None, area=self.areas[row["id"]], effect_goal=row["effect_goal"])
        self.agreement.refresh_from_db()
        adopt_agreement(by=None, agreement=self.agreement)
        picture = self.demo["situational_picture"]
        texts = {name: picture[name] for name in ("mapping", "other_information", "analysis")}
        adopt_picture(by=None, picture=SituationalPicture.objects.get(year=picture["year"]), **texts)

    def add_needs(self) -> None:
        sources = facts.by_key("sources")
        for row in self.demo["needs"]:
            self.needs[row["id"]] = add_need(
                by=None,
                agreement=self.agreement,
                priority_area=self.areas[row["priority_area"]],
                problem=row["problem"],
                affected=row.get("affected", ""),
                causes="\n".join(row["causes"]),
                sources=[sources[key] for key in row["evidence"]],
                places=[self.place_of[key] for key in row["areas"] if key in self.place_of],
            )

    def add_activity(self, row: dict[str, Any]) -> None:
        reporters = [self.users[key] for key in row["reporters"]]
        began = _day(min(row["start"], *(follow_up["recorded_on"] for follow_up in row["follow_ups"])))
        at = _at_ten(max(self.agreement.starts_on, began - PLANNED_AHEAD))
        draft = register_activity(
            by=self.coordinator,
            at=at - timedelta(hours=2),
            agreement=self.agreement,
            reporters=reporters,
            **self._relations(row),
            **_plan(row),
        )
        activity = self.agree(draft, at)
        self.confirm_parts(activity, at)
        for milestone, stored in zip(row["milestones"], activity.milestones.order_by("pk"), strict=True):
            if milestone["done"]:
                at = _moment(milestone["done"])
                tick_milestones(activity=activity, milestones=[stored], by=reporters[0], at=at)
        for follow_up in row["follow_ups"]:
            self.add_follow_up(activity, follow_up, reporters[0])

    def agree(self, draft: Activity, at: datetime) -> Activity:
        """The coordinator proposes the activity and the lead party accepts it an hour later. Mails nobody."""
        people = (user for user in self.users.values() if user.is_representative)
        lead = next(user for user in people if user.party_id == draft.lead_id)
        proposed = propose_activity(
            activity=draft,
            by=self.coordinator,
            at=at - timedelta(hours=1),
            version=draft.version,
            notify=False,
        )
        return accept_activity(activity=proposed, by=lead, at=at, version=proposed.version, notify=False)

    def confirm_parts(self, activity: Activity, at: datetime) -> None:
        """Each contributing party confirms its own part, if the file says what that is."""
        people = {user.party_id: user for user in self.users.values() if user.is_representative}
        for contribution in activity.contributions.exclude(what=""):
            if by := people.get(contribution.party_id):
                write_contribution(contribution=contribution, by=by, at=at, what=contribution.what)

    def _relations(self, row: dict[str, Any]) -> dict[str, Any]:
        lead = self.parties[row["lead"]]
        keys = [row["focus_area"], *row.get("extra_focus_areas", [])]
        return {
            "lead": lead,
            "unit": lead.units.get(name=row["unit"]) if "unit" in row else None,
            "contributions": [
                (self.parties[key], row["contributions"].get(key, "")) for key in row["contributors"]
            ],
            "priority_area": self.areas[row["priority_area"]],
            "focus_areas": [self.places[self.place_of[key].slug] for key in keys if key in self.place_of],
            "needs": [self.needs[row["need"]]],
        }

    def add_follow_up(self, activity: Activity, row: dict[str, Any], reporter: User) -> None:
        state = STATES[row.get("assessment") or row["status"]]
        record_follow_up(
            activity=activity,
            at=_moment(row["recorded_on"]),
            submission_key=uuid4(),
            by=self.coordinator if state == State.CANCELLED else reporter,
            answer=Answer(
                state=state,
                what_happened=row["text"],
                needed=row.get("needed", ""),
                actual=row.get("actual"),
                decision_by=LEVELS[row["decision_level"]] if "decision_level" in row else "",
                attainment=ATTAINMENTS[row["attainment"]] if "attainment" in row else "",
            ),
        )


def _plan(row: dict[str, Any]) -> dict[str, Any]:
    measure = row["measure"]
    return {
        "title": row["title"],
        "purpose": row["purpose"],
        "goal": row["goal"],
        "owner_title": row["owner_function"],
        "measure": measure["name"],
        "measure_unit": measure["unit"],
        "baseline": measure["baseline"],
        "target": measure["target"],
        "starts_on": _day(row["start"]),
        "ends_on": _day(row["end"]),
        "kind": KINDS[row["type"]],
        "effect_horizon": HORIZONS[row["effect_horizon"]],
        "milestones": [{"title": step["title"], "due_on": _day(step["due"])} for step in row["milestones"]],
    }
