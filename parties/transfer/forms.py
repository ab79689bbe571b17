from django import forms

from samverkan.lib.forms import BaseForm


class InviteNewForm(BaseForm):
    """Whether new accounts get an invitation."""

    invite = forms.BooleanField(required=False)
