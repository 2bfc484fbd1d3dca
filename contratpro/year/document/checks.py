"""Whether a year's file makes sense as a whole."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from common.datafile import reading
from common.datafile.curriculum import CourseLine, Semester
from common.datafile.mistakes import Mistake, Path
from common.datafile.reading import ByLine
from contratpro.vocabulary import (
    PFE_REPORT,
    REPORT,
    Circumstance,
    Party,
    PeriodKind,
    Severity,
)
from contratpro.year.document.references import check_references
from contratpro.year.document.schema import (
    FIRST_DAY,
    LAST_DAY,
    Calendar,
    Period,
    YearDocument,
    YearStep,
)
from contratpro.year.document.values import WHOLE

ONCE = (PeriodKind.COMPANY_PROJECT, PeriodKind.PFE)  # periods that a year has one of
WEEK = 7


def read(text: str) -> tuple[YearDocument | None, ByLine]:
    """The year that a file describes, or all that is wrong with it by line."""
    return reading.read(text, YearDocument, check, called="a year of contrat pro")


def check(document: YearDocument | None, data: Any) -> Iterator[Mistake]:
    """What the whole says that its parts don't. `document` is None if a part is wrong."""
    wrong = list(check_references(data))
    yield from wrong
    if document is None:
        return
    loops = list(_loops(document))
    yield from loops
    for look in (_parties, _curriculum, _cost, _conditions, _steps, _deposits, _marks):
        yield from look(document)
    for key, calendar in document.calendars.items():
        yield from _calendar(key, calendar)
    if not wrong and not loops:  # days are counted once every name leads somewhere
        for look in (_year, _resolvable, _in_time):
            yield from look(document)


def _loops(document: YearDocument) -> Iterator[Mistake]:
    distances = {key: [on.relative.to] if on.relative else [] for key, on in document.dates.items()}
    after = {key: list(step.after) for key, step in document.steps.items()}
    for key in _round(distances):
        said = "goes round in circles, expected a distance to a given day"
        yield Mistake(("dates", key, "relative"), said)
    for key in _round(after):
        yield Mistake(("steps", key, "after"), "goes round in circles: the step waits for itself")


def _round(leads: dict[str, list[str]]) -> list[str]:
    """The keys from which one comes back to where one was."""
    return [key for key in leads if key in _reached(leads, key)]


def _reached(leads: dict[str, list[str]], start: str) -> set[str]:
    reached: set[str] = set()
    ahead = list(leads[start])
    while ahead:
        key = ahead.pop()
        if key not in reached:
            reached.add(key)
            ahead += leads.get(key, [])
    return reached


def _parties(document: YearDocument) -> Iterator[Mistake]:
    absent = [party for party in Party if party not in document.parties]
    if absent:
        yield Mistake(("parties",), f"label missing, expected {' and '.join(absent)}")


def _curriculum(document: YearDocument) -> Iterator[Mistake]:
    said = document.curriculum
    total = sum(semester.hours for semester in said.semesters.values())
    if total != said.hours:
        yield Mistake(
            ("curriculum", "hours"),
            f"{said.hours} hours, but the semesters add up to {total}, expected the same",
        )
    yield from _semesters_in_order(document)
    for key, track in said.tracks.items():
        for option, courses in track.lists().items():
            within = ("options", option, "courses") if option else ("courses",)
            yield from _choices(courses, ("curriculum", "tracks", key, *within))


def _choices(courses: tuple[CourseLine, ...], where: Path) -> Iterator[Mistake]:
    choices = Counter(line.choice for line in courses if line.choice)
    for choice in sorted(name for name, lines in choices.items() if lines == 1):
        yield Mistake(where, f"choice '{choice}' has one course, expected two or more")


def _semesters_in_order(document: YearDocument) -> Iterator[Mistake]:
    last: date | None = None
    for key, semester in document.curriculum.semesters.items():
        if last and semester.since and semester.since <= last:
            said = f"starts before the semester above ends, expected after {last}"
            yield Mistake(("curriculum", "semesters", key), said)
        last = semester.until or last


