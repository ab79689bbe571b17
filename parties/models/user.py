from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower

from parties.models.party import Party, Unit
from parties.querysets import UserManager
from parties.roles import Role
from samverkan.lib.fields import FreeLineField


class User(AbstractBaseUser):
    """An account. The e-mail address is the login; the role and the party decide what the user may do."""

    email = models.EmailField(
        "e-postadress",
        unique=True,
        error_messages={"unique": "Det finns redan ett konto med den adressen."},
    )
    display_name = FreeLineField("namn", max_length=150)
    title = FreeLineField("funktion", max_length=150, blank=True)
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="users", verbose_name="part"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="users", verbose_name="enhet"
    )
    role = models.CharField("roll", max_length=20, choices=Role, default=Role.READER)
    is_active = models.BooleanField("aktivt", default=True)
    joined_at = models.DateTimeField("upplagt", auto_now_add=True)
    invited_at = models.DateTimeField(
        "inbjuden", null=True, blank=True, editable=False, help_text="När den senaste inbjudan skickades."
    )

    # Counts up when the account's known devices are to be forgotten.
    device_generation = models.PositiveIntegerField("enheternas generation", default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name = "konto"
        verbose_name_plural = "konton"
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_has_an_email_of_its_own_whatever_the_case"),
            models.CheckConstraint(name="user_has_a_known_role", condition=models.Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        self.email = type(self).objects.normalize_email(self.email).lower()

    @property
    def is_coordinator(self) -> bool:
        return self.role == Role.COORDINATOR

    @property
    def is_representative(self) -> bool:
        return self.role == Role.REPRESENTATIVE

    @property
    def is_official(self) -> bool:
        """True for a coordinator too, who may do all that an official may."""
        return self.get_role().traits.makes_reports

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def is_demo_account(self) -> bool:
        """Only the demo uses example.com, where nobody can have mail (RFC 2606)."""
        return self.email.endswith("@example.com")

    def get_role(self) -> Role:
        return Role(self.role)
