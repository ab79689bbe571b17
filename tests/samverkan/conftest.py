"""Fixtures for what happens when something fails."""

import pytest
from django.test import Client

from tests.factories import ActivityFactory, UserFactory


@pytest.fixture
def worker(transactional_db):
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(coordinator=True, email="samordnare@example.com"))
    ActivityFactory()
    return client
