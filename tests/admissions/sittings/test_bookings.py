"""Candidates book an hour or a day, first come first served (R-SEL-7)."""

from datetime import datetime, timedelta

import pytest
import time_machine

from admissions.announcing.services.rectifying import confirm_rectification, propose_rectification
from admissions.dossier.services.endings import withdraw_candidacy
from admissions.models import Slot
from admissions.models.sealed import Sitting
from admissions.sittings.services import book_slot, close_slot, open_slots, set_sitting_time
from campaigns.models import Assessment, Milestone
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts, entering, jury
from tests.factories import admissions as dossiers
from tests.factories import announcing as told

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW = datetime(2022, 4, 16, 9, 0, tzinfo=dossiers.PARIS)
HOUR = datetime(2022, 4, 19, 14, 30, tzinfo=dossiers.PARIS)
HALF = timedelta(minutes=30)


def called() -> Sitting:
    candidacy = told.announced("standard")
    told.plan(candidacy, "second-interview")
    told.run("y1-second-call", told.SECOND_CALL)
    return Sitting.objects.get(candidacy=candidacy, assessment__key="second-interview")


@pytest.fixture
def sitting() -> Sitting:
    return called()


def opened(
    test, starts_at=HOUR, *, capacity=1, length=HALF, actor=None, place="Salle 3", now=NOW
) -> Slot:
    spans = [(starts_at, starts_at + length)]
    clerk = actor or accounts.clerk()
    [slot] = open_slots(
        assessment_id=test.pk, spans=spans, capacity=capacity, place=place, actor=clerk, now=now
    )
    return slot


def book(sitting, slot, now=NOW, actor=None):
    owner = actor or sitting.candidacy.application.person.user
    return book_slot(sitting_ref=sitting.ref, slot_ref=slot.ref, actor=owner, now=now)


def test_whoever_types_the_dossier_books_for_its_candidate(sitting):
    application = sitting.candidacy.application
    entering.unclaimed(application)
    slot = opened(sitting.assessment)
    book(sitting, slot, actor=dossiers.clerk_of(application))
    entry = JournalEntry.objects.filter(verb="book").latest("pk")
    assert entry.on_behalf_of == f"person:{application.person_id}"


def told_of(sitting, language="fr"):
    rows = list(
        Notification.objects.filter(
            kind="admissions.sitting_time", refs__sitting=sitting.ref
        ).order_by("pk")
    )
    for row in rows:
        row.language = language
    return [letter.text.replace("\xa0", " ") for _, letter in compose(rows)]


def by_day(sitting, **changes):
    """As at Albi: a day is booked, once; English is sat with the interview."""
    Assessment.objects.filter(pk=sitting.assessment_id).update(booking="day", **changes)
    english = Assessment.objects.get(stage=sitting.assessment.stage, key="english")
    Assessment.objects.filter(pk=english.pk).update(sat_with=sitting.assessment)
    sitting.refresh_from_db()
    return jury.called(sitting.candidacy, "english")


def test_an_hour_is_booked_and_confirmed(sitting):
    """R-SEL-7"""
    slot = opened(sitting.assessment)

    booked = book(sitting, slot)
    book(sitting, slot)

    assert (booked.state, booked.starts_at, booked.place, booked.slot) == (
        "booked",
        HOUR,
        "Salle 3",
        slot,
    )
    [text] = told_of(sitting)
    assert text.startswith(
        "Présentez-vous le mardi 19 avril 2022 à 14 h 30, heure de Paris : Second entretien"
    )
    assert [row.verb for row in JournalEntry.objects.filter(object_type="sitting").order_by("pk")][
        -1
    ] == "book"


def test_the_first_to_come_is_served(sitting):
    slot, other = opened(sitting.assessment), called()
    book(other, slot)

    with pytest.raises(DomainError, match="slot_is_full"):
        book(sitting, slot)


def test_another_hour_frees_the_first(sitting):
    slot, later = opened(sitting.assessment), opened(sitting.assessment, HOUR + HALF)
    other = called()
    book(sitting, slot)

    book(sitting, later, now=NOW + timedelta(minutes=1))
    book(other, slot)

    assert len(told_of(sitting)) == 2
    assert Sitting.objects.get(pk=sitting.pk).starts_at == HOUR + HALF


def test_nothing_is_changed_once_it_has_begun(sitting):
    slot, later = opened(sitting.assessment), opened(sitting.assessment, HOUR + 2 * HALF)
    book(sitting, slot)

    with pytest.raises(DomainError, match="booking_is_past"):
        book(sitting, later, now=HOUR)


