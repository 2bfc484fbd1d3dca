"""The company project of a played year and its final project: reports, evaluations, sheets, defences, marks."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from accounts.models import SignedLink
from contratpro.classes.rules.booklets import BOOKLET, HANDED_IN
from contratpro.classes.services.booklets import hand_in_booklet
from contratpro.models import CompanyEvaluation
from contratpro.pfe.rules import FIELDS, last_working_day, latest_report
from contratpro.pfe.services.defence import mark_defence, plan_defence, set_report_due
from contratpro.pfe.services.report import deposit_pfe_report
from contratpro.pfe.services.sheet import approve_pfe_sheet, return_pfe_sheet, send_pfe_sheet
from contratpro.projects.rules import CRITERION, MARK
from contratpro.projects.selectors import fields_of_evaluation, tutor_address
from contratpro.projects.services.evaluating import ask_company_tutor, send_evaluation
from contratpro.projects.services.locking import PURPOSE
from contratpro.projects.services.marking import deposit_report, mark_report, pass_on, publish_mark
from contratpro.steps.rules import COMPANY_MARK, SHEET_UPDATE
from contratpro.steps.services import declare_step, mark_steps
from contratpro.vocabulary import REPORT, PassedOn
from contratpro.year.selectors import is_working_day
from rehearsal.people.someone import chance
from rehearsal.year.cast import PlayedYear
from rehearsal.year.papers import paper_of
from rehearsal.year.stage import YearAct
from rehearsal.year.steps import most_points
from rehearsal.year.students import CohortStudent, Turn

MORNING, AFTERNOON = 9 * 60, 14 * 60
# Days before the mark of the conduct closes, or after it where they are below zero.
SHEET_SENT, SHEET_ANSWERED, SHEET_SENT_AGAIN, SHEET_APPROVED = 55, 50, 45, 40
UPDATED, UPDATE_APPROVED = 20, 16
ASKED, EVALUATED, DEPOSITED = 24, 18, 14
READ, PASSED_ON = 11, 8
LATE_BY = 22  # of what is done late
MARKED, PUBLISHED = -12, -20
# Days before the last one of the training.
DEFENCE_PLANNED, UPDATED_AGAIN, ASKED_AGAIN, DEFENDED = 70, 18, 16, 12
SPREAD = 4  # days over which defences are spread
HOURS_OF_DAY = 9  # in which defences begin
SHEET_RETURNED = 0.15
TITLE = "Suivi de la production par capteurs"
CORRECTED = "Conception d’un suivi de la production par capteurs"
REMARKS = "Précisez ce que vous concevez vous-même."
WORDS = "Un travail suivi, une bonne place dans l’équipe."
JURY = ("Claire Noguier", "Rachid Amrani", "Sophie Lavergne")


def plan_projects(year: PlayedYear, *, on_paper: bool = False) -> None:
    """A contract that is broken has neither booklet nor defence. Booklets are on paper where no session is played."""
    for one in year.under_contract:
        _plan_sheet(year, one)
        _plan_company_project(year, one)
        if not year.broken_on(one):
            (_plan_paper_booklet if on_paper else _plan_booklet)(year, one)
            _plan_end(year, one)
    closes = [year.last_day_of_conduct(key) for key in year.stage.said.departments]
    at = year.hour(max(closes) - timedelta(days=MARKED), MORNING)
    year.plan(at, "Steps of the semester marked", partial(_mark_steps, year))


def _closing(year: PlayedYear, one: CohortStudent, before: int, key: str = "") -> datetime:
    """So many days before the mark closes, at an hour of their own; later for what the student does late."""
    late = LATE_BY if key in one.late else 0
    day = year.last_day_of_conduct(one.department) + timedelta(days=late - before)
    minutes = MORNING + chance("hour", year.seed, one.email, before).randrange(480)
    return year.hour(day, minutes)


def _plan_sheet(year: PlayedYear, one: CohortStudent) -> None:
    """Sent, by some sent again, approved; then brought up to date and approved once more."""
    returned = chance("pfe", year.seed, one.email).random() < SHEET_RETURNED
    first = TITLE if returned else CORRECTED

    def plan(at: datetime, what: str, act: Callable[..., object], **said: object) -> None:
        year.add(YearAct(at, what, partial(act, year, one, **said)))

    plan(_closing(year, one, SHEET_SENT), "Final project sheets sent", _send_sheet, title=first)
    if returned:
        at = _closing(year, one, SHEET_ANSWERED)
        plan(at, "Final project sheets sent back", _return_sheet)
        at = _closing(year, one, SHEET_SENT_AGAIN)
        plan(at, "Final project sheets sent", _send_sheet, title=CORRECTED)
    version = 2 if returned else 1
    at = _closing(year, one, SHEET_APPROVED)
    plan(at, "Final project sheets approved", _approve_sheet, version=version)
    at = _closing(year, one, UPDATED, SHEET_UPDATE)
    plan(at, "Final project sheets brought up to date", _send_sheet, title=CORRECTED, aims="Deux")
    at = _closing(year, one, UPDATE_APPROVED, SHEET_UPDATE)
    plan(at, "Updates approved", _approve_sheet, version=version + 1)
    if Turn.UPDATE_AWAITED in one.turns:
        day = year.last_day(one.department) - timedelta(days=UPDATED_AGAIN)
        at, brought = year.hour(day, AFTERNOON), "Final project sheets brought up to date"
        plan(at, brought, _send_sheet, title=CORRECTED, aims="Trois")


def _plan_company_project(year: PlayedYear, one: CohortStudent) -> None:
    def plan(at: datetime, title: str, act: Callable[..., object]) -> None:
        year.add(YearAct(at, title, partial(act, year, one)))

    plan(_closing(year, one, ASKED), "Company tutors asked", _ask)
    plan(_closing(year, one, DEPOSITED, REPORT), "Reports deposited", _deposit)
    plan(_closing(year, one, READ, REPORT), "Reports marked", _mark_report)
    if Turn.EVALUATION_AWAITED in one.turns:
        again = year.last_day(one.department) - timedelta(days=ASKED_AGAIN)
        plan(year.hour(again, MORNING), "Company tutors asked", _ask)
        return
    plan(_closing(year, one, EVALUATED, COMPANY_MARK), "Evaluations sent", _evaluate)
    last = REPORT if REPORT in one.late else COMPANY_MARK
    plan(_closing(year, one, PASSED_ON, last), "Reports and evaluations passed on", _pass_on)
    plan(_closing(year, one, PUBLISHED), "Project marks published", _publish)


def _plan_booklet(year: PlayedYear, one: CohortStudent) -> None:
    due = year.stage.said.due_on(HANDED_IN, one.department)
    if BOOKLET in year.stage.said.steps and due:
        hand_in = partial(
            hand_in_booklet,
            ref=year.stage.row(one).ref,
            actor=year.stage.accounts[one.email],
        )
        at = year.hour(due - timedelta(days=1), AFTERNOON)
        year.add(YearAct(at, "Booklets handed in", hand_in))


def _plan_paper_booklet(year: PlayedYear, one: CohortStudent) -> None:
    """The office sees it signed by the day on which the mark closes, and has it back by its own."""
    due = year.stage.said.due_on(HANDED_IN, one.department)
    for key, last in ((BOOKLET, year.last_day_of_conduct(one.department)), (HANDED_IN, due)):
        if last:
            row, office = year.stage.row(one), year.cast.office
            declare = partial(declare_step, student=row, key=key, actor=office)
            at = year.hour(last_working_day(last, is_working_day), AFTERNOON)
            year.add(YearAct(at, "Booklets on paper received", declare))


def _defended_on(year: PlayedYear, one: CohortStudent) -> date:
    """Some days before the training ends, or on its last one that is worked."""
    last = year.last_day(one.department)
    if Turn.DEFENDED_LAST in one.turns:
        return last_working_day(last, is_working_day)
    spread = chance("defence", year.seed, one.email).randrange(SPREAD)
    return last - timedelta(days=DEFENDED + spread)


def _plan_end(year: PlayedYear, one: CohortStudent) -> None:
    """The defence, some days before the training ends."""
    last = year.last_day(one.department)
    day = _defended_on(year, one)
    that_day = [other for other in year.under_contract if _defended_on(year, other) == day]
    place = that_day.index(one) % HOURS_OF_DAY  # one after the other: they share a room and a jury
    starts_at = year.hour(day, MORNING + 60 * place)
    at = year.hour(last - timedelta(days=DEFENCE_PLANNED), MORNING)
    year.add(YearAct(at, "Defences planned", partial(_plan_defence, year, one, starts_at)))
    due = latest_report(starts_at.date(), year.stage.said.limits.report_days)
    deposit = partial(_deposit_final, year, one)
    year.add(YearAct(year.hour(due, AFTERNOON), "Final reports deposited", deposit))
    at = starts_at + timedelta(hours=2)
    year.add(YearAct(at, "Defences marked", partial(_mark_defence, year, one)))


def _send_sheet(
    year: PlayedYear, one: CohortStudent, *, title: str, aims: str = "Un", now: datetime
) -> None:
    content = dict.fromkeys(FIELDS, f"{aims} essai.") | {"title": title}
    send_pfe_sheet(
        ref=year.stage.row(one).ref,
        content=content,
        seen="",
        actor=year.stage.accounts[one.email],
        now=now,
    )


def _return_sheet(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    tutor = year.cast.tutors[one.department]
    ref = year.stage.row(one).ref
    return_pfe_sheet(ref=ref, version=1, reason=REMARKS, actor=tutor, now=now)


def _approve_sheet(year: PlayedYear, one: CohortStudent, *, version: int, now: datetime) -> None:
    tutor = year.cast.tutors[one.department]
    approve_pfe_sheet(ref=year.stage.row(one).ref, version=version, actor=tutor, now=now)


def _ask(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    row = year.stage.row(one)
    tutor = year.cast.tutors[one.department]
    ask_company_tutor(ref=row.ref, email=tutor_address(row), actor=tutor, now=now)


def _evaluate(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    evaluation = CompanyEvaluation.objects.get(project__student=year.stage.row(one))
    link = SignedLink.objects.filter(purpose=PURPOSE, subject_ref=evaluation.ref).latest("pk")
    draw = chance("evaluation", year.seed, one.email)
    asked = year.stage.said.marks.project.evaluation
    content = dict.fromkeys(fields_of_evaluation(year.stage.said), WORDS)
    for name in content:
        if name.startswith(CRITERION) and asked:
            content[name] = draw.choice(list(asked.levels))
    mark = _drawn_mark(year, draw.randint(50, 95))
    content[MARK] = f"{mark / 100:.2f}"
    send_evaluation(link_id=link.pk, content=content, hundredths=mark, seen="", now=now)


def _deposit(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    report = paper_of("Rapport du projet d’entreprise", one.full_name)
    ref, actor = year.stage.row(one).ref, year.stage.accounts[one.email]
    deposit_report(ref=ref, report=report, actor=actor, now=now)


def _mark_report(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    mark = _drawn_mark(year, chance("report", year.seed, one.email).randint(45, 95))
    tutor = year.cast.tutors[one.department]
    mark_report(ref=year.stage.row(one).ref, report=1, hundredths=mark, actor=tutor, now=now)


def _pass_on(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    tutor, day = year.cast.tutors[one.department], _today(year, now)
    pass_on(ref=year.stage.row(one).ref, day=day, channel=PassedOn.MAIL, actor=tutor, now=now)


def _publish(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    publish_mark(ref=year.stage.row(one).ref, actor=year.cast.office, now=now)


def _mark_steps(year: PlayedYear, at: datetime) -> int:
    """All the points for what was done in time, none for what was late."""
    steps = year.stage.said.steps
    incident = (key for key, step in steps.items() if step.if_happened)
    for key in filter(steps.__contains__, (REPORT, COMPANY_MARK, SHEET_UPDATE, BOOKLET, *incident)):
        mark_steps(
            year=year.stage.year,
            refs=_done(year, key),
            key=key,
            points=most_points(year.stage.said, key),
            actor=year.cast.office,
            now=at,
        )
    return len(year.under_contract)


def _done(year: PlayedYear, key: str) -> list[str]:
    rows = year.stage.year.students.filter(steps__key=key, steps__state="done", steps__late=False)
    return list(rows.values_list("ref", flat=True))


def _plan_defence(
    year: PlayedYear, one: CohortStudent, starts_at: datetime, *, now: datetime
) -> None:
    ref = year.stage.row(one).ref
    head, tutor = year.stage.heads[one.department], year.cast.tutors[one.department]
    plan_defence(
        ref=ref, starts_at=starts_at, place="Salle du conseil", jury=JURY, actor=head, now=now
    )
    due = latest_report(starts_at.date(), year.stage.said.limits.report_days)
    set_report_due(ref=ref, due=due, actor=tutor, now=now + timedelta(minutes=5))


def _deposit_final(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    report = paper_of("Rapport du projet de fin d’études", one.full_name)
    ref, actor = year.stage.row(one).ref, year.stage.accounts[one.email]
    deposit_pfe_report(ref=ref, report=report, actor=actor, now=now)


def _mark_defence(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    mark = _drawn_mark(year, chance("defence mark", year.seed, one.email).randint(50, 98))
    head = year.stage.heads[one.department]
    mark_defence(ref=year.stage.row(one).ref, hundredths=mark, words=WORDS, actor=head, now=now)


def _drawn_mark(year: PlayedYear, share: int) -> int:
    """That many hundredths of the most, in whole hundredths of a point."""
    return share * year.stage.said.marks.conduct.out_of


def _today(year: PlayedYear, now: datetime) -> date:
    return now.astimezone(year.zone).date()
