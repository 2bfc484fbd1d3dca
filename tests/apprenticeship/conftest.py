import pytest
import time_machine

from accounts.models import User
from tests.factories import accounts, projects
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs


@pytest.fixture
def in_july(db):
    with time_machine.travel(jobs.NOW, tick=False):
        yield


@pytest.fixture
def while_companies_are_looked_for(db):
    with time_machine.travel(projects.DECIDED, tick=False):
        yield


@pytest.fixture
def office() -> User:
    dossiers.campaign()
    return accounts.company_office()
