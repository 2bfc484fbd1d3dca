"""The employment contract of the contrat pro, as its form (CERFA 12434) states it, against the law and the guide.

Each check takes what it looks at and no more, so that it may be asked while the form is typed. A verdict refuses. A
note says what somebody has to confirm or to do, and refuses nothing. Each names the article that it rests on.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from common.rules import ALLOWED, Refusal, Verdict, refused
from companies.pay.rules import (
    FULL_TIME_MINUTES,
    PaidContract,
    PayColumn,
    PayTables,
    age_on,
    check_pay,
    first_rise,
    pay_by_month,
)

FORM = "CERFA 12434"
GUIDE = "guide § 5.3"
CIRCULAR = "circulaire DGEFP 2012-15"

YOUNGEST_AGE, OLDEST_AGE = 16, 25
LEAST_MONTHS, MOST_MONTHS, MOST_MONTHS_BY_BRANCH = 6, 12, 24
TUTOR_YEARS = 2
TUTOR_FOLLOWS, EMPLOYER_FOLLOWS = 3, 2
LONGEST_WEEK = 48  # hours
YEARLY_HOURS, YEAR_DAYS = 1607, 365
LEAST_TRAINING_HOURS = 150
LEAST_SHARE, USUAL_SHARE, HUNDRED = 15, 25, 100
TRIAL_WEEKS = timedelta(weeks=2)  # of a fixed term of six months or less
DEPOSIT_DAYS = timedelta(days=5)
HOUR = 60


class ContractNature(StrEnum):
    """A permanent contract begins with an action of professionalisation: its dates are meant, then."""

    FIXED_TERM = "fixed_term"
    PERMANENT = "permanent"


class StaffCategory(StrEnum):
    """What the trial period of a permanent contract depends on."""

    EMPLOYEE = "employee"  # workers too
    TECHNICIAN = "technician"  # supervisors too
    EXECUTIVE = "executive"  # engineers


TRIAL_MONTHS = {
    StaffCategory.EMPLOYEE: 2,
    StaffCategory.TECHNICIAN: 3,
    StaffCategory.EXECUTIVE: 4,
}


class DiplomaHeld(StrEnum):
    """The highest diploma held when the contract is concluded, as pay asks for it."""

    BELOW_BAC_PRO = "below_bac_pro"
    GENERAL_BAC = "general_bac"
    BAC_PRO = "bac_pro"  # or a title of that level for a trade, or any diploma above


PAY_COLUMNS = {
    DiplomaHeld.BELOW_BAC_PRO: PayColumn.BELOW_BAC_PRO,
    DiplomaHeld.GENERAL_BAC: PayColumn.BELOW_BAC_PRO,
    DiplomaHeld.BAC_PRO: PayColumn.BAC_PRO,
}


@dataclass(frozen=True, slots=True)
class ContractNote(Refusal):
    """Something to confirm, to do or to know: said with its sentence as a refusal is, it stands against nothing."""

    @classmethod
    def of(cls, code: str, **params: object) -> "ContractNote":
        return cls(code, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchTerms:
    """What the branch of the company says: the reference of its agreement, if it was given, and its figures."""

    reference: str = ""
    minimum_cents: int | None = None  # a month's for the job, for 35 hours a week
    agreed_cents: int | None = None  # what its own grid gives this trainee, likewise
    most_months: int | None = None


NO_BRANCH = BranchTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentFacts:
    """What the form says of one contract. `months` are those of the year of contrat pro, 12 in the guide."""

    nature: ContractNature
    months: int
    born_on: date
    is_job_seeker: bool
    is_under_french_law: bool
    concluded_on: date
    starts_on: date
    ends_on: date  # of the action, for a permanent contract
    last_exam_on: date
    tutor_years: int
    tutor_follows: int  # this student and apprentices included
    tutor_is_employer: bool
    weekly_minutes: int
    training_hours: int
    category: StaffCategory
    trial_days: int
    diploma: DiplomaHeld
    gross_cents: int
    branch: BranchTerms = NO_BRANCH
    deposited_on: date | None = None

    @property
    def paid(self) -> PaidContract:
        return PaidContract(
            column=PAY_COLUMNS[self.diploma],
            born_on=self.born_on,
            concluded_on=self.concluded_on,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            weekly_minutes=self.weekly_minutes,
            branch_cents=self.branch.minimum_cents,
            agreed_cents=self.branch.agreed_cents,
        )


@dataclass(frozen=True, slots=True)
class ContractCheck:
    """All that stands against a contract, and all that is to be known of it."""

    refusals: tuple[Refusal, ...]
    notes: tuple[ContractNote, ...]


def check_contract(facts: EmploymentFacts, tables: PayTables) -> ContractCheck:
    """Every check at once. What is counted from dates is looked at once these are in order."""
    verdicts = [
        check_public(facts.born_on, facts.concluded_on, is_job_seeker=facts.is_job_seeker),
        check_company(is_under_french_law=facts.is_under_french_law),
        check_dates(facts.starts_on, facts.ends_on, facts.last_exam_on),
        check_tutor_experience(facts.tutor_years),
        check_tutor_load(facts.tutor_follows, is_employer=facts.tutor_is_employer),
        check_weekly_time(facts.weekly_minutes),
    ]
    notes = (
        *note_overtime(facts.weekly_minutes),
        *note_pay_level(facts.diploma),
        *note_deposit(facts.starts_on, facts.deposited_on),
    )
    if facts.starts_on < facts.ends_on and facts.weekly_minutes > 0:
        verdicts += _counted(facts, tables)
        training = note_training_share(
            facts.training_hours, facts.starts_on, facts.ends_on, facts.branch
        )
        notes += (*training, *note_pay(facts, tables))
    refusals = tuple(refusal for verdict in verdicts for refusal in verdict.refusals)
    return ContractCheck(refusals, notes)


def _counted(facts: EmploymentFacts, tables: PayTables) -> list[Verdict]:
    starts_on, ends_on = facts.starts_on, facts.ends_on
    return [
        check_nature(facts.nature, starts_on, ends_on, facts.months),
        check_duration(starts_on, ends_on, facts.branch),
        check_training(facts.training_hours, starts_on, ends_on),
        check_trial(facts.nature, facts.category, starts_on, ends_on, facts.trial_days),
        check_pay(tables, facts.paid, facts.gross_cents),
    ]


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


def check_dates(starts_on: date, ends_on: date, last_exam_on: date) -> Verdict:
    """In order, the last examination within the contract or its action."""
    if ends_on <= starts_on:
        return refused("contract_ends_before_it_starts", article=FORM, starts_on=starts_on)
    if last_exam_on > ends_on:
        return refused("contract_ends_before_exams", article=FORM, last_exam_on=last_exam_on)
    return ALLOWED


def check_nature(nature: ContractNature, starts_on: date, ends_on: date, months: int) -> Verdict:
    """A fixed term of the year's months, or a permanent contract with as many of professionalisation (R-PRO-10)."""
    if round(_days(starts_on, ends_on) * 12 / YEAR_DAYS) == months:
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


def note_pay(facts: EmploymentFacts, tables: PayTables) -> tuple[ContractNote, ...]:
    """From when on what is paid at the beginning is no longer enough; whether the wage may have risen since."""
    notes = []
    rise = first_rise(tables, facts.paid, facts.gross_cents)
    if rise and check_pay(tables, facts.paid, facts.gross_cents):
        notes.append(
            ContractNote.of(
                "pay_must_rise", article=rise.law, month=rise.month, minimum_cents=rise.cents
            )
        )
    if any(minimum and minimum.provisional for _, minimum in pay_by_month(tables, facts.paid)):
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
