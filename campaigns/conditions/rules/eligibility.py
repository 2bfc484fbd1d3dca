"""Who may apply to a programme, by which route of the notice (R-ELI-1 to R-ELI-6).

A fact may be unknown. A condition is then neither met nor failed: what is unknown goes
to `missing`, and the route gives at best *for the jury to judge*. A known fact that
fails closes the route. An age never does: the law derogates.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from itertools import permutations

from campaigns.conditions.rules.terms import (
    AgeCondition,
    CandidateFacts,
    Condition,
    JudgedProgramme,
    ListedLine,
    Nomenclature,
    NomenclatureDiploma,
    ProgrammeVerdict,
    RouteRule,
    StudiedTitle,
)
from campaigns.vocabulary import (
    YEARS_OF,
    DiplomaKind,
    Expected,
    Origin,
    TitleStatus,
    VerdictKind,
    years_of,
)
from common.rules import Refusal

# Where a French diploma may have been awarded: France and the territories that have a code of their own.
FRANCE = frozenset({"FR", "BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"})

EEA_AND_SWITZERLAND = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CH",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


def origin_of(country: str) -> Origin:
    return Origin.FRENCH if country in FRANCE else Origin.FOREIGN


def outside_eea(nationality: str) -> bool:
    """Whether a national of that country needs a visa to study here."""
    return nationality not in EEA_AND_SWITZERLAND


USUAL_ECTS: Mapping[DiplomaKind, int] = {
    DiplomaKind.BTS: 120,
    DiplomaKind.BTSA: 120,
    DiplomaKind.DUT: 120,
    DiplomaKind.BUT: 180,
    DiplomaKind.CPGE: 120,
    DiplomaKind.L2: 120,
    DiplomaKind.L3: 180,
    DiplomaKind.LP: 180,
    DiplomaKind.M1: 240,
    DiplomaKind.M2: 300,
}
ECTS_OF_A_YEAR = 60
WORST_FIRST = (VerdictKind.NOT_ELIGIBLE, VerdictKind.JURY, VerdictKind.ELIGIBLE)


class Level(IntEnum):
    NO = 0
    UNKNOWN = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    reasons: tuple[Refusal, ...] = ()
    missing: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A title before a condition, with what is known around it."""

    title: StudiedTitle
    diploma: NomenclatureDiploma | None
    programme: JudgedProgramme
    nomenclature: Nomenclature = field(repr=False)

    @property
    def kind(self) -> DiplomaKind:
        return self.diploma.kind if self.diploma else self.title.kind or DiplomaKind.OTHER

    @property
    def ects(self) -> int | None:
        """What it gives in the end; with a year of a known course, no more than that year and those before."""
        whole = self._whole_ects
        if self.title.year is None or self._last_year is None:
            return whole
        so_far = self.title.year * ECTS_OF_A_YEAR
        return so_far if whole is None else min(whole, so_far)

    @property
    def _whole_ects(self) -> int | None:
        if self.title.ects is not None:
            return self.title.ects
        return self.diploma.ects if self.diploma else USUAL_ECTS.get(self.kind)

    @property
    def year(self) -> int | None:
        """Of its course, validated or to be validated within the academic year; that of a diploma is its last."""
        if self.title.year is not None:
            return self.title.year
        day = self.title.date
        ends = self.title.status is TitleStatus.OBTAINED or (
            day is not None and day <= self.programme.year_until
        )
        return years_of(self.kind) if ends else None

    @property
    def goes_on(self) -> bool:
        """Whether years of its course are left after this one: the diploma does not come within the year."""
        last = self._last_year
        return last is not None and self.title.year is not None and self.title.year < last

    @property
    def _last_year(self) -> int | None:
        """Of its course; None where courses of that kind, or of another country, differ."""
        return YEARS_OF.get(self.kind) if self.origin is Origin.FRENCH else None

    @property
    def origin(self) -> Origin | None:
        """A title of the French nomenclature is French unless a country is given."""
        if self.title.country:
            return origin_of(self.title.country)
        return None if self.kind is DiplomaKind.OTHER else Origin.FRENCH


