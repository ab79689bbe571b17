"""Every text that a person writes is guarded: no identity number, no NUL, no endless text, one form of each letter."""

import re

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import CharField, Field, FileField, JSONField, TextField
from django.urls import get_resolver

from parties.sign_in.forms import CodeField
from samverkan.lib.administration import ActionForm
from samverkan.lib.fields import AddressPartField, FreeLineField, FreeTextField, NamedFileField, NamesField
from samverkan.lib.forms import TextsField, TypedLineField
from tests.support.promises import models_of
from tests.support.source import PACKAGES, files

OWN_APPS = ["parties", "priorities", "activities"]
GUARDED = (AddressPartField, FreeLineField, FreeTextField, NamedFileField, NamesField)

# A model's texts without the guard, each with its reason.
UNGUARDED = {
    "activities.Mail.fault": "the mail server's answer",
    "activities.Mail.html": "made by the product of guarded texts",
    "activities.Mail.subject": "made by the product of guarded texts",
    "activities.Mail.text": "made by the product of guarded texts",
    "activities.UnsavedAnswer.answers": "masked as it is kept: what is half typed is not to be lost",
    "parties.PartyKind.name_key": "what the guarded name is compared by",
    "parties.Party.name_key": "what the guarded name is compared by",
    "parties.Unit.name_key": "what the guarded name is compared by",
    "parties.Matter.case_number_key": "what the guarded case number is compared by",
    "priorities.Place.name_key": "what the guarded name is compared by",
    "priorities.Source.name_key": "what the guarded name is compared by",
    "parties.AttemptCounter.key": "a hash of what attempts are counted under",
    "parties.AuditEntry.about": "the name of a model",
    "parties.AuditEntry.address": "a network address",
    "parties.AuditEntry.changes": "made by the product of guarded texts",
    "parties.AuditEntry.command": "the name of a command",
    "parties.AuditEntry.deputy_for": "keys of accounts",
    "parties.AuditEntry.digest": "a hash",
    "parties.AuditEntry.label": "made by the product of guarded texts",
    "parties.AuditEntry.request_id": "made by the product or the proxy; letters, digits and hyphens",
    "parties.DeclarationAttachment.digest": "a hash",
    "priorities.AgreementAttachment.digest": "a hash",
    "priorities.AgreementParty.digest": "a hash",
    "priorities.SituationalPictureAttachment.digest": "a hash",
    "parties.Mask.about": "the name of a model",
    "parties.Mask.field": "the name of a field",
    "parties.AuditSegment.chained": "a hash",
    "parties.AuditSegment.digest": "a hash",
    "parties.AuditSegment.previous": "a hash",
    "parties.Submission.leads_to": "an address of ours",
    "parties.Submission.mark": "a keyed hash of the form that was sent",
    "parties.User.email": "the way in, whatever the address is; it stands in no text",
    "parties.User.password": "a hash",
}
# A form's texts without the guard, each with its reason: by kind, by form and by name.
UNGUARDED_KINDS = {
    forms.EmailField: "the way in, whatever the address is; it stands in no text",
    forms.UUIDField: "a key",
    CodeField: "a sign-in code, which is compared and not stored",
}
UNGUARDED_IN_FORMS = {
    "FilterForm.sok": "a search, which is not stored; the form is made when a list is first opened"
}
# Nobody writes in a hidden field: it carries what is compared, or a choice. A password is stored as a hash.
UNGUARDED_NAMES = re.compile(r"password[12]?|oldpassword")
# Every line of code that makes a text for a form, with its reason.
MADE = {
    "password = forms.CharField(required=False)  # the page shows it; nothing reads it": "not stored",
    "seen = forms.CharField(required=False, widget=forms.HiddenInput)": "compared with what is saved",
    "stood = forms.CharField(required=False, widget=forms.HiddenInput)": "compared with what is saved",
    "visa = forms.CharField(required=False, widget=forms.HiddenInput)": "a choice in an address",
    'widget = forms.Textarea(attrs={"rows": 4})': "the box of a party's names, which the model guards",
    'super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)': "the guarded field itself",
}


def fields_of(kind, app_labels=OWN_APPS) -> dict[str, Field]:
    return {
        f"{model._meta.label}.{field.name}": field
        for app in app_labels
        for model in models_of(app)
        for field in model._meta.fields
        if isinstance(field, kind)
    }


def field_of(label):
    app, model, name = label.split(".")
    return apps.get_model(app, model)._meta.get_field(name)


TEXTS = {
    label: field
    for label, field in fields_of((CharField, TextField, FileField, JSONField)).items()
    if not field.choices
}
LINES = sorted(fields_of(FreeLineField))
LONG_TEXTS = sorted(fields_of(FreeTextField))


# --- Models --------------------------------------------------------------------------------------------------
def test_every_text_of_a_model_is_guarded_or_has_a_reason():
    assert {label for label, field in TEXTS.items() if not isinstance(field, GUARDED)} == set(UNGUARDED)


def test_each_kind_of_text_is_somewhere():
    assert len(LONG_TEXTS) > 20
    assert {"parties.User.title", "activities.FollowUp.author_title", "priorities.Source.name"} < set(LINES)
    assert {"parties.Party.slug", "priorities.Agreement.slug"} < set(fields_of(AddressPartField))
    assert "priorities.AgreementAttachment.file" in fields_of(NamedFileField)
    assert sorted(fields_of(NamesField)) == ["parties.Party.other_names", "priorities.SourceUse.names_then"]


