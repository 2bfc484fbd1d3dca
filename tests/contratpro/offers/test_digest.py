"""The digest of the week: once per person and week, left by whoever wants (R-PRO-15; ours)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.jobs import run
from common.models import Job, JournalEntry
from common.refusals import NotAllowedError
from contratpro.offers.mails import leave_token, ref_in
from contratpro.offers.services import (
    JOB,
    choose_by_mail,
    choose_digest,
    order_digests,
    send_digests,
)
from contratpro.states import StudentState
from notifications.delivery.services import compose, deliver
from notifications.models import Notification
from tests.factories import accounts, offers
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers
MONDAY = datetime(
    2025, 6, 9, 6, 0, tzinfo=UTC
)  # at eight in Paris, after the offers of the factory
TUESDAY = MONDAY + timedelta(days=1)
WEEK = {"year": "ales-2025", "monday": "2025-06-09"}


def digests():
    rows = Notification.objects.filter(kind="contratpro.offer_digest").order_by("pk")
    return [(row.to, row.refs["monday"], row.refs["offers"]) for row in rows]


def tick(now):
    order_digests(now)
    for job in Job.objects.filter(kind=JOB).order_by("pk"):
        run(key=job.key, now=now)


@pytest.fixture
def offer(year, office):
    return offers.posted(year.school, office)


def test_on_monday_each_student_is_told_the_offers_of_the_week_once(year, student, offer):
    """R-PRO-15: to all the students of the year, by the week of its Monday."""
    other = contracts.student(year, StudentState.FEASIBLE)
    tick(MONDAY - timedelta(minutes=1))
    assert digests() == []
    for now in (MONDAY, MONDAY + timedelta(hours=1), TUESDAY):
        tick(now)
    send_digests(WEEK, TUESDAY)
    assert digests() == [
        (student.user.email, "2025-06-09", offer.ref),
        (other.user.email, "2025-06-09", offer.ref),
    ]


def test_a_week_without_offers_sends_nothing(year, student, offer):
    tick(MONDAY)
    tick(MONDAY + timedelta(days=7))
    assert len(digests()) == 1
    assert Job.objects.filter(kind=JOB).count() == 1


def test_each_offer_is_told_in_one_week(year, office, student, offer):
    late = offers.posted(year.school, office, at=MONDAY)  # at its last instant: of the week after
    tick(MONDAY)
    tick(MONDAY + timedelta(days=7))
    assert [refs for _, _, refs in digests()] == [offer.ref, late.ref]


def test_a_worker_that_slept_on_monday_is_late_and_skips_nobody(student, offer):
    tick(TUESDAY)
    assert digests() == [(student.user.email, "2025-06-09", offer.ref)]


def test_what_is_not_open_is_not_told(year, office, student):
    """R-PRO-15: refused, withheld, over, for apprentices, of another school."""
    offers.refused(year.school, office)
    offers.proposed(year.school, office)
    offers.posted(year.school, office, expires_on="08/06/2025")
    companies = accounts.company_office(year.school)
    offers.posted(year.school, companies, audience=offers.OfferAudience.APPRENTICESHIP)
    other = accounts.other_school()
    offers.posted(other, accounts.contract_service(other))
    tick(MONDAY)
    assert digests() == []


def test_whoever_gave_up_or_was_not_written_to_is_told_nothing(year, offer):
    for state in (StudentState.LISTED, StudentState.WITHDRAWN):
        contracts.student(year, state)
    invited = contracts.student(year, StudentState.INVITED, user=None)
    tick(MONDAY)
    assert [to for to, _, _ in digests()] == [invited.email]


def test_a_year_that_is_over_has_no_digest(year, student, office):
    after = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    offers.posted(year.school, office, at=after - timedelta(days=1), expires_on="31/12/2026")
    tick(after)
    assert digests() == []


def test_left_is_left_until_one_comes_back(year, office, student, offer):
    """R-PRO-15: one may leave it, from one's page or by the link of the mail."""
    for _ in range(2):
        choose_digest(ref=student.ref, wanted=False, actor=student.user, now=offers.READ)
    tick(MONDAY)
    assert digests() == []

    choose_by_mail(ref=ref_in(leave_token(student)), wanted=True, now=TUESDAY)
    offers.posted(year.school, office, at=TUESDAY)
    tick(MONDAY + timedelta(days=7))
    assert len(digests()) == 1
    entries = JournalEntry.objects.filter(verb__endswith="_digest").order_by("pk")
    assert [(one.actor_kind, one.verb) for one in entries] == [
        ("user", "leave_digest"),
        ("link", "join_digest"),
    ]