def _cost(document: YearDocument) -> Iterator[Mistake]:
    total = sum(invoice.amount for invoice in document.cost.invoices.values())
    if total != document.cost.amount:
        yield Mistake(
            ("cost", "amount"),
            f"is {_euros(document.cost.amount)}, but the invoices add up to {_euros(total)}, expected the same",
        )
    covered = {key for invoice in document.cost.invoices.values() for key in invoice.covers}
    for key in document.curriculum.semesters:
        if key not in covered:
            said = f"no invoice covers semester '{key}', expected one in 'covers'"
            yield Mistake(("cost", "invoices"), said)


def _euros(cents: int) -> str:
    return f"{cents / 100:.2f}"


def _conditions(document: YearDocument) -> Iterator[Mistake]:
    for key, condition in document.conditions.items():
        for name, needed_by, value in (
            ("before", Severity.WAITS, condition.before),
            ("due", Severity.OWN_RISK, condition.due),
        ):
            if condition.severity is needed_by and value is None:
                said = f"is '{needed_by}' without '{name}', expected it"
                yield Mistake(("conditions", key, "severity"), said)
            if condition.severity is not needed_by and value is not None:
                said = f"is of no use here, expected it only with 'severity: {needed_by}'"
                yield Mistake(("conditions", key, name), said)
        for_home_school = Circumstance.DOUBLE_DEGREE in condition.only
        if condition.evidence.by is Party.HOME_SCHOOL and not for_home_school:
            said = "only double degrees have a home school, expected 'only: [double_degree]'"
            yield Mistake(("conditions", key, "evidence", "by"), said)


def _steps(document: YearDocument) -> Iterator[Mistake]:
    for key, step in document.steps.items():
        if Party.HOME_SCHOOL in step.who and not step.double_degree:
            said = "only double degrees have a home school, expected 'double_degree: true'"
            yield Mistake(("steps", key, "who"), said)
        before = [document.steps[name] for name in step.after if name in document.steps]
        if any(other.if_happened for other in before):
            said = "waits for a step that may never happen, expected others"
            yield Mistake(("steps", key, "after"), said)
        if _waits_for_nobody(step, before):
            said = "waits only for steps of double degrees, expected one that everyone takes too"
            yield Mistake(("steps", key, "after"), said)


def _waits_for_nobody(step: YearStep, before: list[YearStep]) -> bool:
    if step.double_degree or not before:
        return False
    return all(other.double_degree for other in before)


def _deposits(document: YearDocument) -> Iterator[Mistake]:
    """A step that every student declares by depositing a report: else the report could not be deposited."""
    for key in (REPORT, PFE_REPORT):
        step = document.steps.get(key)
        if step is None:
            continue
        if Party.STUDENT not in step.who:
            said = "the student deposits this report, expected 'student' among them"
            yield Mistake(("steps", key, "who"), said)
        for name, flag in (
            ("double_degree", step.double_degree),
            ("if_happened", step.if_happened),
        ):
            if flag:
                said = "every student deposits this report, expected the step without it"
                yield Mistake(("steps", key, name), said)


def _marks(document: YearDocument) -> Iterator[Mistake]:
    shares = document.marks.project.coefficients
    total = shares.conduct + shares.company_tutor + shares.school_tutor
    if total != WHOLE:
        said = f"add up to {total / WHOLE:g}, expected 1"
        yield Mistake(("marks", "project", "coefficients"), said)
    if all(step.scale is None for step in document.steps.values()):
        yield Mistake(("steps",), "no step earns anything, expected a 'scale'")


def _calendar(key: str, calendar: Calendar) -> Iterator[Mistake]:
    kinds = Counter(period.kind for period in calendar.periods)
    for kind in ONCE:
        if kinds[kind] != 1:
            said = f"has {kinds[kind]} periods '{kind}', expected one"
            yield Mistake(("calendars", key, "periods"), said)
    last: date | None = None
    for index, period in enumerate(calendar.periods):
        where: Path = ("calendars", key, "periods", index)
        if period.since is None or period.until is None:
            continue
        if period.since > period.until:
            yield Mistake(where, "'from' is after 'until'")
        elif last and period.since <= last:
            yield Mistake(where, f"starts before the period above ends, expected after {last}")
        elif period.weeks and _weeks(period.since, period.until) != period.weeks:
            said = f"lasts {_weeks(period.since, period.until)} weeks, expected {period.weeks}"
            yield Mistake(where, f"{said} as 'weeks' says")
        last = period.until


