"""Inviting, changing and closing accounts. An active administrator always remains."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from parties import attempts
from parties.accounts.actions import change_user, invite_user, resend_invitation
from parties.directory.actions import change_party, change_unit
from parties.models import User
from parties.roles import Role
from tests.factories import PASSWORD, PartyFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

INVITED = {"email": "Ny@Example.com", "display_name": "Frivårdsinspektör", "role": Role.REPRESENTATIVE}
ADDRESS = re.compile(r"http://127\.0\.0\.1:8000(/losenord/nytt/\S+)")


@pytest.fixture
def invite(now, django_capture_on_commit_callbacks):
    """Invites and runs the on-commit callbacks, which send the mail."""

    def invite(*, by, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            user = invite_user(by=by, at=now, **INVITED | fields)
        user.refresh_from_db()
        return user

    return invite


def refused(call) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as found:
        call()
    return found.value.message_dict


def told(call) -> list[str]:
    """The sentences of a refusal that is about no field."""
    with pytest.raises(ValidationError) as found:
        call()
    return found.value.messages


# --- Invited -----------------------------------------------------------------------------------------------
def test_an_invited_person_sets_a_password_by_the_link_and_signs_in(invite, admin, huge, agreement, now):
    user = invite(by=admin, party=huge)
    [message] = mail.outbox
    client = Client()

    form = client.get(ADDRESS.search(message.body)[1], follow=True)
    new = {"password1": "ett riktigt långt lösenord", "password2": "ett riktigt långt lösenord"}
    client.post(form.redirect_chain[-1][0], new)
    signed_in = Client().post("/logga-in/", {"login": "ny@example.com", "password": new["password1"]})

    assert (user.email, user.role, user.party, user.invited_at) == (
        "ny@example.com",
        Role.REPRESENTATIVE,
        huge,
        now,
    )
    assert signed_in["Location"] == "/"


def test_the_mail_says_what_it_is_in_plain_words(invite, admin, huge):
    invite(by=admin, party=huge)
    [message] = mail.outbox

    assert (message.subject, message.to) == ("Välkommen till Samverkan", ["ny@example.com"])
    for words in ("välj ”Skicka kod”", "i 3 dagar", "Partsrepresentant, Huge Bostäder AB", admin.email):
        assert words in message.body
    assert message.body.index("”Skicka kod”") < message.body.index("/losenord/nytt/")  # no password is needed


def test_until_then_nobody_signs_in_and_a_forgotten_password_can_be_asked_for(invite, admin, huge):
    user = invite(by=admin, party=huge)
    mail.outbox.clear()

    Client().post("/losenord/glomt/", {"email": user.email})

    assert user.has_usable_password() is False
    assert [message.to for message in mail.outbox] == [["ny@example.com"]]


def test_the_coordinator_invites_representatives_and_nobody_else(invite, samordnare, huge):
    assert invite(by=samordnare, party=huge).party == huge
    for role in set(Role) - {Role.REPRESENTATIVE}:
        with pytest.raises(PermissionDenied):
            invite(by=samordnare, email="annan@example.com", party=huge, role=role)
    assert not User.objects.filter(email="annan@example.com").exists()


@pytest.mark.parametrize("who", ["handlaggare", "huge_rep", "lasare"])
def test_others_invite_nobody(who, invite, huge, request):
    with pytest.raises(PermissionDenied):
        invite(by=request.getfixturevalue(who), party=huge)
    assert mail.outbox == []


def test_a_mail_server_that_is_down_leaves_the_account_without_an_invitation(
    invite, admin, huge, settings, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing answers there

    user = invite(by=admin, party=huge)

    assert user.invited_at is None
    assert "an invitation was not sent" in caplog.text


def test_one_person_gets_five_invitations_a_day(invite, admin, samordnare, huge, now):
    user = invite(by=admin, party=huge)
    for _ in range(4):
        resend_invitation(by=samordnare, user=user, at=now)

    assert told(lambda: resend_invitation(by=admin, user=user, at=now)) == [
        "Personen har fått många inbjudningar i dag. Vänta 24 timmar innan du skickar en till."
    ]


def test_nobody_sends_more_than_two_hundred_invitations_a_day(invite, admin, samordnare, huge):
    for number in range(200):
        attempts.count("invitation", sender=str(admin.pk), recipient=f"konto-{number}@example.com")

    assert told(lambda: invite(by=admin, email="annan@example.com", party=huge)) == [
        "Du har skickat många inbjudningar i dag. Vänta 24 timmar och fortsätt då."
    ]
    assert not User.objects.filter(email="annan@example.com").exists()
    assert invite(by=samordnare, email="annan@example.com", party=huge).invited_at


def test_an_invitation_is_sent_again_until_there_is_a_password(
    invite, admin, huge, now, django_capture_on_commit_callbacks
):
    user = invite(by=admin, party=huge)
    with django_capture_on_commit_callbacks(execute=True):
        resend_invitation(by=admin, user=user, at=now)
    assert len(mail.outbox) == 2

    user.set_password(PASSWORD)
    with pytest.raises(ValidationError, match="har redan ett lösenord"):
        resend_invitation(by=admin, user=user, at=now)


def test_nobody_is_invited_to_a_closed_account(admin, now):
    closed = UserFactory(is_active=False)
    with pytest.raises(ValidationError, match="Kontot är avslutat"):
        resend_invitation(by=admin, user=closed, at=now)


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"party": None}, {"party": ["Välj en part: en partsrepresentant utan part ser ingenting."]}),
        ({"email": "HUGE@example.com"}, {"email": ["Det finns redan ett konto med den adressen."]}),
    ],
)
def test_an_invitation_that_does_not_hold_is_refused_and_nothing_is_sent(
    changes, sentences, invite, admin, huge, huge_rep
):
    assert refused(lambda: invite(by=admin, **{"party": huge, **changes})) == sentences
    assert (User.objects.filter(email="ny@example.com").exists(), mail.outbox) == (False, [])


def test_a_unit_of_another_party_is_refused(invite, admin, huge):
    unit = UnitFactory()
    assert refused(lambda: invite(by=admin, party=huge, unit=unit)) == {
        "unit": ["Enheten hör till en annan part."]
    }


# --- Changed and closed ------------------------------------------------------------------------------------
def test_an_account_gets_another_party_and_role(admin, huge_rep, polisen):
    change_user(by=admin, user=huge_rep, party=polisen, title="Kommunpolis")
    huge_rep.refresh_from_db()
    assert (huge_rep.party, huge_rep.title, huge_rep.role) == (polisen, "Kommunpolis", Role.REPRESENTATIVE)


def test_what_somebody_else_changed_meanwhile_stays(admin, huge_rep):
    change_user(by=admin, user=User.objects.get(pk=huge_rep.pk), title="Nytt av en")
    change_user(by=admin, user=huge_rep, display_name="Nytt av en annan")
    huge_rep.refresh_from_db()
    assert (huge_rep.title, huge_rep.display_name) == ("Nytt av en", "Nytt av en annan")


def test_closing_an_account_ends_the_open_session(admin, huge_rep, agreement, client_for):
    client = client_for(huge_rep)
    change_user(by=admin, user=huge_rep, is_active=False)
    assert client.get("/konto/")["Location"] == "/logga-in/?next=/konto/"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"role": Role.READER}, "Du kan inte ändra din egen roll. Be en annan systemadministratör göra det."),
        (
            {"is_active": False},
            "Du kan inte avsluta ditt eget konto. Be en annan systemadministratör göra det.",
        ),
    ],
)
def test_nobody_takes_away_their_own_key(changes, sentence, admin):
    UserFactory(administrator=True)
    assert refused(lambda: change_user(by=admin, user=admin, **changes)) == {next(iter(changes)): [sentence]}
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == (Role.ADMINISTRATOR, True)


@pytest.mark.parametrize("changes", [{"role": Role.READER}, {"is_active": False}])
def test_the_last_administrator_stays_even_for_a_command(changes, admin):
    UserFactory(administrator=True, is_active=False)
    sentences = refused(lambda: change_user(by=None, user=admin, **changes))
    assert sentences == {
        next(iter(changes)): ["Kontot är den enda aktiva systemadministratören. Ge någon annan rollen först."]
    }


def test_an_administrator_closes_anothers_account(admin):
    other = UserFactory(administrator=True)
    change_user(by=admin, user=other, is_active=False)
    other.refresh_from_db()
    assert other.is_active is False


# --- Parties and units -------------------------------------------------------------------------------------
def test_a_party_gets_other_names_and_keeps_its_address(admin, polisen):
    change_party(by=admin, party=polisen, other_names=["lokalpolisen"])
    polisen.refresh_from_db()
    assert polisen.other_names == ["lokalpolisen"]
    assert refused(lambda: change_party(by=admin, party=polisen, slug="annan")) == {
        "slug": ["Adressdelen ändras inte: länkar leder dit."]
    }


def test_a_unit_gets_another_name_that_no_other_of_its_party_has(admin):
    unit, other = UnitFactory(name="Kansliet"), UnitFactory(name="Stab")
    UnitFactory(name="Frivården", party=PartyFactory())
    change_unit(by=admin, unit=unit, name="Frivården")
    with pytest.raises(ValidationError, match="Parten har redan en enhet med det namnet"):
        change_unit(by=admin, unit=other, name="FRIVÅRDEN".replace("Å", "å"))


CHANGES = {
    "change_user": lambda by, user: change_user(by=by, user=user, title="Chef"),
    "change_party": lambda by, user: change_party(by=by, party=user.party, short_name="H"),
    "change_unit": lambda by, user: change_unit(by=by, unit=UnitFactory(), name="N"),
}


@pytest.mark.parametrize("who", ["samordnare", "handlaggare", "huge_rep", "lasare"])
@pytest.mark.parametrize("action", CHANGES.values(), ids=CHANGES)
def test_others_than_the_administrator_change_nothing(who, action, huge_rep, request):
    with pytest.raises(PermissionDenied):
        action(request.getfixturevalue(who), huge_rep)
