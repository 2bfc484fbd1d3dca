"""load_contract_year and export_contract_year as an administrator types them."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import School
from common.models import JournalEntry
from contratpro.models import ContractYear, ContractYearVersion
from contratpro.year.selectors import year_by_slug, year_now, year_said
from tests.contratpro.commands import run, written
from tests.factories.contratpro import ALES_2025, ales_2025, ales_2025_document

pytestmark = pytest.mark.servers
GOOD = ALES_2025.read_text("utf-8")


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "year.yaml"


@pytest.mark.django_db
def test_load_then_load_again():
    first = run("load_contract_year", ALES_2025)
    with CaptureQueriesContext(connection) as queries:
        second = run("load_contract_year", ALES_2025)
    assert first == ("ales-2025: version 1\n", "", 0)
    assert second == ("ales-2025: nothing changed\n", "", 0)
    assert written(queries) == []
    assert list(JournalEntry.objects.values_list("verb", "object_type", "scope")) == [
        ("record_version", "contract_year", "ales-2025")
    ]


@pytest.mark.django_db
def test_check_only_checks():
    with CaptureQueriesContext(connection) as queries:
        answer = run("load_contract_year", ALES_2025, "--check")
    assert answer == (f"{ALES_2025}: good\n", "", 0)
    assert written(queries) == []


@pytest.mark.django_db
@pytest.mark.parametrize("options", [(), ("--check",)])
def test_a_wrong_file_is_refused_at_its_line_and_changes_nothing(file, options):
    ales_2025()
    file.write_text(GOOD.replace("  hours: 480", "  hours: 490"), "utf-8")
    line = GOOD.splitlines().index("  hours: 480") + 1
    said = "490 hours, but the semesters add up to 480, expected the same"
    with CaptureQueriesContext(connection) as queries:
        assert run("load_contract_year", file, *options) == ("", f"{file}:{line}: {said}\n", 1)
    assert written(queries) == []


@pytest.mark.django_db
@pytest.mark.parametrize("options", [(), ("--check",)])
def test_the_file_of_another_year_does_not_rewrite_one_that_is_there(file, options):
    ales_2025()
    later = GOOD
    for year in (2026, 2025):
        later = later.replace(f"{year}-", f"{year + 1}-")
    later = later.replace("begins_in: 2025", "begins_in: 2026").replace(
        "slug: ales-2026-", "slug: "
    )
    later = moved_to_mondays(later)
    file.write_text(later, "utf-8")
    line = later.splitlines().index("  slug: ales-2025") + 1
    said = "“ales-2025” is the year that begins in 2025: give this one another slug."
    assert run("load_contract_year", file, *options) == ("", f"{file}:{line}: {said}\n", 1)
    assert ContractYear.objects.get().begins_in == 2025


def moved_to_mondays(text: str) -> str:
    """The days of 2026-2027 that make whole weeks of the periods."""
    for old, new in (
        ("2027-03-02, until: 2027-08-30", "2027-03-01, until: 2027-08-29"),
        ("2027-03-09, until: 2027-08-30", "2027-03-08, until: 2027-08-29"),
        (
            "from: 2027-03-02\n        until: 2027-03-06",
            "from: 2027-03-01\n        until: 2027-03-05",
        ),
    ):
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.django_db
def test_a_changed_file_writes_the_next_version_and_the_first_stays_as_it_was(file):
    year = ales_2025()
    file.write_text(GOOD.replace("    status: assumed\n", "    status: firm\n", 1), "utf-8")
    assert run("load_contract_year", file) == ("ales-2025: version 2\n", "", 0)
    assert year_said(year.current_version_id) == ales_2025_document()
    versions = [str(version) for version in ContractYearVersion.objects.all()]
    assert versions == ["ales-2025, version 1", "ales-2025, version 2"]
    now = year_now(year_by_slug("ales-2025"))
    assert not now.is_assumed("paperwork", "2IA")
    assert now.day("paperwork", "2IA") == date(2025, 8, 18)


@pytest.mark.django_db
def test_what_is_exported_loads_back_equal(file):
    year = ales_2025()
    exported, err, code = run("export_contract_year", "ales-2025")
    assert (err, code) == ("", 0)
    file.write_text(exported, "utf-8")
    assert run("load_contract_year", file) == ("ales-2025: nothing changed\n", "", 0)
    assert year_now(year) == ales_2025_document()
    assert ContractYearVersion.objects.count() == 1


@pytest.mark.django_db
def test_what_is_exported_makes_the_same_year_under_another_slug(file):
    ales_2025()
    exported, _, _ = run("export_contract_year", "ales-2025")
    twin = exported.replace("slug: ales-2025", "slug: twin")
    file.write_text(twin, "utf-8")
    assert run("load_contract_year", file) == ("twin: version 1\n", "", 0)
    assert run("export_contract_year", "twin") == (twin, "", 0)


@pytest.mark.django_db
def test_a_year_that_is_not_there_is_not_exported():
    said = "no year of contrat pro has the slug 'ales-2026'"
    with pytest.raises(CommandError, match=rf"^{said} \(known: none is loaded\)$"):
        call_command("export_contract_year", "ales-2026")
    ales_2025()
    with pytest.raises(CommandError, match=rf"^{said} \(known: ales-2025\)$"):
        call_command("export_contract_year", "ales-2026")


@pytest.mark.django_db
def test_a_file_that_cannot_be_read(file):
    said = f"{file}:1: cannot be read (No such file or directory), expected a file\n"
    assert run("load_contract_year", file) == ("", said, 1)


@pytest.mark.django_db
def test_a_school_that_is_there_keeps_its_name():
    """What the admin or a campaign calls it stays; the year is that school's."""
    school = School.objects.create(slug="imt-mines-ales", name="Mines Alès")
    assert ales_2025().school == school
    assert list(School.objects.values_list("name", flat=True)) == ["Mines Alès"]


@pytest.mark.django_db
def test_a_year_passes_to_another_school_and_title(file):
    ales_2025()
    text = GOOD.replace("{key: imt-mines-ales, name: IMT Mines Alès,", "{key: other, name: Autre,")
    file.write_text(text.replace("professionnalisation 2025-2026", "pro 2025-2026"), "utf-8")
    assert run("load_contract_year", file) == ("ales-2025: version 2\n", "", 0)
    year = year_by_slug("ales-2025")
    assert (year.school.name, year.title["fr"]) == ("Autre", "Contrats de pro 2025-2026")


@pytest.mark.django_db
def test_preparing_loads_the_years_that_are_missing_and_leaves_the_others(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / ".gathered").touch()
    years = tmp_path / "years"
    years.mkdir()
    (years / "ales-2025.yaml").write_text(GOOD, "utf-8")
    assert "ales-2025: version 1\n" in prepared(years)
    (years / "ales-2025.yaml").write_text(
        GOOD.replace("leave_hours: 48", "leave_hours: 24"), "utf-8"
    )
    assert "ales-2025" not in prepared(years)
    assert year_now(ContractYear.objects.get()).limits.leave_hours == 48


def prepared(years: Path) -> str:
    return run("prepare", "--years", years)[0]
