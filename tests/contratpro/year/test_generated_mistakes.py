"""The file with one of its values made wrong, wherever it stands: refused at that very line, and nothing changes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contratpro.year.document.checks import read
from tests.contratpro.commands import run, written
from tests.factories.contratpro import ALES_2025, ales_2025
from tests.slips import slips, untold, with_slips

GOOD = ALES_2025.read_text("utf-8")
STATUS = "expected 'firm', 'provisional' or 'assumed'"
KIND = "expected 'school', 'company_project', 'pfe', 'leave', 'examinations' or 'tests'"
# What to look for, what to write instead, what must be said.
WRONG = [
    (r"(  slug: )\S+", "alès", "expected letters without accents"),
    (r"(  begins_in: )\d+", "1999", "2000"),
    (r"(  zone: )\S+", "Europe/Ales", "unknown time zone"),
    (r"(  months: )\d+", "3", "6"),
    (r"(    rncp: )\d+", "none", "none"),
    (r"(    - \{)fr", "fra", "unknown key 'fra', did you mean 'fr'?"),
    (r"(    email: )\S+", "contrats", "expected an e-mail address"),
    (r"(    address: )\[.*", "Alès", "expected a list between brackets"),
    (r"(        phone: )\+.*", "3", "3 is not a text, expected it between quotes"),
    (r"(  )[a-z_]+: \{title: \{fr: Élève", "pupil: {title: {fr: Élève", "expected 'student'"),
    (r"(    on: )\d{4}-\S+", "2025-02-30", "there is no such day"),
    (r"(    status: )\S+", "sure", STATUS),
    (r"(    relative: \{to: )first-day(?=, days: -14)", "nowhere", "is not among the dates"),
    (r"(    relative: \{to: first-day, days: )-1(?=\})", "one", "one"),
    (r"(    ends: )\S+", "s8", "is not among the semesters"),
    (r"(    starts: )\S+", "exams", KIND),
    (r"(    departments: \[).*", "2ER, ECOMAP, 2IA, PRISMA]", "is not among the departments"),
    (r"(      - \{kind: )\w+", "exams", KIND),
    (r"(        from: )\S+", "soon", "not a day"),
    (r"(        until: )\S+", "2026-02-30", "there is no such day"),
    (r"(        weeks: )\d+", "0", "1"),
    (r"(  hours: )\d+", "many", "many"),
    (r"(    s9: \{title: .*hours: )\d+", "-1", "0"),
    (r"(    )2ER(?=:$)", "3ER", "'3ER' is not among the departments"),
    (r"(            - title: \{)fr", "fra", "unknown key 'fra', did you mean 'fr'?"),
    (r"(            - choice: )\S+", "à-choisir", "expected letters without accents"),
    (r"(  amount: )\d+", "free", "not an amount in euros"),
    (r"(      amount: )\d+", "-1", "not an amount in euros"),
    (r"(      month: )\S+", "2026-13", "not a month, expected YYYY-MM"),
    (r"(      covers: )\S+", "[s8]", "is not among the semesters"),
    (r"(  net_of_tax: )\S+", "perhaps", "expected true or false"),
    (r"(    severity: )\S+", "maybe", "expected 'refusal', 'own_risk' or 'waits'"),
    (r"(      by: )\S+", "nobody", "expected 'student', 'company'"),
    (r"(    only: )\S.*", "[tall]", "expected 'double_degree', 'foreign'"),
    (r"(    before: )\S+", "nowhere", "is not among the steps"),
    (r"(    due: )\S+", "some-day", "is not among the dates"),
    (r"(    number: )\S+", '"12345"', "4"),
    (r"(    article: )\S+", "5.3", "5.3 is not a text, expected it between quotes"),
    (r"(    who: )\S.*", "[someone]", "expected 'student', 'company'"),
    (r"(    after: )\S.*", "[later]", "is not among the steps"),
    (r"(    scale: \{points: )\[[^]]*\]", "[0, 3]", "not a scale, expected [0, 1] or [0, 1, 2]"),
    (r"(    proof: \{words: \{)fr", "fra", "unknown key 'fra', did you mean 'fr'?"),
    (r"(    double_degree: )true", "false", "expected True"),
    (r"(    if_happened: )true", "maybe", "expected True"),
    (r"(    out_of: )\d+", "0", "1"),
    (r"(    rounding: \{decimals: )\d", "3", "2"),
    (r"(    closes: )\S+", "never", "is not among the dates"),
    (r"(    semester: )\S+", "s8", "is not among the semesters"),
    (r"(    ects: )\d+", "0", "1"),
    (r"(    coefficients: \{conduct: )0\.2", "1.2", "not a coefficient"),
    (r"(  title_words: )\d+", "0", "1"),
    (r"(  report_days: )\d+", "soon", "soon"),
    (r"(  leave_hours: )\d+", "-48", "1"),
    (r"(  internship_months: )\d+", '"3"', "whole number"),
]
ALL = list(slips(GOOD, WRONG))


def test_there_are_sixty_of_them_each_on_its_line():
    assert len(ALL) >= 60
    assert len({slip.line for slip in ALL}) == len(ALL)
    assert {slip.said for slip in ALL} == {said for _, _, said in WRONG}


@pytest.mark.django_db
def test_every_value_made_wrong_at_once_is_refused_at_its_line_and_changes_nothing(tmp_path):
    """None hides another: a line that is not told alone is not told here."""
    ales_2025()
    file = tmp_path / "year.yaml"
    file.write_text(with_slips(GOOD, *ALL), "utf-8")
    with CaptureQueriesContext(connection) as queries:
        out, err, code = run("load_contract_year", file)
    assert (out, code, written(queries)) == ("", 1, [])
    told = [line.removeprefix(f"{file}:").split(": ", 1) for line in err.splitlines()]
    assert untold([(int(line), said) for line, said in told], *ALL) == []


@pytest.mark.long
@pytest.mark.parametrize("slip", ALL, ids=lambda slip: str(slip.line))
def test_one_value_made_wrong_is_refused_at_its_line(slip):
    document, mistakes = read(with_slips(GOOD, slip))
    assert document is None
    assert untold(mistakes, slip) == []
