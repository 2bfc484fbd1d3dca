"""Files become rows and versions; what dossiers rest on is not taken away from under them."""

import hashlib
import json
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import F

from accounts.models import School
from campaigns.document.checks import read
from campaigns.document.schema import CampaignDocument
from campaigns.document.upgrades import CURRENT
from campaigns.editing.services.loading import load_campaign
from campaigns.editing.services.versions import record_version
from campaigns.models import (
    Assessment,
    Campaign,
    ListedDiploma,
    Milestone,
    NoticeVersion,
    Outcome,
    Pool,
    Stage,
    StatedRule,
)
from campaigns.notice.rows import document_of
from campaigns.notice.selectors import notice
from common.datafile.values import FILE
from common.datafile.writing import digest, to_yaml
from common.journal import SYSTEM, Actor
from common.models import JournalEntry
from common.refusals import DomainError
from config.environment import ROOT
from tests.factories import admissions, campaigns
from tests.factories.campaigns import ales_2022_document

NOW = datetime(2022, 1, 20, 8, 0, tzinfo=UTC)
CLERK = Actor("user", "7")

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


def edited(**sections) -> CampaignDocument:
    """The file of 2022 with sections put in the place of its own."""
    data = ales_2022_document().model_dump(
        mode="json", by_alias=True, exclude_none=True, context=FILE
    )
    return CampaignDocument.model_validate(data | sections)


def section(name):
    return ales_2022_document().model_dump(
        mode="json", by_alias=True, exclude_none=True, context=FILE
    )[name]


def load(document):
    return load_campaign(document=document, actor=SYSTEM, now=NOW, reason="test")


def test_rows_say_what_the_file_says(ales_2022):
    assert document_of(ales_2022) == ales_2022_document()
    assert notice(ales_2022.current_version_id) == ales_2022_document()
    assert (ales_2022.opens_at, ales_2022.last_second) == (
        datetime(2022, 1, 31, 23, 0, tzinfo=UTC),
        datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC),
    )
    assert ales_2022.state == "published"