def test_a_past_slot_and_another_tests_are_refused(sitting):
    slot = opened(sitting.assessment)
    with pytest.raises(DomainError, match="slot_is_past"):
        book(sitting, slot, now=HOUR)
    Slot.objects.update(
        assessment=Assessment.objects.get(stage=sitting.assessment.stage, key="english")
    )
    with pytest.raises(DomainError, match="slot_is_gone"):
        book(sitting, slot)


def test_nobody_books_for_another(sitting):
    with pytest.raises(NotAllowedError, match="not_your_dossier"):
        book(sitting, opened(sitting.assessment), actor=accounts.candidate())


def test_whoever_withdraws_gives_the_slot_back(sitting):
    slot, other = opened(sitting.assessment), called()
    book(sitting, slot)
    application = sitting.candidacy.application

    owner = application.person.user
    withdraw_candidacy(
        ref=application.ref, candidacy_ref=sitting.candidacy.ref, actor=owner, now=NOW
    )

    assert book(other, slot).state == "booked"


def test_whom_a_rectification_excuses_gives_the_slot_back(sitting):
    slot = opened(sitting.assessment)
    book(sitting, slot)
    row = propose_rectification(
        candidacy_ref=sitting.candidacy.ref,
        stage_key="file",
        outcome_key="rejected",
        reason="Inversion de deux dossiers.",
        actor=told.president(),
        now=NOW,
    )
    confirm_rectification(ref=row.ref, actor=accounts.clerk(), now=NOW)
    sitting.refresh_from_db()
    assert (sitting.state, sitting.slot, sitting.starts_at) == ("excused", None, None)
    close_slot(slot_ref=slot.ref, actor=accounts.clerk(), now=NOW)
    assert not Slot.objects.exists()


def test_an_hour_set_by_the_office_replaces_what_was_booked(sitting):
    """On the phone."""
    slot = opened(sitting.assessment)
    book(sitting, slot)

    hour = HOUR.replace(day=20)
    set_sitting_time(
        sitting_ref=sitting.ref, starts_at=hour, place="Salle 4", actor=accounts.clerk(), now=NOW
    )

    row = Sitting.objects.get(pk=sitting.pk)
    assert (row.state, row.slot, row.starts_at, row.place) == ("called", None, hour, "Salle 4")
    with pytest.raises(DomainError, match="hour_is_set"):
        book(sitting, opened(sitting.assessment, HOUR + HALF))


def test_a_day_is_booked_once_and_what_is_sat_with_it_follows(sitting):
    """R-SEL-7: at Albi a day, one choice, no change after."""
    english = by_day(sitting, rebook=False)
    day = HOUR.replace(hour=0, minute=0)
    slot = opened(sitting.assessment, day, length=timedelta(hours=23), capacity=12)
    other = opened(
        sitting.assessment, day + timedelta(days=1), length=timedelta(hours=23), capacity=12
    )

    book(sitting, slot)

    states = Sitting.objects.filter(slot=slot).values_list("assessment__key", "state", "starts_at")
    assert set(states) == {("english", "booked", None), ("second-interview", "booked", None)}
    [text] = told_of(sitting)
    assert text.startswith(
        "Vous avez réservé le mardi 19 avril 2022 : Second entretien avec le jury."
    )
    assert "Le même jour aussi : Évaluation du niveau d’anglais" in text
    assert "Le choix se fait une seule fois et ne peut pas être changé." in text
    assert "remplace" not in text
    with pytest.raises(DomainError, match="booking_is_final"):
        book(sitting, other)
    for row, hour, code in (
        (sitting, 10, ""),
        (english, 11, ""),
        (english, 34, "hour_outside_window"),
    ):
        at = day + timedelta(hours=hour)
        setting = {
            "sitting_ref": row.ref,
            "starts_at": at,
            "place": "",
            "actor": accounts.clerk(),
            "now": NOW,
        }
        if code:
            with pytest.raises(DomainError, match=code):
                set_sitting_time(**setting)
        else:
            assert set_sitting_time(**setting).state == "booked"


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        (HOUR.replace(day=18), "hour_outside_window"),
        (datetime(2022, 4, 25, 23, 45, tzinfo=dossiers.PARIS), "hour_outside_window"),
        (HOUR, "slot_is_open"),
        (HOUR + HALF / 2, "slot_is_open"),
        (HOUR - HALF / 2, "slot_is_open"),
    ],
)
def test_the_office_opens_within_the_days_of_the_test(sitting, starts_at, code):
    opened(sitting.assessment)
    with pytest.raises(DomainError, match=code):
        opened(sitting.assessment, starts_at)


def test_a_slot_that_somebody_booked_stays(sitting):
    slot, clerk = opened(sitting.assessment), accounts.clerk()
    free = opened(sitting.assessment, HOUR + HALF, actor=clerk)
    book(sitting, slot)

    close_slot(slot_ref=free.ref, actor=clerk, now=NOW)
    with pytest.raises(DomainError, match="slot_is_booked"):
        close_slot(slot_ref=slot.ref, actor=clerk, now=NOW)

    assert list(Slot.objects.all()) == [slot]


