"""A code that has been mailed: whether it still holds, and how often it is guessed at."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginStage
from django.http import HttpRequest

from parties import attempts
from parties.sign_in import may_have_code, who


def is_too_old(stage: LoginStage) -> bool:
    """True if the code has expired, or the account has been closed or got another address since the mail."""
    if LoginCodeVerificationProcess.resume(stage) is None:
        return True
    user = stage.login.user
    return user is not None and not (
        may_have_code(user) and user.email.lower() == stage.state["email"].lower()
    )


def count_guess(request: HttpRequest, stage: LoginStage) -> list[str]:
    """Counts a guess before it is judged: for the client, and for the code itself, whichever process judges it.

    Raises TooMany. Returns the client's counters, for a guess that turns out to be right.
    """
    counted = attempts.count("code tried", **who(request, stage.state["email"]))
    attempts.count("guess at a code", code=name_of(stage))
    return counted


def name_of(stage: LoginStage) -> str:
    """What tells the code from the account's other codes; not the code itself."""
    return f"{attempts.as_account(stage.state['email'])} {stage.state['at']}"
