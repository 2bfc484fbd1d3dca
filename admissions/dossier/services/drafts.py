"""Start a dossier and fill it in: who one is, what was studied, which programmes it applies to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import Identity, User
from accounts.services import (
    IdentityInput,
    create_person_for,
    identity_of,
    update_person,
    write_identity,
)
from admissions.dossier.permissions import is_own
from admissions.dossier.rules import TITLE_FIELDS
from admissions.dossier.selectors.dossiers import dossier_of, takes_applications
from admissions.dossier.selectors.read_model import Dossier, ProgrammeRow
from admissions.dossier.services.locking import (
    day_of_dossier,
    lock_addresses,
    lock_own_dossier,
    lock_to_edit,
    stamp_for,
)
from admissions.dossier.services.pieces import remove_documents
from admissions.dossier.services.submission import receive_correction, too_many
from admissions.models import Application, Candidacy, Title
from admissions.states import CandidacyAction, CandidacyState
from campaigns.models import Diploma, Programme
from campaigns.vocabulary import DiplomaKind, TitleStatus, years_of
from common.journal import Stamp, note
from common.moves import move_all
from common.refusals import DomainError, require
from common.rules import Refusal, fold


def start_application(*, campaign_slug: str, actor: User, now: datetime) -> Application:
    """The actor's dossier in the campaign: made if there is none, while the campaign takes applications."""
    with transaction.atomic():
        campaign = lock_addresses(slug=campaign_slug)
        person = create_person_for(user=actor, now=now)
        said = identity_of(person) | search_keys(person)
        begun = {"email": actor.email.lower(), "started_at": now} | said
        application, created = Application.objects.get_or_create(
            campaign=campaign, person=person, defaults=begun
        )
        if not created:
            return application
        if not takes_applications(campaign, now):
            raise DomainError.of("campaign_is_closed")
        typed = Application.objects.exclude(entered_by=None).filter(campaign=campaign)
        if typed.filter(email=application.email, person__user=None).exists():
            raise DomainError.of("dossier_awaits_its_claim")
        note(application, "start", Stamp.of(actor, now))
        return application


def search_keys(identity: Identity) -> dict[str, str]:
    """By what lists order a dossier, and what a search for a name or an INE finds it by."""
    name = identity.usual_name or identity.birth_name
    words = (identity.first_names, identity.usual_name, identity.birth_name, identity.ine)
    return {
        "sort_key": fold(f"{name} {identity.first_names}")[:170],
        "search_text": fold(" ".join(words))[:400],
    }


def rewrite_identity(application: Application, identity: IdentityInput) -> list[str]:
    """Have a locked dossier say who its candidate is, its search keys with it. Answers the names of what changes."""
    changed = write_identity(application, identity)
    if changed:
        keys = search_keys(application)
        application.sort_key, application.search_text = keys.values()
        application.save(update_fields=[*changed, *keys])
    return changed


def save_identity(*, ref: str, actor: User, identity: IdentityInput, now: datetime) -> Application:
    """Who the candidate is, in this dossier alone; what they wrote last is offered to their next one."""
    with transaction.atomic():
        application = lock_to_edit(ref, actor, now)
        changed = rewrite_identity(application, identity)
        if changed:
            stamp = stamp_for(application, actor, now)
            note(application, "save_identity", stamp.saying(fields=changed))
            receive_correction(application, stamp)
        if not application.is_unclaimed:
            update_person(person_id=application.person_id, identity=identity, actor=actor, now=now)
        return application


def write_to_account(*, ref: str, actor: User, now: datetime) -> Application:
    """Have the dossier written to at its candidate's account, whose address they proved; in any of its states."""
    with transaction.atomic():
        application = lock_own_dossier(ref, actor)
        require(is_own(actor, application))
        address = actor.email.lower()
        if application.email != address:
            application.email = address
            application.save(update_fields=["email"])
            note(application, "write_to_account", Stamp.of(actor, now))
        return application


def save_studies(
    *, ref: str, actor: User, baccalaureate: str, baccalaureate_year: int | None, now: datetime
) -> Application:
    with transaction.atomic():
        application = lock_to_edit(ref, actor, now)
        said = {"baccalaureate": baccalaureate, "baccalaureate_year": baccalaureate_year}
        _say(application, "save_studies", said, stamp_for(application, actor, now))
        return application


def declare_experience(
    *,
    ref: str,
    actor: User,
    technician_years: int | None,
    employer_agrees: bool | None,
    now: datetime,
) -> Application:
    """What only some routes of a notice look at (R-ELI-4); None is "not said"."""
    with transaction.atomic():
        application = lock_to_edit(ref, actor, now)
        said = {"technician_years": technician_years, "employer_agrees": employer_agrees}
        _say(application, "declare_experience", said, stamp_for(application, actor, now))
        return application


def declare_grant_holder(
    *, ref: str, actor: User, grant_holder: bool, now: datetime
) -> Application:
    with transaction.atomic():
        application = lock_to_edit(ref, actor, now)
        said = {"grant_holder": grant_holder}
        _say(application, "declare_grant_holder", said, stamp_for(application, actor, now))
        return application