def test_only_the_office_opens_and_closes(sitting):
    slot = opened(sitting.assessment)
    for stranger in (
        accounts.candidate(),
        accounts.clerk(accounts.other_school()),
        accounts.juror(),
    ):
        with pytest.raises(NotAllowedError):
            opened(sitting.assessment, HOUR + HALF, actor=stranger)
        with pytest.raises(NotAllowedError):
            close_slot(slot_ref=slot.ref, actor=stranger, now=NOW)


def signed_in(client, user):
    client.force_login(accounts.with_second_factor(user) if user.grants.exists() else user)
    return client


def test_the_candidate_books_on_the_page(sitting, client):
    slot, full = opened(sitting.assessment), opened(sitting.assessment, HOUR + HALF)
    book(called(), full)
    application = sitting.candidacy.application
    page = f"/dossiers/{application.ref}/sittings/{sitting.ref}/book/"
    with time_machine.travel(NOW, tick=False):
        signed_in(client, application.person.user)
        shown = client.get(page).content.decode()
        nothing = client.post(page, {})
        refused = client.post(page, {"slot": full.ref})
        done = client.post(page, {"slot": slot.ref})
        after = client.get(done["Location"]).content.decode()

    assert "complet" in shown
    assert "Une question" in shown
    assert "1 place<" in shown
    assert nothing.status_code == refused.status_code == 422
    assert "il n’y reste plus de place" in refused.content.decode()
    assert "Changer ma réservation" in after
    assert "mardi 19 avril 2022 à 14 h 30" in after.replace("\xa0", " ")


def test_what_is_planned_and_what_is_another_s_do_not_exist(sitting, client):
    planned = told.announced("standard")
    told.plan(planned, "second-interview")
    row = Sitting.objects.get(candidacy=planned, assessment__key="second-interview")
    with time_machine.travel(NOW, tick=False):
        signed_in(client, planned.application.person.user)
        for ref, of in (
            (row.ref, planned),
            (sitting.ref, planned),
            (sitting.ref, sitting.candidacy),
        ):
            assert (
                client.get(f"/dossiers/{of.application.ref}/sittings/{ref}/book/").status_code
                == 404
            )


def test_the_office_opens_a_series_and_takes_one_back(sitting, client):
    page = f"/admin/sittings/ales-2022/{sitting.assessment_id}/slots/"
    series = {
        "day": "2022-04-20",
        "first": "09:00",
        "minutes": "30",
        "count": "3",
        "capacity": "1",
        "place": "Salle 1",
    }
    with time_machine.travel(NOW, tick=False):
        signed_in(client, accounts.clerk())
        wrong = client.post(page, series | {"minutes": "0"})
        client.post(page, series)
        first = Slot.objects.earliest("starts_at")
        client.post(f"{page}{first.ref}/close/")
        html = client.get(page).content.decode()

    assert wrong.status_code == 422
    hours = [
        slot.starts_at.astimezone(dossiers.PARIS).strftime("%d %H:%M")
        for slot in Slot.objects.all()
    ]
    assert hours == ["20 09:30", "20 10:00"]
    assert html.count("0 / 1") == 2


def test_the_office_opens_a_day(sitting, client):
    by_day(sitting, rebook=False)
    page = f"/admin/sittings/ales-2022/{sitting.assessment_id}/slots/"
    day = {"day": "2022-04-20", "capacity": "12", "place": "Salle 1"}
    with time_machine.travel(NOW, tick=False):
        signed_in(client, accounts.clerk())
        html = client.post(page, day, follow=True).content.decode()
    assert "La journée est ouverte aux candidats." in html


def test_the_office_opens_a_day_of_a_test_that_has_hours(sitting, client):
    """R-SEL-7: the day is what the hours of the test leave of it."""
    by_day(sitting, rebook=False)
    page = f"/admin/sittings/ales-2022/{sitting.assessment_id}/slots/"
    window = sitting.assessment.window
    starts_at, ends_at = (HOUR.replace(day=20, hour=hour, minute=0) for hour in (9, 18))
    Milestone.objects.filter(pk=window.pk).update(
        starts_at=starts_at, ends_at=ends_at, all_day=False
    )
    with time_machine.travel(NOW, tick=False):
        signed_in(client, accounts.clerk())
        outside = client.post(page, {"day": "2022-04-21", "capacity": "12"})
        client.post(page, {"day": "2022-04-20", "capacity": "12"})

    assert outside.status_code == 422
    assert [(slot.starts_at, slot.ends_at) for slot in Slot.objects.all()] == [(starts_at, ends_at)]
