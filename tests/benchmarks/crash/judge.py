"""What is there after all the kills: what was acknowledged and is lost, and what is half made."""

from collections import Counter
from collections.abc import Iterator

from django.apps import apps

from activities.models import FollowUp, Milestone
from parties.models import User
from priorities.models import Need
from tests.benchmarks.crash.writers import EACH, Written


def lost(written: Written) -> list[str]:
    """What was acknowledged and is not stored."""
    stored = set(FollowUp.objects.values_list("what_happened", flat=True))
    stored |= set(Need.objects.values_list("problem", flat=True))
    stored |= {begins for begins, count in _imported(written).items() if count == EACH}
    return sorted(written.acknowledged - stored)


def half(written: Written) -> list[str]:
    """What is stored and misses a part, acknowledged or not, or is stored twice."""
    imports = [begins for begins, count in _imported(written).items() if count not in {0, EACH}]
    return [*imports, *_half_follow_ups(written), *_half_needs(written), *_without_rows()]


def _imported(written: Written) -> dict[str, int]:
    stored = Counter(email.rpartition("-")[0] + "-" for email in User.objects.values_list("email", flat=True))
    return {begins: stored[begins] for begins in written.imports}


def _half_follow_ups(written: Written) -> Iterator[str]:
    seen: set[str] = set()
    milestones = {str(each.pk): each for each in Milestone.objects.all()}
    for follow_up in FollowUp.objects.filter(what_happened__in=written.follow_ups):
        text = follow_up.what_happened
        milestone = milestones.get(written.follow_ups[text])
        if text in seen:
            yield f"{text} (twice)"
        elif milestone and milestone.ticked_by_id != follow_up.pk:
            yield f"{text} (without its milestone)"
        elif milestone and milestone.history.latest().done_on != milestone.done_on:
            yield f"{text} (without its milestone's history)"
        seen.add(text)


def _half_needs(written: Written) -> Iterator[str]:
    for need in Need.objects.filter(problem__in=written.needs):
        wanted = {int(key) for key in [written.needs[need.problem]] if key}
        kept = need.history.first()
        if {place.pk for place in need.places.all()} != wanted:
            yield f"{need.problem} (without its places)"
        elif kept is None or {row.place_id for row in kept.places.all()} != wanted:
            yield f"{need.problem} (without its history)"


def _without_rows() -> Iterator[str]:
    """Rows of the history whose own row does not exist; nobody removes anything here."""
    for model in apps.get_models():
        if name := getattr(model._meta, "simple_history_manager_attribute", ""):
            rows = getattr(model, name).exclude(**{f"{model._meta.pk.name}__in": model.objects.values("pk")})
            yield from (f"{row} (history without its row)" for row in rows)