YES = Finding(Level.YES)
NO = Finding(Level.NO)


def judge(
    programme: JudgedProgramme,
    routes: Iterable[RouteRule],
    age_rules: Iterable[AgeCondition],
    facts: CandidateFacts,
    nomenclature: Nomenclature,
) -> ProgrammeVerdict:
    """The best verdict over the routes; the one that uses most titles, then the first, gives the article.

    Where every route is closed, the article is that of the widest one that says why: a notice gives it last.
    """
    judged = [(route, _try_route(route, programme, facts, nomenclature)) for route in routes]
    if programme.office and not judged:
        asked = Refusal("ask_the_office", {"email": programme.office})
        return ProgrammeVerdict(programme.code, VerdictKind.JURY, "", "", (asked,), ())
    open_routes = [(route, found) for route, found in judged if found.level is not Level.NO]
    ages = tuple(missing for rule in age_rules for missing in _age(rule, facts.date_of_birth))
    ages += _elsewhere(programme)
    if not open_routes:
        reasons = _why_not(facts, [found for _, found in judged])
        nearest = next((route.article for route, found in reversed(judged) if found.reasons), "")
        return ProgrammeVerdict(
            programme.code, VerdictKind.NOT_ELIGIBLE, "", nearest, reasons, ages
        )
    route, found = max(open_routes, key=lambda pair: (_worth(*pair), len(pair[0].conditions)))
    verdict = WORST_FIRST[_worth(route, found)]
    reasons = (
        found.reasons
        if verdict is VerdictKind.ELIGIBLE
        else (*found.reasons, Refusal("jury_judges_title", {"body": programme.body}))
    )
    return ProgrammeVerdict(
        programme.code, verdict, route.key, route.article, reasons, (*found.missing, *ages)
    )


def _elsewhere(programme: JudgedProgramme) -> tuple[Refusal, ...]:
    """Where one applies, if not here."""
    return (Refusal("ask_the_office", {"email": programme.office}),) if programme.office else ()


def _worth(route: RouteRule, found: Finding) -> int:
    ceiling = VerdictKind.ELIGIBLE if found.level is Level.YES else VerdictKind.JURY
    return min(WORST_FIRST.index(route.verdict), WORST_FIRST.index(ceiling))


def _try_route(
    route: RouteRule, programme: JudgedProgramme, facts: CandidateFacts, nomenclature: Nomenclature
) -> Finding:
    """The best way to meet the route's conditions, each with another title."""
    cases = [
        Case(title, nomenclature.get(title.diploma or ""), programme, nomenclature)
        for title in facts.titles
    ]
    best = _best(_ways(route.conditions, cases))
    return _together((best, _experience(route, facts), _agreement(route, facts)))


def _ways(conditions: Sequence[Condition], cases: Iterable[Case]) -> Iterator[Finding]:
    """Every way to give each condition a title of its own, but for those that titles found alike would only repeat."""
    met: Counter[tuple[Finding, ...]] = Counter()
    useful = []
    for case in cases:
        found = tuple(_meets(condition, case) for condition in conditions)
        if met[found] < len(conditions):
            useful.append(found)
        met[found] += 1
    for titles in permutations(useful, len(conditions)):
        yield _together(found[place] for place, found in enumerate(titles))


def _best(ways: Iterator[Finding]) -> Finding:
    """The first of the best: of two closed ones, that which says why. Nothing is better than one that lacks nothing."""
    best = next(ways, NO)
    for way in ways:
        if best.level is Level.YES and not best.missing:
            break
        best = max(best, way, key=_goodness)
    return best


def _goodness(found: Finding) -> tuple[Level, int, bool]:
    return found.level, -len(found.missing), found.level is Level.NO and bool(found.reasons)


