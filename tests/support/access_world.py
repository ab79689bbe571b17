"""The rows behind the access table's addresses, besides activities: the agreement's pages, files and rounds."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from priorities.models import SituationalPicture
from tests.factories import (
    AgreementAttachmentFactory,
    AgreementFactory,
    DeclarationAttachmentFactory,
    MailReasonFactory,
    MembershipFactory,
    NeedFactory,
    PictureAttachmentFactory,
    RoundFactory,
)


def rounds() -> dict[str, dict[str, Any]]:
    """An open, a planned and a closed round, and a mail of the open one."""
    days = {"as_of": date(2024, 3, 31), "opens_on": date(2024, 4, 1), "due_on": date(2024, 4, 12)}
    made = {
        "round": RoundFactory(),
        "planned_round": RoundFactory(planned=True),
        "closed_round": RoundFactory(label="Mars", closed_on=date(2024, 4, 26), **days),
    }
    found = {name: {"as_of": round.as_of, "party_slug": "huge"} for name, round in made.items()}
    reason = MailReasonFactory(round=made["round"])
    return found | {
        "round_mail": {"as_of": made["round"].as_of, "pk": reason.mail_id},
        "others_mail": {"as_of": made["closed_round"].as_of, "pk": reason.mail_id},
        "no_party": {"as_of": made["round"].as_of, "party_slug": "finns-inte"},
    }


def to_read(polisen) -> dict[str, dict[str, Any]]:
    """The agreement's pages: a need, an adopted and a draft lägesbild, and a file of every kind."""
    file = {"file": ContentFile(b"%PDF-1.7", name="handling.pdf")}
    MembershipFactory(party=polisen).file.save("underskrift.pdf", file["file"])
    AgreementAttachmentFactory(**file)
    AgreementAttachmentFactory(number=2)
    DeclarationAttachmentFactory(**file)
    for year in (2021, 2024):
        PictureAttachmentFactory(picture__year=year, **file)
    SituationalPicture.objects.filter(year=2021).update(status="adopted")
    return {
        "party": {"party_slug": polisen.slug},
        "need": {"number": NeedFactory().number},
        "picture": {"year": 2021},
        "picture_draft": {"year": 2024},
        "file": {"number": 1, "year": 2021, "party_slug": polisen.slug},
        "file_of_draft": {"number": 1, "year": 2024},
        "no_file": {"number": 2, "party_slug": "huge"},
        "step": {"part": "omraden"},
        "declaration_step": {"part": "punkter"},
        "draft": {"agreement_slug": AgreementFactory(next_period=True, draft=True).slug, "part": "omraden"},
    }
