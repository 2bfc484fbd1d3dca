"""A dossier typed for somebody: begun once for an address, journalled for them, claimed once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.links.services import verdict_on
from accounts.models import Person, SignedLink
from accounts.services import IdentityInput
from admissions.checking.selectors import handled_campaigns, worklist
from admissions.dossier.permissions import can_act, can_handle, can_read, is_own
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services import drafts, endings
from admissions.entering.permissions import entering_school
from admissions.entering.selectors import campaigns_to_enter
from admissions.entering.services import claim_application, send_claim_link
from admissions.enums import EntryWay
from admissions.models import Application
from campaigns.models import Programme
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts, entering
from tests.factories import admissions as dossiers

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW = entering.NOW
LATER = NOW + timedelta(minutes=10)


def codes(doing) -> list[str]:
    with pytest.raises(DomainError) as error:
        doing()
    return [refusal.code for refusal in error.value.refusals]


def as_clerk(application: Application) -> dict:
    return {"ref": application.ref, "actor": entering.clerk(), "now": NOW}


def test_it_begins_for_a_person_without_an_account_who_is_told():
    application = entering.entered(email=" Paule.Martin@Exemple.fr ", how=EntryWay.TELEPHONE)

    row = dossiers.reread(application)
    assert (row.state, row.email, row.full_name) == ("draft", entering.EMAIL, "Paule Martin")
    assert (row.entered_by, row.entered_how, row.entered_on) == (
        row.campaign.organiser,
        "telephone",
        entering.CAME_ON,
    )
    assert (row.person.user, row.person.full_name, row.sort_key) == (
        None,
        "Paule Martin",
        "martin paule",
    )
    mail = Notification.objects.get(kind="admissions.entered")
    link = entering.link_of(row)
    assert (mail.to, mail.about, mail.refs["link"]) == (entering.EMAIL, row.ref, str(link.pk))
    entry = JournalEntry.objects.get(verb="enter")
    assert (entry.object_ref, entry.actor_ref, entry.on_behalf_of, entry.data) == (
        row.ref,
        str(entering.clerk().pk),
        f"person:{row.person_id}",
        {"how": "telephone"},
    )


def counts() -> tuple[int, ...]:
    rows = (Application, Person, SignedLink, Notification, JournalEntry)
    return tuple(model.objects.count() for model in rows)


def test_an_address_that_is_known_is_refused_and_nothing_changes():
    entering.entered()
    user = accounts.candidate()
    before = counts()

    assert codes(entering.entered) == ["address_has_dossier"]
    assert codes(lambda: entering.entered(email=user.email.upper())) == ["address_is_taken"]
    assert codes(lambda: entering.entered(email="x@exemple.fr", on=date(2021, 2, 21))) == [
        "entered_day_to_come"
    ]
    late = NOW + timedelta(days=200)
    assert codes(lambda: entering.entered(email="x@exemple.fr", now=late)) == ["campaign_is_closed"]
    assert counts() == before


def test_a_clerk_is_told_no_more_than_that_an_address_is_taken():
    """Neither which dossier that does not come to them, nor whether there is one or only an account."""
    campaign = dossiers.campaign()
    school = accounts.other_school()
    Programme.objects.filter(campaign=campaign, code="BAT-1").update(school=school)
    theirs, ours = accounts.clerk(school), accounts.clerk(campaign.organiser)
    applicant = dossiers.filled(programmes=("MKX-1",))
    account = accounts.candidate().email
    when = {"now": dossiers.STARTED, "on": dossiers.STARTED.date(), "campaign_slug": campaign.slug}

    def told(who, email):
        with pytest.raises(DomainError) as error:
            entering.entered(who, email=email, **when)
        return [(refusal.code, dict(refusal.params)) for refusal in error.value.refusals]

    taken = [("address_is_taken", {})]
    assert told(theirs, applicant.email) == told(theirs, account) == told(ours, account) == taken
    assert told(ours, applicant.email) == [("address_has_dossier", {"ref": applicant.ref})]


def test_a_clerk_begins_so_many_in_a_day(monkeypatch):
    monkeypatch.setattr("admissions.entering.rules.MOST_ENTRIES", 2)
    row = entering.entered(email="un@exemple.fr")
    entering.entered(email="deux@exemple.fr")
    third = {"email": "trois@exemple.fr"}
    assert codes(lambda: entering.entered(**third)) == ["enough_entries"]

    entering.entered(accounts.clerk(row.campaign.organiser), **third)
    entering.entered(email="quatre@exemple.fr", now=NOW + timedelta(days=1))


def test_an_applicant_whose_address_has_changed_since_is_found_by_their_account():
    campaign = entering.campaign()
    user = accounts.candidate()
    row = drafts.start_application(campaign_slug=campaign.slug, actor=user, now=NOW)
    Application.objects.filter(pk=row.pk).update(email="ancienne@exemple.fr")

    assert codes(lambda: entering.entered(email=user.email)) == ["address_has_dossier"]
    assert codes(lambda: entering.entered(email="ancienne@exemple.fr")) == ["address_has_dossier"]


def test_what_came_in_time_is_typed_and_submitted_some_days_later():
    last = entering.campaign().last_second
    day = last.astimezone(dossiers.PARIS).date()
    morning = last + timedelta(hours=10)
    late = {"on": day + timedelta(days=1), "now": morning}
    assert codes(lambda: entering.entered(**late)) == ["came_too_late"]
    over = {"on": day, "now": last + timedelta(days=10, seconds=1)}
    assert codes(lambda: entering.entered(**over)) == ["campaign_is_closed"]
    assert not Application.objects.exists()

    row = entering.entered(on=day, now=morning)
    assert campaigns_to_enter(entering.clerk(), morning) == [row.campaign]
    assert campaigns_to_enter(entering.clerk(), over["now"]) == []
    row = dossiers.reread(row)
    assert (row.late_until, bool(row.late_reason)) == (last + timedelta(days=10), True)
    entry = JournalEntry.objects.get(verb="extend_application")
    assert (entry.reason, entry.data) == (
        row.late_reason,
        {"until": f"{day + timedelta(days=10)}T23:59:59+01:00"},
    )

    sent = entering.submitted(entering.typed(row, now=morning), morning)
    assert (sent.state, sent.received_at) == ("submitted", morning)
    assert not get_dossier(ref=row.ref, now=morning).open


def test_whoever_is_no_clerk_of_a_school_of_the_campaign_types_nothing():
    entering.campaign()
    for user in (accounts.clerk(), accounts.candidate()):
        with pytest.raises(NotAllowedError):
            entering.entered(user)
    assert not Application.objects.exists()


def test_a_school_of_the_campaign_enters_its_own():
    campaign = dossiers.campaign()
    school = accounts.other_school()
    ours, theirs = accounts.clerk(campaign.organiser), accounts.clerk(school)
    assert entering_school(theirs, campaign) is None
    Programme.objects.filter(campaign=campaign, code="BAT-1").update(school=school)
    assert entering_school(theirs, campaign) == school
    assert entering_school(ours, campaign) == campaign.organiser

    row = entering.entered(
        theirs, campaign_slug=campaign.slug, now=dossiers.STARTED, on=dossiers.STARTED.date()
    )
    assert campaign in handled_campaigns(theirs)
    assert [row] == list(worklist(theirs, campaign, None))
    may = [
        (bool(can_act(who, row)), bool(can_handle(who, row)), bool(can_read(who, row)))
        for who in (theirs, ours)
    ]
    assert may == [(True, True, True), (False, True, True)]

    claim_application(
        link_id=entering.link_of(row).pk, actor=accounts.UserFactory(), now=dossiers.STARTED
    )
    row = dossiers.reread(row)
    assert [bool(can_handle(who, row)) for who in (theirs, ours)] == [False, True]
    assert list(worklist(theirs, campaign, None)) == []


def test_every_command_of_the_clerk_is_journalled_for_the_person():
    application = entering.submitted()
    by = as_clerk(application)
    said = IdentityInput(**entering.IDENTITY | {"city": "Castres"})
    drafts.save_identity(identity=said, **by)  # received at once, as a correction
    endings.withdraw_application(**by)
    endings.reopen_application(**by)

    entries = JournalEntry.objects.filter(
        object_type__in=("application", "candidacy"), scope="albi-2021"
    )
    verbs = {entry.verb for entry in entries}
    assert {
        "save_identity",
        "save_studies",
        "add_title",
        "choose_programmes",
        "give_document",
        "submit",
        "correct_application",
        "withdraw",
        "reopen",
    } <= verbs
    assert set(entries.values_list("on_behalf_of", flat=True)) == {
        f"person:{application.person_id}"
    }


def test_what_the_office_takes_is_chosen_in_what_it_types_alone():
    """R-ELI-4"""
    application = entering.submitted()
    [row] = get_dossier(ref=application.ref, now=NOW).chosen
    assert (row.code, row.candidacy.state) == ("SENMBA-CP", "submitted")
    receipt = Notification.objects.get(kind="admissions.receipt")
    assert receipt.to == entering.EMAIL

    user = accounts.candidate()
    entering.claimed(application, user)
    rows = {row.code: row for row in get_dossier(ref=application.ref, now=NOW).programmes}
    assert not rows["SIMMA-CP"].may_choose


def test_nobody_types_in_what_its_candidate_began():
    campaign = entering.campaign()
    user = accounts.candidate()
    row = drafts.start_application(campaign_slug=campaign.slug, actor=user, now=NOW)
    with pytest.raises(NotAllowedError):
        drafts.save_studies(baccalaureate="STI2D", baccalaureate_year=2016, **as_clerk(row))


def test_the_address_is_never_made_that_of_the_clerk():
    application = entering.entered()
    with pytest.raises(NotAllowedError):
        drafts.write_to_account(**as_clerk(application))


def test_claimed_it_is_theirs_and_the_clerk_types_no_more():
    application = entering.submitted()
    user = accounts.UserFactory()
    entering.claimed(application, user)
    entering.claimed(application, user, LATER)  # again

    row = dossiers.reread(application)
    assert (row.person.user, row.person.city) == (user, "Albi")
    assert is_own(user, row)
    assert not can_act(entering.clerk(), row)
    assert can_handle(entering.clerk(), row)
    with pytest.raises(NotAllowedError):
        endings.withdraw_application(**as_clerk(row))
    entry = JournalEntry.objects.get(verb="claim")
    assert (entry.object_ref, entry.actor_ref, entry.on_behalf_of) == (row.ref, str(user.pk), "")
    drafts.save_studies(
        ref=row.ref, actor=user, baccalaureate="S", baccalaureate_year=2016, now=LATER
    )
    assert JournalEntry.objects.filter(verb="save_studies").last().on_behalf_of == ""


def test_whoever_handles_it_claims_nothing_and_its_address_is_told_of_the_claim():
    application = entering.submitted()
    with pytest.raises(DomainError) as error:
        entering.claimed(application, entering.clerk())
    assert [refusal.code for refusal in error.value.refusals] == ["claims_what_they_handle"]
    assert not Notification.objects.filter(kind="admissions.claimed").exists()

    entering.claimed(application, accounts.UserFactory())

    assert Notification.objects.get(kind="admissions.claimed").to == application.email


def test_an_account_with_a_person_of_its_own_keeps_it():
    application = entering.typed()
    user = accounts.candidate(city="Vannes")
    typed = application.person_id
    entering.claimed(application, user)

    row = dossiers.reread(application)
    assert (row.person, row.person.city, row.city) == (user.person, "Vannes", "Albi")
    assert not Person.objects.filter(pk=typed).exists()
    claim = JournalEntry.objects.get(verb="claim")
    assert claim.data == {"typed_for": f"person:{typed}"}
    entry = JournalEntry.objects.get(verb="enter")
    assert entry.on_behalf_of == claim.data["typed_for"]


def test_whoever_has_a_dossier_of_the_campaign_claims_no_second_one():
    application = entering.entered()
    user = accounts.candidate()
    drafts.start_application(campaign_slug=entering.SLUG, actor=user, now=NOW)
    before = counts()

    assert codes(lambda: entering.claimed(application, user)) == ["claims_a_second_dossier"]
    assert counts() == before
    assert dossiers.reread(application).is_unclaimed


def test_what_is_claimed_is_not_claimed_by_another_and_no_link_leaves():
    application = entering.entered()
    entering.claimed(application, accounts.candidate())
    other = accounts.candidate()

    assert codes(lambda: entering.claimed(application, other)) == ["dossier_is_claimed"]
    again = {**as_clerk(application), "email": entering.EMAIL}
    assert codes(lambda: send_claim_link(**again)) == ["dossier_is_claimed"]


def test_another_link_goes_to_another_address_and_the_former_is_closed():
    application = entering.entered()
    former = entering.link_of(application)
    send = {**as_clerk(application), "now": LATER}
    assert codes(lambda: send_claim_link(email=entering.EMAIL, **as_clerk(application))) == [
        "claim_link_just_sent"
    ]
    taken = accounts.candidate().email
    assert codes(lambda: send_claim_link(email=taken, **send)) == ["address_is_taken"]

    send_claim_link(email="Paule@exemple.fr", **send)
    former.refresh_from_db()
    assert not verdict_on(former, now=LATER)
    assert dossiers.reread(application).email == "paule@exemple.fr"
    mail = Notification.objects.filter(kind="admissions.entered").latest("pk")
    assert mail.to == "paule@exemple.fr"
    entry = JournalEntry.objects.get(verb="change_address")
    assert entry.on_behalf_of == f"person:{application.person_id}"


def test_a_closed_link_claims_nothing():
    application = entering.entered()
    former = entering.link_of(application)
    send_claim_link(email=entering.EMAIL, **{**as_clerk(application), "now": LATER})
    user = accounts.candidate()
    assert codes(lambda: claim_application(link_id=former.pk, actor=user, now=LATER)) == [
        "link_revoked"
    ]
    assert dossiers.reread(application).is_unclaimed


def test_another_clerk_sends_no_link():
    application = entering.entered()
    with pytest.raises(NotAllowedError):
        send_claim_link(
            ref=application.ref, email=entering.EMAIL, actor=accounts.clerk(), now=LATER
        )


def test_whoever_signs_up_at_the_address_claims_it_rather_than_begin_another():
    entering.entered()
    user = accounts.UserFactory(email=entering.EMAIL)
    begin = {"campaign_slug": entering.SLUG, "actor": user, "now": NOW}
    assert codes(lambda: drafts.start_application(**begin)) == ["dossier_awaits_its_claim"]
    assert not Person.objects.filter(user=user).exists()


@pytest.mark.parametrize(
    "changes",
    [{"entered_by": None}, {"entered_how": ""}, {"entered_how": "fax"}, {"entered_on": None}],
)
def test_the_database_keeps_who_entered_it_whole(changes):
    application = entering.entered()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**changes)


def test_identity_without_an_account_is_kept_in_the_dossier_alone():
    application = entering.entered()
    said = IdentityInput(**entering.IDENTITY)
    drafts.save_identity(identity=said, **as_clerk(application))
    row = dossiers.reread(application)
    assert (row.city, row.person.city) == ("Albi", "")
