from tests.apprenticeship.office.conftest import signed_in  # noqa: F401 (pages of the office)
