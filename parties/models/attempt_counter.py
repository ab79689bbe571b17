from django.db import models


class AttemptCounter(models.Model):
    """How many attempts of one kind have been made until `ends_at`, for example by a client at an account.

    `key` is an HMAC with SECRET_KEY, so that neither e-mail addresses nor network addresses lie here. A row whose time
    is up counts for nothing. `parties.attempts` writes all rows.
    """

    key = models.CharField("nyckel", max_length=64)
    count = models.PositiveIntegerField("antal")
    ends_at = models.DateTimeField("gäller till", db_index=True)

    class Meta:
        verbose_name = "räknare av försök"
        verbose_name_plural = "räknare av försök"
        constraints = [models.UniqueConstraint(fields=["key"], name="attempts_of_a_kind_have_one_counter")]

    def __str__(self) -> str:
        return f"{self.count} försök"