@pytest.mark.parametrize("label", LINES)
def test_a_line_is_one_line(label):
    """Every sign that breaks a line somewhere, and marks that turn or hide what stands around them."""
    text = "\ta\nb\r\nc\rd\x0be\x0cf\x85g\u2028h\u2029 i"
    assert field_of(label).to_python(text) == "a b c d e f g h i"
    assert field_of(label).to_python("\u202eev\x07il\u2066 \u200btext\x1b") == "evil text"
    assert field_of(label).to_python("12\u00a0600\u00a0kr") == "12\u00a0600\u00a0kr"


@pytest.mark.parametrize("label", LONG_TEXTS)
def test_a_long_text_has_one_kind_of_line_break_and_nothing_unseen(label):
    text = "a\r\nb\rc\u2028d\u202ee\x07\tf"
    assert field_of(label).to_python(text) == "a\nb\nc\nde\tf"


@pytest.mark.parametrize("label", [*LONG_TEXTS, *LINES])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Gäller 811228-9874.", "identity_number"),
        ("Född 811228, sista siffrorna 9874", "identity_number"),
        ("811228-T987", "identity_number"),
        ("Två\x00ord", "null_characters_not_allowed"),
        ("å" * 5001, "max_length"),
    ],
)
def test_what_must_not_be_saved_is_refused(label, text, code):
    with pytest.raises(ValidationError) as refused:
        field_of(label).clean(text, None)
    codes = [error.code for error in refused.value.error_list]
    assert codes == [code] or (
        code in codes and "max_length" in codes
    )  # a short line is also too short for it


@pytest.mark.parametrize("label", [*LONG_TEXTS, *LINES])
def test_a_letter_is_stored_in_one_form_however_it_was_typed(label):
    assert field_of(label).clean("Va\u030arby", None) == "Vårby"
    assert field_of(label).get_prep_value("Va\u030arby") == "Vårby"


@pytest.mark.parametrize("label", sorted(fields_of(AddressPartField)))
@pytest.mark.parametrize("number", ["811228-9874", "19811228-9874", "198112289874"])
def test_an_address_holds_no_identity_number(label, number):
    with pytest.raises(ValidationError) as refused:
        field_of(label).clean(number, None)
    assert refused.value.error_list[0].code == "identity_number"
    assert field_of(label).clean("2023-2024", None) == "2023-2024"


@pytest.mark.parametrize("label", sorted(fields_of(NamedFileField)))
def test_a_file_is_not_named_by_an_identity_number(label):
    field = field_of(label)
    with pytest.raises(ValidationError) as refused:
        field.run_validators(ContentFile(b"", name="Beslut 811228-9874.pdf"))
    assert refused.value.error_list[0].code == "identity_number"
    field.run_validators(ContentFile(b"", name="2023-2024-bilaga-1.pdf"))


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["lokalpolisen", "811228-9874"], "identity_number"),
        ({"source": "Enkäten", "places": ["Skogås", "811228-9874"]}, "identity_number"),
        (["a\x00"], "null_characters_not_allowed"),
    ],
)
def test_no_name_of_a_list_holds_what_must_not_be_saved(names, code):
    field = field_of("parties.Party.other_names")
    with pytest.raises(ValidationError) as refused:
        field.clean(names, None)
    assert [error.code for error in refused.value.error_list] == [code]
    assert field.clean(["Va\u030arby"], None) == ["Vårby"]


@pytest.mark.parametrize("label", LONG_TEXTS)
@pytest.mark.parametrize("text", ["å" * 5000, "KS-2022/941.142, § 14\r\n08-535 300 00\t–”åäö” 🙂"])
def test_an_ordinary_text_passes(label, text):
    assert field_of(label).clean(text, None) == text.replace("\r\n", "\n")


@pytest.mark.parametrize("label", sorted({**fields_of(GUARDED)} - {**fields_of(FreeTextField)}.keys()))
def test_a_migration_knows_the_field_as_djangos_own(label):
    _, path, _, _ = field_of(label).deconstruct()
    assert path.startswith("django.db.models.")


# --- Forms ---------------------------------------------------------------------------------------------------
def all_forms(base: type = forms.BaseForm) -> set[type[forms.BaseForm]]:
    return {form for each in base.__subclasses__() for form in {each, *all_forms(each)}}


def our_forms() -> list[type[forms.BaseForm]]:
    """The product's forms. Its addresses import every view, and with them every form."""
    assert get_resolver().url_patterns
    return [form for form in all_forms() if form.__module__.split(".")[0] in {*OWN_APPS, "samverkan"}]


def unguarded(form: type[forms.BaseForm]) -> set[str]:
    """The form's texts without the guard, of its own or of the model's field that it fills."""
    model = form._meta.model if issubclass(form, ActionForm) else None
    stored = {field.name: field for field in model._meta.fields} if model else {}
    return {
        f"{form.__name__}.{name}"
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, (TextsField, TypedLineField, *UNGUARDED_KINDS))
        and not (field.widget.is_hidden or UNGUARDED_NAMES.fullmatch(name))
        and not isinstance(stored.get(name), GUARDED)
    }


def test_every_text_of_a_form_is_guarded_or_has_a_reason():
    assert len(our_forms()) > 40
    assert {text for form in our_forms() for text in unguarded(form)} - UNGUARDED_IN_FORMS.keys() == set()


def test_no_form_makes_an_unguarded_text_as_it_is_opened():
    making = re.compile(r"forms\.(?:CharField|JSONField|Textarea)\(")
    made = {
        line.strip()
        for name, text in files(".py").items()
        if name.startswith(PACKAGES)
        for line in text.splitlines()
        if making.search(line)
    }
    assert made == set(MADE)


def test_a_form_asks_for_at_most_5000_characters():
    assert field_of("activities.FollowUp.what_happened").formfield().max_length == 5000
