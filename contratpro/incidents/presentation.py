"""Incidents and absences in words, for whoever reads them: of what is of health, others read that it is excused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.datafile.values import Text
from common.formats import full_date, short_day
from common.signs import Sign
from contratpro.classes.selectors import classes_on
from contratpro.incidents.rules import OF_HEALTH, is_told_late, may_cancel, may_decide
from contratpro.incidents.selectors import company_email
from contratpro.models import CompanyNeed, Incident, StudentFile
from contratpro.states import AbsenceState
from contratpro.steps.selectors import today_of
from contratpro.students.permissions import head_users
from contratpro.vocabulary import IncidentKind, Party
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now

KINDS: Mapping[IncidentKind, Promise] = {
    IncidentKind.SICK_LEAVE: _("Sick leave"),
    IncidentKind.ACCIDENT: _("Accident"),
    IncidentKind.BREACH: _("Breach of the contract"),
    IncidentKind.OTHER: _("Other incident"),
}
EXCUSED = _("Excused absence")


ABSENCE_SIGNS: Mapping[AbsenceState, Sign] = {
    AbsenceState.ASKED: Sign(_("asked: the head answers"), "clock", "action"),
    AbsenceState.GRANTED: Sign(_("granted"), "check-circle-fill", "done"),
    AbsenceState.REFUSED: Sign(_("refused"), "x-circle", "refused"),
    AbsenceState.CANCELLED: Sign(_("cancelled"), "arrow-return-left", "quiet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """Who was told, when, and whether it was late."""

    party: Text
    told_at: datetime
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCard:
    """An incident as that reader may see it; `whole` for the office and the student."""

    incident: Incident
    title: str
    whole: bool
    words: str
    notices: Sequence[NoticeLine]
    employer_untold: bool

    @property
    def lacks_document(self) -> bool:
        of_health = self.incident.kind in OF_HEALTH
        return self.whole and of_health and self.incident.document_id is None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceCard:
    absence: CompanyNeed
    sign: Sign
    may_decide: bool
    may_cancel: bool


def incident_cards(
    incidents: Sequence[Incident], student: StudentFile, *, whole: bool
) -> list[IncidentCard]:
    said = year_now(student.year)
    return [_card(incident, said, whole=whole) for incident in incidents]


def _card(incident: Incident, said: YearDocument, *, whole: bool) -> IncidentCard:
    is_open = whole or incident.kind is IncidentKind.BREACH
    notices = _notices(incident, said) if is_open else []
    told = {notice.party for notice in incident.notices.all()}
    return IncidentCard(
        incident=incident,
        title=str(incident_title(incident.kind, whole=whole)),
        whole=whole,
        words=incident.words if is_open else "",
        notices=notices,
        employer_untold=whole and incident.kind in OF_HEALTH and Party.COMPANY not in told,
    )


def incident_title(kind: IncidentKind, *, whole: bool) -> Promise:
    return EXCUSED if kind in OF_HEALTH and not whole else KINDS[kind]


def _notices(incident: Incident, said: YearDocument) -> list[NoticeLine]:
    hours = said.limits.leave_hours
    return [
        NoticeLine(
            party=said.parties[notice.party].title,
            told_at=notice.told_at,
            late=is_told_late(incident.kind, incident.starts_on, notice.told_at, hours, said.zone),
        )
        for notice in incident.notices.all()
    ]


ALREADY: Mapping[AbsenceState, Promise] = {
    AbsenceState.GRANTED: _("This day is already granted, by %(who)s on %(date)s."),
    AbsenceState.REFUSED: _("This day is already refused, by %(who)s on %(date)s."),
    AbsenceState.CANCELLED: _("This day is already cancelled, by %(who)s on %(date)s."),
}


def already_decided(absence: CompanyNeed) -> str:
    """By whom and when what is no more to decide was decided."""
    zone = str(year_now(absence.student.year).zone)
    who = absence.decided_by.email if absence.decided_by else ""
    return str(ALREADY[absence.state]) % {"who": who, "date": full_date(absence.decided_at, zone)}


def absence_cards(
    absences: Sequence[CompanyNeed], student: StudentFile, now: datetime
) -> list[AbsenceCard]:
    today = today_of(student.year, now)
    return [
        AbsenceCard(
            absence=absence,
            sign=ABSENCE_SIGNS[absence.state],
            may_decide=bool(may_decide(absence.state, absence.day, today)),
            may_cancel=bool(may_cancel(absence.state, absence.day, today)),
        )
        for absence in absences
    ]


def before_reporting(student: StudentFile) -> list[str]:
    """What the year says of telling, and who reads what."""
    hours = year_now(student.year).limits.leave_hours
    return [
        gettext(
            "Employer and school are told within %(hours)s hours from the beginning of the leave."
        )
        % {"hours": hours},
        gettext("The contrat pro office and the student alone read it and open its document."),
        gettext("Of sick leave and accidents, heads and tutors read “excused absence”."),
    ]


def before_breaking(student: StudentFile) -> list[str]:
    """What ends with the contract, and who is told."""
    company, heads = company_email(student), list(head_users(student))
    told = [student.full_name]
    told += [company] if company else []
    told += [head.email for head in heads]
    told += [student.tutor.email] if student.tutor else []
    lines = [
        gettext("The file ends: no step is due any more, and nobody is reminded of any."),
        gettext("What is done stays: steps and their points, contract, agreement, invoices."),
        gettext("Invoices to come leave this student out; type a credit note for what is not due."),
        gettext("These people are told by e-mail: %(people)s.") % {"people": ", ".join(told)},
        gettext("The student reads the reason; so do those who work with this file."),
    ]
    if not company:
        lines.append(gettext("No address of the company is known: tell it yourself."))
    return lines


def before_taking_back(_student: StudentFile) -> list[str]:
    return [
        gettext("The file is open again, as it was before the breach was put on record."),
        gettext("Nobody is told by e-mail: write to those who were told of the breach."),
    ]


def before_asking(student: StudentFile) -> list[str]:
    granted = student.absences.filter(state=AbsenceState.GRANTED).count()
    lines = [
        gettext("The head of the department decides, and is told by e-mail."),
        gettext(
            "One day, exceptionally, outside examinations and tests, for a need that cannot be avoided."
        ),
    ]
    if granted:
        lines.append(_already(granted))
    return lines


def _already(granted: int) -> str:
    return gettext("Days granted already this year: %(count)s.") % {"count": granted}


def before_granting(absence: CompanyNeed) -> list[str]:
    others = absence.student.absences.filter(state=AbsenceState.GRANTED)
    lines = [
        gettext("%(name)s is away from the school on %(day)s, and makes it up on %(other)s.")
        % {
            "name": absence.student.full_name,
            "day": short_day(absence.day),
            "other": short_day(absence.made_up_on),
        },
        gettext("The need of the company: %(reason)s") % {"reason": absence.reason},
        *_classes_of_both_days(absence),
        gettext("The student is told by e-mail."),
    ]
    granted = others.count()
    return [*lines, _already(granted)] if granted else lines


def before_refusing(absence: CompanyNeed) -> list[str]:
    return [
        gettext("%(name)s is at the school on %(day)s.")
        % {"name": absence.student.full_name, "day": short_day(absence.day)},
        *_classes_of_both_days(absence),
        gettext("The student is told by e-mail, and reads the reason."),
    ]


def _classes_of_both_days(absence: CompanyNeed) -> list[str]:
    """What the timetable has for the student on the day that is given up, and on the one that makes it up."""
    return [_classes_of(absence.student, day) for day in (absence.day, absence.made_up_on)]


def _classes_of(student: StudentFile, day: date) -> str:
    zone = year_now(student.year).zone
    classes = [
        f"{row.course} ({row.starts_at.astimezone(zone):%H:%M}–{row.ends_at.astimezone(zone):%H:%M})"
        for row in classes_on(student, day)
    ]
    if not classes:
        return gettext("On %(day)s: no class in the timetable.") % {"day": short_day(day)}
    return gettext("On %(day)s: %(classes)s.") % {
        "day": short_day(day),
        "classes": ", ".join(classes),
    }


def before_cancelling(absence: CompanyNeed) -> list[str]:
    return [
        gettext("The day of %(day)s is needed no more: the student is at the school.")
        % {"day": short_day(absence.day)},
        gettext("The head of the department is told by e-mail."),
    ]
