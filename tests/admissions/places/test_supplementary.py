"""The supplementary list: drawn up, lived through, left (R-JOB-6)."""

from datetime import date, datetime, timedelta

import pytest

from admissions.models import Candidacy, Seat, SupplementaryEntry
from admissions.places.mails import tell_left
from admissions.places.selectors.lists import to_be_hosted
from admissions.places.services import supplementary
from admissions.places.services.pools import raise_capacity
from admissions.places.services.supplementary import draw_list, end_trainees
from apprenticeship.contracts.services import break_contract, draft_contract, sign_contract
from apprenticeship.projects.services.deciding import approve_job_project
from apprenticeship.projects.services.inviting import invite_employer
from apprenticeship.projects.services.seats import release_seat
from campaigns.editing.services.moving import move_milestone
from campaigns.models import Milestone, Pool, Programme, SearchRule
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
A_WEEK_BEFORE = datetime(2022, 8, 29, 9, 0, tzinfo=dossiers.PARIS)
LAST_DAY = date(2022, 12, 5)
LAST_SECOND = datetime(2022, 12, 5, 23, 59, 59, tzinfo=dossiers.PARIS)
IN_TERM = datetime(2022, 10, 3, 9, 0, tzinfo=dossiers.PARIS)


@pytest.fixture
def group():
    """Two places of a programme, and three selected candidates who search."""
    campaign = dossiers.campaign()
    Milestone.objects.filter(campaign=campaign, key="term").update(status="firm")
    Pool.objects.filter(key="infres-sr-1").update(floor=2, ceiling=2)
    return [jobs.selected() for _ in range(3)]


def draw(ranks, actor=None, now=A_WEEK_BEFORE):
    """`ranks` are candidacies, the first of the list first."""
    office = actor or accounts.company_office()
    programme = ranks[0].programme
    numbered = {
        row.ref: number for number, row in enumerate(ranks, SupplementaryEntry.objects.count() + 1)
    }
    return draw_list(programme_id=programme.pk, ranks=numbered, actor=office, now=now)


def refused(*args, **more):
    with pytest.raises(DomainError) as caught:
        draw(*args, **more)
    return [refusal.code for refusal in caught.value.refusals]


def states(candidacies):
    return [jobs.reread(row).state for row in candidacies]


def letters(kind):
    return list(Notification.objects.filter(kind=f"admissions.{kind}").order_by("pk"))


def read(letter):
    [(_row, written)] = compose([letter])
    return written.text.replace("\N{NO-BREAK SPACE}", " ")


def test_those_ranked_begin_as_trainees_and_are_told(group):
    first, second, _third = group

    draw([second, first])

    assert states(group) == ["trainee", "trainee", "selected"]
    entries = SupplementaryEntry.objects.order_by("rank").values_list("candidacy", "rank", "until")
    assert list(entries) == [(second.pk, 1, LAST_DAY), (first.pk, 2, LAST_DAY)]
    told = {letter.to: letter for letter in letters("trainee_listed")}
    assert set(told) == {row.application.person.user.email for row in (first, second)}
    text = read(told[first.application.person.user.email])
    assert "lundi 5 septembre 2022" in text
    assert "lundi 5 décembre 2022" in text
    entry = JournalEntry.objects.get(verb="list_as_trainee", object_ref=second.ref)
    assert (entry.to_state, entry.data) == ("trainee", {"rank": 1, "until": "2022-12-05"})


def test_nobody_is_listed_unless_all_are(group):
    first, second, _third = group
    assert refused(group) == ["more_than_can_be_hosted"]
    jobs.seated(second)
    Pool.objects.filter(key="infres-sr-1").update(floor=3, ceiling=3)
    assert refused([first, second], now=A_WEEK_BEFORE) == ["places_for_all"]
    SearchRule.objects.update(supplementary_only_if_short=False)
    assert refused([first, second]) == ["no_longer_searching"]
    assert refused([first], now=A_WEEK_BEFORE - timedelta(days=1)) == ["list_is_early"]
    assert states(group) == ["selected"] * 3
    assert not letters("trainee_listed")


def test_a_notice_without_the_rule_knows_no_list(group):
    """B21 §4 has none."""
    SearchRule.objects.update(supplementary_days=None)
    assert refused(group[:1]) == ["no_supplementary_list"]


