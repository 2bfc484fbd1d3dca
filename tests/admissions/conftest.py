from datetime import datetime

import pytest
import time_machine

from accounts.models import User
from admissions.models import Candidacy
from tests.factories import accounts, jury
from tests.factories import admissions as dossiers

OPEN_DAY = datetime(2022, 2, 25, 14, 0, tzinfo=dossiers.PARIS)


@pytest.fixture
def while_applications_are_open(db):
    with time_machine.travel(OPEN_DAY, tick=False):
        yield


@pytest.fixture
def clerk() -> User:
    dossiers.campaign()
    return accounts.with_second_factor(accounts.clerk())


@pytest.fixture
def while_the_jury_sits(db):
    with time_machine.travel(jury.DECIDED, tick=False):
        yield


@pytest.fixture
def juror() -> User:
    return jury.member("year-1")


@pytest.fixture
def candidacy() -> Candidacy:
    return jury.entered("BAT-1")
