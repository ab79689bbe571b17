from uuid import uuid4

from django.db import models

from parties.models.user import User


class CalendarAddress(models.Model):
    """A person's own address for calendar programs, which cannot sign in. Removing the row revokes it.

    The address is not stored. It is a signature over `seed` with SECRET_KEY, so the database alone opens no calendar.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_address", verbose_name="konto")
    seed = models.UUIDField("frö", default=uuid4, unique=True, editable=False)
    made_at = models.DateTimeField("skapad")

    class Meta:
        verbose_name = "kalenderadress"
        verbose_name_plural = "kalenderadresser"

    def __str__(self) -> str:
        return f"Kalendern för {self.user}"
