"""load_campaign, export_campaign, load_diplomas as an administrator types them."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.document.shift import shift
from campaigns.models import Campaign, Diploma, NoticeVersion
from campaigns.notice.rows import document_of
from common.datafile.writing import to_yaml
from tests.campaigns.broken import BROKEN, GOOD, Broken
from tests.factories import admissions
from tests.factories.campaigns import ALES_2022, ales_2022_document

WRITES = ("INSERT", "UPDATE", "DELETE")


def run(name, *arguments):
    """What a command prints, what it complains of and its exit code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(name, *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return out.getvalue(), err.getvalue(), code


def next_year() -> str:
    """The file of 2023, under the slug of 2022."""
    return to_yaml(
        shift(ales_2022_document(), weeks=52, slug="ales-2022", suffix={"fr": "2023", "en": "2023"})
    )


def written(queries):
    return [query["sql"] for query in queries if query["sql"].startswith(WRITES)]


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "campaign.yaml"


@pytest.mark.django_db
@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_wrong_file_is_refused_at_the_right_line_and_changes_nothing(broken: Broken, file):
    file.write_text(broken.text, "utf-8")
    with CaptureQueriesContext(connection) as queries:
        out, err, code = run("load_campaign", file)
    assert (out, code, written(queries)) == ("", 1, [])
    said = [line for line in err.splitlines() if line.startswith(f"{file}:{broken.line}: ")]
    assert any(broken.says in line for line in said), err
    assert all(line.startswith(f"{file}:") for line in err.splitlines())


def test_there_are_thirty_ways_to_be_wrong_at_least():
    assert len({broken.name for broken in BROKEN}) == len(BROKEN) >= 30


@pytest.mark.django_db
def test_load_then_load_again():
    first = run("load_campaign", ALES_2022)
    with CaptureQueriesContext(connection) as queries:
        second = run("load_campaign", ALES_2022)
    assert first == ("ales-2022: version 1\n", "", 0)
    assert second == ("ales-2022: nothing changed\n", "", 0)
    assert written(queries) == []


@pytest.mark.django_db
def test_check_only_checks():
    with CaptureQueriesContext(connection) as queries:
        answer = run("load_campaign", ALES_2022, "--check")
    assert answer == (f"{ALES_2022}: good\n", "", 0)
    assert written(queries) == []


@pytest.mark.django_db
def test_check_refuses_a_wrong_file(file):
    file.write_text(GOOD.replace("floor: 22", "floor: 23"), "utf-8")
    out, err, code = run("load_campaign", file, "--check")
    assert (out, code) == ("", 1)
    assert [line.split(": ", 1)[1] for line in err.splitlines()] == [
        "floor 23 is above ceiling 22, expected floor ≤ ceiling",
        "floor 23 is above ceiling 22, expected floor ≤ ceiling",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("options", [(), ("--check",)])
def test_the_file_of_another_session_does_not_rewrite_a_published_campaign(file, options):
    run("load_campaign", ALES_2022)
    file.write_text(next_year(), "utf-8")
    line = next_year().splitlines().index("  slug: ales-2022") + 1
    said = "“ales-2022” is the campaign of the session 2022, already published: give this one another slug."
    assert run("load_campaign", file, *options) == ("", f"{file}:{line}: {said}\n", 1)
    assert Campaign.objects.get().session == 2022


@pytest.mark.django_db
def test_the_session_of_a_draft_may_be_put_right(file):
    file.write_text(GOOD.replace("  session: 2022", "  state: draft\n  session: 2022"), "utf-8")
    run("load_campaign", file)
    file.write_text(next_year(), "utf-8")
    assert run("load_campaign", file) == ("ales-2022: version 2\n", "", 0)


@pytest.mark.django_db
def test_what_is_exported_loads_back_equal(file):
    run("load_campaign", ALES_2022)
    exported, err, code = run("export_campaign", "ales-2022")
    assert (err, code) == ("", 0)
    file.write_text(exported, "utf-8")
    assert run("load_campaign", file) == ("ales-2022: nothing changed\n", "", 0)
    assert document_of(Campaign.objects.get()) == ales_2022_document()
    assert NoticeVersion.objects.count() == 1


@pytest.mark.django_db
def test_what_is_exported_makes_the_same_campaign_under_another_slug(file):
    run("load_campaign", ALES_2022)
    exported, _, _ = run("export_campaign", "ales-2022")
    file.write_text(exported.replace("slug: ales-2022", "slug: twin"), "utf-8")
    assert run("load_campaign", file) == ("twin: version 1\n", "", 0)
    again, _, _ = run("export_campaign", "twin")
    assert again == exported.replace("slug: ales-2022", "slug: twin")


@pytest.mark.django_db
def test_a_campaign_that_is_not_there_is_not_exported():
    run("load_campaign", ALES_2022)
    with pytest.raises(
        CommandError, match=r"^no campaign has the slug 'ales-2023' \(known: ales-2022\)$"
    ):
        call_command("export_campaign", "ales-2023")


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["load_campaign", "load_diplomas"])
def test_a_file_that_cannot_be_read(command, file):
    assert run(command, file) == (
        "",
        f"{file}:1: cannot be read (No such file or directory), expected a file\n",
        1,
    )
    file.write_bytes("a: 1\nb: Alès\n".encode("latin-1"))
    assert run(command, file) == ("", f"{file}:2: is not UTF-8, expected text in UTF-8\n", 1)


@pytest.mark.django_db
def test_the_nomenclature_twice():
    first = run("load_diplomas")
    with CaptureQueriesContext(connection) as queries:
        second = run("load_diplomas")
    assert (first, second) == (
        ("62 diplomas, 62 changed\n", "", 0),
        ("62 diplomas, 0 changed\n", "", 0),
    )
    assert written(queries) == []
    assert Diploma.objects.count() == 62


@pytest.mark.django_db
def test_a_diploma_corrected_by_hand_stays_so_until_the_file_is_loaded_whole():
    """domain-model.md §2.12: what was changed in the admin is never overwritten by a start."""
    run("load_diplomas")
    Diploma.objects.filter(code="BTS-ELT").update(ects=60)
    Diploma.objects.filter(code="CPGE-TB").delete()

    assert run("load_diplomas", "--missing") == ("62 diplomas, 1 changed\n", "", 0)
    assert run("load_campaign", ALES_2022) == ("ales-2022: version 1\n", "", 0)
    assert (Diploma.objects.get(code="BTS-ELT").ects, Diploma.objects.count()) == (60, 62)
    assert run("load_diplomas") == ("62 diplomas, 1 changed\n", "", 0)
    assert Diploma.objects.get(code="BTS-ELT").ects == 120


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: is empty"),
        (
            "- {code: DUT-X, kind: DUT, title: {fr: X}, replace: []}\n",
            "1: unknown key 'replace', did you mean",
        ),
        (
            "- {code: DUT-X, kind: DTU, title: {fr: X}}\n",
            "1: 'DTU': expected 'BTS', 'BTSA', 'DUT', ",
        ),
        ("- code: DUT-X\n  kind: DUT\n", "1: key 'title' is missing, expected here in '0'"),
        (
            "- {code: DUT-X, kind: DUT, title: {fr: X}}\n- {code: DUT-X, kind: DUT, title: {fr: X}}\n",
            "2: 'DUT-X' is there twice, expected once",
        ),
        (
            "- {code: DUT-X, kind: DUT, title: {fr: X}, replaces: [DUT-Y]}\n",
            "1: 'DUT-Y' is not among the diplomas, did you mean 'DUT-X'?",
        ),
    ],
)
def test_a_wrong_nomenclature_changes_nothing(text, said, file):
    file.write_text(text, "utf-8")
    out, err, code = run("load_diplomas", file)
    assert (out, code) == ("", 1)
    assert err.startswith(f"{file}:{said}")
    assert not Diploma.objects.exists()


@pytest.mark.django_db
def test_a_file_that_drops_what_dossiers_use_is_refused(file):
    admissions.filled(programmes=("MKX-1",))
    dropped = GOOD[: GOOD.index("  - code: MKX-1\n")] + GOOD[GOOD.index("  - code: BAT-2\n") :]
    dropped = dropped.replace("  mkx-1: {floor: 40, ceiling: 40}\n", "").replace(
        "[MKX-1, MKX-2]", "[MKX-2]"
    )
    dropped = dropped.replace("[MKX-1]", "[MKX-2]")
    file.write_text(dropped, "utf-8")
    Diploma.objects.filter(code="CPGE-TB").delete()
    message = "“MKX-1” is in use: dossiers refer to it. Keep it in the notice."
    assert run("load_campaign", file) == ("", f"{file}:1: {message}\n", 1)
    assert document_of(Campaign.objects.get()) == ales_2022_document()
    assert not Diploma.objects.filter(code="CPGE-TB").exists()
