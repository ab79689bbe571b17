"""Uploaded files leave as attachments to those who may see the page, and never from the address of the folder."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.factories import (
    AgreementAttachmentFactory,
    AgreementFactory,
    DeclarationAttachmentFactory,
    MembershipFactory,
    PictureAttachmentFactory,
    PictureFactory,
)

PDF = b"%PDF-1.7 en handling"


def file(name: str = "okänt namn.pdf") -> ContentFile:
    return ContentFile(PDF, name=name)


@pytest.fixture
def agreement_file(agreement):
    return AgreementAttachmentFactory(number=3, title="Överenskommelse", file=file()).file


def test_every_sort_of_file_has_a_readable_name(agreement, agreement_file, huge, lasare, client_for):
    DeclarationAttachmentFactory(number=1, title="Avsiktsförklaring 7/8", file=file())
    MembershipFactory(party=huge).file.save("x.pdf", file())
    picture = PictureFactory()
    PictureAttachmentFactory(picture=picture, number=2, title="Lägesbild 2021", file=file())
    picture.status = "adopted"
    picture.save()
    client = client_for(lasare)
    addresses = {
        "Bilaga%203.%20%C3%96verenskommelse.pdf": reverse("agreement_attachment", args=["2023-2024", 3]),
        "Bilaga%201.%20Avsiktsf%C3%B6rklaring%207%E2%88%958.pdf": reverse(
            "declaration_attachment", args=["2023-2024", 1]
        ),
        "Bilaga%202.%20L%C3%A4gesbild%202021.pdf": reverse("picture_attachment", args=[2021, 2]),
        "Samverkans%C3%B6verenskommelse%202023%E2%80%932024%2C%20Huge.pdf": reverse(
            "signed_file", args=["2023-2024", "huge"]
        ),
    }

    for name, address in addresses.items():
        response = client.get(address)

        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"


def test_the_page_leads_to_the_file(agreement_file, lasare, client_for):
    page = client_for(lasare).get("/2023-2024/overenskommelse/").content.decode()

    assert 'href="/2023-2024/overenskommelse/bilagor/3/"' in page
    assert agreement_file.url not in page


def test_a_file_that_has_gone_missing_is_not_found(agreement_file, lasare, client_for):
    agreement_file.storage.delete(agreement_file.name)

    assert client_for(lasare).get("/2023-2024/overenskommelse/bilagor/3/").status_code == 404


def test_nobody_reaches_a_file_by_where_it_lies(agreement_file, samordnare, client_for):
    client = client_for(samordnare)

    for address in (
        f"/{agreement_file.name}",
        f"/media/{agreement_file.name}",
        f"/static/{agreement_file.name}",
    ):
        assert client.get(address).status_code == 404


def test_a_file_of_a_draft_agreement_is_for_those_who_see_the_draft(
    agreement, samordnare, lasare, client_for
):
    draft = AgreementFactory(next_period=True, draft=True)
    AgreementAttachmentFactory(agreement=draft, number=1, file=file())
    address = "/2025-2026/overenskommelse/bilagor/1/"

    assert client_for(samordnare).get(address).status_code == 200
    assert client_for(lasare).get(address).status_code == 404
    assert client_for(lasare).get("/2023-2024/overenskommelse/bilagor/1/").status_code == 404


def test_what_pretends_to_be_a_page_is_saved_and_not_shown(agreement, lasare, client_for):
    AgreementAttachmentFactory(number=1, title="Bild", file=ContentFile(b"<script>", name="bild.html"))

    response = client_for(lasare).get("/2023-2024/overenskommelse/bilagor/1/")

    assert response["Content-Disposition"] == 'attachment; filename="Bilaga 1. Bild.html"'
    assert response["X-Content-Type-Options"] == "nosniff"
