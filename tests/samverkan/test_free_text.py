"""Every model refuses identity numbers, NUL and endless texts in what a person writes."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CharField, EmailField, FileField, SlugField, TextField

from samverkan.lib.fields import FreeLineField, FreeTextField
from tests.support.promises import models_of

OWN_APPS = ["parties", "priorities", "activities"]
FREE_TEXTS = [
    "activities.Activity.goal",
    "activities.Activity.purpose",
    "activities.Activity.replace_reason",
    "activities.Activity.return_reason",
    "activities.Contribution.what",
    "activities.FollowUp.needed",
    "activities.FollowUp.what_happened",
    "activities.Question.text",
    "parties.Declaration.predecessors_in_words",
    "parties.Declaration.purpose",
    "parties.Matter.outcome",
    "parties.MatterPoint.text",
    "parties.Signatory.reason",
    "priorities.Agreement.purposes",
    "priorities.Need.affected",
    "priorities.Need.causes",
    "priorities.Need.problem",
    "priorities.PriorityArea.effect_goal",
    "priorities.SituationalPicture.analysis",
    "priorities.SituationalPicture.mapping",
    "priorities.SituationalPicture.other_information",
    "priorities.SourceUse.limitations",
]
FREE_LINES = [
    "activities.Activity.measure",
    "activities.Activity.measure_unit",
    "activities.Activity.owner_title",
    "activities.Activity.title",
    "activities.Milestone.title",
    "activities.Round.label",
]
# Names and titles of lists, accounts and documents, which the coordinator or the administrator keeps.
NAMES = [
    "activities.FollowUp.author_title",
    "activities.Question.asked_by_title",
    "parties.Declaration.title",
    "parties.DeclarationAttachment.title",
    "parties.Matter.case_number",
    "parties.Matter.committee",
    "parties.Matter.section",
    "parties.Matter.title",
    "parties.MatterPoint.assignee",
    "parties.Party.name",
    "parties.Party.short_name",
    "parties.Signatory.case_number",
    "parties.Signatory.title",
    "parties.Unit.name",
    "parties.User.display_name",
    "parties.User.password",
    "parties.User.title",
    "priorities.Agreement.title",
    "priorities.AgreementAttachment.title",
    "priorities.AgreementParty.title",
    "priorities.Place.district",
    "priorities.Place.external_code",
    "priorities.Place.name",
    "priorities.PriorityArea.name",
    "priorities.PriorityArea.short_name",
    "priorities.SituationalPicture.title",
    "priorities.SituationalPictureAttachment.title",
    "priorities.Source.name",
    "priorities.Source.publisher",
    "priorities.SourceUse.period",
]

# Written by the product itself: the mail as sent, the mail server's answer, and what attempts are counted under.
OWN_WORDS = [
    "activities.Mail.fault",
    "activities.Mail.html",
    "activities.Mail.subject",
    "activities.Mail.text",
    "parties.AttemptCounter.key",
]


def fields_of(kind):
    return {
        f"{model._meta.label}.{field.name}": field
        for app in OWN_APPS
        for model in models_of(app)
        for field in model._meta.fields
        if isinstance(field, kind)
    }


def field_of(label):
    app, model, name = label.split(".")
    return apps.get_model(app, model)._meta.get_field(name)


def test_every_long_text_is_a_guarded_one():
    assert sorted(fields_of(FreeTextField)) == FREE_TEXTS
    assert sorted(set(fields_of(TextField)) - set(OWN_WORDS)) == FREE_TEXTS


def test_every_line_is_guarded_or_a_name():
    typed = {
        label
        for label, field in fields_of(CharField).items()
        if not field.choices and not isinstance(field, EmailField | SlugField | FileField)
    }
    assert sorted(fields_of(FreeLineField)) == FREE_LINES
    assert sorted(typed - set(FREE_LINES) - set(OWN_WORDS)) == NAMES


@pytest.mark.parametrize("label", [*FREE_TEXTS, *FREE_LINES])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Gäller 811228-9874.", "identity_number"),
        ("Två\x00ord", "null_characters_not_allowed"),
        ("å" * 5001, "max_length"),
    ],
)
def test_what_must_not_be_saved_is_refused(label, text, code):
    with pytest.raises(ValidationError) as refused:
        field_of(label).clean(text, None)
    assert [error.code for error in refused.value.error_list] == [code]


@pytest.mark.parametrize("label", FREE_TEXTS)
@pytest.mark.parametrize("text", ["å" * 5000, "KS-2022/941.142, § 14\r\n08-535 300 00\t–”åäö” 🙂"])
def test_an_ordinary_text_passes(label, text):
    assert field_of(label).clean(text, None) == text


def test_a_form_asks_for_at_most_5000_characters():
    assert field_of("activities.FollowUp.what_happened").formfield().max_length == 5000
