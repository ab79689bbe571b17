from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from parties import attempts, audit, policies
from parties.accounts.invitations import send_invitations
from parties.audit import Act
from parties.calendar_addresses.actions import end_calendar_address
from parties.models import Party, Unit, User
from parties.roles import Role
from parties.sign_in import devices, known_devices
from samverkan.lib.access import require
from samverkan.lib.checking import checked


@transaction.atomic
def add_user(
    *,
    by: User | None,
    email: str,
    display_name: str,
    role: Role,
    title: str = "",
    party: Party | None = None,
    unit: Unit | None = None,
    password: str | None = None,
) -> User:
    """Adds an account. Without `password`, the person sets one by mail before any password works."""
    require(policies.can_keep_accounts(by))
    user = User(email=email, display_name=display_name, role=role, title=title, party=party, unit=unit)
    user.set_password(password)
    saved: User = checked(user)
    audit.record(Act.ADDED, by=by, of=saved, changes=audit.after(saved))
    return saved


@transaction.atomic
def invite_user(*, by: User | None, at: datetime, **fields: Any) -> User:
    """Adds an account without a password and mails a link to set one. Coordinators invite representatives only.

    Sends the mail after the commit and then sets `invited_at`, which stays None if the mail fails.
    """
    user = User(**fields)
    require(policies.can_invite(by, as_role=user.role))
    refuse_invalid_account(user, by=by)
    _count_invitation(user, by=by)
    user.set_unusable_password()
    saved: User = checked(user)
    audit.record(Act.ADDED, by=by, of=saved, changes=audit.after(saved))
    invite_on_commit([saved], by=by, at=at)
    return saved


@transaction.atomic
def resend_invitation(*, by: User | None, user: User, at: datetime) -> None:
    """Mails a new link. Raises ValidationError for a closed account and for one that already has a password."""
    require(policies.can_invite(by, as_role=user.role))
    if not user.is_active:
        raise ValidationError("Kontot är avslutat. Öppna det innan du bjuder in.")
    if user.has_usable_password():
        raise ValidationError(
            "Kontot har redan ett lösenord. Den som har glömt det väljer ”Har du glömt lösenordet?” när den loggar in."
        )
    _count_invitation(user, by=by)
    User.objects.filter(pk=user.pk).update(invited_at=None)
    invite_on_commit([user], by=by, at=at)


@transaction.atomic
def change_user(*, by: User | None, user: User, **fields: Any) -> User:
    """Changes an account. Closing it (`is_active=False`) deletes nothing.

    Closing it ends all its sessions, trusted and known devices included, and its calendar's address. So does a new e-mail
    address that somebody else sets, which ends the password too: whoever read the old address may have chosen it. An
    account that is opened again gets none of them back. Another role ends its known devices, and leaves its sessions,
    since the role is asked at each request.
    Raises ValidationError if no active administrator would remain.
    """
    require(policies.can_keep_accounts(by))
    in_charge = Q(role=Role.ADMINISTRATOR, is_active=True)
    # Locks all of them in one order, so that two administrators cannot close each other's accounts at once.
    locked = User.objects.select_for_update().filter(Q(pk=user.pk) | in_charge).order_by("pk")
    accounts = {account.pk: account for account in locked}
    stored = accounts.pop(user.pk)
    old, had_address = audit.before(stored), stored.email
    was_active, was_in_charge = stored.is_active, stored.is_active and stored.is_administrator
    for name, value in fields.items():
        setattr(stored, name, value)
    refuse_invalid_account(stored, by=by)
    if was_in_charge and not (stored.is_active and stored.is_administrator) and not accounts:
        field = "role" if stored.is_active else "is_active"
        raise ValidationError(
            {field: "Kontot är den enda aktiva systemadministratören. Ge någon annan rollen först."}
        )
    saved: User = checked(stored)
    is_closed, is_moved = was_active and not saved.is_active, saved.email != had_address
    _record_change(saved, old, by=by)
    if is_moved:
        _leave_old_address(saved, by=by)
    is_anothers = is_closed or (is_moved and not _is_ones_own(saved, by))
    if is_anothers:
        devices.end_sessions(saved)
    if is_anothers or not policies.can_have_calendar(saved):
        end_calendar_address(by=by, user=saved)
    if saved.role != old["role"]:
        known_devices.forget(saved)
    return saved


