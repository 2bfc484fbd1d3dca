"""What the parts of a year's file say together: each disagreement is told at one line, and alone."""

import pytest

from contratpro.year.document.checks import read
from tests.factories.contratpro import ALES_2025

GOOD = ALES_2025.read_text("utf-8")
AFTER_HEAD = "    after: [head-approval, home-school-approval]\n"
TEACHER = "  teacher: {title: {fr: Enseignant, en: Teacher}}\n"
GCBD_PROJECT = (
    "    departments: [GCBD]\n    status: assumed\n    ours: true\n    periods:\n"
    '      - {kind: company_project, weeks: 7, article: "3.2"}\n'
)
PFE = "      - {kind: pfe, weeks: 26, from: 2026-03-02, until: 2026-08-30"
SECOND_PFE = "      - {kind: pfe, weeks: 1}\n"
DOUBLE = "    double_degree: true\n"
REPORT_BY = "    who: [student, school_tutor]\n    proof: {words: {fr: Rapport reçu"
CHOICE = "            - choice: advanced\n              title: {fr: Approfondissement technique "

MISTAKES = [
    # What to look for, what to write instead, where it must be told, what must be said.
    ("  hours: 480", "  hours: 450", "  hours: 450", "450 hours, but the semesters add up to 480"),
    ("hours: 270,", "hours: 280,", "  hours: 480", "480 hours, but the semesters add up to 490"),
    (
        "hours: 210, from: 2026-01-01",
        "hours: 210, from: 2025-12-31",
        "    s10: {",
        "starts before the semester above ends, expected after 2025-12-31",
    ),
    (
        "hours: 270, until: 2025-12-31",
        "hours: 270, from: 2026-01-01, until: 2025-12-31",
        "    s9: {title",
        "'from' is after 'until'",
    ),
    (
        f"{CHOICE}1",
        f"{CHOICE}1".replace("advanced", "alone"),
        "          courses:",
        "choice 'alone' has one course, expected two or more",
    ),
    ("  amount: 8000", "  amount: 9000", "  amount: 9000", "is 9000.00, but the invoices add up"),
    (
        "      covers: [s10]",
        "      covers: [s9]",
        "  invoices:",
        "no invoice covers semester 's10'",
    ),
    ("conduct: 0.2,", "conduct: 0.3,", "    coefficients:", "add up to 1.1, expected 1"),
    ("conduct: 0.2,", "conduct: 0.00,", "    coefficients:", "0.0: not a coefficient"),
    ("conduct: 0.2,", "conduct: true,", "    coefficients:", "True: not a coefficient"),
    (TEACHER, "", "parties:", "label missing, expected teacher"),
    (
        "    severity: waits\n    before: direction-signature\n",
        "    severity: waits\n",
        "    severity: waits",
        "is 'waits' without 'before', expected it",
    ),
    (
        "    severity: own_risk\n    due: pfe-start\n",
        "    severity: own_risk\n",
        "    severity: own_risk",
        "is 'own_risk' without 'due', expected it",
    ),
    (
        "    severity: waits\n",
        "    severity: waits\n    due: christmas\n",
        "    due: christmas",
        "is of no use here, expected it only with 'severity: own_risk'",
    ),
    (
        "    only: [double_degree]\n",
        "",
        "      by: home_school",
        "only double degrees have a home school, expected 'only: [double_degree]'",
    ),
    (
        DOUBLE,
        "",
        "    who: [student, department_head, home_school]",
        "only double degrees have a home school, expected 'double_degree: true'",
    ),
    (
        AFTER_HEAD,
        "    after: [home-school-approval]\n",
        "    after: [home-school-approval]",
        "waits only for steps of double degrees, expected one that everyone takes too",
    ),
    (
        "    after: [booklet]\n",
        "    after: [incident]\n",
        "    after: [incident]",
        "waits for a step that may never happen",
    ),
    (
        "    after: [intention]\n",
        "    after: [contact-sheet]\n",
        "    after: [contact-sheet]",
        "goes round in circles: the step waits for itself",
    ),
    (
        "    relative: {to: first-day, days: -14}",
        "    relative: {to: paperwork, days: -14}",
        "    relative: {to: paperwork",
        "goes round in circles, expected a distance to a given day",
    ),
    (
        "    after: [intention]\n",
        "    after: [intention, intention]\n",
        "    after: [intention, intention]",
        "step 'intention' is there twice, expected once",
    ),
    ('    number: "2"', '    number: "1"', None, "step '1' is there twice, expected once"),
    (
        "    departments: [GCBD]",
        "    departments: [GCBD, ISERM]",
        "    departments: [GCBD, ISERM]",
        "'ISERM' has two calendars, expected one",
    ),
    (", PRISM, ISERM]", ", PRISM]", "  ISERM: {", "'ISERM' is never used, expected it in one of"),
    (
        "    ISERM:\n      courses:",
        "    PRISM2:\n      courses:",
        "    PRISM2:",
        "'PRISM2' is not among the departments, did you mean 'PRISM'?",
    ),
    (
        "        IASD:",
        "        I ASD:",
        "        I ASD:",
        "'I ASD': expected letters without accents",
    ),
    (
        "    ISERM:\n      courses:\n",
        "    ISERM:\n      options: {}\n      not_courses:\n",
        "      not_courses:",
        "unknown key 'not_courses', did you mean 'courses'?",
    ),
    (PFE, SECOND_PFE + PFE, "    periods:", "has 2 periods 'pfe', expected one"),
    (
        f"{PFE}",
        f"{PFE}".replace("pfe,", "leave,"),
        "    periods:",
        "has 0 periods 'pfe', expected one",
    ),
    (
        PFE,
        PFE.replace("weeks: 26", "weeks: 25"),
        PFE[:24],
        "lasts 26 weeks, expected 25 as 'weeks'",
    ),
    (
        PFE,
        PFE.replace("2026-08-30", "2026-02-01"),
        PFE[:24],
        "'from' is after 'until'",
    ),
    (
        PFE,
        PFE.replace(", until: 2026-08-30", ""),
        PFE[:24],
        "expected 'from' and 'until', or neither",
    ),
    (
        GCBD_PROJECT,
        GCBD_PROJECT.replace("weeks: 7, ", ""),
        None,
        "expected 'weeks', or 'from' and 'until'",
    ),
    (
        "weeks: 25, from: 2026-03-09",
        "weeks: 26, from: 2026-03-06",
        "      - {kind: pfe, weeks: 26, from: 2026-03-06",
        "starts before the period above ends, expected after 2026-03-06",
    ),
    (
        "weeks: 26, from: 2026-03-02, until: 2026-08-30",
        "weeks: 26, from: 2026-03-09, until: 2026-09-06",
        "      - {kind: pfe, weeks: 26, from: 2026-03-09",
        "2026-09-06 is outside the year, expected from 2025-09-01 to 2026-08-30",
    ),
    (
        "    on: 2025-12-19",
        "    on: 2024-12-19",
        "    on: 2024-12-19",
        "2024-12-19 is outside the year",
    ),
    ("until: 2025-12-31}", "until: 2024-12-31}", "    s9: {", "2024-12-31 is outside the year"),
    (
        "      month: 2026-08",
        "      month: 2025-12",
        "      month: 2025-12",
        "is before what comes first, expected 2026-01 or later",
    ),
    (
        "      month: 2026-01",
        "      month: 2025-08",
        "      month: 2025-08",
        "is before what comes first, expected 2025-09 or later",
    ),
    ("  first-day:\n", "  1st-day:\n", None, "'first-day' is not among the dates"),
    (
        "  last-day:\n",
        "  last:\n",
        "dates:",
        "date 'last-day' is missing, expected it in every year",
    ),
    (
        "  last-day:\n    on: 2026-08-30",
        "  last-day:\n    relative: {to: christmas, days: 254}",
        "  last-day:",
        "hangs on something else, expected a day ('on')",
    ),
    (
        "    on: 2025-09-01",
        "    on: 2026-09-01",
        "  first-day:",
        "is in 2026, expected the year in which it begins, 2025",
    ),
    ("    on: 2026-08-30", "    on: 2025-08-30", "  last-day:", "is before the first day"),
    (
        "    on: 2026-08-30",
        "    on: 2026-12-30",
        "  last-day:",
        "is 16 months after the first day, expected 12",
    ),
    (
        "    on: 2025-12-19\n",
        "    on: 2025-12-19\n    ends: s9\n",
        "  christmas:",
        "expected one of 'on', 'relative', 'starts' and 'ends'",
    ),
    (
        "    ends: s9\n",
        "    ends: s10\n",
        "    ends: s10",
        "semester 's10' has no last day, expected its 'until'",
    ),
    (
        "    starts: pfe\n",
        "    starts: leave\n",
        "    starts: leave",
        "no period 'leave' in calendar 'general', expected one in each",
    ),
    (
        "    after: [booklet]\n    due: booklet-back\n",
        "    after: [booklet]\n    due: booklet-back\n    scale: {points: [0, 1]}\n",
        "    due: booklet-back",
        "is due after the mark closes, expected by 2025-12-31 or no 'scale'",
    ),
    (
        "    after: [direction-signature]\n    due: before-first-day",
        "    after: [direction-signature]\n    due: paperwork",
        "    due: paperwork",
        "is due before step 'direction-signature', which it waits for, expected after 2025-08-31",
    ),
    ("limits:\n", "limit:\n", "limit:", "unknown key 'limit', did you mean 'limits'?"),
]


