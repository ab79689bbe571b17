from django import forms

from samverkan.lib.forms import BaseForm


class ImportInvitationForm(BaseForm):
    """Asks whether the import's new accounts get an invitation."""

    invite = forms.BooleanField(required=False)
