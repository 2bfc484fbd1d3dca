"""Between the central service's check and the jury: the school's admissions office (R-APP-8)."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from admissions.checking.services import declare_complete
from admissions.dossier.services import endings
from admissions.handover.selectors import waiting_now
from admissions.handover.services import hand_over, hand_over_all, hand_over_many, send_back
from admissions.models import Application, Candidacy
from campaigns.models import Programme, Stage
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts, entering
from tests.factories import admissions as dossiers
from tests.factories import handover as office

pytestmark = pytest.mark.django_db


def by_office(application, **more):
    return {"ref": application.ref, "actor": office.office(), "now": office.NOW} | more


def all_seen():
    actor = office.office()
    seen = waiting_now(actor, office.campaign()).seen
    return {"slug": dossiers.SLUG, "seen": seen, "actor": actor, "now": office.NOW}


def codes(caught):
    return [refusal.code for refusal in caught.value.refusals]


def verbs(application):
    rows = JournalEntry.objects.filter(object_ref=application.ref).order_by("pk")
    return list(rows.values_list("verb", flat=True))


def candidacy_states(application):
    return set(application.candidacies.values_list("state", flat=True))


def before_the_jury():
    stage = Stage.objects.get(selection__key="year-1", key="file")
    return Candidacy.objects.filter(stage=stage).count()


def letters(kind="complete"):
    return Notification.objects.filter(kind=f"admissions.{kind}").order_by("pk")


def test_what_is_complete_waits_for_the_office_and_no_jury_sees_it():
    """R-APP-8"""
    application = office.waiting()
    assert (application.state, application.completed_at) == ("at_office", dossiers.CHECKED)
    assert candidacy_states(application) == {"submitted"}
    assert before_the_jury() == 0
    assert verbs(application)[-1] == "send_to_office"


def test_handed_over_it_is_before_the_jury_in_the_order_of_its_reception():
    """R-APP-8"""
    application = office.waiting()
    hand_over(**by_office(application))
    reread = dossiers.reread(application)
    assert (reread.state, reread.handed_over_at) == ("complete", office.NOW)
    assert candidacy_states(application) == {"in_selection"}
    listed = application.candidacies.values_list("sort_key", "received_at", "stage__key")
    assert set(listed) == {(application.sort_key, application.received_at, "file")}
    assert verbs(application)[-1] == "hand_over"


def test_handing_over_again_changes_nothing():
    """R-APP-8"""
    application = office.waiting()
    hand_over(**by_office(application))
    again = hand_over(**by_office(application, now=office.NOW + timedelta(hours=1)))
    assert (again.handed_over_at, verbs(application).count("hand_over")) == (office.NOW, 1)


def test_many_are_handed_over_in_one_act_but_those_that_left_meanwhile():
    """R-APP-8"""
    first, second, gone = office.waiting(), office.waiting(), office.waiting()
    endings.withdraw_application(now=office.NOW, **dossiers.whose(gone))
    refs = [first.ref, second.ref, gone.ref]
    assert hand_over_many(refs=refs, actor=office.office(), now=office.NOW) == 2
    states = Application.objects.filter(ref__in=refs).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["complete", "complete", "withdrawn"]
    assert [verbs(row)[-1] for row in (first, second)] == ["hand_over", "hand_over"]


def test_many_take_as_many_queries_as_one(django_assert_num_queries):
    """R-APP-8"""
    actor = office.office()
    for number in (1, 3):
        refs = [office.waiting().ref for _ in range(number)]
        with django_assert_num_queries(11):
            assert hand_over_many(refs=refs, actor=actor, now=office.NOW) == number


def test_all_that_wait_are_handed_over_and_none_is_refused():
    """R-APP-8"""
    office.waiting(), office.waiting()
    by = all_seen()
    assert hand_over_all(**by) == 2
    with pytest.raises(DomainError) as caught:
        hand_over_all(**by)
    assert codes(caught) == ["nothing_to_hand_over"]


@pytest.mark.parametrize("comes", [False, True])
@pytest.mark.parametrize("goes", [False, True])
def test_all_are_handed_over_only_as_the_page_has_said(comes, goes):
    """R-APP-8: one that came or went since is no longer what was seen."""
    first, last = office.waiting(), office.waiting()
    by = all_seen()
    if goes:
        send_back(**by_office(first, reason=office.REASON))
    if comes:
        declared = office.waiting()
        later = office.NOW + timedelta(minutes=1)
        Application.objects.filter(pk=declared.pk).update(completed_at=later)
    if not (comes or goes):
        assert hand_over_all(**by) == 2
        return
    with pytest.raises(DomainError) as caught:
        hand_over_all(**by)
    assert codes(caught) == ["waiting_changed_meanwhile"]
    assert dossiers.reread(last).state == "at_office"


def test_what_lacks_something_goes_back_with_a_reason_to_be_checked_again():
    """R-APP-8, R-APP-7: the central service is the one to write to again."""
    application = office.waiting()
    send_back(**by_office(application, reason=office.REASON))
    reread = dossiers.reread(application)
    assert (reread.state, reread.completed_at) == ("submitted", None)
    assert reread.sent_back_reason == office.REASON
    entry = JournalEntry.objects.filter(object_ref=application.ref).latest("pk")
    assert (entry.verb, entry.reason) == ("send_back", office.REASON)

    again = declare_complete(
        ref=application.ref, actor=dossiers.clerk_of(application), now=office.NOW
    )
    assert (again.state, again.sent_back_reason) == ("at_office", "")


def test_sending_back_needs_a_reason():
    """R-APP-8"""
    application = office.waiting()
    with pytest.raises(DomainError) as caught:
        send_back(**by_office(application, reason="  "))
    assert codes(caught) == ["sending_back_needs_reason"]
    assert dossiers.reread(application).state == "at_office"


def test_what_the_jury_has_does_not_come_back():
    """R-APP-8"""
    application = office.waiting()
    hand_over(**by_office(application))
    with pytest.raises(DomainError) as caught:
        send_back(**by_office(application, reason=office.REASON))
    assert codes(caught) == ["dossier_is_complete"]


@pytest.mark.parametrize("role", ["clerk", "president", "juror", "company_office"])
def test_nobody_else_hands_it_over(role):
    """R-APP-8"""
    application = office.waiting()
    someone = getattr(accounts, role)(application.campaign.organiser)
    with pytest.raises(NotAllowedError):
        hand_over(**by_office(application, actor=someone))
    assert hand_over_many(refs=[application.ref], actor=someone, now=office.NOW) == 0


def test_the_office_of_another_school_hands_over_nothing_of_it():
    """R-APP-8"""
    application = office.waiting()
    stranger = accounts.school_admin(accounts.other_school())
    with pytest.raises(NotAllowedError):
        hand_over(**by_office(application, actor=stranger))
    with pytest.raises(NotAllowedError):
        send_back(**by_office(application, actor=stranger, reason=office.REASON))


def of_school(application, state):
    """An administrator of a school that one candidacy of the dossier, in this state, applies to."""
    candidacy = application.candidacies.order_by("pk").first()
    school = accounts.other_school()
    Programme.objects.filter(pk=candidacy.programme_id).update(school=school)
    Candidacy.objects.filter(pk=candidacy.pk).update(state=state)
    return accounts.school_admin(school)


def test_a_school_that_is_applied_to_hands_over():
    """R-APP-8"""
    application = office.waiting()
    hand_over(**by_office(application, actor=of_school(application, "submitted")))
    assert dossiers.reread(application).state == "complete"


@pytest.mark.parametrize("state", ["draft", "withdrawn", "refused"])
def test_a_school_that_is_not_applied_to_any_more_acts_on_nothing(state):
    """R-APP-8"""
    application = office.waiting()
    someone = of_school(application, state)
    with pytest.raises(NotAllowedError):
        hand_over(**by_office(application, actor=someone))
    with pytest.raises(NotAllowedError):
        send_back(**by_office(application, actor=someone, reason=office.REASON))
    assert hand_over_many(refs=[application.ref], actor=someone, now=office.NOW) == 0
    assert waiting_now(someone, application.campaign).count == 0


def test_a_candidate_may_withdraw_while_it_waits():
    """R-APP-9"""
    application = office.waiting()
    endings.withdraw_application(now=office.NOW, **dossiers.whose(application))
    assert dossiers.reread(application).state == "withdrawn"


def test_the_candidate_is_told_once_that_it_is_complete():
    """R-APP-8: sent back for something that nobody had to give, it is no news to them."""
    application = office.waiting()
    send_back(**by_office(application, reason=office.REASON))
    declare_complete(ref=application.ref, actor=dossiers.clerk_of(application), now=office.NOW)
    hand_over(**by_office(application))
    [row] = letters()
    [(_, said)] = compose([row])
    assert "Il passe par l’école" in said.text
    assert "puis il est étudié par le jury de recrutement" in said.text


def test_without_an_office_the_jury_has_it_at_once():
    """R-APP-8: as at Alès."""
    application = dossiers.handed_over()
    assert (application.state, application.handed_over_at) == ("complete", None)
    assert candidacy_states(application) == {"in_selection"}


def test_albi_goes_by_its_office():
    """R-APP-8, R-APP-7: as B21 §3 prints it, whom to write to included."""
    now = datetime(2021, 3, 12, 10, 0, tzinfo=dossiers.PARIS)
    application = dossiers.checked(entering.submitted(), now)
    declare_complete(ref=application.ref, actor=entering.clerk(), now=now)
    assert dossiers.reread(application).state == "at_office"
    [(_, said)] = compose([letters().get()])
    assert said.reply_to == "admissions@mines-albi.fr"
    assert "étudié par la commission d’admissibilité" in said.text.replace("\u00a0", " ")

    admissions = accounts.school_admin(application.campaign.organiser)
    hand_over(ref=application.ref, actor=admissions, now=now)
    [stage] = application.candidacies.values_list("stage__key", flat=True)
    assert stage == "file"


@pytest.mark.parametrize(
    "changes",
    [
        {"completed_at": None},
        {"handed_over_at": office.NOW},
        {"sent_back_reason": "Encore."},
    ],
)
def test_the_database_refuses_what_does_not_hold_together(changes):
    """R-APP-8"""
    application = office.waiting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**changes)


@pytest.mark.parametrize("state", ["draft", "submitted", "incomplete"])
def test_no_day_of_a_check_before_it_has_ended(state):
    """R-APP-7: whom to write to goes by it."""
    application = dossiers.submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state=state, completed_at=office.NOW)


@contextmanager
def unchecked():
    """Rows as a release without today's constraints left them. SQLite only, which runs these tests."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = 1")
        yield
        cursor.execute("PRAGMA ignore_check_constraints = 0")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="by a pragma of SQLite")
def test_a_draft_that_was_reopened_by_an_earlier_release_forgets_its_check():
    """R-APP-7: its candidate writes to the central service again."""
    reopened, kept = dossiers.submitted(), office.waiting()
    with unchecked():
        Application.objects.filter(pk=reopened.pk).update(completed_at=office.NOW)
    migration = import_module("admissions.migrations.0027_checked_anew")
    migration.empty_of_what_is_checked_anew(apps, None)
    assert dossiers.reread(reopened).completed_at is None
    assert dossiers.reread(kept).completed_at == dossiers.CHECKED
