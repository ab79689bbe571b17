from django import forms

from samverkan.lib.forms import BaseForm


class InviteForm(BaseForm):
    """Whether new accounts get an invitation."""

    invite = forms.BooleanField(required=False)
