"""The file of 2025 says what its guide says. Every figure is typed here, none read from the file."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from contratpro.vocabulary import Circumstance, DateStatus, Half, Party, PeriodKind, Severity
from tests.factories.contratpro import ales_2025_document

DOCUMENT = ales_2025_document()
OTHERS = ("2ER", "ECOMAP", "2IA", "PRISM", "ISERM")
DEPARTMENTS = (*OTHERS, "GCBD")


def test_the_year_and_what_it_leads_to():
    """R-PRO-1"""
    year = DOCUMENT.year
    assert (year.slug, year.begins_in, year.months, year.zone) == (
        "ales-2025",
        2025,
        12,
        "Europe/Paris",
    )
    assert DOCUMENT.zone == ZoneInfo("Europe/Paris")
    assert (year.degree.rncp, year.degree.grade["fr"]) == (38677, "Grade de master")
    assert (year.school.key, year.school.name) == ("imt-mines-ales", "IMT Mines Alès")


def test_ten_scientific_fields():
    """R-PRO-2: they are not the names of the options, and both are kept."""
    fields = [field["fr"] for field in DOCUMENT.year.fields]
    assert fields == [
        "Énergie et gestion environnementale",
        "Risques et crises",
        "Éco-conception des matériaux et procédés",
        "Ingénierie logicielle",
        "Intelligence artificielle et science des données",
        "Infrastructures et grands ouvrages",
        "Bâtiment et énergie",
        "Ingénierie des systèmes mécatroniques",
        "Systèmes industriels et transition numérique",
        "Ressources minérales et conduite d’exploitation",
    ]


@pytest.mark.parametrize(
    ("key", "hours", "since", "until"),
    [("s9", 270, None, date(2025, 12, 31)), ("s10", 210, date(2026, 1, 1), None)],
)
def test_semesters(key, hours, since, until):
    """R-PRO-1"""
    semester = DOCUMENT.curriculum.semesters[key]
    assert (semester.hours, semester.since, semester.until) == (hours, since, until)


def test_hours_in_all():
    """R-PRO-1"""
    assert DOCUMENT.curriculum.hours == 480
    assert set(DOCUMENT.curriculum.semesters) == {"s9", "s10"}


@pytest.mark.parametrize(
    ("department", "weeks", "since"),
    [
        *((name, 26, date(2026, 3, 2)) for name in OTHERS),
        ("GCBD", 25, date(2026, 3, 9)),
    ],
)
def test_company_project_and_final_project(department, weeks, since):
    """R-PRO-1: the weeks are printed, their days are not."""
    calendar = DOCUMENT.calendar_of(department)
    project = calendar.period(PeriodKind.COMPANY_PROJECT)
    pfe = calendar.period(PeriodKind.PFE)
    assert (project.weeks, project.since, project.until) == (7, None, None)
    assert (pfe.weeks, pfe.since, pfe.until) == (weeks, since, date(2026, 8, 30))
    assert (calendar.status, calendar.ours) == (DateStatus.ASSUMED, True)


def test_the_first_week_of_march_is_courses_for_gcbd_alone():
    """R-PRO-1"""
    week = DOCUMENT.calendar_of("GCBD").period(PeriodKind.SCHOOL)
    assert (week.weeks, week.since, week.until) == (1, date(2026, 3, 2), date(2026, 3, 6))
    assert DOCUMENT.calendar_of("PRISM").period(PeriodKind.SCHOOL) is None
    assert len(DOCUMENT.calendars) == 2


# By department and option: how many lines, the first and the last.
LINES = {
    ("2ER", "EE"): (
        9,
        "Gestion de la qualité des eaux et de l’air",
        "Projets Énergie et environnement",
    ),
    ("2ER", "RNI"): (
        9,
        "Introduction sur les risques dans l’industrie",
        "Projet Ingénierie de la sécurité, projet intégrateur gestion de crise",
    ),
    ("ECOMAP", None): (
        7,
        "Projet Éco-matériaux",
        "Projet au choix : Dispositif médical ou Structure marine",
    ),
    ("2IA", "IASD"): (
        9,
        "Collecte et stockage de données, sciences des données",
        "Étude technique",
    ),
    ("2IA", "IL"): (9, "Collecte et stockage des données", "Étude technique"),
    ("GCBD", "BE"): (
        8,
        "Calculs dynamiques et méthodes de construction des bâtiments",
        "Étude technique « réhabilitation de bâtiments »",
    ),
    ("GCBD", "IGO"): (
        7,
        "Mécanique des structures et matériaux",
        "Étude technique « quais et structures marines »",
    ),
    ("PRISM", "SITN"): (
        8,
        "Ingénierie système : modélisation et déploiement",
        "Projet de développement industriel",
    ),
    ("PRISM", "ISM"): (8, "Mécanique avancée", "Projet de développement industriel"),
    ("ISERM", None): (9, "Géologie de l’ingénieur", "Étude technico-économique"),
}


def courses(department, option):
    return DOCUMENT.curriculum.tracks[department].lists()[option]


@pytest.mark.parametrize(("where", "said"), LINES.items())
def test_courses(where, said):
    """R-PRO-2: of Civil engineering, the block from structures to quays is Infrastructures."""
    lines = courses(*where)
    assert (len(lines), lines[0].title["fr"], lines[-1].title["fr"]) == said


def test_departments_options_and_83_courses():
    """R-PRO-2"""
    tracks = DOCUMENT.curriculum.tracks
    assert set(DOCUMENT.departments) == set(tracks) == set(DEPARTMENTS)
    assert {(key, option) for key, track in tracks.items() for option in track.lists()} == set(
        LINES
    )
    assert sum(len(courses(*where)) for where in LINES) == 83


def test_three_advanced_courses_of_building_are_alternatives():
    """R-PRO-2"""
    chosen = [line.title["fr"][:28] for line in courses("GCBD", "BE") if line.choice == "advanced"]
    assert chosen == [f"Approfondissement technique {number}"[:28] for number in (1, 2, 3)]
    assert sum(bool(line.choice) for where in LINES for line in courses(*where)) == 3


def test_cost():
    """R-PRO-3: the guide prints no split; that by the hours of the semesters is ours."""
    cost = DOCUMENT.cost
    assert (cost.amount, cost.net_of_tax, cost.article) == (800_000, True, "3.5")
    assert {
        key: (invoice.covers, invoice.amount, invoice.month, invoice.ours)
        for key, invoice in cost.invoices.items()
    } == {
        "s9": (("s9",), 450_000, date(2026, 1, 1), True),
        "balance": (("s10",), 350_000, date(2026, 8, 1), True),
    }


CONDITIONS = {
    "meeting": ("4", Severity.REFUSAL, Party.CONTRACT_SERVICE, (), None, None),
    "core-resits": ("4", Severity.REFUSAL, Party.REGISTRAR, (), None, None),
    "passage-resits": ("4", Severity.REFUSAL, Party.REGISTRAR, (), None, None),
    "no-mobility": ("4", Severity.REFUSAL, Party.REGISTRAR, (), None, None),
    "work-permit": (
        "4",
        Severity.REFUSAL,
        Party.CONTRACT_SERVICE,
        (Circumstance.FOREIGN,),
        None,
        None,
    ),
    "main-activity": (
        "4",
        Severity.REFUSAL,
        Party.CONTRACT_SERVICE,
        (Circumstance.FOREIGN, Circumstance.LONG_INTERNSHIP),
        None,
        None,
    ),
    "home-school": (
        "4",
        Severity.REFUSAL,
        Party.HOME_SCHOOL,
        (Circumstance.DOUBLE_DEGREE,),
        None,
        None,
    ),
    "department-head": ("4", Severity.REFUSAL, Party.DEPARTMENT_HEAD, (), None, None),
    "year-3": ("3.1", Severity.WAITS, Party.REGISTRAR, (), "direction-signature", None),
    "sio": ("4", Severity.OWN_RISK, Party.REGISTRAR, (), None, "pfe-start"),
    "toeic": ("4", Severity.OWN_RISK, Party.REGISTRAR, (), None, "pfe-start"),
}


@pytest.mark.parametrize(("key", "said"), CONDITIONS.items())
def test_conditions(key, said):
    """R-PRO-4"""
    condition = DOCUMENT.conditions[key]
    assert said == (
        condition.article,
        condition.severity,
        condition.evidence.by,
        condition.only,
        condition.before,
        condition.due,
    )


def test_no_other_condition_and_only_the_passage_is_ours():
    """R-PRO-4: the guide says nothing of who decides the passage, nor of what waits for it."""
    assert set(DOCUMENT.conditions) == set(CONDITIONS)
    assert [key for key, condition in DOCUMENT.conditions.items() if condition.ours] == ["year-3"]


def test_the_end_of_a_grant_is_told_before_anything_is_signed():
    """R-PRO-4"""
    warning = DOCUMENT.warnings["grant-ends"]
    assert (warning.article, warning.only, DOCUMENT.steps[warning.before].number) == (
        "4",
        (Circumstance.GRANT_HOLDER,),
        "4",
    )


STUDENT, COMPANY, SERVICE = Party.STUDENT, Party.COMPANY, Party.CONTRACT_SERVICE
HEAD, TUTOR = Party.DEPARTMENT_HEAD, Party.SCHOOL_TUTOR
# By key: number, who acts, what comes before by number, the day it is due by, the most it earns.
STEPS = {
    "intention": ("1", {STUDENT}, [], "paperwork", 1),
    "contact-sheet": ("2", {STUDENT, COMPANY}, ["1"], "paperwork", 2),
    "head-approval": ("3", {STUDENT, HEAD}, ["2"], "paperwork", 1),
    "home-school-approval": ("3′", {STUDENT, HEAD, Party.HOME_SCHOOL}, ["2"], "paperwork", 1),
    "employment-contract": ("4", {STUDENT, COMPANY, SERVICE}, ["3", "3′"], "paperwork", 1),
    "contract-copy": ("4′", {STUDENT, SERVICE}, ["4"], "paperwork", 1),
    "agreement": ("5", {STUDENT, COMPANY, SERVICE}, ["3", "3′"], "paperwork", 1),
    "agreement-copy": ("5′", {STUDENT, COMPANY, SERVICE}, ["5"], "paperwork", 1),
    "direction-signature": ("6", {SERVICE, Party.DIRECTION}, ["4′", "5′"], "before-first-day", 1),
    "agreement-to-company": ("6′", {SERVICE, COMPANY}, ["6"], "before-first-day", 1),
    "social-service": ("7", {SERVICE, Party.SOCIAL_SERVICE}, ["4′", "5′"], "before-first-day", 1),
    "report": ("A", {STUDENT, TUTOR}, [], "christmas", 2),
    "company-mark": ("B", {STUDENT, Party.COMPANY_TUTOR, TUTOR}, [], "christmas", 1),
    "booklet": ("C", {STUDENT, Party.TEACHER, SERVICE}, [], None, 2),
    "sheet-update": ("D", {STUDENT, TUTOR}, [], "s9-end", 2),
    "incident": (None, {STUDENT, SERVICE}, [], None, 1),
    "booklet-return": (None, {STUDENT, SERVICE}, ["C"], "booklet-back", None),
}


@pytest.mark.parametrize(("key", "said"), STEPS.items())
def test_steps(key, said):
    """R-PRO-5, R-PRO-6"""
    step = DOCUMENT.steps[key]
    before = [DOCUMENT.steps[name].number for name in step.after]
    top = step.scale.top if step.scale else None
    assert (step.number, set(step.who), before, step.due, top) == said


def test_every_scale_is_ours_and_marked_by_the_contracts_office():
    """R-PRO-6: no scale is printed."""
    scales = [step.scale for step in DOCUMENT.steps.values() if step.scale]
    assert {(scale.marked_by, scale.ours) for scale in scales} == {(SERVICE, True)}
    assert sum(scale.top for scale in scales) == 20


def test_steps_in_the_order_of_the_guide_and_who_does_not_take_them():
    """R-PRO-5: 3′ is for double degrees, an incident counts only if there was one."""
    assert list(DOCUMENT.steps) == list(STEPS)
    assert [key for key, step in DOCUMENT.steps.items() if step.double_degree] == [
        "home-school-approval"
    ]
    assert [key for key, step in DOCUMENT.steps.items() if step.if_happened] == ["incident"]


DAYS = {
    "first-day": (date(2025, 9, 1), True, True),
    "last-day": (date(2026, 8, 30), True, True),
    "paperwork": (date(2025, 8, 18), True, False),
    "before-first-day": (date(2025, 8, 31), True, True),
    "christmas": (date(2025, 12, 19), False, True),
    "s9-end": (date(2025, 12, 31), False, False),
    "pfe-start": (date(2026, 3, 2), True, False),
    "booklet-back": (date(2026, 2, 27), True, True),
}


@pytest.mark.parametrize(("key", "said"), DAYS.items())
def test_days(key, said):
    """R-PRO-5: two weeks before the first day, which is assumed, and all that hangs on it with it."""
    days = (DOCUMENT.day(key, "2IA"), DOCUMENT.is_assumed(key, "2IA"), DOCUMENT.dates[key].ours)
    assert days == said


def test_days_of_gcbd():
    """R-PRO-5: the booklet is handed in at the end of the week of courses."""
    assert set(DOCUMENT.dates) == set(DAYS)
    assert DOCUMENT.day("pfe-start", "GCBD") == date(2026, 3, 9)
    assert DOCUMENT.due_on("booklet-return", "GCBD") == date(2026, 3, 6)
    assert DOCUMENT.due_on("incident", "GCBD") is None


def test_marks():
    """R-PRO-6, R-PRO-7: what rounds and when it closes is ours."""
    marks = DOCUMENT.marks
    conduct, rounding = marks.conduct, marks.conduct.rounding
    assert (conduct.out_of, conduct.closes, conduct.ours) == (20, "s9-end", True)
    assert (rounding.decimals, rounding.half, rounding.ours) == (2, Half.UP, True)
    shares = marks.project.coefficients
    assert (shares.conduct, shares.company_tutor, shares.school_tutor) == (20, 40, 40)
    assert (marks.project.ects, marks.pfe.ects) == (10, 20)
    assert (marks.project.semester, marks.pfe.semester) == ("s9", "s10")


def test_limits():
    """R-PRO-8, R-PRO-13, R-PRO-14, R-PRO-4"""
    limits = DOCUMENT.limits
    assert (limits.title_words, limits.report_days, limits.leave_hours) == (10, 15, 48)
    assert limits.internship_months == 3


def test_contacts():
    """R-PRO-5: one address for all mail; posts and telephones, without names."""
    contact = DOCUMENT.year.contact
    assert contact.email == "contrats-pro@mines-ales.fr"
    assert contact.address[-2:] == ("6 avenue de Clavières", "30319 Alès cedex")
    assert [(phone.phone[-11:], phone.name) for phone in contact.phones] == [
        ("66 78 50 88", None),
        ("66 78 50 27", None),
        ("66 78 50 95", None),
    ]


def test_everyone_who_acts_has_a_label():
    """R-PRO-5"""
    assert set(DOCUMENT.parties) == set(Party)
