"""What the demonstration is made of, and that it is made on demand only."""

import io
import re
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from accounts.models import Person, School, User
from campaigns.models import Campaign, Diploma
from campaigns.notice.selectors import notice
from common.files.inspection import inspect
from common.files.rules import Controls, Format, judge
from demonstration.copies import REVIEW
from demonstration.making import make
from demonstration.scene import SLUG, demonstration_notice
from notifications.mailbox import backend as mailbox
from rehearsal.people.drawing import Sheet, portrait
from rehearsal.people.papers import DRAWINGS, Bearer, papers
from rehearsal.people.someone import PEOPLE, TOWNS, Story
from rehearsal.people.studies import PATHS
from tests.factories.campaigns import ales_2022
from tests.factories.contratpro import ales_2025

pytestmark = pytest.mark.servers

STRICTEST = Controls(("jpg", "pdf"), 60_000, 900)


@pytest.mark.django_db
def test_nothing_invented_is_made_without_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="set DEMO=1"):
        call_command("make_demo")
    assert [table.objects.count() for table in (User, Person, School, Campaign)] == [0, 0, 0, 0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "opening", "deadline"),
    [
        (datetime(2026, 11, 21, 4, 0, tzinfo=UTC), date(2026, 10, 27), date(2026, 12, 1)),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), date(2026, 11, 3), date(2026, 12, 8)),
        (datetime(2027, 3, 30, 12, 0, tzinfo=UTC), date(2027, 3, 9), date(2027, 4, 13)),
        (datetime(2022, 2, 26, 12, 0, tzinfo=UTC), date(2022, 2, 1), date(2022, 3, 8)),
    ],
    ids=["ten days left", "sixteen days left", "summer time", "the session itself"],
)
def test_the_notice_moves_by_whole_weeks(now, opening, deadline):
    """R-CAL-1: still to 23:59:59 in Paris."""
    moved = demonstration_notice(notice(ales_2022().current_version_id), now)
    assert (moved.opens_at.date(), moved.last_second.date()) == (opening, deadline)
    assert (opening.weekday(), deadline.weekday()) == (1, 1)
    assert f"{moved.last_second:%H:%M:%S}" == "23:59:59"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "day", [date(2027, 8, 5), pytest.param(date(2026, 6, 10), marks=pytest.mark.long)], ids=str
)
def test_it_is_made_in_summer_too(settings, day):
    """Diplomas are held, or expected, in the academic year in which one applies. Winter: test_demonstration.py."""
    settings.DEMO = True
    ales_2022()
    ales_2025()
    people = [next(who for who in PEOPLE if who.story is story) for story in Story]
    now = datetime.combine(day, datetime.min.time(), UTC)
    with time_machine.travel(now):
        make(now=now, say=lambda _: None, people=people, copies=[replace(REVIEW, people=2)])
    campaign = Campaign.objects.get(slug=SLUG)
    assert campaign.year_from <= campaign.last_second.date() <= campaign.year_until
    assert campaign.applications.filter(state="submitted").count() > 1


@pytest.mark.django_db
def test_everyone_studied_something_known_and_applies_to_something_offered():
    offered = {programme.code for programme in notice(ales_2022().current_version_id).programmes}
    assert {code for who in PEOPLE for code in who.programmes} <= offered
    named = {course.diploma for path in PATHS.values() for course in path.courses if course.diploma}
    assert named <= set(Diploma.objects.values_list("code", flat=True))
    assert {who.path for who in PEOPLE} <= set(PATHS)
    assert {who.city for who in PEOPLE} <= set(TOWNS)


def test_people_are_many_diverse_and_not_called_test():
    assert len(PEOPLE) == 68
    assert (
        len({who.full_name for who in PEOPLE}) == len({who.email for who in PEOPLE}) == len(PEOPLE)
    )
    assert len({who.nationality for who in PEOPLE}) == 17
    assert {who.story for who in PEOPLE} == set(Story)
    assert [
        who
        for who in PEOPLE
        if re.search(r"\d|test|candidat|lorem", f"{who.full_name} {who.email}".lower())
    ] == []
    assert [
        who.email for who in PEOPLE if not re.fullmatch(r"[a-z.-]+@example\.org", who.email)
    ] == []
    assert Counter(who.sex for who in PEOPLE)["f"] > 25


@pytest.mark.parametrize("key", [*DRAWINGS, "a piece that a later notice asks for"])
def test_every_paper_passes_the_strictest_controls(key):
    for who in PEOPLE[:12]:
        for paper in papers(key, "Pièce", "Bâtiment – première année", bearer(who)):
            found = inspect(io.BytesIO(paper.content), len(paper.content), STRICTEST)
            assert judge(found, STRICTEST) == ()
            assert found.format is (Format.JPG if key == "photo" else Format.PDF)


def test_papers_are_the_same_each_time_and_another_for_each_person():
    first, second = (papers("cv", "", "", bearer(who))[0].content for who in PEOPLE[:2])
    assert papers("cv", "", "", bearer(PEOPLE[0]))[0].content == first
    assert first != second
    assert len({portrait(who.full_name, who.sex) for who in PEOPLE[:20]}) == 20


def test_names_are_printed_without_the_marks_that_the_fonts_lack():
    sheet = Sheet()
    sheet.words("Đức Long Phạm, Elif Yıldırım, Éléonore (Cœur)")
    with pikepdf.open(io.BytesIO(sheet.pdf())) as document:
        drawing = document.pages[0].Contents.read_bytes().decode("cp1252")
    assert r"(Duc Long Pham, Elif Yildirim, Éléonore \(Cœur\))" in drawing


def test_an_invented_mail_looks_as_old_as_its_story(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    backend = mailbox.MailboxBackend()
    backend.send_messages([EmailMessage("Bienvenue", "Bonjour.", to=["lina.bouvier@example.org"])])
    begun = time.time_ns()
    backend.send_messages(
        [EmailMessage("Candidature reçue", "Bonjour.", to=["mathis.lemoine@example.org"])]
    )
    mailbox.date_back([(begun, datetime(2020, 11, 7, 10, 5, tzinfo=UTC))])
    welcome, receipt = mailbox.newest("", 5)
    assert (receipt.subject, receipt.at) == (
        "Candidature reçue",
        datetime(2020, 11, 7, 10, 5, tzinfo=UTC),
    )
    assert welcome.at > datetime(2020, 11, 8, tzinfo=UTC)


def bearer(who) -> Bearer:
    path = PATHS[who.path]
    return Bearer(
        who=who,
        nationality="France",
        born_on=date(2004, 5, 6),
        street="3 rue des Lices",
        postcode="30100",
        field=path.field,
        baccalaureate=path.baccalaureate,
        baccalaureate_year=2024,
        studies=(("DUT Informatique", "IUT de Nîmes", date(2027, 3, 30)),),
        year=(2026, 2027),
        today=date(2026, 11, 21),
    )