def test_only_the_office_and_an_administrator_draw_it_up(group):
    for actor in (accounts.juror(), accounts.clerk(), accounts.programme_head()):
        with pytest.raises(NotAllowedError):
            draw(group[:1], actor=actor)
    draw(group[:1], actor=accounts.school_admin())


def test_names_are_added_while_the_group_can_host_them(group):
    first, second, third = group
    draw([first])
    assert refused([second, third]) == ["more_than_can_be_hosted"]
    draw([second])
    assert states(group) == ["trainee", "trainee", "selected"]


def test_nobody_is_on_two_lists(group):
    """R-PLA-5: a dossier takes one place, and is hosted once."""
    first, *_others = group
    [twin] = jobs.also_selected([first], "BAT-1")
    jobs.many_selected(43, "BAT-1")
    draw([first])
    programme = jobs.reread(twin).programme
    with pytest.raises(DomainError, match="no_longer_searching"):
        draw_list(
            programme_id=programme.pk,
            ranks={twin.ref: 1},
            actor=accounts.company_office(),
            now=A_WEEK_BEFORE,
        )


def test_a_trainee_goes_on_searching_and_is_admitted(group):
    trainee = group[0]
    draw([trainee])
    office = accounts.company_office()
    invite_employer(
        candidacy_ref=trainee.ref,
        email="rh@exemple.fr",
        actor=trainee.application.person.user,
        now=IN_TERM,
    )
    project = jobs.project(trainee, "submitted", at=IN_TERM)

    approve_job_project(project_ref=project.ref, actor=accounts.programme_head(), now=IN_TERM)
    end_trainees(IN_TERM)

    assert Seat.objects.get(application=trainee.application).place_no == 1
    assert states([trainee]) == ["trainee"]
    signed_on(IN_TERM, trainee, office)
    end_trainees(LAST_SECOND + timedelta(days=1))
    assert states([trainee]) == ["trainee"]


def signed_on(now, candidacy, office):
    by = {"candidacy_ref": candidacy.ref, "actor": office, "now": now}
    draft_contract(starts_on=now.date(), **by)
    sign_contract(signed_on=now.date(), **by)


def test_they_leave_when_the_time_is_over_and_not_a_second_before(group):
    draw(group[:2])
    jobs.project(group[0], "draft")

    end_trainees(LAST_SECOND)
    assert states(group) == ["trainee", "trainee", "selected"]
    end_trainees(LAST_SECOND + timedelta(seconds=1))
    end_trainees(LAST_SECOND + timedelta(seconds=2))

    assert states(group) == ["closed", "closed", "selected"]
    assert jobs.reread(group[0]).job_projects.get().state == "abandoned"
    assert ["5 décembre 2022" in read(letter) for letter in letters("trainee_left")] == [True, True]


def test_a_place_without_a_contract_is_given_back_a_week_after_the_last_day(group):
    """What was signed on the last day is recorded the next morning; then the place goes to whoever waits for it."""
    draw(group[:1])
    seat = jobs.seated(jobs.reread(group[0]))
    end_trainees(LAST_SECOND + timedelta(days=7))
    seat.refresh_from_db()
    assert (seat.state, states(group[:1])) == ("held", ["trainee"])
    end_trainees(LAST_SECOND + timedelta(days=7, seconds=1))
    seat.refresh_from_db()
    assert (seat.state, states(group[:1])) == ("released", ["closed"])


def test_what_was_signed_on_the_last_day_is_recorded_later_and_nothing_signed_after_it(group):
    draw(group[:1])
    trainee, office = jobs.reread(group[0]), accounts.company_office()
    jobs.seated(trainee)
    by = {"candidacy_ref": trainee.ref, "actor": office, "now": LAST_SECOND + timedelta(days=2)}
    draft_contract(starts_on=LAST_DAY, **by)
    with pytest.raises(DomainError, match="signed_after_last_day"):
        sign_contract(signed_on=LAST_DAY + timedelta(days=1), **by)
    sign_contract(signed_on=LAST_DAY, **by)
    end_trainees(LAST_SECOND + timedelta(days=30))
    assert states([trainee]) == ["trainee"]


