"""Commands on people, their accounts and what these may do."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.enums import Role
from accounts.models import Identity, Person, RoleGrant, School, User
from accounts.permissions import can_administer_platform, can_change_person
from accounts.selectors import works_as
from common.journal import Stamp, note
from common.refusals import DomainError, require
from common.secrets.rotation import BATCH, Renewal


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityInput:
    """Who someone is, as they write it. Fields are those of `Identity`."""

    birth_name: str
    first_names: str
    usual_name: str = ""
    born_on: date | None = None
    nationality: str = ""
    french_mother_tongue: bool | None = None
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    ine: str = ""


IDENTITY = tuple(field.name for field in fields(IdentityInput))


def identity_of(row: Identity) -> dict[str, Any]:
    """What a row says by now, by the names of the fields."""
    return {name: getattr(row, name) for name in IDENTITY}


def write_identity(row: Identity, said: IdentityInput) -> list[str]:
    """Have a row say this, without saving it. Answers the names of the fields that change."""
    changed = [name for name in IDENTITY if getattr(row, name) != getattr(said, name)]
    for name in changed:
        setattr(row, name, getattr(said, name))
    return changed


def create_person_for(*, user: User, now: datetime) -> Person:
    """The person behind an account: the same one from one session to the next."""
    with transaction.atomic():
        person, created = Person.objects.get_or_create(user=user)
        if created:
            note(person, "create_person", Stamp.of(user, now))
    return person


def create_person(*, identity: IdentityInput, actor: User, now: datetime) -> Person:
    """Someone without an account, until they claim what is kept of them by theirs."""
    with transaction.atomic():
        person = Person()
        write_identity(person, identity)
        person.save()
        note(person, "create_person", Stamp.of(actor, now))
    return person


def claim_person(*, person_id: int, identity: IdentityInput, user: User, now: datetime) -> Person:
    """The person behind an account: its own, which stays as it is, or else this one, who has none, and says this."""
    with transaction.atomic():
        rows = Person.objects.select_for_update(of=("self",))
        own = rows.filter(user=user).first()
        if own:
            return own
        person = rows.get(pk=person_id, user=None)
        person.user = user
        changed = write_identity(person, identity)
        person.save(update_fields=["user", *changed])
        note(person, "claim_person", Stamp.of(user, now, fields=changed))
    return person


def remove_person(*, person_id: int, actor: User, now: datetime) -> None:
    """Someone without an account, whose dossiers are another person's by now."""
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(pk=person_id, user=None)
        note(person, "remove_person", Stamp.of(actor, now))
        person.delete()


def update_person(*, person_id: int, identity: IdentityInput, actor: User, now: datetime) -> Person:
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
        require(can_change_person(actor, person))
        changed = write_identity(person, identity)
        if changed:
            person.save(update_fields=changed)
            note(person, "update_person", Stamp.of(actor, now, fields=changed))
    return person


def create_account(*, email: str, language: str, actor: User, now: datetime) -> User:
    """An account without a password: whoever reads the address chooses one."""
    require(can_administer_platform(actor))
    with transaction.atomic():
        user = User.objects.create_user(email, language=language)
        note(user, "create_account", Stamp.of(actor, now))
    return user


def grant_role(
    *, user_id: int, school_id: int, role: Role, actor: User, now: datetime
) -> RoleGrant:
    require(can_administer_platform(actor))
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
        school = School.objects.get(pk=school_id)
        grant, created = RoleGrant.objects.get_or_create(user=user, school=school, role=role)
        if created:
            user.is_staff = True
            user.save(update_fields=["is_staff"])
            _note_role(user, school, "grant_role", Stamp.of(actor, now, role=role))
    return grant


def revoke_role(*, user_id: int, school_id: int, role: Role, actor: User, now: datetime) -> None:
    require(can_administer_platform(actor))
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
        school = School.objects.get(pk=school_id)
        removed, _ = RoleGrant.objects.filter(user=user, school=school, role=role).delete()
        if removed:
            settle_staff(user)
            _note_role(user, school, "revoke_role", Stamp.of(actor, now, role=role))


def settle_staff(user: User) -> None:
    """Let into the administration whoever works for a school, and nobody else: a second factor is asked of them."""
    works = user.is_superuser or bool(works_as(user))
    if user.is_staff != works:
        user.is_staff = works
        user.save(update_fields=["is_staff"])


def _note_role(user: User, school: School, verb: str, stamp: Stamp) -> None:
    note(replace(user.in_journal(), scope=school.slug), verb, stamp)


def set_active(*, user_id: int, active: bool, actor: User, now: datetime) -> None:
    """Close an account, or open it again. Its sessions end with its next request."""
    require(can_administer_platform(actor))
    if user_id == actor.pk and not active:
        raise DomainError.of("own_account")
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
        if user.is_active == active:
            return
        user.is_active = active
        user.save(update_fields=["is_active"])
        note(user, "open_account" if active else "close_account", Stamp.of(actor, now))


def remove_second_factor(*, user_id: int, actor: User, now: datetime) -> None:
    """For someone who lost telephone and recovery codes: another is set up at the next sign-in."""
    require(can_administer_platform(actor))
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
        removed, _ = Authenticator.objects.filter(user=user).delete()
        if removed:
            note(user, "remove_second_factor", Stamp.of(actor, now))


def renew_second_factors(renewal: Renewal) -> Iterator[None]:
    """Put the secrets of the second factor under the first key, a batch at each step."""
    rows = Authenticator.objects.select_for_update(of=("self",)).order_by("pk")
    last = 0
    while True:
        with transaction.atomic():
            batch = list(rows.filter(pk__gt=last)[:BATCH])
            for row in batch:
                _renew_second_factor(row, renewal)
        if not batch:
            return
        last = batch[-1].pk
        yield


def _renew_second_factor(row: Authenticator, renewal: Renewal) -> None:
    """A telephone's secret, or what recovery codes are made of; codes of other software are kept one by one."""
    place = f"second factor {row.pk}"
    data = dict(row.data)
    for name in ("secret", "seed"):
        if name in data:
            data[name] = renewal.renew(data[name], place)
    if "migrated_codes" in data:
        data["migrated_codes"] = [renewal.renew(code, place) for code in data["migrated_codes"]]
    if data != row.data:
        row.data = data
        row.save(update_fields=["data"])


def save_school(*, school: School, actor: User, now: datetime) -> None:
    require(can_administer_platform(actor))
    with transaction.atomic():
        school.save()
        note(school, "save_school", Stamp.of(actor, now))
