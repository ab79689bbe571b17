from django.db import models


class Submission(models.Model):
    """A form that an account has sent, so that the same form sent again gets the first answer.

    `mark` is an HMAC with SECRET_KEY over the account, the form's key, its address and what was sent: nothing of that lies
    here. `leads_to` is the address that the first answer redirects to, empty while it is being saved.
    `parties.submissions` writes all rows, and a row is removed after a day.
    """

    mark = models.CharField("märke", max_length=64)
    taken_at = models.DateTimeField("togs emot", db_index=True)
    leads_to = models.TextField("leder till", blank=True)

    class Meta:
        verbose_name = "skickat formulär"
        verbose_name_plural = "skickade formulär"
        constraints = [models.UniqueConstraint(fields=["mark"], name="a_form_sent_twice_has_one_answer")]

    def __str__(self) -> str:
        return self.leads_to or "sparas"
