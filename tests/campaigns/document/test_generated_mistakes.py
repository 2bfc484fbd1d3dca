"""Each file with one of its values made wrong, wherever it stands: refused at that very line."""

import pytest

from campaigns.document.checks import read
from tests.factories.campaigns import ALBI_2021, ALES_2022, ALES_2024, nomenclature
from tests.slips import slips, untold, with_slips

FILES = {path.stem: path.read_text("utf-8") for path in (ALES_2022, ALES_2024, ALBI_2021)}
KNOWN = {row.code for row in nomenclature()}
# What to look for, what to write instead, what must be said.
WRONG = [
    (r"(    pool: )\S+", "nowhere", "is not among the pools"),
    (r"(    selection: )\S+", "nowhere", "is not among the selections"),
    (r"(    speciality: )\S+", "NOTHING", "is not among the specialities"),
    (r"(    entry_year: )\d", "6", "5"),
    (r"(        announce: )\S+", "never", "is not among the calendar"),
    (r"(            window: )\S+", "never", "is not among the calendar"),
    (r"(            called_with: )\S+", "never", "is not among the calendar"),
    (r"(            to: )\S+", "nowhere", "nowhere"),
    (r"(            kind: )\S+", "maybe", "expected 'next', 'accepted', 'rejected' or 'listed'"),
    (r"(            medium: )\S+", "post", "expected 'online', 'video' or 'on_site'"),
    (r"(            who: )\S+", "some", "expected 'all' or 'jury'"),
    (r"(            minutes: )\S+", "many", "many"),
    (r"(            takes: )\S+", "once", "once"),
    (r"(    on: )\d{4}-\S+", "2022-02-30", "there is no such day"),
    (r"(    from: )\d{4}-\S+", "soon", "not a date"),
    (r"(    until: )\d{4}-\S+", "31/03/2022", "not a date"),
    (r"(    action: )\S+", "tell", "expected 'announce'"),
    (r"(    first: )[a-z]\S*", "nothing", "nothing"),
    (r"(      - \{diploma: )[A-Z0-9-]+", "NOPE", "is not among the diplomas"),
    (r"(    verdict: )\S+", "yes please", "expected 'eligible' or 'jury'"),
    (r"(    formats: ).*", "[doc]", "expected 'jpg', 'png' or 'pdf'"),
    (r"(    max_bytes: )\S+", "2MB", "2MB"),
    (r"(    max_files: )\S+", "0", "0"),
    (r"(    needed: )\S+", "later", "expected 'submission', 'admission' or 'optional'"),
    (r"(    per: )\S+", "school", "expected 'dossier', 'programme' or 'title'"),
    (r"(    standard: \{first: )\S+,", "free,", "not an amount in euros"),
    (r"(    grant_holder: \{first: )\S+,", "-1,", "-1"),
    (r"(  organiser: )\S+", "nobody", "is not among the schools"),
    (r"(  session: )\S+", "1999", "2000"),
    (r"(  zone: )\S+", "Europe/Albi", "unknown time zone"),
]


ALL = [(name, slip) for name, text in FILES.items() for slip in slips(text, WRONG)]


def test_there_are_a_hundred_of_them_each_on_its_line():
    assert len(ALL) >= 100
    assert len({(name, slip.line) for name, slip in ALL}) == len(ALL)


@pytest.mark.parametrize("name", FILES)
def test_every_value_made_wrong_at_once_is_refused_at_its_line(name):
    """None hides another: a line that is not told alone is not told here."""
    made = list(slips(FILES[name], WRONG))
    document, mistakes = read(with_slips(FILES[name], *made), KNOWN)
    assert document is None
    assert untold(mistakes, *made) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "slip"), [pytest.param(*found, id=f"{found[0]}:{found[1].line}") for found in ALL]
)
def test_one_value_made_wrong_is_refused_at_its_line(name, slip):
    document, mistakes = read(with_slips(FILES[name], slip), KNOWN)
    assert document is None
    assert untold(mistakes, slip) == []