def test_nobody_chooses_for_another(year, student, office):
    for actor in (office, contracts.student(year).user, accounts.UserFactory()):
        with pytest.raises(NotAllowedError):
            choose_digest(ref=student.ref, wanted=False, actor=actor, now=offers.READ)


def test_a_token_that_we_did_not_sign_names_nobody(student):
    signed = leave_token(student)
    assert ref_in(signed) == student.ref
    assert [ref_in(one) for one in (student.ref, signed[:-1], f"x{signed}", "")] == [None] * 4


def test_it_is_queued_and_written_in_as_many_queries_for_three_hundred(year, offer):
    """But for the rows themselves, which a database takes by some dozens or hundreds in one statement."""
    contracts.student(year)
    send_digests(WEEK, MONDAY)  # what the year says is read once
    few = asked(lambda: send_digests(WEEK, MONDAY))
    few_written = asked(lambda: compose(list(Notification.objects.all())))
    for _ in range(299):
        contracts.student(year)
    assert asked(lambda: send_digests(WEEK, MONDAY)) == few
    assert len(digests()) == 300
    assert asked(lambda: compose(list(Notification.objects.all()))) == few_written


def asked(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(not query["sql"].startswith("INSERT") for query in queries)


def test_what_is_withheld_before_it_leaves_is_not_in_it(year, office, student, offer):
    """R-PRO-15: a text that the company sent meanwhile is read by the office before students read it."""
    changed = offers.published(year.school, office)
    tick(MONDAY)
    offers.sent(changed, at=MONDAY, title="Texte que personne n’a lu")
    assert changed.ref in digests()[0][2]
    mail = compose([Notification.objects.get(kind="contratpro.offer_digest")])[0][1]
    assert mail.subject == "1 nouvelle offre d’entreprise"
    assert "Texte que personne" not in mail.text
    assert changed.ref not in mail.html


def test_a_digest_of_which_nothing_is_left_does_not_leave(year, office, student, mailoutbox):
    changed = offers.published(year.school, office)
    tick(MONDAY)
    offers.sent(changed, at=MONDAY, title="Texte que personne n’a lu")
    Notification.objects.exclude(kind="contratpro.offer_digest").delete()
    deliver(clock=lambda: MONDAY + timedelta(minutes=1))
    assert mailoutbox == []
    row = Notification.objects.get()
    assert (row.state, row.attempts, row.body) == ("cancelled", 0, "")


@pytest.mark.parametrize(
    ("language", "subject"),
    [("fr", "1 nouvelle offre d’entreprise"), ("en", "1 new offer of a company")],
)
def test_it_says_what_is_offered_and_how_one_leaves(student, offer, language, subject):
    tick(MONDAY)
    row = Notification.objects.get(kind="contratpro.offer_digest")
    row.language = language
    mail = compose([row])[0][1]
    assert mail.subject == subject
    for said in ("Ingénieur qualité", "Bâtisseurs du Gard", "Nîmes (30)"):
        assert said in mail.text
    assert f"/contrat-pro/{student.ref}/offers/{offer.ref}/" in mail.text
    assert f"/contrat-pro/digest/{leave_token(student)}/" in mail.text
