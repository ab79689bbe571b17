"""A wrong e-mail address on an account is corrected: nothing that was sent to the old one works any longer."""

import re

import pytest
from django.core import mail
from django.test import Client

from parties.accounts.actions import change_user, correct_address, invite_user
from parties.audit import Act
from parties.models import AuditEntry, User
from parties.roles import Role
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

ACCOUNTS = "/administration/konton/"
WRONG, RIGHT = "fel@example.com", "ratt@example.com"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/losenord/nytt/\S+)")
CODE = re.compile(r"^([0-9]{6})$", re.MULTILINE)
NEW = {"password1": "ett riktigt långt lösenord", "password2": "ett riktigt långt lösenord"}


@pytest.fixture
def invited(admin, huge, agreement, now):
    """An account with a wrong address, whose invitation has been sent."""
    return invite_user(
        by=admin, at=now, email=WRONG, display_name="Områdeschef", role=Role.REPRESENTATIVE, party=huge
    )


@pytest.fixture
def correct(admin, now):
    return lambda user: correct_address(by=admin, user=user, at=now, email=RIGHT)


def ask_for_code(address: str) -> tuple[Client, str]:
    """The browser that asked, and the code that was mailed; empty when nothing was."""
    before, client = len(mail.outbox), Client()
    client.post("/logga-in/", {"way": "code", "login": address})
    sent = mail.outbox[before:]
    return client, CODE.search(sent[0].body)[1] if sent else ""


def is_dead(link: str) -> bool:
    return "Länken går inte att använda" in Client().get(link, follow=True).content.decode()


def test_the_old_invitation_is_dead_and_the_new_one_works(invited, correct):
    old = LINK.search(mail.outbox[-1].body)[1]
    correct(invited)

    assert mail.outbox[-1].to == [RIGHT]
    new = LINK.search(mail.outbox[-1].body)[1]
    assert (is_dead(old), is_dead(new)) == (True, False)


def test_a_code_that_was_mailed_to_the_old_address_signs_nobody_in(invited, correct):
    client, code = ask_for_code(WRONG)
    correct(invited)
    client.post("/logga-in/kod/", {"code": code})

    assert code
    assert client.get("/konto/").status_code == 302


def test_nothing_more_is_mailed_to_the_old_address(invited, correct):
    ask_for_code(WRONG)
    correct(invited)
    mail.outbox.clear()
    ask_for_code(WRONG)
    Client().post("/losenord/glomt/", {"email": WRONG})

    assert mail.outbox == []
    assert ask_for_code(RIGHT)[1]


def test_whoever_signed_in_at_the_old_address_is_out_and_has_no_password(huge_rep, correct, client_for):
    client, old = client_for(huge_rep), huge_rep.email
    Client().post("/losenord/glomt/", {"email": old})
    link = LINK.search(mail.outbox[-1].body)[1]
    correct(huge_rep)

    huge_rep.refresh_from_db()
    assert (huge_rep.email, huge_rep.has_usable_password(), is_dead(link)) == (RIGHT, False, True)
    assert client.get("/konto/")["Location"] == "/logga-in/?next=/konto/"
    for address in (old, RIGHT):
        answer = Client().post("/logga-in/", {"login": address, "password": PASSWORD, "way": "password"})
        assert "stämmer inte" in answer.content.decode()


def test_a_closed_account_is_corrected_and_not_invited(huge_rep, admin, correct):
    change_user(by=admin, user=huge_rep, is_active=False)
    correct(huge_rep)

    huge_rep.refresh_from_db()
    assert (huge_rep.email, mail.outbox) == (RIGHT, [])


@pytest.mark.parametrize(
    ("was_used", "begins"),
    [
        (False, "Du har fått ett konto i Samverkan"),
        (True, "har fått den här e-postadressen. Den gamla gäller inte längre"),
    ],
)
def test_the_mail_says_what_has_happened_to_an_account_that_has_been_used(was_used, begins, invited, correct):
    if was_used:
        client, code = ask_for_code(WRONG)
        client.post("/logga-in/kod/", {"code": code})
    correct(User.objects.get(pk=invited.pk))

    assert begins in mail.outbox[-1].body


# --- On the page of the account ----------------------------------------------------------------------------------
@pytest.fixture
def desk(admin, agreement, client_for):
    """The administrator's browser."""
    return client_for(admin)


def form_data(user: User, *, email: str) -> dict:
    facts = {name: getattr(user, name) for name in ("display_name", "title", "role")}
    return facts | {"email": email, "party": user.party_id or "", "unit": "", "is_active": "on"}


