"""Fixtures for the stories about writing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import AgreementFactory, PlaceFactory, PriorityAreaFactory
from tests.support.as_sent import as_sent
from tests.support.stored import rows

DRAFT = "/2025-2026"


@rows
def draft(kommunen, huge):
    """2025-2026 between Kommunen and Huge, with two areas and a place."""
    agreement = AgreementFactory(next_period=True, draft=True, parties=[kommunen, huge], places=["varby"])
    for order, slug in enumerate(("andts", "offentlig-miljo"), 1):
        PriorityAreaFactory(agreement=agreement, slug=slug, order=order)
    PlaceFactory(slug="skogas", name="Skogås")
    return agreement


@pytest.fixture
def client(client_for, samordnare):
    return client_for(samordnare)


@pytest.fixture
def send(client):
    """Opens the page and sends its form with these fields, as a browser would. None leaves a field out."""

    def send(address, **fields):
        sent = as_sent(client.get(address).context["form"]) | fields
        return client.post(address, {name: value for name, value in sent.items() if value is not None})

    return send


@pytest.fixture
def pdf():
    """Makes a small file that begins and ends as a PDF."""

    def made(content=b"%PDF-1.7\nText\n%%EOF\n", name="undertecknad.pdf"):
        return SimpleUploadedFile(name, content, content_type="application/pdf")

    return made


def faults(response):
    """Every error on the page, by field; those above the form under `None`."""
    assert response.status_code == 200
    page = response.content.decode()
    assert "<title>Fel: " in page
    return {
        (None if name == "__all__" else name): list(sentences)
        for name, sentences in response.context["form"].errors.items()
    }
