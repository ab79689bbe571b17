"""What the stories of unsaved text share."""

import pytest
from django.urls import reverse

from tests.support.unsaved import opened_by


@pytest.fixture
def address(belysning):
    return reverse("unsaved_answer", args=[belysning.pk])


@pytest.fixture
def opened(browser, follow_up_address):
    return lambda client=browser: opened_by(client, follow_up_address)
