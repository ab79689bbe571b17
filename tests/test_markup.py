"""Nothing that a person wrote is markup: not by what the source says, and not in any page, letter or file.

The policy for content stops scripts, but a button with `formaction` acts with the form's own token, and a `refresh` moves the
reader's browser.
"""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.template.loader import get_template
from django.test import Client
from django.test.signals import template_rendered

from parties.models import User
from parties.roles import Role
from tests.support.hostile_markup import HOSTILE, Look, Page, hostile_world, text_columns
from tests.support.source import PACKAGES, files

pytestmark = pytest.mark.one_database

# What says that a text is markup already. A letter's text part (.txt) is no markup, so nothing is escaped there.
TRUSTED = re.compile(
    r"\|\s*safe(?:seq)?\b|autoescape off|\bmark_safe\b|\bSafe(?:String|Text|Data)\(|\bhtml_safe\b|__html__|\bformat_html\("
)
REASONS = {
    "samverkan/lib/icons.py": "the drawings are vendored files",
    "priorities/agreements/forms/places.py": "a constant with one place, which is escaped",
}


def trusted(source: str) -> list[str]:
    return TRUSTED.findall(source)


def test_no_source_calls_a_text_markup_without_a_reason():
    ours = {
        name: trusted(text)
        for name, text in files(".py", ".html").items()
        if name.startswith((*(f"{each}/" for each in PACKAGES), "templates/"))
    }
    assert {name for name, found in ours.items() if found} == REASONS.keys()


@pytest.mark.parametrize(
    ("code", "is_seen"),
    [
        ("{{ field.help_text|safe }}", True),
        ("{{ texts | safeseq }}", True),
        ("{% autoescape off %}", True),
        ("return mark_safe(text)", True),
        ('format_html("<b>{}</b>", name)', True),
        ("class Drawing:\n    def __html__(self): ...", True),
        ("{{ field.help_text }} is safe", False),
    ],
)
def test_trusting_is_seen(code, is_seen):
    assert bool(trusted(code)) is is_seen


@pytest.fixture
def columns(db):
    return hostile_world()


def one_of_each_role() -> dict[str, Client]:
    """Browsers of nobody and of one active person in each role, who speaks for a party where the role does."""
    found = {"nobody": Client()}
    for role in Role:
        found[role] = Client()
        found[role].force_login(User.objects.filter(role=role, is_active=True).order_by("pk").first())
    return found


def test_no_text_becomes_an_element_on_any_page(columns):
    look, rendered = Look(each=1), set()

    def remember(template, **_):
        rendered.add(template.name)

    template_rendered.connect(remember)
    for role, client in one_of_each_role().items():
        look.everywhere(role, client, ["/", "/administration/", "/finns-inte/"])
    template_rendered.disconnect(remember)

    assert set(columns.values()) == {name for name, _ in text_columns()}
    assert look.pages > 300
    assert {(where, columns.get(int(number), "typed")) for where, number in look.found} == set()
    sources = {
        name: get_template(name).template.source for name in rendered if name and name.endswith(".html")
    }
    assert {name for name, source in sources.items() if trusted(source)} == set()


def test_no_text_becomes_an_element_in_a_letter(columns, django_capture_on_commit_callbacks):
    coordinator = one_of_each_role()[Role.COORDINATOR]
    invited = {"display_name": HOSTILE, "title": HOSTILE, "email": "ny@example.com"}

    with django_capture_on_commit_callbacks(execute=True):
        call_command("remind")
        coordinator.post("/2023-2024/parter/huge/bjud-in/", invited)

    look = Look(each=1)
    for letter in mail.outbox:
        for alternative in getattr(letter, "alternatives", []):
            look.look(letter.subject, alternative.content)
    assert len(mail.outbox) > 4
    assert all(HOSTILE in letter.body or "owned" in letter.body for letter in mail.outbox)
    assert look.found == set()


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        ("<p>&lt;owned-3></p><input value='&#x27; owned=3'>", set()),
        ("<div><owned-3></div>", {3}),
        ('<input value="" owned=4>', {4}),
    ],
)
def test_markup_is_seen(body, marks):
    assert Page(body).marks == marks
