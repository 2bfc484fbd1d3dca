from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from admissions.candidate.rules import CalendarDate, ProgressFacts, Stay, timeline
from admissions.states import ApplicationState

PARIS = ZoneInfo("Europe/Paris")


def at(month, day, hour=10):
    return datetime(2022, month, day, hour, tzinfo=PARIS)


RESULTS = Stay(
    label={"fr": "Examen du dossier"},
    results_at=at(4, 4),
    results_title={"fr": "Résultats"},
    firm=True,
)
TESTS = CalendarDate(
    title={"fr": "Épreuves"}, starts_at=at(4, 5, 0), ends_at=at(4, 25, 23), all_day=True, firm=True
)
TERM = CalendarDate(
    title={"fr": "Rentrée"}, starts_at=at(9, 5, 0), ends_at=None, all_day=True, firm=False
)
COMPLETE = ProgressFacts(
    state=ApplicationState.COMPLETE,
    started_at=at(2, 3),
    received_at=at(3, 1),
    ended_at=None,
    deadline=at(3, 8, 23),
    stays=(RESULTS,),
    later=(TERM, TESTS),
)


def told(facts, now):
    return [
        (moment.what.value, moment.when.value, moment.at, moment.until)
        for moment in timeline(facts, now)
    ]


def test_a_draft_waits_for_its_submission():
    facts = replace(COMPLETE, state=ApplicationState.DRAFT, received_at=None)
    assert told(facts, at(2, 4)) == [
        ("started", "past", at(2, 3), None),
        ("to_submit", "current", None, at(3, 8, 23)),
    ]


def test_a_complete_dossier_is_reviewed_until_the_results_then_come_the_next_dates():
    assert told(COMPLETE, at(3, 20)) == [
        ("started", "past", at(2, 3), None),
        ("received", "past", at(3, 1), None),
        ("under_review", "current", None, at(4, 4)),
        ("results", "next", at(4, 4), None),
        ("milestone", "next", at(4, 5, 0), at(4, 25, 23)),
        ("milestone", "next", at(9, 5, 0), None),
    ]


def test_when_the_announced_date_has_passed_nothing_is_promised():
    """The calendar alone speaks: no sealed decision shortens or lengthens what is told."""
    assert told(COMPLETE, at(4, 6)) == [
        ("started", "past", at(2, 3), None),
        ("received", "past", at(3, 1), None),
        ("under_review", "current", None, None),
        ("milestone", "next", at(9, 5, 0), None),
    ]


def test_a_date_that_is_not_firm_says_so():
    assert [moment.firm for moment in timeline(COMPLETE, at(3, 20))][-2:] == [True, False]


def test_a_dossier_that_has_ended():
    facts = replace(COMPLETE, state=ApplicationState.WITHDRAWN, ended_at=at(3, 2), stays=())
    assert told(facts, at(3, 20)) == [
        ("started", "past", at(2, 3), None),
        ("received", "past", at(3, 1), None),
        ("withdrawn", "current", at(3, 2), None),
    ]


def test_a_draft_that_lapsed_was_never_received():
    facts = replace(COMPLETE, state=ApplicationState.LAPSED, received_at=None, ended_at=at(3, 9))
    assert told(facts, at(3, 20)) == [
        ("started", "past", at(2, 3), None),
        ("lapsed", "current", at(3, 9), None),
    ]


def test_a_submitted_dossier_is_checked_before_it_is_reviewed():
    """R-APP-8."""
    facts = replace(COMPLETE, state=ApplicationState.SUBMITTED)
    assert told(facts, at(3, 20))[:4] == [
        ("started", "past", at(2, 3), None),
        ("received", "past", at(3, 1), None),
        ("checked", "current", None, None),
        ("results", "next", at(4, 4), None),
    ]


def test_pieces_that_were_asked_for_are_awaited_until_their_day():
    """R-APP-5."""
    facts = replace(COMPLETE, state=ApplicationState.INCOMPLETE, asked_until=at(3, 18, 23))
    assert told(facts, at(3, 12))[2] == ("asked", "current", None, at(3, 18, 23))


def test_by_the_school_office_it_is_complete_then_handed_over():
    """R-APP-8."""
    waiting = replace(COMPLETE, state=ApplicationState.AT_OFFICE, completed_at=at(3, 15))
    assert told(waiting, at(3, 20))[2:4] == [
        ("checked_whole", "past", at(3, 15), None),
        ("at_office", "current", None, None),
    ]
    handed = replace(COMPLETE, completed_at=at(3, 15), handed_over_at=at(3, 17))
    assert told(handed, at(3, 20))[2:5] == [
        ("checked_whole", "past", at(3, 15), None),
        ("complete", "past", at(3, 17), None),
        ("under_review", "current", None, at(4, 4)),
    ]


def test_a_dossier_was_complete_on_a_day():
    facts = replace(COMPLETE, completed_at=at(3, 15))
    assert told(facts, at(3, 20))[2:4] == [
        ("complete", "past", at(3, 15), None),
        ("under_review", "current", None, at(4, 4)),
    ]
