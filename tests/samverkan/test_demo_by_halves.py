"""A demo that cannot be loaded leaves nothing behind."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from parties.models import Party, User
from priorities.models import Agreement
from samverkan import demo
from tests.factories import UserFactory


@pytest.mark.django_db
def test_half_a_demo_is_never_loaded():
    UserFactory(email="huge@example.com")
    with pytest.raises(ValidationError):
        demo.load()
    assert [Agreement.objects.count(), Party.objects.count(), User.objects.count()] == [0, 0, 1]


@pytest.mark.django_db
def test_it_refuses_beside_real_accounts():
    UserFactory(email="nagon@kommunen.example")

    with pytest.raises(CommandError, match="riktiga konton"):
        call_command("demo")

    assert not Agreement.objects.exists()
