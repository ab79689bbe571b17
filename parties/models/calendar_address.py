from uuid import uuid4

from django.db import models

from parties.models.user import User


class CalendarAddress(models.Model):
    """A person's own address for calendar programs, which cannot sign in. Revoked by removing the row.

    The address itself is not stored: it is signed with the installation's secret over `seed`, so that what is in the
    database opens nothing.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_address", verbose_name="konto")
    seed = models.UUIDField("frö", default=uuid4, unique=True, editable=False)
    made_at = models.DateTimeField("skapad")

    class Meta:
        verbose_name = "kalenderadress"
        verbose_name_plural = "kalenderadresser"

    def __str__(self) -> str:
        return f"Kalendern för {self.user}"
