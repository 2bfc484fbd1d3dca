"""A cohort invented for a rehearsal: of any size, always with those to whom something happens."""

from collections.abc import Iterator
from random import Random

from contratpro.states import StudentState
from contratpro.steps.rules import (
    AGREEMENT_COPY,
    AGREEMENT_SIGNED,
    COMPANY_MARK,
    SHEET_UPDATE,
)
from contratpro.students.rules import MEETING
from contratpro.vocabulary import REPORT, Party, Severity
from contratpro.year.document.schema import YearDocument
from rehearsal.people.someone import PEOPLE, chance
from rehearsal.year.sheets import SIGNERS
from rehearsal.year.students import CohortStudent, Reach, Turn

MOST = 500
ENDS = {
    (Reach.COMPLETE, None): 0.74,
    (Reach.LISTED, None): 0.03,
    (Reach.INVITED, None): 0.04,
    (Reach.CONFIRMED, StudentState.WITHDRAWN): 0.04,
    (Reach.INTENDS, StudentState.REFUSED): 0.05,
    (Reach.FEASIBLE, StudentState.WITHDRAWN): 0.04,
    (Reach.SHEET, StudentState.WITHDRAWN): 0.03,
    (Reach.APPROVED, StudentState.WITHDRAWN): 0.03,
}  # how far one goes, and what ends it
STEP_LATE = 0.08  # of those who go the whole way, by step
MAY_BE_LATE = ((AGREEMENT_SIGNED, AGREEMENT_COPY), (REPORT,), (COMPANY_MARK,), (SHEET_UPDATE,))
RISK = 0.1
TURN = 0.06  # by kind of event
NO_COMPANY = "N’a pas trouvé d’entreprise avant la rentrée."
NOT_FEASIBLE = "Une condition du guide ne tient pas : le projet n’est pas faisable cette année."
HAPPENING = (
    Turn.BREACH,
    Turn.SICK_LEAVE,
    Turn.COMPANY_NEED,
    Turn.AGREEMENT_REDONE,
    Turn.AGREEMENT_AMENDED,
    Turn.MARK_GIVEN,
)
# Who of the first students: each has what no rehearsal may be without.
OTHER_CALENDAR, DOUBLE_DEGREE, AT_RISK, SICK, BROKEN, ALL_LATE = range(6)
SURE = 6


def invent_cohort(said: YearDocument, count: int, seed: str) -> list[CohortStudent]:
    """The first ones go the whole way, each with an event; what happens to the others is drawn."""
    draw = chance("cohort", seed)
    groups = _groups(said)
    names = _names(draw)
    cohort = []
    for number in range(count):
        first, birth = next(names)
        group = groups[(number + draw.randrange(len(groups))) % len(groups)]
        if number == OTHER_CALENDAR:
            group = next((one for one in groups if not _is_general(said, one[0])), group)
        cohort.append(_student(said, draw, number, (first, birth), group))
    return cohort


def _groups(said: YearDocument) -> list[tuple[str, str]]:
    return [
        (department, option or "")
        for department, track in said.curriculum.tracks.items()
        for option in track.lists()
    ]


def _is_general(said: YearDocument, department: str) -> bool:
    """Whether the department follows the calendar of most."""
    return said.calendar_of(department) is max(
        said.calendars.values(), key=lambda calendar: len(calendar.departments)
    )


def _names(draw: Random) -> Iterator[tuple[str, str]]:
    """Each once, by the address that it makes."""
    firsts = sorted({who.first_names for who in PEOPLE})
    births = sorted({who.birth_name for who in PEOPLE})
    known: set[str] = set()
    while True:
        first, birth = draw.choice(firsts), draw.choice(births)
        email = CohortStudent(first, birth, "", "", Reach.LISTED).email
        if email not in known:
            known.add(email)
            yield first, birth


def _student(
    said: YearDocument, draw: Random, number: int, name: tuple[str, str], group: tuple[str, str]
) -> CohortStudent:
    reach, ends = draw.choices(list(ENDS), list(ENDS.values()))[0]
    if number < SURE:
        reach, ends = Reach.COMPLETE, None
    whole = reach is Reach.COMPLETE
    foreign = number == DOUBLE_DEGREE
    return CohortStudent(
        *name,
        *group,
        reach=reach,
        ends=ends,
        reason="" if ends is None else NOT_FEASIBLE if reach is Reach.INTENDS else NO_COMPANY,
        nationality="BR" if foreign else "FR",
        home_school=draw.choice(sorted(SIGNERS)) if foreign else "",
        language="en" if foreign else "fr",
        grant=draw.random() < RISK,
        denied=_denied(said) if ends is StudentState.REFUSED else (),
        risks=_risks(said) if whole and (number == AT_RISK or draw.random() < RISK) else (),
        late=tuple(_late(said, draw, sure=number == ALL_LATE)) if whole else (),
        turns=tuple(_turns(draw, number)) if whole else (),
    )


def _denied(said: YearDocument) -> tuple[str, ...]:
    """A condition that the office has to refuse by, and that concerns everybody."""
    keys = [
        key
        for key, condition in said.conditions.items()
        if condition.severity is Severity.REFUSAL
        and not condition.only
        and key != MEETING
        and condition.evidence.by is not Party.DEPARTMENT_HEAD
    ]
    return tuple(keys[-1:])


def _risks(said: YearDocument) -> tuple[str, ...]:
    keys = [key for key, one in said.conditions.items() if one.severity is Severity.OWN_RISK]
    return tuple(keys[-1:])


def _late(said: YearDocument, draw: Random, *, sure: bool) -> Iterator[str]:
    """Whose agreement is late hands its copy in late too."""
    for keys in MAY_BE_LATE:
        if draw.random() < STEP_LATE or sure:
            yield from (key for key in keys if key in said.steps)


def _turns(draw: Random, number: int) -> Iterator[Turn]:
    sure = {SICK: Turn.SICK_LEAVE, BROKEN: Turn.BREACH}.get(number)
    for turn in HAPPENING:
        if turn is sure or (number >= SURE and draw.random() < TURN):
            yield turn
