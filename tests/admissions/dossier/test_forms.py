"""What a person types, read kindly; what can't be read, said."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from campaigns.conditions.forms import diploma_choices
from campaigns.models import Diploma
from common.forms import DateField


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("08/03/2001", date(2001, 3, 8)),
        ("8.3.2001", date(2001, 3, 8)),
        ("8 3 2001", date(2001, 3, 8)),
        ("08032001", date(2001, 3, 8)),
        ("2001-03-08", date(2001, 3, 8)),
        ("", None),
        ("   ", None),
    ],
)
def test_a_date_is_read_day_first_and_may_be_left_out(typed, read):
    assert DateField(required=False).clean(typed) == read


@pytest.mark.parametrize("typed", ["1112001", "31/02/2001", "mars 2001", "08/03"])
def test_a_date_that_may_mean_two_days_or_none_is_not_guessed(typed):
    with pytest.raises(ValidationError):
        DateField(required=False).clean(typed)


@pytest.mark.parametrize("typed", ["31/02/2001", "31 4 2025", "29022025", "2025-13-01"])
def test_a_day_that_does_not_exist_is_said_to_be_so(typed):
    with translation.override("fr"), pytest.raises(ValidationError, match="n’existe pas"):
        DateField(required=False).clean(typed)


def test_a_diploma_is_offered_with_its_option_and_its_acronym():
    title = {"fr": "Fluides – énergies – domotique"}
    rows = [
        Diploma(code="BTS-FED", kind="BTS", title=title, speciality="FED"),
        Diploma(code="BTS-FED-B", kind="BTS", title=title, speciality="FED", option="B – froid"),
    ]

    with translation.override("fr"):
        (family, offered), *_ = diploma_choices(rows)

    assert family == "BTS"
    assert [name for code, name in offered][:2] == [
        "BTS Fluides – énergies – domotique (FED)",
        "BTS Fluides – énergies – domotique option B – froid (FED)",
    ]
