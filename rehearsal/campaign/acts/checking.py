"""The central service: pieces checked, fees paid or waived, what lacks asked for, dossiers handed to the jury."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from accounts.models import User
from admissions.checking.services import (
    accept_document,
    ask_pieces,
    declare_complete,
    record_payment,
    refuse_document,
    waive_charges,
)
from admissions.dossier.services.endings import refuse_application
from admissions.enums import DocumentState
from admissions.handover.selectors import waiting_at
from admissions.handover.services import hand_over_many, send_back
from admissions.models import Application, Document
from admissions.states import ApplicationAction, ApplicationState
from campaigns.vocabulary import Needed
from common.models import JournalEntry
from common.rules import Cents
from rehearsal.campaign import behaviour
from rehearsal.campaign.acts.applying import give_again
from rehearsal.campaign.season import Season
from rehearsal.people.someone import chance

FIRST, LAST = (
    timedelta(hours=10),
    timedelta(days=14),
)  # after the deadline: when a dossier is looked at
ANSWERS, WAITS = (
    timedelta(days=4),
    timedelta(days=6),
)  # how soon a piece is given again, how long it is waited for
SOON = timedelta(hours=3)
ILLEGIBLE = "La page est illisible. Donnez-en une copie nette."
NEVER_CAME = "La pièce demandée n’est pas parvenue à la date convenue."
HARDSHIP = "Situation signalée par le service social de l’établissement."
CHECKED, HANDED_OVER = "Applications checked", "Applications handed over"
OFFICE_HOUR, OFFICE_DAYS = timedelta(hours=18), 30  # each evening, until the last answer is checked
LACKS = "Le relevé de notes de l’année ne porte pas de nom."


def plan(season: Season) -> None:
    season.agenda.plan(season.notice.last_second + SOON, "", "", partial(_share_out, season))
    if season.notice.campaign.school_office:
        for day in range(1, OFFICE_DAYS):
            at = season.notice.last_second + OFFICE_HOUR + timedelta(days=day)
            season.agenda.plan(at, "hand over", HANDED_OVER, partial(_from_the_office, season))


def _share_out(season: Season, _: datetime) -> int:
    """Each submitted dossier is looked at on a day of the fortnight that follows the deadline."""
    rows = Application.objects.filter(campaign=season.campaign, state=ApplicationState.SUBMITTED)
    for dossier in rows.select_related("person__user").order_by("pk"):
        at = (
            season.notice.last_second
            + FIRST
            + (LAST - FIRST) * _draw(season, dossier, "day").random()
        )
        season.agenda.plan(at, "check", CHECKED, partial(_check, season, dossier))
    return 0


def _draw(season: Season, dossier: Application, *about: object) -> Random:
    return chance(season.seed, season.name_of(dossier), "check", *about)


def _check(season: Season, dossier: Application, at: datetime) -> int:
    """Accept or refuse each piece, note what was paid; then hand the dossier over, or ask."""
    if not _is(dossier, ApplicationState.SUBMITTED):
        return 0
    draw = _draw(season, dossier, "pieces")
    clerk = draw.choice(season.cast.clerks)
    refused = [
        document
        for document in _to_check(dossier)
        if not _accepted(dossier, document, draw, clerk, at)
    ]
    if draw.random() < behaviour.CHARGE_WAIVED:
        waive_charges(ref=dossier.ref, reason=HARDSHIP, actor=clerk, now=at)
    elif dossier.charges.exists():
        cents = Cents(sum(charge.cents for charge in dossier.charges.all()))
        record_payment(ref=dossier.ref, cents=cents, actor=clerk, now=at)
    if not refused:
        return _hand_over(dossier, clerk, at)
    until = (at + WAITS).astimezone(season.zone).date()
    ask_pieces(ref=dossier.ref, until=until, actor=clerk, now=at)
    if draw.random() < behaviour.NEVER_ANSWERED:
        late = at + WAITS + timedelta(days=1)
        season.agenda.plan(late, "refuse", "Applications refused", partial(_refuse, dossier, clerk))
    else:
        answered = at + ANSWERS * draw.random()
        season.agenda.plan(
            answered,
            "answer",
            "Pieces given again",
            partial(_answer, season, dossier, refused, clerk),
        )
    return 1


def _accepted(
    dossier: Application, document: Document, draw: Random, clerk: User, at: datetime
) -> bool:
    if draw.random() < behaviour.PIECE_REFUSED:
        refuse_document(
            ref=dossier.ref, document_ref=document.ref, reason=ILLEGIBLE, actor=clerk, now=at
        )
        return False
    accept_document(ref=dossier.ref, document_ref=document.ref, actor=clerk, now=at)
    return True


def _answer(
    season: Season, dossier: Application, refused: list[Document], clerk: User, at: datetime
) -> int:
    """The candidate gives better copies, which the clerk looks at some hours later."""
    if not _is(dossier, ApplicationState.INCOMPLETE):
        return 0
    for document in refused:
        give_again(dossier, document, at)
    season.agenda.plan(at + SOON, "check", CHECKED, partial(_check_again, dossier, refused, clerk))
    return 1


def _check_again(dossier: Application, given: list[Document], clerk: User, at: datetime) -> int:
    if not _is(dossier, ApplicationState.SUBMITTED):
        return 0
    for document in given:
        accept_document(ref=dossier.ref, document_ref=document.ref, actor=clerk, now=at)
    return _hand_over(dossier, clerk, at)


def _hand_over(dossier: Application, clerk: User, at: datetime) -> int:
    declare_complete(ref=dossier.ref, actor=clerk, now=at)
    return 1


def _from_the_office(season: Season, at: datetime) -> int:
    """The school's office hands over what was declared complete since the day before, and sends one back at times."""
    office, campaign = season.cast.admissions, season.campaign
    for dossier in waiting_at(office, campaign):
        draw = _draw(season, dossier, "office")
        if draw.random() < behaviour.SENT_BACK and _first(dossier):
            send_back(ref=dossier.ref, reason=LACKS, actor=office, now=at)
            clerk = draw.choice(season.cast.clerks)
            again = at + timedelta(hours=16)
            season.agenda.plan(again, "check", CHECKED, partial(_declare_again, dossier, clerk))
    waiting = [dossier.ref for dossier in waiting_at(office, campaign)]
    return hand_over_many(refs=waiting, actor=office, now=at)


def _first(dossier: Application) -> bool:
    """Whether the office has not sent it back before."""
    sent_back = JournalEntry.objects.filter(
        object_ref=dossier.ref, verb=ApplicationAction.SEND_BACK
    )
    return not sent_back.exists()


def _declare_again(dossier: Application, clerk: User, at: datetime) -> int:
    return _hand_over(dossier, clerk, at) if _is(dossier, ApplicationState.SUBMITTED) else 0


def _refuse(dossier: Application, clerk: User, at: datetime) -> int:
    if not _is(dossier, ApplicationState.INCOMPLETE):
        return 0
    refuse_application(ref=dossier.ref, reason=NEVER_CAME, actor=clerk, now=at)
    return 1


def _is(dossier: Application, state: ApplicationState) -> bool:
    return Application.objects.filter(pk=dossier.pk, state=state).exists()


def _to_check(dossier: Application) -> list[Document]:
    rows = dossier.documents.filter(
        state=DocumentState.GIVEN, requirement__needed=Needed.SUBMISSION
    )
    return list(rows.select_related("requirement"))
