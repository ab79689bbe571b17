"""The log of changes and its sealed segments. Locks in the database keep both; `parties.audit` writes them."""

from __future__ import annotations

import json
from typing import Self

from django.db import models
from django.db.models import QuerySet

from parties.acts import Act
from parties.models.party import Party
from parties.models.user import User
from parties.roles import Role


class AuditEntryQuerySet(QuerySet["AuditEntry"]):
    def visible_to(self, user: User) -> Self:
        """All entries for active administrators, none for others."""
        return self.all() if user.is_active and user.is_administrator else self.none()


class AuditEntry(models.Model):
    """Who did what, when, from where and to what. Rows are only ever added.

    The account is a key without a name, and of an account's changes neither name nor whole address is kept, so that a
    person who leaves can be anonymised although no row changes. `changes` is the JSON text that `digest` was made of.
    The foreign keys have no indexes of their own: those below begin with the same columns.
    """

    at = models.DateTimeField("när")
    act = models.CharField("händelse", max_length=20, choices=Act)
    account = models.ForeignKey(
        User, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name="konto"
    )
    role = models.CharField("roll", max_length=20, choices=Role, blank=True)
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name="part"
    )
    deputy_for = models.CharField(
        "ställföreträdare för", max_length=200, blank=True, help_text="Kontonas nummer, med komma emellan."
    )
    address = models.CharField("från adress", max_length=45, blank=True)
    request_id = models.CharField("begäran", max_length=64, blank=True)
    command = models.CharField("kommando", max_length=40, blank=True)
    about = models.CharField("gäller", max_length=60, blank=True)
    key = models.BigIntegerField("nummer", null=True)
    label = models.CharField("hette då", max_length=200, blank=True)
    changes = models.TextField("ändringar", blank=True)
    digest = models.CharField("avtryck", max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "post i ändringsloggen"
        verbose_name_plural = "ändringslogg"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at", "id"], name="audit_at"),
            models.Index(fields=["act", "at", "id"], name="audit_act"),
            models.Index(fields=["account", "at", "id"], name="audit_account"),
            models.Index(fields=["party", "at", "id"], name="audit_party"),
            models.Index(fields=["party", "act", "at", "id"], name="audit_party_act"),
            models.Index(fields=["about", "key", "at", "id"], name="audit_about_key"),
            models.Index(fields=["about", "at", "id"], name="audit_about"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.label}".strip()

    @property
    def changed(self) -> list[tuple[str, str, str]]:
        """Each change as field, value before and value after. What is no such list stands alone, as it is stored."""
        try:
            listed = json.loads(self.changes or "[]")
            return [(str(name), str(old), str(new)) for name, old, new in listed]
        except (TypeError, ValueError):
            return [("", "", self.changes)]


class AuditSegment(models.Model):
    """A sealed stretch of the log.

    `digest` is over the entries' keys and digests in key order; `chained` is over all these fields and the previous
    segment's `chained`, so that the last one stands for the whole log. `marks` has each entry's key and the beginning of
    its digest, compressed, by which a check names the entry that is missing, added or changed. `removed_at` is when the
    entries were removed for their age; the row stays.
    """

    number = models.PositiveIntegerField("nummer", unique=True)
    first_id = models.BigIntegerField("första posten")
    last_id = models.BigIntegerField("sista posten", unique=True)
    entries = models.PositiveIntegerField("antal poster")
    digest = models.CharField("avtryck", max_length=64)
    previous = models.CharField("föregående avtryck", max_length=64, blank=True)
    chained = models.CharField("kedjat avtryck", max_length=64)
    closed_at = models.DateTimeField("stängt")
    marks = models.BinaryField("märken")
    removed_at = models.DateTimeField("gallrat", null=True)

    class Meta:
        verbose_name = "segment av ändringsloggen"
        verbose_name_plural = "segment av ändringsloggen"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Segment {self.number}"