def _experience(route: RouteRule, facts: CandidateFacts) -> Finding:
    if route.technician_years is None:
        return YES
    needed = {"years": route.technician_years}
    if facts.technician_years is None:
        return Finding(Level.UNKNOWN, missing=(Refusal("technician_years_unknown", needed),))
    if facts.technician_years < route.technician_years:
        return Finding(Level.NO, (Refusal("technician_years_short", needed),))
    return Finding(Level.YES, (Refusal("technician_years_reached", needed),))


def _agreement(route: RouteRule, facts: CandidateFacts) -> Finding:
    if not route.employer_agrees or facts.employer_agrees:
        return YES
    if facts.employer_agrees is None:
        return Finding(Level.UNKNOWN, missing=(Refusal("employer_agreement_unknown"),))
    return Finding(Level.NO, (Refusal("employer_disagrees"),))


def _meets(condition: Condition, case: Case) -> Finding:
    return _together(
        (
            _of_origin(condition, case),
            _on_the_list(condition, case),
            _named(condition, case),
            _of_kind(condition, case),
            _scientific(condition, case),
            _credits(condition, case),
            _held(condition, case),
        )
    )


def _together(findings: Iterable[Finding]) -> Finding:
    """All of them: the worst level, with the reasons of that side only.

    Where one fails without a reason, the title is not of that kind at all: what else it lacks is not told.
    """
    telling = [found for found in findings if found is not YES]
    failed = [found for found in telling if found.level is Level.NO]
    if any(not found.reasons for found in failed):
        return NO
    kept = failed or telling
    if not kept:
        return YES
    if len(kept) == 1:
        return kept[0]
    return Finding(
        min(found.level for found in kept),
        tuple(dict.fromkeys(reason for found in kept for reason in found.reasons)),
        tuple(dict.fromkeys(missing for found in kept for missing in found.missing)),
    )


def _of_origin(condition: Condition, case: Case) -> Finding:
    if condition.origin is None:
        return YES
    if case.origin is None:
        return Finding(Level.UNKNOWN, missing=(Refusal("title_country_unknown"),))
    if case.origin is not condition.origin:
        return NO
    if case.origin is Origin.FRENCH:
        return YES
    return Finding(Level.YES, (Refusal("title_foreign", {"body": case.programme.body}),))


def _on_the_list(condition: Condition, case: Case) -> Finding:
    if not condition.listed:
        return YES
    best = NO
    for line in case.programme.listed:
        best = max(best, _on_the_line(line, case), key=lambda found: (found.level, found is not NO))
        if best.level is Level.YES:
            break
    return best


def _on_the_line(line: ListedLine, case: Case) -> Finding:
    found = _named_by_line(line, case)
    if not line.years or found.level is Level.NO:
        return found
    return _together((found, _of_the_years(line, case)))


def _of_the_years(line: ListedLine, case: Case) -> Finding:
    """One of these years, validated or to be within the academic year: whoever is in a later one has validated it."""
    first = {"year": min(line.years), "kind": case.kind}
    if case.year is None:
        return Finding(Level.UNKNOWN, missing=(Refusal("title_year_unknown", first),))
    if case.year < min(line.years):
        return Finding(Level.NO, (Refusal("title_year_early", first),))
    if case.title.status is TitleStatus.OBTAINED or case.year > min(line.years):
        return YES
    return Finding(Level.YES, (Refusal("title_year_under_way", first),))


def _named_by_line(line: ListedLine, case: Case) -> Finding:
    """A line without option covers every option of its diploma; a line with one covers that one."""
    listed = case.nomenclature.get(line.diploma)
    if case.diploma is None or listed is None:
        return NO
    what = {"kind": case.kind, "printed": line.printed}
    if line.diploma in {case.diploma.code, case.diploma.option_of}:
        return Finding(Level.YES, (Refusal("title_listed", what),))
    if line.predecessors and listed.replaces & {case.diploma.code, case.diploma.option_of}:
        return Finding(Level.YES, (Refusal("title_listed_by_succession", what),))
    if listed.option_of == case.diploma.code:
        return Finding(
            Level.UNKNOWN, missing=(Refusal("title_option_unknown", {"printed": line.printed}),)
        )
    return NO


