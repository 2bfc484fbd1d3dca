"""The social security number: checked by its key, kept encrypted, each reading in the journal (R-PRO-10)."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from common.fields import Subject
from common.journal import Actor, Stamp
from common.models import JournalEntry
from common.refusals import DomainError
from common.secrets import rotation
from companies.models.secrets import EmploymentSecrets
from companies.secrets.rules import Reading, look_at_nir
from companies.secrets.selectors import KnownSecrets, PastReading, known_of, readings_of
from companies.secrets.services import (
    ReadSecrets,
    keep_disability,
    keep_nir,
    read_secrets,
)

NOW = datetime(2025, 8, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2025, 8, 2, 9, 0, tzinfo=UTC)
NIR = "203057503412360"  # a woman, born in May 2003
BORN = date(2003, 5, 10)


class Contract:
    """What the journal knows of a contract."""

    def in_journal(self):
        return Subject("employment_contract", "C1", "ales-2025")


CONTRACT = Contract()
BY = Actor("user", "7")


def keep(typed=NIR, at=NOW, **said):
    about = {"born_on": BORN, "sex": "f"} | said
    return keep_nir(contract=CONTRACT, typed=typed, stamp=Stamp.of(BY, at), **about)


def read(reading=Reading.PAGE):
    return read_secrets(contract=CONTRACT, reading=reading, stamp=Stamp.of(BY, LATER))


@pytest.mark.parametrize(
    ("nir", "born_on", "sex", "notes"),
    [
        (NIR, BORN, "f", ()),
        (NIR, None, "", ()),
        (NIR, BORN, "m", ("nir_sex_differs",)),
        (NIR, date(2003, 6, 10), "f", ("nir_birth_differs",)),
        (NIR, date(2004, 5, 10), "f", ("nir_birth_differs",)),
        ("7030575", BORN, "m", ("nir_provisional",)),
        ("8030575", BORN, "m", ("nir_provisional", "nir_sex_differs")),
        ("2034275", BORN, "f", ("nir_provisional",)),  # no month of a year
        ("2044275", BORN, "f", ("nir_provisional", "nir_birth_differs")),
        ("3030575", BORN, "f", ("nir_provisional",)),
    ],
)
def test_what_is_odd_in_a_number_is_noted_and_not_refused(nir, born_on, sex, notes):
    """Brief of R-PRO-10; domain-facts §1.4: sex, year and month are held against it."""
    assert look_at_nir(nir, born_on=born_on, sex=sex) == notes


@pytest.mark.parametrize(
    "typed",
    [
        "203057503412300",
        "20305750341236",
        "2030575034123609",
        "2 03 05 75 034 123 6Z",
        "X03057503412360",
        "²03057503412360",
        "",
        "253072C07300443",
    ],
)
@pytest.mark.django_db
def test_a_number_whose_key_is_wrong_is_refused_in_words(typed):
    with pytest.raises(DomainError) as caught:
        keep(typed)
    assert [refusal.code for refusal in caught.value.refusals] == ["nir_is_wrong"]
    assert not EmploymentSecrets.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["2 03 05 75 034 123 60", "253072B07300470", "253072a07300443"])
def test_spaces_and_corsica_are_understood(typed):
    keep(typed)
    assert read().nir == typed.replace(" ", "").upper()


@pytest.mark.django_db
def test_it_lies_encrypted_and_is_read_by_one_door_that_says_so():
    """R-PRO-10: who, when, of whom and for what, never the value."""
    keep()
    keep_disability(contract=CONTRACT, is_disabled=True, stamp=Stamp.of(BY, NOW))

    with connection.cursor() as cursor:
        cursor.execute("SELECT nir, disability FROM companies_employmentsecrets")
        [stored] = cursor.fetchall()
    assert not any(plain in text for text in stored for plain in (NIR, "yes"))
    assert read(Reading.SHEET) == ReadSecrets(nir=NIR, is_disabled=True)
    entries = JournalEntry.objects.filter(object_ref="C1").order_by("pk")
    said = [(row.verb, row.at, row.actor_ref, row.object_type, row.data) for row in entries]
    assert said == [
        ("keep_nir", NOW, "7", "employment_contract", {}),
        ("keep_disability", NOW, "7", "employment_contract", {}),
        ("read_secrets", LATER, "7", "employment_contract", {"reading": "sheet"}),
    ]


@pytest.mark.django_db
def test_what_is_not_typed_is_read_as_such_and_on_record():
    assert read() == ReadSecrets(nir="", is_disabled=None)
    keep_disability(contract=CONTRACT, is_disabled=False, stamp=Stamp.of(BY, NOW))
    assert read() == ReadSecrets(nir="", is_disabled=False)
    past = PastReading(at=LATER, who="7", reading=Reading.PAGE)
    assert readings_of(CONTRACT) == [past, past]


@pytest.mark.django_db
def test_another_number_takes_the_place_of_the_one_before():
    keep(sex="m")
    keep("253072B07300470", at=LATER)
    row = EmploymentSecrets.objects.get()
    assert (row.nir, row.nir_at, row.nir_by) == ("253072B07300470", LATER, "user:7")
    assert row.nir_notes == ["nir_birth_differs"]


@pytest.mark.django_db
def test_whether_it_is_there_is_known_without_reading_it():
    assert known_of(CONTRACT) == KnownSecrets()
    keep(sex="m")
    assert known_of(CONTRACT) == KnownSecrets(nir_at=NOW, notes=("nir_sex_differs",))
    assert not JournalEntry.objects.filter(verb="read_secrets").exists()


@pytest.mark.django_db
def test_the_keys_are_rotated_here_too():
    """R-PRO-10: encrypted at rest with a key that can be rotated."""
    keep()
    before = _stored()
    renewal = rotation.rotate_keys(
        new_key=True, drop_old=True, say=lambda _text: None, wait=lambda _seconds: None
    )
    assert renewal.is_clean
    assert _stored() != before
    assert read().nir == NIR


def _stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nir FROM companies_employmentsecrets")
        return cursor.fetchone()[0]
