from tests.apprenticeship.conftest import (  # noqa: F401 (the office, and its days)
    in_july,
    office,
    while_companies_are_looked_for,
)
from tests.apprenticeship.office.conftest import signed_in  # noqa: F401 (pages of the office)