@pytest.mark.parametrize(("old", "new", "at", "said"), MISTAKES)
def test_a_disagreement_is_told_at_its_line(old, new, at, said):
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    document, mistakes = read(text)
    assert document is None
    told = [line for line, message in mistakes if said in message]
    assert told, mistakes
    if at:
        lines = text.splitlines()
        assert any(lines[line - 1].startswith(at) for line in told), [lines[n - 1] for n in told]


def test_a_step_for_double_degrees_may_wait_for_another_of_theirs():
    """R-PRO-5"""
    theirs = "    after: [home-school-approval]\n    double_degree: true\n"
    text = GOOD.replace("    after: [employment-contract]\n", theirs)
    assert theirs in text
    assert read(text)[1] == []


def test_nothing_earned_is_told():
    without = "\n".join(line for line in GOOD.splitlines() if not line.startswith("    scale:"))
    assert [said for _, said in read(without)[1]] == ["no step earns anything, expected a 'scale'"]


@pytest.mark.parametrize("key", ["report", "pfe-report"])
def test_whoever_deposits_a_report_declares_its_step(key):
    text = GOOD.replace("\n  report:\n", f"\n  {key}:\n")
    assert read(text)[1] == []
    wrong = text.replace(REPORT_BY, REPORT_BY.replace("student, ", ""))
    assert [said for _, said in read(wrong)[1]] == [
        "the student deposits this report, expected 'student' among them"
    ]


