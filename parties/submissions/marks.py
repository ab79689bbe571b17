import json
from uuid import UUID

from django.utils.crypto import salted_hmac

from parties.requests import SignedInRequest

FIELD = "submission"  # the name of the hidden field
LEFT_OUT = {FIELD, "csrfmiddlewaretoken"}


def mark_of(request: SignedInRequest) -> str:
    """Tells the sent form from all others, without saying what it holds; empty for a form without a proper key.

    A file counts by its name and size, since reading it would take longer than it is worth.
    """
    try:
        key = UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return ""
    files = [(name, [(file.name, file.size) for file in sent]) for name, sent in request.FILES.lists()]
    fields = [(name, values) for name, values in request.POST.lists() if name not in LEFT_OUT]
    sent = json.dumps([request.user.pk, str(key), request.get_full_path(), fields, files])
    return salted_hmac("parties.submissions", sent, algorithm="sha256").hexdigest()