def _named(condition: Condition, case: Case) -> Finding:
    codes = {case.diploma.code, case.diploma.option_of} if case.diploma else set()
    if condition.excluded & codes:
        return NO
    if condition.diplomas and not condition.diplomas & codes:
        return NO
    return Finding(Level.YES, (Refusal("title_named_by_route"),)) if condition.diplomas else YES


def _of_kind(condition: Condition, case: Case) -> Finding:
    return YES if not condition.kinds or case.kind in condition.kinds else NO


def _scientific(condition: Condition, case: Case) -> Finding:
    if not condition.scientific:
        return YES
    if case.diploma is None:
        what = "class" if case.kind is DiplomaKind.CPGE else "speciality"
        return Finding(Level.UNKNOWN, missing=(Refusal(f"title_{what}_unknown"),))
    return YES if case.diploma.scientific else NO


def _credits(condition: Condition, case: Case) -> Finding:
    if condition.ects is None:
        return YES
    needed = {"ects": condition.ects}
    if case.ects is None:
        return Finding(Level.UNKNOWN, missing=(Refusal("title_credits_unknown", needed),))
    if case.ects < condition.ects:
        return Finding(Level.NO, (Refusal("title_credits_short", needed),))
    return Finding(Level.YES, (Refusal("title_credits_reached", needed),))


def _held(condition: Condition, case: Case) -> Finding:
    title = case.title
    obtained = title.status is TitleStatus.OBTAINED and not case.goes_on
    if obtained or _counts_by_years(condition, case):
        return YES
    if condition.expected is Expected.FLAGGED and condition.ects is not None and case.goes_on:
        return Finding(Level.YES, missing=(Refusal("title_not_held"),))
    late = title.date is not None and title.date > case.programme.year_until
    if late or case.goes_on:
        return Finding(Level.NO, (Refusal("title_too_late", {"until": case.programme.year_until}),))
    match condition.expected:
        case Expected.COUNTS:
            return Finding(Level.YES, (Refusal("title_expected"),))
        case Expected.FLAGGED:
            return Finding(Level.YES, missing=(Refusal("title_not_held"),))
        case _:
            return NO


def _counts_by_years(condition: Condition, case: Case) -> bool:
    """Whether the list looks at years of that course, and not at the day of the diploma."""
    return condition.listed and any(
        line.years and _named_by_line(line, case).level is not Level.NO
        for line in case.programme.listed
    )


def _why_not(facts: CandidateFacts, findings: Iterable[Finding]) -> tuple[Refusal, ...]:
    if not facts.titles:
        return (Refusal("no_title"),)
    told = tuple(dict.fromkeys(reason for found in findings for reason in found.reasons))
    return told or (Refusal("no_route"),)


def _age(rule: AgeCondition, born: date | None) -> tuple[Refusal, ...]:
    limit = {"age": rule.under, "on": rule.on}
    if born is None and rule.earliest:
        limit = {"age": rule.under, "earliest": rule.earliest}
        return (Refusal("age_unknown_at_signing", limit),)
    if born is None:
        return (Refusal("age_unknown", limit),)
    if _age_on(rule.on, born) < rule.under:
        return ()
    if rule.earliest:
        return (_before_birthday(rule, rule.earliest, born),)
    return (Refusal("age_over_assumed" if rule.assumed else "age_over", limit),)


def _age_on(day: date, born: date) -> int:
    birthday_to_come = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - birthday_to_come


def _before_birthday(rule: AgeCondition, earliest: date, born: date) -> Refusal:
    """A contract that may start earlier: nobody is too old for it who may still sign it before that birthday."""
    limit = {"age": rule.under, "earliest": earliest}
    if _age_on(earliest, born) < rule.under:
        return Refusal("age_sign_before", {**limit, "before": _birthday(born, rule.under)})
    return Refusal("age_over_at_earliest", limit)


def _birthday(born: date, age: int) -> date:
    """Who was born on 29 February is a year older on 1 March in the years that have none."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
