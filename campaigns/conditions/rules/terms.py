"""What eligibility is judged on: a candidate's facts, the notice's routes, and the verdict. None is 'not said'."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from campaigns.vocabulary import DiplomaKind, Expected, Origin, TitleStatus, VerdictKind
from common.rules import Refusal

Day = date  # a field below is called date too


@dataclass(frozen=True, slots=True, kw_only=True)
class NomenclatureDiploma:
    """A row of the nomenclature."""

    code: str
    kind: DiplomaKind
    ects: int | None = None
    scientific: bool = True
    option_of: str | None = None
    replaces: frozenset[str] = frozenset()


Nomenclature = Mapping[str, NomenclatureDiploma]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiedTitle:
    """What was studied. `kind` alone means that the nomenclature has no row for it.

    `year` of its course: the last one validated if it is held, the one under way if it is expected.
    """

    diploma: str | None = None
    kind: DiplomaKind | None = None
    country: str | None = None
    ects: int | None = None
    year: int | None = None
    status: TitleStatus = TitleStatus.OBTAINED
    date: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFacts:
    """What a candidate says; None is "not said"."""

    titles: tuple[StudiedTitle, ...] = ()
    date_of_birth: date | None = None
    technician_years: int | None = None
    employer_agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line of a speciality's list, as printed. `predecessors`: what it replaces counts too.

    `years`: of its course, those that count. None is "the diploma itself".
    """

    diploma: str
    printed: str
    predecessors: bool = False
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedProgramme:
    code: str
    listed: tuple[ListedLine, ...]
    year_until: date  # last day of the academic year in which an expected title must be obtained
    office: str = ""  # the address to write to, where one applies at the office
    body: Mapping[str, object] = field(default_factory=dict, hash=False)  # who judges titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What one title must be."""

    listed: bool = False
    diplomas: frozenset[str] = frozenset()
    kinds: frozenset[DiplomaKind] = frozenset()
    excluded: frozenset[str] = frozenset()
    scientific: bool = False
    origin: Origin | None = None
    ects: int | None = None
    expected: Expected = Expected.COUNTS


@dataclass(frozen=True, slots=True)
class RouteRule:
    """A way to be allowed to apply: each condition is to be met by a title of its own."""

    key: str
    article: str
    verdict: VerdictKind
    conditions: tuple[Condition, ...]
    technician_years: int | None = None
    employer_agrees: bool = False


@dataclass(frozen=True, slots=True)
class AgeCondition:
    """An age not yet reached `on` a day; `assumed` if the notice does not give that day.

    `earliest`: the first day on which the contract may start, where that is before.
    """

    under: int
    on: date
    assumed: bool
    earliest: date | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeVerdict:
    """What the rules say of a candidate and a programme, with the codes of why and of what is not known."""

    programme: str
    verdict: VerdictKind
    route: str
    article: str
    reasons: tuple[Refusal, ...]
    missing: tuple[Refusal, ...]

    @property
    def asks_office(self) -> bool:
        """Whether all that the notice says of it is to ask the admissions office."""
        return any(reason.code == "ask_the_office" for reason in self.reasons)