def test_a_contract_broken_after_the_last_day_closes_nobody(group):
    """It stood signed in time; what becomes of the place is for a person to say."""
    draw(group[:1])
    trainee, office = jobs.reread(group[0]), accounts.company_office()
    seat = jobs.seated(trainee)
    signed_on(IN_TERM, trainee, office)
    later = LAST_SECOND + timedelta(days=20)
    break_contract(
        candidacy_ref=trainee.ref, reason="Cessation d’activité", actor=office, now=later
    )
    end_trainees(later + timedelta(days=1))
    seat.refresh_from_db()
    assert (seat.state, states([trainee])) == ("held", ["trainee"])
    assert not letters("trainee_left")


def test_whoever_loses_the_place_of_a_contract_signed_in_time_leaves_with_it(group):
    """Reading 7; and one letter does not say what the other denies."""
    draw(group[:1])
    trainee, office = jobs.reread(group[0]), accounts.company_office()
    jobs.seated(trainee)
    signed_on(IN_TERM, trainee, office)
    later = LAST_SECOND + timedelta(days=20)
    acting = {
        "candidacy_ref": trainee.ref,
        "reason": "Cessation d’activité",
        "actor": office,
        "now": later,
    }
    break_contract(**acting)
    release_seat(**acting)

    end_trainees(later)

    assert states([trainee]) == ["closed"]
    [lost], [left] = letters("place_lost"), letters("trainee_left")
    assert "poursuivre votre recherche" not in read(lost)
    assert "Le contrat que vous aviez signé à temps est rompu" in read(left)


def test_a_place_given_back_before_the_last_day_leaves_time_to_search(group):
    draw(group[:1])
    trainee = jobs.reread(group[0])
    jobs.seated(trainee)
    release_seat(
        candidacy_ref=trainee.ref, reason="Rupture", actor=accounts.company_office(), now=IN_TERM
    )
    end_trainees(LAST_SECOND)
    assert states([trainee]) == ["trainee"]
    assert "poursuivre votre recherche" in read(letters("place_lost")[0])


def test_an_admission_taken_back_leads_to_the_list_again(group):
    draw(group[:1])
    trainee, office = jobs.reread(group[0]), accounts.company_office()
    jobs.seated(trainee)
    signed_on(IN_TERM, trainee, office)
    Candidacy.objects.filter(pk=trainee.pk).update(state="admitted")
    break_contract(candidacy_ref=trainee.ref, reason="Faillite", actor=office, now=IN_TERM)
    assert states([trainee]) == ["trainee"]
    moves = JournalEntry.objects.filter(
        object_ref=trainee.ref, verb__in=["revert", "list_as_trainee"]
    ).order_by("pk")
    assert [row.verb for row in moves] == ["list_as_trainee", "revert", "list_as_trainee"]


def test_the_same_list_twice_lists_and_tells_once(group):
    first, second, _third = group
    ranks = {first.ref: 1, second.ref: 2}
    by = {"programme_id": first.programme_id, "ranks": ranks, "actor": accounts.company_office()}
    again = [draw_list(**by, now=A_WEEK_BEFORE), draw_list(**by, now=IN_TERM)]
    assert again[0] == again[1]
    assert len(letters("trainee_listed")) == 2
    assert SupplementaryEntry.objects.count() == 2


def test_those_who_search_in_programmes_of_the_same_places_count(group):
    """R-JOB-6, 2022: a list only when more search than there are places."""
    first, *others = group
    Candidacy.objects.filter(pk__in=[row.pk for row in others]).update(state="withdrawn")
    assert refused([first]) == ["places_for_all"]
    Programme.objects.filter(code="INFRES-DL-1").update(pool=first.programme.pool_id)
    jobs.many_selected(2, "INFRES-DL-1")
    draw([first])
    assert states([first]) == ["trainee"]


def test_a_contract_broken_before_the_last_day_leaves_until_that_day(group):
    draw(group[:1])
    trainee, office = jobs.reread(group[0]), accounts.company_office()
    jobs.seated(trainee)
    signed_on(IN_TERM, trainee, office)
    break_contract(
        candidacy_ref=trainee.ref, reason="Rupture", actor=office, now=IN_TERM + timedelta(days=9)
    )
    end_trainees(LAST_SECOND + timedelta(days=8))
    assert states([trainee]) == ["closed"]