@transaction.atomic
def correct_address(*, by: User | None, user: User, at: datetime, email: str, **fields: Any) -> User:
    """Changes an account's e-mail address, with other fields if any, and mails an invitation to the new one.

    As `change_user`, which makes all that was sent to the old address void. Nothing is mailed to a closed account, nor to
    somebody who changes their own address.
    """
    was_used = user.last_login is not None
    saved = change_user(by=by, user=user, email=email, **fields)
    is_moved = saved.email != User.objects.normalize_email(user.email).lower()
    if is_moved and saved.is_active and not _is_ones_own(saved, by):
        _count_invitation(saved, by=by)
        invite_on_commit([saved], by=by, at=at, is_moved=was_used)
    return saved


def _is_ones_own(user: User, by: User | None) -> bool:
    return by is not None and by.pk == user.pk


def _leave_old_address(user: User, *, by: User | None) -> None:
    """Forgets the old address, and the password unless the person changed the address themselves."""
    EmailAddress.objects.filter(
        user=user
    ).delete()  # allauth's copy: mail about signing in would go there too
    if not _is_ones_own(user, by):
        user.set_unusable_password()
        user.last_login = user.invited_at = None
        user.save(update_fields=["password", "last_login", "invited_at"])


def _record_change(saved: User, old: audit.Values, *, by: User | None) -> None:
    """The act says the gravest of what has changed."""
    act = Act.ROLE_CHANGED if saved.role != old["role"] else Act.CHANGED
    if old["is_active"] and not saved.is_active:
        act = Act.CLOSED
    audit.record_change(saved, old, by=by, act=act)


def refuse_invalid_account(user: User, *, by: User | None) -> None:
    """Raises ValidationError for what no constraint can express. Makes no query when `user.unit` is loaded."""
    faults = {}
    if user.role == Role.REPRESENTATIVE and user.party_id is None:
        faults["party"] = "Välj en part: en partsrepresentant utan part ser ingenting."
    if user.unit and user.unit.party_id != user.party_id:
        faults["unit"] = "Enheten hör till en annan part."
    if by and by.pk == user.pk:
        if user.role != by.role:
            faults["role"] = "Du kan inte ändra din egen roll. Be en annan systemadministratör göra det."
        if not user.is_active:
            faults["is_active"] = (
                "Du kan inte avsluta ditt eget konto. Be en annan systemadministratör göra det."
            )
    if faults:
        raise ValidationError(faults)


def _count_invitation(user: User, *, by: User | None) -> None:
    """Raises ValidationError after too many of them to one person, or from one. Those that are rolled back do not count."""
    recipient, sender = attempts.as_account(user.email), str(by.pk if by else "")
    try:
        attempts.count("invitation", sender=sender, recipient=recipient)
    except attempts.TooMany as refused:
        from_one = f"Du har skickat många inbjudningar i dag. Vänta {refused.wait} och fortsätt då."
        to_one = f"Personen har fått många inbjudningar i dag. Vänta {refused.wait} innan du skickar en till."
        raise ValidationError(from_one if refused.per == "sender" else to_one) from refused


def invite_on_commit(
    users: Collection[User], *, by: User | None, at: datetime, is_moved: bool = False
) -> None:
    """Mails each account a link after the commit. Raises PermissionDenied unless `by` may invite them all."""
    for user in users:
        require(policies.can_invite(by, as_role=user.role))
        audit.record(Act.INVITED, by=by, of=user)
    pks = [user.pk for user in users]
    transaction.on_commit(partial(send_invitations, pks, by=by, at=at, is_moved=is_moved))
