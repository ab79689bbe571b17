"""An administrator masks a text that may not be there: it is gone for everybody, and only what masks it was changed."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, JSONField, TextField

from activities.models import Activity, FollowUp
from parties.audit import Act
from parties.models import AuditEntry, Mask, User
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.texts import MASKED
from tests.factories import (
    ActivityFactory,
    AgreementAttachmentFactory,
    FollowUpFactory,
    MatterFactory,
    MembershipFactory,
    QuestionFactory,
)
from tests.support.locked_rows import refused, sentence_of

pytestmark = pytest.mark.django_db

SECRET = "Grannen på tredje våningen slog larm om låset i källaren"
WHY = "Uppgift om en enskild"
NEVER = "En uppföljning ändras aldrig: gör en ny som ersätter den."


@pytest.fixture
def desk(admin, agreement, client_for):
    return client_for(admin)


@pytest.fixture
def follow_up(agreement):
    return FollowUpFactory(
        activity=ActivityFactory(agreement=agreement), what_happened=SECRET, needed="En ny tidplan"
    )


def page_of(row, address):
    return f"/administration/{address}/{row.pk}/"


def masked(desk, row, address, field="what_happened", reason=WHY):
    return desk.post(page_of(row, address) + "maskera/", {"field": field, "reason": reason}, follow=True)


def everywhere_in_the_database(text):
    """The columns of all tables that hold the text."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField | JSONField):
                with connection.cursor() as cursor:
                    cursor.execute(
                        f'SELECT COUNT(*) FROM "{model._meta.db_table}" WHERE CAST("{field.column}" AS text) LIKE %s',  # noqa: S608 -- names from our own models
                        [f"%{text}%"],
                    )
                    if cursor.fetchone()[0]:
                        found.append(f"{model._meta.db_table}.{field.column}")
    return found


def test_what_a_text_is_compared_by_goes_with_it(desk):
    """A case number stands in the matter, in what keeps it apart from others, and in the history."""
    matters = [MatterFactory(case_number=f"{number} Anna Test") for number in (1, 2)]

    for matter in matters:
        masked(desk, matter.past.get(), "arendenas-historik", field="case_number")

    assert everywhere_in_the_database("anna test") == []


def test_a_text_is_masked_and_stands_nowhere_any_more(desk, follow_up, client_for, samordnare):
    assert everywhere_in_the_database(SECRET) == ["activities_followup.what_happened"]
    page = desk.get(page_of(follow_up, "uppfoljningar")).content.decode()
    assert f'href="{page_of(follow_up, "uppfoljningar")}maskera/"' in page

    answer = masked(desk, follow_up, "uppfoljningar").content.decode()

    assert "Texten är maskerad i 1 rad. Den går inte att få tillbaka." in answer
    assert everywhere_in_the_database(SECRET) == []
    activity = follow_up.activity.get_absolute_url()
    for reader in (desk, client_for(samordnare)):
        shown = reader.get(activity).content.decode()
        assert MASKED in shown
        assert "En ny tidplan" in shown


def test_the_log_of_changes_says_who_masked_what_and_why(desk, admin, follow_up):
    masked(desk, follow_up, "uppfoljningar")
    entry = AuditEntry.objects.get(act=Act.MASKED)
    assert (entry.account_id, entry.about, entry.key) == (admin.pk, "activities.followup", follow_up.pk)
    assert entry.label == f"uppföljning {follow_up.pk}: vad har hänt"
    assert WHY in entry.changes
    assert WHY in desk.get("/administration/maskeringar/").content.decode()


def test_a_text_is_masked_in_every_version_of_the_plan(desk, agreement, samordnare):
    activity = ActivityFactory(agreement=agreement, goal=SECRET)
    activity.title = "Ett nytt namn"
    activity.save()
    first = activity.past.order_by("history_id").first()

    answer = masked(desk, first, "aktiviteternas-historik", field="goal").content.decode()

    assert "Texten är maskerad i 3 rader." in answer
    assert everywhere_in_the_database(SECRET) == []
    activity.refresh_from_db()
    assert (activity.goal, activity.version) == (MASKED, 2)  # an open form is stale


def test_what_an_unchanged_follow_up_repeats_is_masked_with_it(desk, follow_up):
    again = FollowUpFactory(activity=follow_up.activity, needed="En ny tidplan", unchanged=True)
    masked(desk, follow_up, "uppfoljningar", field="needed")
    again.refresh_from_db()
    assert again.needed == MASKED


