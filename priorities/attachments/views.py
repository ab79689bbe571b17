"""Uploaded files. Each has the access rule of the page that links to it."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from parties.requests import SignedInRequest
from priorities.models import SituationalPicture
from priorities.which import agreement_or_404
from samverkan.lib.downloads import as_download


@require_safe
def agreement_attachment(request: SignedInRequest, agreement_slug: str, number: int) -> FileResponse:
    agreement = agreement_or_404(request, agreement_slug)
    attachment = get_object_or_404(agreement.attachments.all(), number=number)
    return as_download(attachment.file, str(attachment))


@require_safe
def declaration_attachment(request: SignedInRequest, agreement_slug: str, number: int) -> FileResponse:
    agreement = agreement_or_404(request, agreement_slug)
    attachment = get_object_or_404(agreement.declaration.attachments.all(), number=number)
    return as_download(attachment.file, str(attachment))


@require_safe
def picture_attachment(request: SignedInRequest, year: int, number: int) -> FileResponse:
    picture = get_object_or_404(SituationalPicture.objects.visible_to(request.user), year=year)
    attachment = get_object_or_404(picture.attachments.all(), number=number)
    return as_download(attachment.file, str(attachment))


@require_safe
def signed_file(request: SignedInRequest, agreement_slug: str, party_slug: str) -> FileResponse:
    """The file of the agreement that one party has signed."""
    agreement = agreement_or_404(request, agreement_slug)
    membership = get_object_or_404(agreement.memberships.select_related("party"), party__slug=party_slug)
    return as_download(membership.file, f"{agreement.title}, {membership.party.short_name}")
