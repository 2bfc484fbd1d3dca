"""What a rehearsal checks and draws, on figures typed here."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from rehearsal.agenda import Agenda
from rehearsal.invariants import (
    Admission,
    Glimpse,
    OutboxRow,
    PlayedFacts,
    PoolFact,
    ReceivedMail,
    ToldDecision,
    check,
)
from rehearsal.report import (
    Funnel,
    FunnelRow,
    PlayedPool,
    PlayedStep,
    Report,
    bar,
    drawn,
    funnel_rows,
    seats,
    timeline,
)

PARIS = ZoneInfo("Europe/Paris")
TEN = datetime(2022, 4, 4, 10, 0, tzinfo=PARIS)
BEFORE, AFTER = TEN.replace(hour=9, minute=59), TEN.replace(minute=1)
GOOD = PlayedFacts(
    pools=[PoolFact("bat-1", 40, 40), PoolFact("mkx-2", 1, 0)],
    seats=["a", "b"],
    outbox=[
        OutboxRow("decision:a:file:1", "<1@x>", "sent"),
        OutboxRow("receipt:a:1", "<2@x>", "sent"),
        OutboxRow("call:b:1", "<3@x>", "cancelled"),
    ],
    letters=[ReceivedMail("<1@x>", AFTER), ReceivedMail("<2@x>", BEFORE)],
    told=[ToldDecision("decision:a:file:1", TEN, AFTER)],
    glimpses=[Glimpse("a", same=True)],
    admissions=[Admission("a", has_seat=True, has_ground=True, has_proof=True)],
)


def broken(**changes) -> list[tuple[str, str]]:
    return [(row.key, row.detail) for row in check(replace(GOOD, **changes)) if not row.holds]


def test_everything_holds_of_a_campaign_that_went_well():
    assert broken() == []
    assert [row.key for row in check(GOOD)] == [
        "no_seat_oversold",
        "one_seat_each",
        "no_message_lost",
        "no_message_doubled",
        "figures_are_given",
        "told_once",
        "each_decision_told_once",
        "nothing_before_its_date",
        "sealed_until_announced",
        "admitted_have_all",
        "nobody_without_an_answer",
        "no_trainee_left_over",
        "every_date_acted",
    ]


def search_open(left: int, at: str = "2 mai", programme: str = "Bâtiment") -> str:
    return f"{programme} : {left} places sur 42, comptées le jeudi {at} 2024 à 10 h."


def letter(text: str, number: int = 9, to: str = "camille@exemple.fr") -> ReceivedMail:
    return ReceivedMail(f"<{number}@x>", AFTER, to, "Votre recherche commence", text)


def letters_of(kind: str, *received: ReceivedMail) -> dict[str, list]:
    rows = [OutboxRow(row.message_id, row.message_id, "sent", kind) for row in received]
    return {"outbox": [*GOOD.outbox, *rows], "letters": [*GOOD.letters, *received]}


@pytest.mark.parametrize(
    ("kind", "second", "again"),
    [
        ("apprenticeship.search_open", search_open(42), True),
        ("apprenticeship.search_open", search_open(40, at="23 mai"), True),
        ("apprenticeship.search_open", search_open(42, programme="Mécatronique"), False),
        ("apprenticeship.places_left", search_open(40, at="23 mai"), False),
        ("apprenticeship.places_left", search_open(42), True),
    ],
    ids=[
        "same words",
        "other figures",
        "another programme",
        "new figures told",
        "same figures told",
    ],
)
def test_letters_are_read(kind, second, again):
    """R-JOB-1, R-JOB-3: who was told on 2 May that the search begins is not told it again on the 23rd."""
    played = letters_of(kind, letter(search_open(42)), letter(second, 10))

    assert [key for key, _ in broken(**played)] == (["told_once"] if again else [])


def test_two_people_are_told_the_same():
    played = letters_of("k", letter("Bonjour"), letter("Bonjour", 10, "dominique@exemple.fr"))
    assert broken(**played) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"pools": [PoolFact("bat-1", 40, 41)]}, [("no_seat_oversold", "bat-1: 41 of 40")]),
        ({"seats": ["a", "b", "a"]}, [("one_seat_each", "a: 2")]),
        ({"strange": ["c: 2031-01-01"]}, [("figures_are_given", "c: 2031-01-01")]),
        ({"letters": GOOD.letters[:1]}, [("no_message_lost", "receipt:a:1 (sent)")]),
        (
            {"outbox": [*GOOD.outbox, OutboxRow("late", "<4@x>", "queued")]},
            [("no_message_lost", "late (queued)")],
        ),
        (
            {"letters": [*GOOD.letters, ReceivedMail("<2@x>", AFTER)]},
            [("no_message_doubled", "<2@x>: 2")],
        ),
        (
            {"letters": [*GOOD.letters, ReceivedMail("<9@x>", AFTER)]},
            [("no_message_doubled", "<9@x>: of no message")],
        ),
        (
            {"told": [*GOOD.told, ToldDecision("decision:b:file:1", TEN, AFTER)]},
            [("each_decision_told_once", "decision:b:file:1")],
        ),
        (
            {"told": [ToldDecision("decision:a:file:1", TEN, BEFORE)]},
            [("nothing_before_its_date", f"decision:a:file:1 at {BEFORE}")],
        ),
        (
            {"letters": [ReceivedMail("<1@x>", BEFORE), GOOD.letters[1]]},
            [("nothing_before_its_date", f"decision:a:file:1 sent at {BEFORE}")],
        ),
        ({"glimpses": [Glimpse("a", same=False)]}, [("sealed_until_announced", "a")]),
        (
            {"admissions": [Admission("a", has_seat=True, has_ground=False, has_proof=True)]},
            [("admitted_have_all", "a")],
        ),
        ({"waiting": ["a candidacy"]}, [("nobody_without_an_answer", "a candidacy")]),
        ({"trainees": ["a dossier"]}, [("no_trainee_left_over", "a dossier")]),
        ({"skips": ["y1-results"]}, [("every_date_acted", "y1-results")]),
    ],
)
def test_what_breaks_is_named(changes, told):
    assert broken(**changes) == told


def test_many_exceptions_are_counted():
    glimpses = [Glimpse(f"c{number}", same=False) for number in range(5)]
    assert broken(glimpses=glimpses) == [("sealed_until_announced", "c0, c1, c2 and 2 more")]


def test_acts_come_in_the_order_of_their_moments():
    agenda, done = Agenda(), []
    agenda.plan(AFTER, "b", "B", lambda _: done.append("b") or 1)
    agenda.plan(TEN, "a", "A", lambda _: done.append("a") or 1)
    agenda.plan(TEN, "c", "C", lambda _: done.append("c") or 1)
    while found := agenda.next(TEN):
        found[1].act(found[0])
    assert (done, len(agenda)) == (["a", "c"], 1)


def test_what_lasts_is_one_line_and_what_has_a_date_its_own():
    steps = [
        step(datetime(2022, 2, 1, 9, tzinfo=PARIS), "submit", "Applications submitted", 3, 3),
        step(TEN, "announce", "Results", 1200, 1200, dated=True),
        step(datetime(2022, 5, 5, 10, tzinfo=PARIS), "submit", "Applications submitted", 4, 0),
    ]
    assert list(timeline(steps)) == [
        "date                  action                  people  messages",
        "01 Feb – 05 May 2022  Applications submitted       7         3",
        "04 Apr 2022 10:00     Results                  1,200     1,200",
    ]


@pytest.mark.parametrize(
    ("share", "drawn_as"), [(0, ""), (1, "█" * 36), (1.2, "█" * 36), (0.5, "█" * 18), (0.01, "▍")]
)
def test_a_bar_is_as_long_as_its_share(share, drawn_as):
    assert bar(share) == drawn_as


def test_a_funnel_is_aligned():
    funnel = Funnel(
        "y", "Year 1", (FunnelRow("Submitted", 200, 1.0), FunnelRow("Rejected", 50, 0.25, 1))
    )
    assert list(funnel_rows(funnel)) == [
        f"Submitted      200  100.0%  {'█' * 36}",
        f"  Rejected      50   25.0%  {'█' * 9}",
    ]


def test_seats_are_aligned():
    assert list(seats([PlayedPool("bat-1", 40, 38, 0), PlayedPool("mkx-2", 1, 1, 3)])) == [
        "pool   capacity  held  queued  left",
        "bat-1        40    38       0     2",
        "mkx-2         1     1       3     0",
    ]


def test_a_report_goes_through_json_and_is_drawn():
    report = Report(
        campaign="ales-2022",
        candidates=2,
        seed="1",
        timeline=(step(TEN, "announce", "Results", 2, 2, dated=True),),
        funnel=(Funnel("y", "Year 1", (FunnelRow("Submitted", 2, 1.0),)),),
        seats=(PlayedPool("bat-1", 40, 1, 0),),
        invariants=check(replace(GOOD, seats=["a", "a"])),
    )
    assert Report.from_json(report.as_json()) == report
    assert not report.holds
    text = drawn(report)
    assert text.startswith(
        "ales-2022 rehearsed with 2 invented candidates, seed 1\n\nTimeline\n  date"
    )
    assert "  ✗ Nobody holds or waits for two seats: a: 2\n" in text


def step(at, action, title, people, messages, *, dated=False) -> PlayedStep:
    return PlayedStep(
        at=at, action=action, title=title, people=people, messages=messages, dated=dated
    )
