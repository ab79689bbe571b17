from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods

from samverkan.lib.administration.rows import Rows
from samverkan.lib.editing.side_by_side import STOOD
from samverkan.lib.editing.three_values import digest, digests, stamp
from samverkan.lib.faults import PLAIN, elsewhere
from samverkan.lib.fields import refuse_unfit_texts
from samverkan.lib.forms import NOT_NUMBERS, AskingForm
from samverkan.lib.names import NO_SLUG
from samverkan.lib.values import shown

CHANGED_TO = "Medan du skrev sparade någon annan ”{}” här. Spara igen om det som du har skrivit ska gälla."
EMPTIED = "Medan du skrev tömde någon annan fältet. Spara igen om det som du har skrivit ska gälla."
FORM_METHODS = ["GET", "HEAD", "POST"]


class ActionForm(AskingForm, forms.ModelForm):
    """Reads the fields, and shows `refused`, the errors of the action, at them. The action does the checking.

    What only the person can tell, whether digits are an identity number, the form asks about itself. `stood` carries a
    digest of each field as the page showed it: what somebody else has saved since is neither taken back nor overwritten.
    """

    stood = forms.Field(widget=forms.HiddenInput, required=False)

    use_required_attribute = False
    refused: ClassVar[ValidationError | None] = None
    editor: ClassVar[Any] = None  # the signed-in person

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= PLAIN | (
                {"invalid": NO_SLUG} if isinstance(field, forms.SlugField) else {}
            )
            nothing = "Välj" if field.required else "Ingen"
            if isinstance(field, forms.ModelChoiceField) and field.empty_label:
                field.empty_label = nothing
            elif isinstance(field, forms.TypedChoiceField):
                choices: Any = field.choices
                field.choices = [(value, label if value else nothing) for value, label in choices]
        self.initial[STOOD] = stamp(
            {
                name: self.get_initial_for_field(field, name)
                for name, field in self.fields.items()
                if name != STOOD
            }
        )

    @cached_property
    def seen(self) -> dict[str, str]:
        """The digests of what the page showed; of what is stored when none were sent."""
        sent = digests(self.data.get(self.add_prefix(STOOD)) if self.is_bound else None)
        return digests(self.initial[STOOD]) or {} if sent is None else sent

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields that differ from what is stored, and that the person has changed."""
        return [
            name
            for name in super().changed_data
            if name not in {NOT_NUMBERS, STOOD} and self._digest_of_typed(name) != self.seen.get(name, "")
        ]

    def _digest_of_typed(self, name: str) -> str:
        raw = self[name].data
        try:
            return digest(self.fields[name].to_python(raw))
        except ValidationError:
            return digest(raw)

    def fields_to_ask_about(self) -> list[str]:
        """The texts that are new: what was there has been asked about."""
        return [name for name in super().fields_to_ask_about() if name in self.changed_data]

    def clean(self) -> dict[str, Any]:
        """Refuses here what the action would refuse in a text too, before anything is derived from it.

        Also says once what somebody else has saved in the fields that the person has changed.
        """
        cleaned = super().clean()
        if self.instance.pk:
            self._refuse_overwriting()
        for name in self.fields_to_ask_about():
            try:
                refuse_unfit_texts(cleaned.get(name))
            except ValidationError as refused:
                self.add_error(name, refused)
        return cleaned

    def _refuse_overwriting(self) -> None:
        stored = digests(self.initial[STOOD]) or {}
        moved = [name for name in self.changed_data if stored.get(name, "") != self.seen.get(name, "")]
        for name in moved:
            there = shown(self.instance, name)
            self.add_error(name, CHANGED_TO.format(there) if there else EMPTIED)
        if moved:
            known = self.seen | {name: stored.get(name, "") for name in moved}
            data: QueryDict = self.data.copy()  # type: ignore[attr-defined] # a QueryDict
            data[self.add_prefix(STOOD)] = " ".join(f"{name}:{each}" for name, each in known.items() if each)
            self.data = data

    def _post_clean(self) -> None:
        """Does not change or check the instance: the action does."""
        for name, faults in by_field(self.refused).items():
            if name in self.fields:
                self.add_error(name, faults)
            else:
                self.add_error(None, [elsewhere(fault) for fault in faults])


def by_field(refused: ValidationError | None) -> dict[str, list[ValidationError]]:
    """Errors by field name: the key, or for an error of a constraint the code, which is the field's name."""
    if refused is None:
        return {}
    if not hasattr(refused, "error_dict"):
        return {NON_FIELD_ERRORS: refused.error_list}
    found: dict[str, list[ValidationError]] = {}
    for name, faults in refused.error_dict.items():
        for fault in faults:
            found.setdefault(str(fault.code) if name == NON_FIELD_ERRORS else name, []).append(fault)
    return found


class Kept(Rows):
    """A list whose rows administrators add and change. `add` and `change` call the app's actions."""

    group: ClassVar[str] = "Sköt"
    form = ActionForm
    add_form_template = change_form_template = "administration/form.html"
    saved_text: ClassVar[str] = "{} är sparad."

    def add(self, *, by: Any, fields: dict[str, Any]) -> Model:
        """Calls the action. Raises ValidationError when it refuses."""
        raise PermissionError

    def change(self, row: Any, *, by: Any, fields: dict[str, Any]) -> Model:
        """Calls the action with the fields that were changed. Raises ValidationError when it refuses."""
        raise PermissionError

    # --- Who may --------------------------------------------------------------------------------------------------
    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    # --- Pages ----------------------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        first, _ = super().get_urls()
        methods = require_http_methods(FORM_METHODS)
        return [
            first,
            self.page("ny/", methods(self.add_view), "add"),
            *self.more_urls(),
            self.page("<str:object_id>/", methods(self.change_view), "change"),
        ]

    def more_urls(self) -> list[URLPattern]:
        """More pages, between those of the list and of the forms. They come before the address of a single row."""
        return []

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form. When the action refuses, nothing is saved and the form shows the errors at the fields.

        When somebody saves the same name in between, the database refuses first; then the action finds their row.
        """
        if object_id is not None:
            self.get_object_or_404(request, object_id)
        extra_context = {"rows": self, **(extra_context or {})}
        for _ in range(2):
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except ValidationError as refused:
                request.refused = refused  # type: ignore[attr-defined] # read when the form is shown again
            except IntegrityError:
                continue
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form: type[forms.ModelForm] = super().get_form(request, obj, change, **kwargs)
        form.refused = getattr(request, "refused", None)  # type: ignore[attr-defined] # an ActionForm
        form.editor = request.user  # type: ignore[attr-defined] # an ActionForm
        return form  # made for this request alone

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Leaves out the admin's links to related lists beside the field."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Calls the action, and copies the saved row into `obj`, which the receipt reads."""
        typed = form.cleaned_data
        if change:
            fields = {name: typed[name] for name in form.changed_data if name in typed}
            saved = self.change(obj, by=request.user, fields=fields)
        else:
            fields = {name: value for name, value in typed.items() if name not in {NOT_NUMBERS, STOOD}}
            saved = self.add(by=request.user, fields=fields)
        obj.__dict__.update(saved.__dict__)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the action has recorded it in the log of changes, with the values."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing, as for an addition."""

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, self.saved_text.format(obj))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