def test_a_question_and_a_text_of_an_archived_agreement_are_masked(desk, follow_up):
    question = QuestionFactory(follow_up=follow_up, text=SECRET)
    masked(desk, question, "fragor", field="text")
    activity = ActivityFactory(agreement=follow_up.activity.agreement, goal=SECRET)
    Agreement.objects.update(status="archived")
    masked(desk, activity, "aktiviteter", field="goal")
    question.refresh_from_db()
    activity.refresh_from_db()
    assert question.text == activity.goal == MASKED


def test_what_was_said_of_a_signature_is_masked_in_an_archived_agreement_too(desk, agreement):
    signed = MembershipFactory(agreement=agreement)
    attached = AgreementAttachmentFactory(agreement=agreement)
    for row in (signed, attached):
        row.title = SECRET
        row.save()
    Agreement.objects.update(status="archived")
    for row, address in ((signed, "underskrifternas-historik"), (attached, "bilagornas-historik")):
        answer = masked(desk, row.past.latest("history_id"), address, field="title").content.decode()
        assert "Texten är maskerad i 2 rader." in answer
    assert everywhere_in_the_database(SECRET) == []


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"field": "what_happened", "reason": ""}, "Skriv varför texten maskeras."),
        ({"reason": WHY}, "Välj en text."),
        ({"field": "author_title", "reason": WHY}, "Texten finns inte kvar. Välj en annan."),
        ({"field": "submission_key", "reason": WHY}, "Texten finns inte kvar. Välj en annan."),
        ({"field": "what_happened", "reason": "Om 811218-9876"}, "personnummer"),
    ],
)
def test_a_faulty_form_masks_nothing_and_keeps_what_was_typed(desk, follow_up, sent, sentence):
    User.objects.filter(pk=follow_up.author_id).update(title="")
    answer = desk.post(page_of(follow_up, "uppfoljningar") + "maskera/", sent)
    page = answer.content.decode()
    assert sentence in page
    assert f'value="{sent["reason"]}"' in page or not sent["reason"]
    assert not Mask.objects.exists()
    follow_up.refresh_from_db()
    assert follow_up.what_happened == SECRET


def test_what_is_masked_is_not_masked_again(desk, follow_up):
    masked(desk, follow_up, "uppfoljningar")
    answer = masked(desk, follow_up, "uppfoljningar").content.decode()
    assert "Texten finns inte kvar. Välj en annan." in answer
    assert Mask.objects.count() == 1


def mask_of(row, field="what_happened"):
    return Mask.objects.create(
        about=row._meta.label_lower, key=row.pk, field=field, reason=WHY, masked_at=clock.now()
    )


@pytest.mark.parametrize(
    ("has_mask", "change"),
    [
        (False, {"what_happened": MASKED}),
        (True, {"what_happened": "Något annat"}),
        (True, {"what_happened": ""}),
        (True, {"what_happened": MASKED, "needed": "Något annat"}),
        (True, {"needed": MASKED}),
        (True, {"what_happened": MASKED, "unchanged": True}),
        (True, {"unchanged": False}),
    ],
)
def test_a_mask_opens_the_lock_for_its_own_text_only(agreement, follow_up, has_mask, change):
    if has_mask:
        mask_of(follow_up)
    refused(lambda: FollowUp.objects.filter(pk=follow_up.pk).update(**change), NEVER)


def test_a_masked_text_does_not_come_back(desk, follow_up):
    masked(desk, follow_up, "uppfoljningar")
    refused(lambda: FollowUp.objects.filter(pk=follow_up.pk).update(what_happened=SECRET), NEVER)
    refused(lambda: Mask.objects.update(reason="Ett annat skäl"), "En maskering ändras aldrig.")
    assert sentence_of(lambda: Mask.objects.all().delete()) == "En maskering ändras aldrig."


def test_a_mask_of_the_plan_changes_no_other_field_of_an_archived_one(agreement):
    activity = ActivityFactory(agreement=agreement, goal=SECRET)
    Agreement.objects.update(status="archived")
    mask_of(activity, "goal")
    closed = "Överenskommelsen är arkiverad och ändras inte."
    rows = Activity.objects.filter(pk=activity.pk)
    refused(lambda: rows.update(goal=MASKED, title="Ett nytt namn"), closed)
    rows.update(goal=MASKED)
    refused(lambda: rows.update(version=9), closed)
