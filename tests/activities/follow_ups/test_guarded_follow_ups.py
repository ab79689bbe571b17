"""No identity number is kept with a follow-up: not in what is half typed, not in its author's function."""

import pytest
from django.urls import reverse

from activities.models import FollowUp, Question, Round, UnsavedAnswer
from parties.models import User
from tests.factories import ContributionFactory, FollowUpFactory
from tests.support.follow_ups import new_follow_ups
from tests.support.unsaved import opened_by, shown, unsaved_answers

pytestmark = pytest.mark.one_database

UNFIT = (
    "Din funktion följer med det du skriver, och den ser ut att innehålla ett personnummer (811218-XXXX). "
    "Inget är sparat. Be systemadministratören rätta din funktion, och spara sedan igen."
)


def give_number(user: User) -> None:
    """As in an account from before the guard."""
    User.objects.filter(pk=user.pk).update(title="Kommunpolis 811218-9876")


# --- What is half typed ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("field", ["what_happened", "needed"])
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Gäller 811218-9876,\nsom bor kvar.", "Gäller 811218-XXXX,\nsom bor kvar."),
        ("född 811218, sista siffrorna 9876", "född 811218, sista siffrorna XXXX"),
        ("811218-T987", "811218-XXXX"),
        ("Va\u030arby", "Vårby"),
        (
            "Ring 8112189876 i KS-2022/941.142",
            "Ring 8112189876 i KS-2022/941.142",
        ),  # asked about when it is saved
    ],
    ids=ascii,
)
def test_a_number_is_masked_before_it_is_kept_and_the_rest_comes_back(
    field, typed, kept, browser, belysning, follow_up_address
):
    form = opened_by(browser, follow_up_address)

    browser.post(reverse("unsaved_answer", args=[belysning.pk]), form | {field: typed})

    assert UnsavedAnswer.objects.get().answers[field] == kept
    assert shown(browser, follow_up_address)[field] == kept


def test_a_form_that_is_sent_without_a_session_keeps_the_text_and_not_the_number(
    browser, client, follow_up_address
):
    form = opened_by(browser, follow_up_address) | {"what_happened": "Gäller 811218-9876."}

    client.post(follow_up_address, form)

    assert unsaved_answers() == [("huge@example.com", "Gäller 811218-XXXX.")]


# --- The author's function ---------------------------------------------------------------------------------------
def test_a_function_with_a_number_goes_into_no_follow_up_and_the_text_stays(send, belysning, huge_rep):
    give_number(huge_rep)

    refused = send(what_happened="Sju lyktor är bytta.")

    assert refused.context["form"].non_field_errors() == [UNFIT]
    assert "Sju lyktor är bytta." in refused.content.decode()
    assert new_follow_ups(belysning) == []


def test_nor_into_what_a_contributor_tells(client_for, belysning, polis_rep):
    ContributionFactory(activity=belysning, party=polis_rep.party)
    give_number(polis_rep)
    client, before = client_for(polis_rep), FollowUp.objects.count()
    address = reverse("contribution", args=["2023-2024", belysning.number, "polisen"])
    done = client.get(address).context["page"].done

    refused = client.post(
        address,
        {"gjort": "1", "what_happened": "Tolv kvällar.", "submission_key": done["submission_key"].value()},
    )

    assert refused.context["form"].non_field_errors() == [UNFIT]
    assert "Tolv kvällar." in refused.content.decode()
    assert FollowUp.objects.count() == before


def test_nor_into_what_takes_a_follow_up_back(send, browser, belysning, huge_rep):
    send(what_happened="Allt är uppe.")
    saved = new_follow_ups(belysning)[0]
    give_number(huge_rep)

    page = browser.post(reverse("undo_follow_up", args=[saved.pk]), follow=True).content.decode()

    assert UNFIT in page
    assert not FollowUp.objects.filter(replaces=saved).exists()


def test_nor_into_a_question(client_for, samordnare, huge_rep, belysning):
    follow_up = FollowUpFactory(activity=belysning, round=Round.objects.get(), author=huge_rep, on_track=True)
    give_number(samordnare)

    refused = client_for(samordnare).post(
        reverse("ask_about", args=[follow_up.pk]), {"text": "Hur många lyktor?"}
    )

    assert refused.context["form"].non_field_errors() == [UNFIT]
    assert Question.objects.count() == 0
