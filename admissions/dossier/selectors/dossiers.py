"""A dossier, read whole: what its pages show and what its commands decide on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from admissions.dossier import rules
from admissions.dossier.rules import (
    IDENTITY_FIELDS,
    STUDIES_FIELDS,
    Checked,
    ChosenFact,
    Content,
    PieceFact,
    PieceStatus,
    Situation,
    may_ask,
    may_declare_complete,
)
from admissions.dossier.rules import steps as steps_of
from admissions.dossier.selectors.read_model import (
    Dossier,
    DossierActs,
    DossierFees,
    FeeRow,
    Localized,
    PieceRow,
    ProgrammeRow,
    candidate_facts,
    dossier_facts,
    name_of,
)
from admissions.models import (
    Application,
    Candidacy,
    Document,
    DocumentFile,
    Submission,
    Title,
)
from admissions.states import ApplicationState, CandidacyState
from campaigns.conditions.rules.asked import Piece, price
from campaigns.conditions.rules.terms import ProgrammeVerdict
from campaigns.conditions.selectors import fee_tier
from campaigns.document.schema import CampaignDocument, Programme
from campaigns.models import Campaign, NoticeVersion
from campaigns.notice.selectors import notice, pieces_of, state_of, verdicts
from campaigns.vocabulary import CampaignState, Intake, Phase, Tier, VerdictKind
from common.rules import ALLOWED, Cents, Refusal, Verdict, in_time, refused


def takes_applications(campaign: Campaign, at: datetime) -> bool:
    """Whether what is received at that instant is in time: from the opening to the last second (R-CAL-1)."""
    return campaign.state == CampaignState.PUBLISHED and state_of(campaign, at) is Phase.OPEN


def situation_of(application: Application, at: datetime) -> Situation:
    is_open = takes_applications(application.campaign, at) or _is_within_its_time(application, at)
    return Situation(application.state, is_open)


def _is_within_its_time(application: Application, at: datetime) -> bool:
    """Whether it was given until a later second, that one included. What is received needs no more."""
    if application.late_until is None or application.state not in rules.UNSENT:
        return False
    is_published = application.campaign.state == CampaignState.PUBLISHED
    return is_published and in_time(at, application.late_until)


# Long JSON, that each process has already: `notice(version.pk)`.
WHOLE_NOTICES = ("campaign__current_version__document", "accepted_notice__document")


@dataclass(frozen=True, slots=True)
class Rows:
    application: Application
    titles: Sequence[Title]
    candidacies: Sequence[Candidacy]
    documents: Sequence[Document]


def get_dossier(*, ref: str, now: datetime) -> Dossier:
    """Raises Application.DoesNotExist for an unknown reference."""
    return dossier_of(to_read().get(ref=ref), now)


def to_read() -> QuerySet[Application]:
    """Dossiers with what `dossier_of` reads of them."""
    related = (
        "campaign__organiser",
        "campaign__current_version",
        "person__user",
        "accepted_notice",
        "last_submission",
    )
    rows = Application.objects.select_related(*related)
    return rows.defer(*WHOLE_NOTICES, "last_submission__content")


PRINTABLE = Q(content__isnull=False) | Q(recap__isnull=False)  # some of before kept neither


def submissions_of(application: Application) -> QuerySet[Submission]:
    """In their order, without the whole dossier that each of them keeps."""
    return application.submissions.annotate(printable=PRINTABLE).defer("content")


def submission_of(application: Application, number: int | None = None) -> Submission | None:
    """A submission that can be printed: the last one, or that of a number."""
    rows = application.submissions.filter(PRINTABLE).select_related("recap", "notice")
    if number is not None:
        rows = rows.filter(number=number)
    submission = rows.last()
    if submission:
        submission.application = application
    return submission


def dossier_of(application: Application, now: datetime) -> Dossier:
    rows = _rows(application)
    situation = situation_of(application, now)
    version = _version(rows, situation)
    document = notice(version.pk)
    programmes = _programmes(rows, document, situation)
    pieces = _pieces(rows, document, situation)
    fees = _fees(rows, document, programmes)
    checked = _checked(situation, programmes, pieces, fees)
    return Dossier(
        application=application,
        campaign=application.campaign,
        notice=document,
        version=version.number,
        current_version=_current(application).number,
        zone=document.zone,
        now=now,
        deadline=application.last_second.astimezone(document.zone),
        state=situation.state,
        open=situation.open,
        steps=steps_of(_content(rows, programmes, pieces)),
        titles=tuple(rows.titles),
        candidacies=tuple(rows.candidacies),
        programmes=programmes,
        pieces=pieces,
        fees=fees,
        checked=checked,
        acts=_acts(checked, programmes),
    )


def pieces_now(application: Application, now: datetime) -> tuple[PieceRow, ...]:
    """Those of `dossier_of`, without what they do not depend on: fees, and what the notice says of programmes."""
    rows = _rows(application)
    situation = situation_of(application, now)
    return _pieces(rows, notice(_version(rows, situation).pk), situation)


def _rows(application: Application) -> Rows:
    files = Prefetch("files", DocumentFile.objects.select_related("file"))
    documents = application.documents.select_related("requirement", "checked_by").prefetch_related(
        files
    )
    return Rows(
        application=application,
        titles=list(application.titles.select_related("diploma")),
        candidacies=list(
            application.candidacies.select_related("programme__school", "stage", "outcome")
        ),
        documents=list(documents),
    )


def _current(application: Application) -> NoticeVersion:
    version = application.campaign.current_version
    if version is None:
        raise NoticeVersion.DoesNotExist(f"{application.campaign} has no published notice")
    return version


def _version(rows: Rows, situation: Situation) -> NoticeVersion:
    """The notice that binds: the one accepted, unless there is something to submit under the current one."""
    to_submit = situation.open and any(
        row.state == CandidacyState.DRAFT for row in rows.candidacies
    )
    current = _current(rows.application)
    if to_submit or situation.state is ApplicationState.DRAFT:
        return current
    if rows.application.accepted_notice_id == current.pk:
        return current  # it is read already, the other one is not
    return rows.application.accepted_notice or current


def _programmes(
    rows: Rows, document: CampaignDocument, situation: Situation
) -> tuple[ProgrammeRow, ...]:
    candidacies = {candidacy.programme.code: candidacy for candidacy in rows.candidacies}
    live = {
        code for code, row in candidacies.items() if row.state in rules.live_candidacies(situation)
    }
    judged = {
        verdict.programme: verdict
        for verdict in verdicts(document, candidate_facts(rows.application, rows.titles))
    }
    found = []
    for programme in document.programmes:
        candidacy = candidacies.get(programme.code)
        row = ProgrammeRow(
            code=programme.code,
            title=programme.title,
            entry_year=programme.entry_year,
            selection=programme.selection,
            verdict=judged[programme.code],
            body=document.body_of(programme.selection),
            candidacy=candidacy,
            chosen=programme.code in live,
            may_choose=_may_choose(programme, judged[programme.code], rows),
            may_withdraw=_may_withdraw(situation, candidacy),
        )
        found.append(row)
    return tuple(found)


def _may_choose(programme: Programme, judged: ProgrammeVerdict, rows: Rows) -> Verdict:
    """A doubt is for the jury to settle; what is known to fail closes the programme (R-ELI-6).

    What the office takes is chosen in what the central service types.
    """
    what = {"programme": programme.title, "key": programme.code}
    if programme.intake is Intake.OFFICE and not rows.application.is_unclaimed:
        return Verdict((Refusal("programme_at_the_office", what),))
    if rows.titles and judged.verdict is VerdictKind.NOT_ELIGIBLE:
        closed = Refusal("programme_not_eligible", what)
        return Verdict((closed, *judged.reasons))
    return ALLOWED


def _may_withdraw(situation: Situation, candidacy: Candidacy | None) -> Verdict:
    if candidacy is None:
        return refused("candidacy_is_absent")
    return rules.may_withdraw_candidacy(situation, candidacy.state)


def _pieces(rows: Rows, document: CampaignDocument, situation: Situation) -> tuple[PieceRow, ...]:
    given = {(row.requirement.key, row.subject_key): row for row in rows.documents}
    candidacies = {candidacy.programme.code: candidacy for candidacy in rows.candidacies}
    applied = [
        (candidacies[programme.code], programme)
        for programme in document.programmes
        if programme.code in candidacies
    ]
    subjects = _subjects(applied, rows.titles)
    live = rules.live_candidacies(situation)
    chosen = [candidacy for candidacy, _ in applied if candidacy.state in live]
    return tuple(
        _piece(document, piece, given.get((piece.key, piece.subject_key)), subjects, situation)
        for piece in pieces_of(
            document, dossier_facts(rows.application, chosen, rows.titles, document.starts_on)
        )
    )


def _piece(
    document: CampaignDocument,
    piece: Piece,
    given: Document | None,
    subjects: dict[str, Localized],
    situation: Situation,
) -> PieceRow:
    asked = document.documents[piece.key]
    status = PieceStatus(given.state) if given else PieceStatus.MISSING
    files = tuple(row.file for row in given.files.all()) if given else ()
    may_give = rules.may_give(situation, piece.needed, status)
    may_replace = rules.may_replace(situation, status)
    return PieceRow(
        key=piece.key,
        subject_key=piece.subject_key,
        title=asked.title,
        help=asked.help or {},
        subject=subjects.get(piece.subject_key),
        needed=piece.needed,
        ours=asked.ours,
        formats=tuple(asked.formats),
        max_bytes=asked.max_bytes,
        max_pixels=asked.max_pixels,
        max_files=asked.max_files,
        status=status,
        due_on=given.due_on if given else None,
        document=given,
        files=files,
        may_give=may_give if len(files) < asked.max_files else may_give and may_replace,
        may_replace=may_replace,
        may_await=rules.may_await(situation, piece.needed, status),
        may_remove_file=rules.may_remove_file(situation),
        may_check=rules.may_check(situation, piece.needed),
    )


def _subjects(
    applied: Sequence[tuple[Candidacy, Programme]], titles: Sequence[Title]
) -> dict[str, Localized]:
    """What a piece is about, by its subject key: a programme's title, or a diploma's name."""
    named: dict[str, Localized] = {
        candidacy.ref: programme.title for candidacy, programme in applied
    }
    return named | {title.ref: name_of(title) for title in titles}


def _fees(
    rows: Rows, document: CampaignDocument, programmes: Sequence[ProgrammeRow]
) -> DossierFees:
    charged = Cents(sum(charge.cents for charge in rows.application.charges.all()))
    payments = tuple(rows.application.payments.select_related("by"))
    settled = Cents(sum(payment.cents for payment in payments))
    before = [row for row in programmes if row.candidacy and row.candidacy.verdict]
    added = [row for row in programmes if row.chosen and row not in before]
    tier = Tier.GRANT_HOLDER if rows.application.grant_holder else Tier.STANDARD
    titles = {row.code: row.title for row in programmes}
    lines = price([row.code for row in (*before, *added)], fee_tier(document, tier))
    return DossierFees(
        tier=tier,
        lines=tuple(
            FeeRow(code=line.programme, title=titles[line.programme], cents=line.cents)
            for line in lines
        ),
        total=Cents(sum(line.cents for line in lines)),
        charged=charged,
        due=rules.due(lines, charged),
        payments=payments,
        settled=settled,
        balance=Cents(charged - settled),
    )


def _content(rows: Rows, programmes: Sequence[ProgrammeRow], pieces: Sequence[PieceRow]) -> Content:
    chosen = [row for row in programmes if row.chosen]
    return Content(
        filled=_filled(rows.application),
        titles=len(rows.titles),
        chosen=tuple(
            ChosenFact(
                code=row.code,
                title=row.title,
                verdict=row.verdict.verdict,
                unknown=frozenset(refusal.code for refusal in row.verdict.missing),
            )
            for row in chosen
        ),
        grant_declared=rows.application.grant_holder is not None,
        pieces=tuple(_piece_fact(row) for row in pieces),
        unsubmitted=any(
            row.candidacy and row.candidacy.state == CandidacyState.DRAFT for row in chosen
        )
        or rows.application.state == ApplicationState.DRAFT,
    )


def _piece_fact(row: PieceRow) -> PieceFact:
    return PieceFact(
        key=row.key,
        subject_key=row.subject_key,
        title=row.title,
        subject=row.subject,
        needed=row.needed,
        status=row.status,
    )


def _checked(
    situation: Situation,
    programmes: Sequence[ProgrammeRow],
    pieces: Sequence[PieceRow],
    fees: DossierFees,
) -> Checked:
    """What the central service checks: not the pieces of a programme added since, and not submitted."""
    drafts = {row.candidacy.ref for row in _drafts(programmes) if row.candidacy}
    facts = tuple(_piece_fact(row) for row in pieces if row.subject_key not in drafts)
    return Checked(situation=situation, pieces=facts, balance=fees.balance)


def _drafts(programmes: Sequence[ProgrammeRow]) -> list[ProgrammeRow]:
    return [
        row for row in programmes if row.candidacy and row.candidacy.state == CandidacyState.DRAFT
    ]


def _filled(application: Application) -> frozenset[str]:
    names = IDENTITY_FIELDS + STUDIES_FIELDS
    return frozenset(name for name in names if getattr(application, name) not in {"", None})


def _acts(checked: Checked, programmes: Sequence[ProgrammeRow]) -> DossierActs:
    situation = checked.situation
    return DossierActs(
        edit=rules.may_edit(situation),
        choose=rules.may_choose(situation),
        submit=_may_submit(situation, programmes),
        withdraw=rules.may_withdraw(situation),
        reopen=rules.may_reopen(situation),
        refuse=rules.may_refuse(situation),
        extend=rules.may_extend(situation),
        correct=rules.may_correct(situation),
        recompose=rules.may_recompose(situation),
        ask=may_ask(checked),
        declare_complete=may_declare_complete(checked),
        hand_over=rules.may_hand_over(situation),
    )


def _may_submit(situation: Situation, programmes: Sequence[ProgrammeRow]) -> Verdict:
    if situation.open and situation.state in rules.UNDER_CHECK and not _drafts(programmes):
        return refused("nothing_to_submit")
    return rules.may_submit(situation)