def test_a_place_held_for_another_candidacy_ends_no_trainee_and_needs_no_host(group):
    first = group[0]
    [twin] = jobs.also_selected([first], "BAT-1")
    draw([first])
    jobs.seated(jobs.reread(twin))
    end_trainees(LAST_SECOND + timedelta(days=30))
    assert states([first, twin]) == ["trainee", "selected"]
    assert to_be_hosted(first.programme.pool_id) == 0


def test_the_start_of_term_stays_while_trainees_were_told_their_last_day(group):
    draw(group[:1])
    term = Milestone.objects.get(key="term")
    moving = {
        "milestone_id": term.pk,
        "actor": accounts.school_admin(),
        "reason": "Travaux",
        "now": A_WEEK_BEFORE,
    }
    with pytest.raises(DomainError, match="trainees_were_told"):
        move_milestone(to=date(2022, 9, 12), **moving)
    term.refresh_from_db()
    assert term.starts_at.astimezone(dossiers.PARIS).date() == date(2022, 9, 5)
    end_trainees(LAST_SECOND + timedelta(seconds=1))
    move_milestone(to=date(2022, 9, 12), **moving)


def test_a_start_of_term_moved_meanwhile_holds_no_other_change(group):
    """Nobody was there when it moved; whoever comes back to the list keeps the day that they were told."""
    draw(group[:1])
    trainee = jobs.reread(group[0])
    Candidacy.objects.filter(pk=trainee.pk).update(state="admitted")
    by = {"actor": accounts.school_admin(), "reason": "Travaux", "now": A_WEEK_BEFORE}
    move_milestone(milestone_id=Milestone.objects.get(key="term").pk, to=date(2022, 9, 12), **by)
    Candidacy.objects.filter(pk=trainee.pk).update(state="trainee")
    pool = Pool.objects.get(key="infres-sr-1")
    assert raise_capacity(pool_id=pool.pk, places=40, **by).capacity == 40
    assert SupplementaryEntry.objects.get().until == LAST_DAY


def test_a_term_given_after_a_list_has_closed_is_kept(group):
    """What is improbable in a file may come about in a campaign that runs."""
    campaign = group[0].programme.campaign
    fields = {
        "key": "final-list",
        "title": {"fr": "Fin"},
        "action": "close_search",
        "all_day": True,
        "position": 99,
    }
    closing = datetime(2022, 8, 31, 10, 0, tzinfo=dossiers.PARIS)
    Milestone.objects.create(campaign=campaign, starts_at=closing, ends_at=closing, **fields)
    by = {"actor": accounts.school_admin(), "reason": "Travaux", "now": A_WEEK_BEFORE}
    term = move_milestone(
        milestone_id=Milestone.objects.get(key="term").pk, to=date(2022, 9, 13), **by
    )
    assert term.starts_at.astimezone(dossiers.PARIS).date() == date(2022, 9, 13)


def test_one_who_cannot_leave_does_not_keep_the_others(group, monkeypatch):
    first, second, _third = group
    draw([first, second])
    told = tell_left

    def failing(entry, *more):
        if entry.candidacy_id == first.pk:
            raise RuntimeError
        told(entry, *more)

    monkeypatch.setattr(supplementary, "tell_left", failing)
    end_trainees(LAST_SECOND + timedelta(seconds=1))
    assert states(group) == ["trainee", "closed", "selected"]


def test_whoever_is_listed_late_reads_that_the_course_has_begun(group):
    draw(group[:1], now=IN_TERM)
    [letter] = letters("trainee_listed")
    assert "a commencé le lundi 5 septembre 2022" in read(letter)


def test_they_leave_as_soon_as_the_group_is_full(group):
    first, second, third = group
    draw([first, second])
    jobs.seated(jobs.reread(first))
    end_trainees(IN_TERM)
    assert states(group) == ["trainee", "trainee", "selected"]

    jobs.seated(third)
    end_trainees(IN_TERM)

    assert states(group) == ["trainee", "closed", "selected"]
    [letter] = letters("trainee_left")
    assert letter.to == second.application.person.user.email
    assert "complet" in read(letter)
    assert JournalEntry.objects.get(verb="close", object_ref=second.ref).data == {"why": "full"}


def test_the_sweep_reads_all_trainees_at_once(group, django_assert_num_queries):
    draw(group[:2])
    with django_assert_num_queries(1):
        end_trainees(IN_TERM)