def faults(response) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


def test_a_wrong_address_is_corrected_and_the_right_one_gets_an_invitation(desk, huge_rep):
    page = desk.post(f"{ACCOUNTS}{huge_rep.pk}/", form_data(huge_rep, email="Ratt@example.com"), follow=True)

    assert "Inbjudan är skickad till ratt@example.com." in page.content.decode()
    assert [message.to for message in mail.outbox] == [["ratt@example.com"]]
    corrected, invited = AuditEntry.objects.filter(about="parties.user", key=huge_rep.pk).order_by("pk")
    assert (corrected.act, invited.act) == (Act.CHANGED, Act.INVITED)
    assert [field for field, _, _ in corrected.changed] == ["e-postadress"]


def test_the_case_of_an_address_is_no_correction(desk, huge_rep):
    desk.post(f"{ACCOUNTS}{huge_rep.pk}/", form_data(huge_rep, email="HUGE@example.com"))

    huge_rep.refresh_from_db()
    assert (huge_rep.email, huge_rep.check_password(PASSWORD), mail.outbox) == ("huge@example.com", True, [])


def test_administrators_who_change_their_own_address_stay_signed_in(desk, admin):
    desk.post(f"{ACCOUNTS}{admin.pk}/", form_data(admin, email="ny-admin@example.com"))

    admin.refresh_from_db()
    assert (admin.email, admin.check_password(PASSWORD), mail.outbox) == ("ny-admin@example.com", True, [])
    assert desk.get(ACCOUNTS).status_code == 200


def test_the_page_says_what_a_new_address_leads_to(desk, admin, huge_rep):
    def help_text(user):
        return desk.get(f"{ACCOUNTS}{user.pk}/").context["adminform"].form.fields["email"].help_text

    assert "en ny inbjudan" in help_text(huge_rep)
    assert "Lösenordet gäller fortfarande" in help_text(admin)
    User.objects.filter(pk=huge_rep.pk).update(is_active=False)
    assert "skickas ingen inbjudan" in help_text(huge_rep)


def test_an_address_that_another_account_has_is_refused_at_the_field(desk, huge_rep, samordnare):
    page = desk.post(f"{ACCOUNTS}{huge_rep.pk}/", form_data(huge_rep, email=samordnare.email.upper()))

    assert faults(page) == {"email": ["Det finns redan ett konto med den adressen."]}


# --- The invitation's link, after a sign-in by code ---------------------------------------------------------------
SINCE = "Länken i inbjudan gällde tills du loggade in första gången"


@pytest.fixture
def link(invited):
    """The link of an invitation whose person has signed in by code since."""
    found = LINK.search(mail.outbox[-1].body)[1]
    client, code = ask_for_code(WRONG)
    assert client.post("/logga-in/kod/", {"code": code}).status_code == 302
    assert client.get("/konto/").status_code == 200
    return found


def test_the_link_of_an_invitation_leads_to_the_sign_in_after_a_code(link):
    page = Client().get(link, follow=True)

    assert page.redirect_chain[-1][0] == "/logga-in/"
    assert SINCE in page.content.decode()


def test_a_link_that_was_opened_before_the_code_says_so_too(invited):
    client = Client()
    opened = client.get(LINK.search(mail.outbox[-1].body)[1])["Location"]
    other, code = ask_for_code(WRONG)
    other.post("/logga-in/kod/", {"code": code})

    page = client.post(opened, NEW, follow=True)

    assert (page.redirect_chain[-1][0], SINCE in page.content.decode()) == ("/logga-in/", True)


def test_whoever_is_signed_in_is_led_on_and_not_asked_to_sign_in(link, huge_rep, client_for):
    page = client_for(huge_rep).get(link, follow=True)

    assert page.redirect_chain[-1][0] == "/mitt-arbete/"
    assert "Du är redan inloggad och behöver den inte." in page.content.decode()
    assert SINCE not in page.content.decode()


@pytest.mark.parametrize("spoilt", ["x", "1"])
def test_a_forged_link_tells_nothing_of_whether_somebody_has_signed_in(link, spoilt):
    assert is_dead(link.rstrip("/") + spoilt + "/")


def test_a_link_whose_password_was_chosen_is_dead_like_others(invited):
    found = LINK.search(mail.outbox[-1].body)[1]
    client = Client()
    client.post(client.get(found)["Location"], NEW)
    Client().post("/logga-in/", {"login": WRONG, "password": NEW["password1"], "way": "password"})

    assert is_dead(found)