def _weeks(since: date, until: date) -> int:
    """Weeks begun: one that ends on a Friday is whole."""
    return -(-((until - since).days + 1) // WEEK)


def _year(document: YearDocument) -> Iterator[Mistake]:
    for key in (FIRST_DAY, LAST_DAY):
        if key not in document.dates:
            yield Mistake(("dates", key), f"date '{key}' is missing, expected it in every year")
        elif document.dates[key].on is None:
            yield Mistake(("dates", key), "hangs on something else, expected a day ('on')")
    first, last = (
        document.dates[key].on if key in document.dates else None for key in (FIRST_DAY, LAST_DAY)
    )
    if first and first.year != document.year.begins_in:
        said = (
            f"is in {first.year}, expected the year in which it begins, {document.year.begins_in}"
        )
        yield Mistake(("dates", FIRST_DAY), said)
    if first and last:
        yield from _length(document, first, last)


def _length(document: YearDocument, first: date, last: date) -> Iterator[Mistake]:
    if first >= last:
        yield Mistake(("dates", LAST_DAY), f"is before the first day, expected after {first}")
        return
    months = round((last - first).days * 12 / 365)
    if months != document.year.months:
        said = f"is {months} months after the first day, expected {document.year.months}"
        yield Mistake(("dates", LAST_DAY), said)
    for path, day in _given(document):
        if not first <= day <= last:
            yield Mistake(path, f"{day} is outside the year, expected from {first} to {last}")
    before = first.replace(day=1)
    for key, invoice in document.cost.invoices.items():
        if invoice.month < before:
            said = f"is before what comes first, expected {before:%Y-%m} or later"
            yield Mistake(("cost", "invoices", key, "month"), said)
        before = max(before, invoice.month)


def _given(document: YearDocument) -> Iterator[tuple[Path, date]]:
    """The days that the file gives, with where they are."""
    for key, on in document.dates.items():
        if on.on:
            yield ("dates", key, "on"), on.on
    for key, semester in document.curriculum.semesters.items():
        yield from _ends(semester, ("curriculum", "semesters", key))
    for key, calendar in document.calendars.items():
        for index, period in enumerate(calendar.periods):
            yield from _ends(period, ("calendars", key, "periods", index))


def _ends(part: Semester | Period, where: Path) -> Iterator[tuple[Path, date]]:
    if part.since:
        yield (*where, "from"), part.since
    if part.until:
        yield (*where, "until"), part.until


def _resolvable(document: YearDocument) -> Iterator[Mistake]:
    """A period that a date starts with is in every calendar, with its days or without; a semester has its last day."""
    for key, on in document.dates.items():
        if on.ends and document.curriculum.semesters[on.ends].until is None:
            said = f"semester '{on.ends}' has no last day, expected its 'until'"
            yield Mistake(("dates", key, "ends"), said)
        for name, calendar in document.calendars.items():
            if on.starts and calendar.period(on.starts) is None:
                said = f"no period '{on.starts}' in calendar '{name}', expected one in each"
                yield Mistake(("dates", key, "starts"), said)


def _in_time(document: YearDocument) -> Iterator[Mistake]:
    """A step comes no earlier than what it waits for, and what is marked is due before the mark closes."""
    for department in document.departments:
        closes = document.day(document.marks.conduct.closes, department)
        for key, step in document.steps.items():
            due = document.due_on(key, department)
            if due and closes and step.scale and due > closes:
                said = f"is due after the mark closes, expected by {closes} or no 'scale'"
                yield Mistake(("steps", key, "due"), said)
            for name in step.after:
                before = document.due_on(name, department)
                if due and before and before > due:
                    said = (
                        f"is due before step '{name}', which it waits for, expected after {before}"
                    )
                    yield Mistake(("steps", key, "due"), said)