def _say(application: Application, verb: str, said: Mapping[str, object], stamp: Stamp) -> None:
    """Keep what a locked dossier says by now, if it is something else; received at once where it was submitted."""
    changed = [name for name, value in said.items() if getattr(application, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(application, name, said[name])
    application.save(update_fields=changed)
    note(application, verb, stamp)
    receive_correction(application, stamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleInput:
    """A diploma of the nomenclature by its code, or, failing one, a kind and a name."""

    diploma_code: str = ""
    kind: str = ""
    name: str = ""
    institution: str = ""
    country: str = "FR"
    ects: int | None = None
    year: int | None = None
    status: str
    on: date | None = None


def add_title(*, ref: str, actor: User, title: TitleInput, now: datetime) -> Title:
    with transaction.atomic():
        application = lock_to_edit(ref, actor, now)
        row = Title(application=application)
        fill_title(row, title, day_of_dossier(application, now))
        row.save()
        _note_title(application, "add_title", row.ref, stamp_for(application, actor, now))
        return row


def change_title(
    *, ref: str, title_ref: str, actor: User, title: TitleInput, now: datetime
) -> Title:
    with transaction.atomic():
        application = lock_to_edit(ref, actor, now)
        row = application.titles.get(ref=title_ref)
        before = [getattr(row, name) for name in TITLE_FIELDS]
        fill_title(row, title, day_of_dossier(application, now))
        if before == [getattr(row, name) for name in TITLE_FIELDS]:
            return row
        row.save(update_fields=TITLE_FIELDS)
        _note_title(application, "change_title", row.ref, stamp_for(application, actor, now))
        return row


def remove_title(*, ref: str, title_ref: str, actor: User, now: datetime) -> None:
    """Remove a title and the pieces given for it. One that is gone already is left gone."""
    with transaction.atomic():
        application = lock_to_edit(ref, actor, now)
        removed, _ = application.titles.filter(ref=title_ref).delete()
        if removed:
            remove_documents(application.documents.filter(subject_key=title_ref), now)
            _note_title(application, "remove_title", title_ref, stamp_for(application, actor, now))


def _note_title(application: Application, verb: str, title_ref: str, stamp: Stamp) -> None:
    note(application, verb, stamp.saying(title=title_ref))
    receive_correction(application, stamp)


def fill_title(row: Title, title: TitleInput, today: date) -> None:
    """Have a title say this, without saving it. Raises DomainError for what no title can say."""
    if title.status == TitleStatus.OBTAINED and title.on and title.on > today:
        raise DomainError.of("title_not_obtained_yet")
    row.diploma = _diploma(title.diploma_code)
    row.kind = row.diploma.kind if row.diploma else _kind(title)
    if title.year and title.year > years_of(row.kind):
        raise DomainError.of("title_has_no_such_year", kind=row.kind, years=years_of(row.kind))
    row.name = title.name
    row.institution = title.institution
    row.country = title.country
    row.ects = title.ects
    row.year = title.year
    row.status = title.status
    row.on = title.on


def _diploma(code: str) -> Diploma | None:
    if not code:
        return None
    diploma = Diploma.objects.filter(code=code).first()
    if diploma is None:
        raise DomainError.of("unknown_diploma", diploma=code)
    return diploma


def _kind(title: TitleInput) -> str:
    """A title outside the nomenclature says its kind and its name."""
    if title.kind not in set(DiplomaKind):
        raise DomainError.of("unknown_diploma_kind")
    if not title.name:
        raise DomainError.of("title_needs_name")
    return title.kind


def choose_programmes(
    *, ref: str, actor: User, codes: Collection[str], now: datetime
) -> Application:
    """Have the dossier apply to these programmes, beside those it was submitted for: these stay."""
    with transaction.atomic():
        application = lock_own_dossier(ref, actor)
        dossier = dossier_of(application, now)
        rows = {row.code: row for row in dossier.programmes}
        added = [rows[code] for code in codes if code in rows and not rows[code].chosen]
        kept = {row.code for row in dossier.chosen if row not in dossier.to_submit}
        refusals = [*dossier.acts.choose.refusals, *against_choice(dossier, {*codes, *kept}, added)]
        if refusals:
            raise DomainError(*refusals)
        removed = [
            row.candidacy for row in dossier.to_submit if row.code not in codes and row.candidacy
        ]
        stamp = stamp_for(application, actor, now)
        begin_candidacies(application, added, stamp)
        unchoose(removed, stamp)
        if added or removed:
            chosen = sorted(set(codes))
            note(application, "choose_programmes", stamp.saying(programmes=chosen))
        return application


def against_choice(
    dossier: Dossier, codes: Collection[str], added: Iterable[ProgrammeRow]
) -> list[Refusal]:
    """What the notice has against these programmes together, and against each of those that are added."""
    unknown = set(codes) - {row.code for row in dossier.programmes}
    refusals = [Refusal("unknown_programme", {"key": code}) for code in sorted(unknown)]
    refusals += [refusal for row in added for refusal in row.may_choose.refusals]
    return refusals + too_many(dossier, codes)


def begin_candidacies(
    application: Application, added: Sequence[ProgrammeRow], stamp: Stamp
) -> None:
    """Have a locked dossier apply to programmes that it does not apply to: a draft each, until it is submitted."""
    withdrawn = CandidacyState.WITHDRAWN
    again = [row.candidacy for row in added if row.candidacy and row.candidacy.state == withdrawn]
    move_all(again, CandidacyAction.CHOOSE_AGAIN, stamp)
    new = [row.code for row in added if row.candidacy is None]
    programmes = Programme.objects.filter(campaign=application.campaign_id, code__in=new)
    Candidacy.objects.bulk_create(
        [Candidacy(application=application, programme=programme) for programme in programmes]
    )


def unchoose(drafts: Sequence[Candidacy], stamp: Stamp) -> None:
    """A draft goes without a trace, pieces too; one that was submitted once, then withdrawn, is withdrawn again."""
    move_all(
        [candidacy for candidacy in drafts if candidacy.verdict], CandidacyAction.WITHDRAW, stamp
    )
    for draft in drafts:
        if not draft.verdict:
            remove_documents(draft.application.documents.filter(subject_key=draft.ref), stamp.at)
            draft.delete()
