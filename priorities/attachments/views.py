"""Uploaded files. Each has the access rule of the page that links to it."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from parties.requests import SignedInRequest
from priorities import policies
from priorities.models import AgreementAttachment, AgreementParty, SituationalPicture
from priorities.which import agreement_or_404
from samverkan.lib.access import require
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


@require_safe
def earlier_attachment(request: SignedInRequest, agreement_slug: str, record: int) -> FileResponse:
    """The file of an attachment as it was before, for the coordinator."""
    agreement = agreement_or_404(request, agreement_slug)
    require(policies.can_keep_agreements(request.user))
    kept = get_object_or_404(AgreementAttachment.past_of(agreement), pk=record)
    before = AgreementAttachment(number=kept.number, title=kept.title, file=kept.file, digest=kept.digest)
    return as_download(before.file, str(before))


@require_safe
def earlier_signed_file(request: SignedInRequest, agreement_slug: str, record: int) -> FileResponse:
    """The signed file that another has replaced, for the coordinator."""
    agreement = agreement_or_404(request, agreement_slug)
    require(policies.can_keep_agreements(request.user))
    kept = get_object_or_404(AgreementParty.past_of(agreement), pk=record)
    before = AgreementParty(file=kept.file, digest=kept.digest)
    return as_download(before.file, f"{agreement.title}, {kept.party.short_name}")
