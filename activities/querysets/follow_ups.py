"""Which follow-ups, and which questions about them?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

if TYPE_CHECKING:
    from activities.models import FollowUp, Question, Round  # noqa: F401 -- QuerySet["…"] names them
    from parties.models import User


class FollowUpQuerySet(QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> Self:
        """Those of the activities that the user sees."""
        from activities.models import Activity  # noqa: PLC0415 -- the models take these querysets as managers

        return self.filter(activity__in=Activity.objects.visible_to(user))

    def counting(self) -> Self:
        """Words that stand: not withdrawals, and not replaced by one or by a correction that itself stands."""
        withdrawn = self.model.objects.filter(replaces=OuterRef("pk"), is_withdrawal=True)
        replacement = self.model.objects.filter(
            Q(is_withdrawal=True) | ~Exists(withdrawn), replaces=OuterRef("pk")
        )
        return self.filter(~Exists(replacement), is_withdrawal=False)

    def states(self) -> Self:
        """The responsible party's words that stand: the ones that decide an activity's state."""
        return self.counting().filter(voice="responsible")

    def with_state(self) -> Self:
        return self.annotate(
            state_code=Case(When(status="ongoing", then=F("assessment")), default=F("status"))
        )

    def newest_first(self) -> Self:
        return self.order_by("-refers_on", "-saved_at", "-pk")

    def in_answer_to(self, round: Round, day: date) -> Self:
        """Words in the round; once it is closed, later ones until the day too: between rounds nobody is asked an old question."""
        answers = Q(round=round)
        later = Q(refers_on__gt=round.as_of, refers_on__lte=day)
        return self.filter(answers if round.is_open(day) else answers | later)

    def for_log(self) -> Self:
        """With what a log row shows, newest first, withdrawals included, and whether each still counts (`counts`)."""
        standing = self.model.objects.counting().filter(pk=OuterRef("pk"))
        rows = self.annotate(counts=Exists(standing))
        return rows.select_related("author", "party", "round").newest_first()


class QuestionQuerySet(QuerySet["Question"]):
    def visible_to(self, user: User) -> Self:
        """Those of the activities that the user sees."""
        from activities.models import Activity  # noqa: PLC0415 -- the models take these querysets as managers

        return self.filter(follow_up__activity__in=Activity.objects.visible_to(user))

    def open_in(self, rounds: Iterable[Round]) -> Self:
        """Those that wait for a correction: of a word of one of the rounds that counts still, and not taken back."""
        from activities.models import FollowUp  # noqa: PLC0415 -- the models take these querysets as managers

        words = FollowUp.objects.states().filter(round__in=list(rounds))
        return self.filter(taken_back_at=None, follow_up__in=words)