@pytest.mark.parametrize("key", ["report", "pfe-report"])
@pytest.mark.parametrize("flag", ["double_degree", "if_happened"])
def test_a_report_is_deposited_by_every_student(key, flag):
    text = GOOD.replace("\n  report:\n", f"\n  {key}:\n")
    flagged = text.replace(REPORT_BY, f"    {flag}: true\n{REPORT_BY}")
    [(line, said)] = read(flagged)[1]
    assert said == "every student deposits this report, expected the step without it"
    assert flagged.splitlines()[line - 1] == f"    {flag}: true"


@pytest.mark.parametrize("text", ["", "- a\n", "just words"])
def test_what_is_no_year_at_all(text):
    said = {"": "is empty"}.get(text, "is not a year of contrat pro, expected its parts by key")
    assert read(text) == (None, [(1, said)])


def test_a_calendar_without_the_days_of_its_pfe_gives_none():
    """R-PRO-5: what hangs on days that nobody gave is due on none."""
    dates = ", from: 2026-03-02, until: 2026-08-30"
    document, mistakes = read(GOOD.replace(dates, "", 1))
    assert document, mistakes
    assert document.due_on("booklet-return", "2IA") is None
    assert document.due_on("booklet-return", "GCBD").isoformat() == "2026-03-06"
