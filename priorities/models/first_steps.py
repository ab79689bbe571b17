from django.db import models
from django.db.models import Q

from priorities.models.agreement import Agreement


class FirstStepKind(models.TextChoices):
    """The steps of *Kom igång*, in their order."""

    PARTIES = "parter", "Lägg till parterna"
    PEOPLE = "representanter", "Ge varje part en representant med konto"
    AREAS = "omraden", "Ange prioriterade områden och geografiska områden"
    PICTURE = "lagesbild", "Ta fram och fastställ lägesbilden"
    NEEDS = "behov", "Beskriv behoven"
    ADOPTION = "faststall", "Fastställ överenskommelsen"
    ACTIVITY = "aktivitet", "Planera den första aktiviteten"
    ROUNDS = "omgangar", "Planera uppföljningsomgångarna"


class StepAside(models.Model):
    """A step of *Kom igång* that the agreement does without. When and by whom stands in the log of changes."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="steps_aside", verbose_name="överenskommelse"
    )
    step = models.CharField("steg", max_length=20, choices=FirstStepKind)

    class Meta:
        verbose_name = "undanlagt steg"
        verbose_name_plural = "undanlagda steg"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("agreement", "step", name="step_is_put_aside_once"),
            models.CheckConstraint(
                name="step_aside_is_a_known_step", condition=Q(step__in=FirstStepKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.get_step_display()
