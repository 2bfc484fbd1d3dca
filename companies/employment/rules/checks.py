"""The employment contract of the contrat pro, as its form (CERFA 12434) states it, against the law and the guide.

Each check takes what it looks at and no more, so that it is asked while the form is typed. A verdict refuses. A
note says what somebody has to confirm or to do, and refuses nothing. Each names the article that it rests on.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from common.rules import ALLOWED, Refusal, Verdict, refused
from companies.employment.rules.facts import (
    DATES,
    NO_BRANCH,
    PAID,
    BranchTerms,
    ContractNature,
    ContractNote,
    DiplomaHeld,
    EmploymentFacts,
    Known,
    StaffCategory,
)
from companies.pay.rules import (
    FULL_TIME_MINUTES,
    PaidContract,
    PayTables,
    age_on,
    check_pay,
    first_rise,
    pay_by_month,
)

FORM = "CERFA 12434"
GUIDE = "guide § 5.3"
CIRCULAR = "circulaire DGEFP 2012-15"
EMPLOYERS = "service-public.fr F15478"

YOUNGEST_AGE, OLDEST_AGE = 16, 25
LEAST_MONTHS, MOST_MONTHS, MOST_MONTHS_BY_BRANCH = 6, 12, 24
TUTOR_YEARS = 2
TUTOR_FOLLOWS, EMPLOYER_FOLLOWS = 3, 2
SHORTER_BY = timedelta(weeks=1)  # ours: the year's months may end with its last week of work
LONGEST_WEEK = 48  # hours
YEARLY_HOURS, YEAR_DAYS = 1607, 365
LEAST_TRAINING_HOURS = 150
LEAST_SHARE, USUAL_SHARE, HUNDRED = 15, 25, 100
TRIAL_WEEKS = timedelta(weeks=2)  # of a fixed term of six months or less
DEPOSIT_DAYS = timedelta(days=5)
OF_DEPOSIT = frozenset({"deposit_due", "deposit_late"})
HOUR = 60


TRIAL_MONTHS = {
    StaffCategory.EMPLOYEE: 2,
    StaffCategory.TECHNICIAN: 3,
    StaffCategory.EXECUTIVE: 4,
}


@dataclass(frozen=True, slots=True)
class ContractCheck:
    """All that stands against a contract, and all that is to be known of it."""

    refusals: tuple[Refusal, ...]
    notes: tuple[ContractNote, ...]


def check_contract(facts: EmploymentFacts, tables: PayTables) -> ContractCheck:
    """Every check of what is typed, at once. What is counted from dates is looked at once these are in order."""
    asked, noted = [*CHECKS], [*NOTES]
    if facts.is_countable:
        asked, noted = [*CHECKS, *COUNTED_CHECKS], [*NOTES, *COUNTED_NOTES]
    refusals = [
        refusal
        for needs, check in asked
        if facts.knows(needs)
        for refusal in check(facts, tables).refusals
    ]
    notes = [note for needs, find in noted if facts.knows(needs) for note in find(facts, tables)]
    return ContractCheck(tuple(refusals), tuple(notes))


def check_public(born_on: date, concluded_on: date, *, is_job_seeker: bool) -> Verdict:
    """Sixteen to twenty-five when the contract is concluded, or a job-seeker of twenty-six or more (L6325-1)."""
    age = age_on(born_on, concluded_on)
    if age < YOUNGEST_AGE:
        return refused("employee_too_young", article="L6325-1", age=YOUNGEST_AGE)
    if age > OLDEST_AGE and not is_job_seeker:
        return refused("employee_too_old", article="L6325-1", age=OLDEST_AGE + 1)
    return ALLOWED


def check_company(*, is_under_french_law: bool) -> Verdict:
    if is_under_french_law:
        return ALLOWED
    return refused("company_not_under_french_law", article=CIRCULAR)


def check_employer(*, is_public_body: bool) -> Verdict:
    """Private employers, and public ones of industry and commerce: not the State, nor what depends on it likewise."""
    if is_public_body:
        return refused("employer_is_public_body", article=EMPLOYERS)
    return ALLOWED


def check_dates(starts_on: date, ends_on: date, last_exam_on: date | None) -> Verdict:
    """In order, the last examination within the contract or its action."""
    if ends_on <= starts_on:
        return refused("contract_ends_before_it_starts", article=FORM, starts_on=starts_on)
    if last_exam_on and last_exam_on > ends_on:
        return refused("contract_ends_before_exams", article=FORM, last_exam_on=last_exam_on)
    return ALLOWED


def check_nature(nature: ContractNature, starts_on: date, ends_on: date, months: int) -> Verdict:
    """A fixed term of the year's months, or a permanent contract with as many of professionalisation (R-PRO-10).

    To the day, or up to `SHORTER_BY` less: the guide's own year is of 1 September to 30 August.
    """
    last = _last_day(starts_on, months)
    if last - SHORTER_BY <= ends_on <= last:
        return ALLOWED
    if nature is ContractNature.FIXED_TERM:
        return refused("fixed_term_not_of_the_year", article=GUIDE, months=months)
    return refused("action_not_of_the_year", article=GUIDE, months=months)


def check_duration(starts_on: date, ends_on: date, branch: BranchTerms = NO_BRANCH) -> Verdict:
    """Six to twelve months (L6325-11), or as many more as the branch allows, up to twenty-four."""
    if ends_on < _last_day(starts_on, LEAST_MONTHS):
        return refused("contract_too_short", article="L6325-11", months=LEAST_MONTHS)
    by_branch = min(branch.most_months or MOST_MONTHS, MOST_MONTHS_BY_BRANCH)
    most = max(by_branch, MOST_MONTHS)
    if ends_on > _last_day(starts_on, most):
        return refused("contract_too_long", article="L6325-11", months=most)
    return ALLOWED


def check_tutor_experience(years: int) -> Verdict:
    if years >= TUTOR_YEARS:
        return ALLOWED
    return refused("tutor_lacks_experience", article="D6325-6", years=TUTOR_YEARS)


def check_tutor_load(follows: int, *, is_employer: bool) -> Verdict:
    """Three people at most, apprentices included; two where the employer is the tutor."""
    most = EMPLOYER_FOLLOWS if is_employer else TUTOR_FOLLOWS
    if follows <= most:
        return ALLOWED
    return refused("tutor_follows_too_many", article="D6325-9", most=most)


def check_weekly_time(weekly_minutes: int) -> Verdict:
    if weekly_minutes <= 0:
        return refused("weekly_time_missing", article=FORM)
    if weekly_minutes > LONGEST_WEEK * HOUR:
        return refused("weekly_time_too_long", article="L3121-20", hours=LONGEST_WEEK)
    return ALLOWED


def note_overtime(weekly_minutes: int) -> tuple[ContractNote, ...]:
    """The minimum of pay grows with the hours; what overtime is paid more is not reckoned."""
    if weekly_minutes <= FULL_TIME_MINUTES:
        return ()
    return (
        ContractNote.of(
            "overtime_not_reckoned", article="L3121-27", hours=FULL_TIME_MINUTES // HOUR
        ),
    )


def check_training(hours: int, starts_on: date, ends_on: date) -> Verdict:
    """At least 150 hours, and 15 % of the contract (L6325-13)."""
    if hours < LEAST_TRAINING_HOURS:
        return refused("training_too_short", article="L6325-13", hours=LEAST_TRAINING_HOURS)
    least = hours_of_share(LEAST_SHARE, starts_on, ends_on)
    if hours < least:
        return refused("training_under_share", article="L6325-13", share=LEAST_SHARE, hours=least)
    return ALLOWED


def note_training_share(
    hours: int, starts_on: date, ends_on: date, branch: BranchTerms = NO_BRANCH
) -> tuple[ContractNote, ...]:
    """Above 25 %, as 480 h of 12 months are, the OPCO asks for an agreement of the branch: a note, never a refusal."""
    most = hours_of_share(USUAL_SHARE, starts_on, ends_on)
    if hours <= most:
        return ()
    figures = {"hours": hours, "share": USUAL_SHARE, "most": most}
    if not branch.reference:
        return (ContractNote.of("training_over_share", article="L6325-13", **figures),)
    return (
        ContractNote.of(
            "training_over_share_by_branch",
            article="L6325-13",
            reference=branch.reference,
            **figures,
        ),
    )


def hours_of_share(share: int, starts_on: date, ends_on: date) -> int:
    """Whole hours that make that share of the contract, at 1,607 hours of work a year."""
    return YEARLY_HOURS * _days(starts_on, ends_on) * share // (YEAR_DAYS * HUNDRED)


def check_trial(
    nature: ContractNature, category: StaffCategory, starts_on: date, ends_on: date, trial_days: int
) -> Verdict:
    """A month of a fixed term, two weeks of one of six months or less; else two to four months by category."""
    article = "L1242-10"
    last = _months_later(starts_on, 1)
    if nature is ContractNature.PERMANENT:
        article = "L1221-19"
        last = _months_later(starts_on, TRIAL_MONTHS[category])
    elif ends_on <= _last_day(starts_on, LEAST_MONTHS):
        last = starts_on + TRIAL_WEEKS
    most = (last - starts_on).days
    if trial_days <= most:
        return ALLOWED
    return refused("trial_too_long", article=article, days=most)


def note_pay_level(diploma: DiplomaHeld) -> tuple[ContractNote, ...]:
    """A general baccalauréat alone is read as not opening the higher rate: the OPCO confirms it."""
    if diploma is DiplomaHeld.GENERAL_BAC:
        return (ContractNote.of("pay_level_to_confirm", article="L6325-8"),)
    return ()


def note_pay(paid: PaidContract, gross_cents: int, tables: PayTables) -> tuple[ContractNote, ...]:
    """From when on what is paid at the beginning is no longer enough; whether the wage may have risen since."""
    notes = []
    rise = first_rise(tables, paid, gross_cents)
    if rise and check_pay(tables, paid, gross_cents):
        notes.append(
            ContractNote.of(
                "pay_must_rise", article=rise.law, month=rise.month, minimum_cents=rise.cents
            )
        )
    if any(minimum and minimum.provisional for _, minimum in pay_by_month(tables, paid)):
        notes.append(
            ContractNote.of(
                "wage_may_have_risen", article="L3231-5", known_until=tables.known_until
            )
        )
    return tuple(notes)


def note_deposit(starts_on: date, deposited_on: date | None) -> tuple[ContractNote, ...]:
    """The employer sends the contract to its OPCO within five days. Late, it is sent all the same: a note."""
    last = starts_on + DEPOSIT_DAYS
    if deposited_on is None:
        return (ContractNote.of("deposit_due", article="D6325-1", last=last),)
    if deposited_on > last:
        return (ContractNote.of("deposit_late", article="D6325-1", last=last),)
    return ()


def _days(starts_on: date, ends_on: date) -> int:
    return (ends_on - starts_on).days + 1


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, the last one of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_day(starts_on: date, months: int) -> date:
    """The last day of so many months begun on a day: from 1 September, twelve end on 31 August."""
    return _months_later(starts_on, months) - timedelta(days=1)


Found = TypeVar("Found")
Table = tuple[tuple[tuple[str, ...], Callable[[Known, PayTables], Found]], ...]
# The facts that each check needs, and the check: in the order in which their sentences are shown.
CHECKS: Table[Verdict] = (
    (
        ("born_on", "concluded_on", "is_job_seeker"),
        lambda f, _: check_public(f.born_on, f.concluded_on, is_job_seeker=f.is_job_seeker),
    ),
    (
        ("is_under_french_law",),
        lambda f, _: check_company(is_under_french_law=f.is_under_french_law),
    ),
    (("is_public_body",), lambda f, _: check_employer(is_public_body=f.is_public_body)),
    (DATES, lambda f, _: check_dates(f.starts_on, f.ends_on, f.last_exam_on)),
    (("tutor_years",), lambda f, _: check_tutor_experience(f.tutor_years)),
    (
        ("tutor_follows", "tutor_is_employer"),
        lambda f, _: check_tutor_load(f.tutor_follows, is_employer=f.tutor_is_employer),
    ),
    (("weekly_minutes",), lambda f, _: check_weekly_time(f.weekly_minutes)),
)
COUNTED_CHECKS: Table[Verdict] = (
    (("nature",), lambda f, _: check_nature(f.nature, f.starts_on, f.ends_on, f.months)),
    (DATES, lambda f, _: check_duration(f.starts_on, f.ends_on, f.branch)),
    (DATES, lambda f, _: check_training(f.training_hours, f.starts_on, f.ends_on)),
    (
        ("nature", "category", "trial_days"),
        lambda f, _: check_trial(f.nature, f.category, f.starts_on, f.ends_on, f.trial_days),
    ),
    ((*PAID, "gross_cents"), lambda f, tables: check_pay(tables, f.paid, f.gross_cents)),
)
NOTES: Table[tuple[ContractNote, ...]] = (
    (("weekly_minutes",), lambda f, _: note_overtime(f.weekly_minutes)),
    (("diploma",), lambda f, _: note_pay_level(f.diploma)),
    (("starts_on",), lambda f, _: note_deposit(f.starts_on, f.deposited_on)),
)
COUNTED_NOTES: Table[tuple[ContractNote, ...]] = (
    (
        DATES,
        lambda f, _: note_training_share(f.training_hours, f.starts_on, f.ends_on, f.branch),
    ),
    ((*PAID, "gross_cents"), lambda f, tables: note_pay(f.paid, f.gross_cents, tables)),
)