def test_a_version_keeps_the_whole_notice_and_its_digest(ales_2022):
    """domain-model.md §2.12: SHA-256 over the canonical JSON."""
    version = ales_2022.current_version
    canonical = json.dumps(
        version.document, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert (version.number, version.by) == (1, "system")
    assert version.sha256 == hashlib.sha256(canonical.encode()).hexdigest()


def test_loading_twice_writes_no_version(ales_2022):
    again = load(ales_2022_document())
    assert (again.changed, again.version) == (False, ales_2022.current_version)
    assert NoticeVersion.objects.count() == 1
    assert JournalEntry.objects.filter(verb="record_version").count() == 1


def test_a_changed_file_updates_rows_by_key_and_writes_the_next_version(ales_2022):
    before = Pool.objects.get(key="bat-1")
    loaded = load(edited(pools=section("pools") | {"bat-1": {"floor": 40, "ceiling": 42}}))
    after = Pool.objects.get(key="bat-1")
    assert (loaded.changed, loaded.version.number, loaded.version.reason) == (True, 2, "test")
    assert (after.pk, after.floor, after.ceiling) == (before.pk, 40, 42)
    assert Campaign.objects.get().current_version == loaded.version
    entry = JournalEntry.objects.filter(verb="record_version").latest("pk")
    assert (entry.scope, entry.object_ref, entry.data["version"]) == ("ales-2022", "ales-2022", 2)


def test_an_older_version_still_says_what_it_said(ales_2022):
    first = ales_2022.current_version_id
    load(edited(pools=section("pools") | {"bat-1": {"floor": 40, "ceiling": 42}}))
    notice.cache_clear()
    assert notice(first).pools["bat-1"].ceiling == 40


def first_form() -> tuple[dict, str]:
    """The notice of 2022 as its version stored it before versions said their form, and its file of then."""
    kept = ROOT / "tests" / "campaigns" / "notice" / "kept" / "ales-2022.json"
    stored = json.loads(kept.read_text("utf-8"))
    lines = to_yaml(CampaignDocument.from_stored(stored)).splitlines(keepends=True)
    there = lines.index("  grants:\n")
    lines = [*lines[:there], *lines[there + 3 : lines.index("rules:\n")]]
    return stored, "".join(lines).replace("schema: 3", "schema: 1")


@pytest.mark.usefixtures("ales_2022")
def test_a_notice_accepted_in_an_earlier_form_is_no_other_notice():
    """Its file of then and in today's form, its export, an edit that changes nothing: none writes a version."""
    stored, text = first_form()
    today = CampaignDocument.from_stored(stored)
    load(today)
    NoticeVersion.objects.exclude(campaign__current_version=F("pk")).delete()
    NoticeVersion.objects.update(document=stored, sha256=digest(stored))
    Campaign.objects.update(grants={})
    StatedRule.objects.all().delete()
    for migration in ("0008_grants", "0014_stated_rules"):
        import_module(f"campaigns.migrations.{migration}").say_what_pages_said(apps, None)
    campaign = Campaign.objects.get()

    for file in (text, to_yaml(today), to_yaml(document_of(campaign))):
        document, mistakes = read(file, {row.code for row in campaigns.nomenclature()})
        assert mistakes == []
        assert load(document).changed is False
    record_version(campaign=campaign, reason="", by=CLERK, now=NOW)

    version = NoticeVersion.objects.get()
    assert (version.document, version.sha256) == (stored, digest(stored))
    assert notice(version.pk) == today


def test_the_next_version_is_in_the_form_of_today(ales_2022):
    stored, _ = first_form()
    NoticeVersion.objects.update(document=stored, sha256=digest(stored))
    loaded = load(edited(pools=section("pools") | {"bat-1": {"floor": 40, "ceiling": 42}}))
    assert (loaded.changed, loaded.version.document["schema"]) == (True, CURRENT)
    assert NoticeVersion.objects.get(number=1).document == stored


def test_another_order_is_another_notice(ales_2022):
    """The order of pieces and routes is what people see and what decides between equal verdicts."""
    documents = section("documents")
    loaded = load(edited(documents=dict(reversed(documents.items()))))
    assert loaded.version.number == 2
    assert list(notice(loaded.version.pk).documents) == list(reversed(documents))


def test_what_is_no_longer_in_the_file_goes(ales_2022):
    selections = section("selections")
    del selections["year-1"]["stages"]["tests"]["assessments"]["second-interview"]
    calendar = section("calendar")
    del calendar["y1-second-call"], calendar["y1-second-interviews"]
    specialities = section("specialities")
    specialities["BAT"]["listed"] = specialities["BAT"]["listed"][1:]
    documents = section("documents")
    del documents["further-study-opinion"]
    loaded = load(
        edited(
            selections=selections,
            calendar=calendar,
            specialities=specialities,
            documents=documents,
            ages={},
        )
    )
    assert document_of(Campaign.objects.get()) == notice(loaded.version.pk)
    assert not Assessment.objects.filter(key="second-interview").exists()
    assert not Milestone.objects.filter(key__startswith="y1-second").exists()
    assert ListedDiploma.objects.filter(speciality__key="BAT").count() == 5


def test_a_graph_that_gets_another_stage(ales_2022):
    selections = section("selections")
    stages = selections["year-2"]["stages"]
    stages["last"] = stages["tests"] | {"assessments": {}, "announce": "y2-last"}
    stages["tests"]["outcomes"]["admissible"] = {
        "kind": "next",
        "to": "last",
        "label": {"fr": "Retenu"},
    }
    calendar = section("calendar") | {
        "y2-last": {"title": {"fr": "Résultats"}, "on": "2022-06-08 14:30", "action": "announce"}
    }
    load(edited(selections=selections, calendar=calendar))
    assert Outcome.objects.get(
        stage__key="tests", key="admissible", kind="next"
    ).next_stage == Stage.objects.get(key="last")
    assert Milestone.objects.get(key="y2-last").starts_at == datetime(
        2022, 6, 8, 12, 30, tzinfo=UTC
    )


def test_a_programme_with_dossiers_stays(ales_2022):
    admissions.filled(programmes=("MKX-1",))
    programmes = [part for part in section("programmes") if part["code"] not in {"MKX-1", "BAT-2"}]
    with pytest.raises(DomainError) as refused:
        load(edited(programmes=programmes))
    assert [(refusal.code, refusal.params) for refusal in refused.value.refusals] == [
        ("notice_part_in_use", {"part": "MKX-1"})
    ]


def test_all_that_is_in_use_is_named_and_nothing_changes(ales_2022):
    application = admissions.filled(programmes=("BAT-1", "MKX-1"))
    admissions.give(application, admissions.piece_of(application, "cv"))
    documents = section("documents")
    del documents["cv"]
    programmes = [part for part in section("programmes") if not part["code"].endswith("-1")]
    with pytest.raises(DomainError) as refused:
        load(
            edited(
                programmes=programmes,
                documents=documents,
                pools=section("pools") | {"bat-2": {"floor": 9, "ceiling": 9}},
            )
        )
    assert {refusal.params["part"] for refusal in refused.value.refusals} >= {
        "BAT-1",
        "MKX-1",
        "cv",
    }
    assert document_of(Campaign.objects.get()) == ales_2022_document()
    assert NoticeVersion.objects.count() == 1


def test_two_campaigns_share_their_school(ales_2022):
    campaigns.open_campaign(on=datetime(2026, 3, 1, tzinfo=UTC).date())
    assert School.objects.count() == 1
    assert Pool.objects.filter(key="bat-1").count() == 2


RICH = {
    "schools": {
        "imt-mines-ales": {"name": "Alès"},
        "albi": {"name": "Albi", "website": "https://example.org"},
    },
    "pools": {
        "bat-1": {
            "floor": 5,
            "ceiling": 10,
            "provisional": True,
            "seats_public": True,
            "title": {"fr": "Bâtiment"},
        }
    },
}


def test_every_form_of_a_part_comes_back_from_its_row(nomenclature_loaded):
    """What the file of 2022 does not use: hours, distances, provisional dates and places, another school."""
    calendar = section("calendar") | {
        "reminder": {
            "title": {"fr": "Rappel"},
            "relative": {"to": "deadline", "by": "-48h"},
            "action": "remind_drafts",
        },
        "visit": {
            "title": {"fr": "Visite"},
            "from": "2022-02-10 14:00",
            "until": "2022-02-10 16:00:30",
        },
        "fair": {"title": {"fr": "Salon"}, "on": "2022-02-12 09:30", "status": "provisional"},
        "end": {"title": {"fr": "Fin"}, "until": "2022-12-01"},
    }
    pools = section("pools") | RICH["pools"]
    programmes = section("programmes")
    programmes[0] |= {"school": "albi", "status": "continuing"}
    header = section("campaign") | {"state": "draft"}
    del header["summary"]
    document = edited(
        campaign=header,
        schools=RICH["schools"],
        calendar=calendar,
        pools=pools,
        programmes=programmes,
        search={},
    )
    loaded = load(document)
    assert notice(loaded.version.pk) == document
    reminder = Milestone.objects.get(key="reminder")
    assert (reminder.starts_at, reminder.all_day) == (
        datetime(2022, 3, 6, 22, 59, 59, tzinfo=UTC),
        False,
    )


@pytest.fixture
def nomenclature_loaded():
    campaigns.load_nomenclature()


def record(campaign):
    return record_version(campaign=campaign, reason="moved", by=CLERK, now=NOW)


def test_an_edit_in_the_admin_makes_a_version(ales_2022):
    Pool.objects.filter(key="mkx-1").update(ceiling=42)
    version = record(ales_2022)
    assert (version.number, version.reason, version.by, version.at) == (2, "moved", "user:7", NOW)
    assert notice(version.pk).pools["mkx-1"].ceiling == 42


def test_no_edit_makes_no_version(ales_2022):
    assert record(ales_2022) == ales_2022.current_version


def test_moving_the_deadline_moves_all_that_hangs_on_it(ales_2022):
    """R-CAL-1: the last second of the campaign follows its milestone."""
    later = datetime(2022, 3, 10, 22, 59, 59, tzinfo=UTC)
    Milestone.objects.filter(key="deadline").update(ends_at=later)
    version = record(ales_2022)
    assert Campaign.objects.get().last_second == later
    assert notice(version.pk).calendar["deadline"].until.isoformat() == "2022-03-10"


def test_the_hour_of_announcements_moves_them_all(ales_2022):
    """domain-model.md §2.2."""
    Campaign.objects.update(announce_at="14:00")
    record(ales_2022)
    assert Milestone.objects.get(key="y2-results").starts_at == datetime(
        2022, 6, 1, 12, 0, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (
            lambda: Milestone.objects.filter(key="y1-results").update(action=""),
            "selections.year-1.stages.tests.announce",
        ),
        (
            lambda: Milestone.objects.filter(key="y1-results").update(title={}),
            "calendar.y1-results.title",
        ),
        (
            lambda: Milestone.objects.filter(key="term").update(scope=["year-9"]),
            "calendar.term.for.0",
        ),
    ],
)
def test_an_edit_that_breaks_the_notice_is_refused(ales_2022, change, where):
    change()
    with pytest.raises(DomainError) as refused:
        record(ales_2022)
    assert {refusal.code for refusal in refused.value.refusals} == {"notice_inconsistent"}
    assert where in {refusal.params["where"] for refusal in refused.value.refusals}
    assert NoticeVersion.objects.count() == 1
