"""R-APP-3, R-APP-5: which pieces a dossier must hold."""

import pytest

from campaigns.conditions.rules.asked import (
    Chosen,
    DossierFacts,
    Piece,
    Requirement,
    TitleInHand,
    pieces,
)
from campaigns.vocabulary import DiplomaKind, NationalityGroup, Needed, Origin, Per, TitleStatus

ALL = frozenset({"BAT-1", "MKX-1", "BAT-2"})
BTS_HELD = TitleInHand(key="t1", kind=DiplomaKind.BTS, status=TitleStatus.OBTAINED, country="FR")
L3_EXPECTED = TitleInHand(key="t2", kind=DiplomaKind.L3, status=TitleStatus.EXPECTED, country="FR")
ABROAD = TitleInHand(key="t3", kind=DiplomaKind.OTHER, status=TitleStatus.OBTAINED, country="MA")


def asked(key="piece", *, per=Per.DOSSIER, programmes=ALL, everyone=True, **conditions):
    return Requirement(
        key=key,
        per=per,
        needed=Needed.SUBMISSION,
        programmes=programmes,
        everyone=everyone,
        **conditions,
    )


def subjects(requirement, **facts):
    return [piece.subject_key for piece in pieces([requirement], DossierFacts(**facts))]


def test_a_piece_says_what_it_is_for_and_what_it_blocks():
    requirements = [asked("cv"), asked("letter", per=Per.PROGRAMME), asked("proof", per=Per.TITLE)]
    facts = DossierFacts(
        programmes=(Chosen("BAT-1", "c1"), Chosen("MKX-1", "c2")), titles=(BTS_HELD,)
    )
    assert pieces(requirements, facts) == (
        Piece("cv", "", Needed.SUBMISSION),
        Piece("letter", "c1", Needed.SUBMISSION),
        Piece("letter", "c2", Needed.SUBMISSION),
        Piece("proof", "t1", Needed.SUBMISSION),
    )


@pytest.mark.parametrize(
    ("nationality", "expected"),
    [
        ("FR", []),
        ("DE", []),
        ("NO", []),
        ("IS", []),
        ("LI", []),
        ("CH", []),
        ("HR", []),
        ("GB", [""]),
        ("MA", [""]),
        ("US", [""]),
        (None, []),
        ("", []),
    ],
)
def test_a_visa_is_asked_of_those_who_need_one(nationality, expected):
    """R-APP-3: not of nationals of the EEA or Switzerland; not before the nationality is known."""
    visa = asked(nationality=NationalityGroup.OUTSIDE_EEA)
    assert subjects(visa, nationality=nationality) == expected


@pytest.mark.parametrize(("grant_holder", "expected"), [(True, [""]), (False, []), (None, [])])
def test_a_grant_notice_is_asked_of_grant_holders(grant_holder, expected):
    """R-APP-2, R-APP-3."""
    assert subjects(asked(grant_holder=True), grant_holder=grant_holder) == expected


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        pytest.param({}, ["t1", "t2", "t3"], id="every title"),
        pytest.param({"kinds": frozenset({DiplomaKind.BTS})}, ["t1"], id="a BTS"),
        pytest.param({"status": TitleStatus.EXPECTED}, ["t2"], id="in progress"),
        pytest.param({"status": TitleStatus.OBTAINED}, ["t1", "t3"], id="held"),
        pytest.param({"origin": Origin.FOREIGN}, ["t3"], id="foreign"),
        pytest.param(
            {"origin": Origin.FRENCH, "status": TitleStatus.OBTAINED}, ["t1"], id="French and held"
        ),
    ],
)
def test_pieces_per_title(conditions, expected):
    """R-APP-3: marks of a BTS, programme of a foreign diploma; R-APP-5: what comes later."""
    requirement = asked(per=Per.TITLE, of_titles=True, **conditions)
    assert subjects(requirement, titles=(BTS_HELD, L3_EXPECTED, ABROAD)) == expected


@pytest.mark.parametrize(
    ("titles", "expected"), [((L3_EXPECTED,), []), ((BTS_HELD, ABROAD), [""]), ((), [])]
)
def test_a_piece_of_the_dossier_that_depends_on_a_title(titles, expected):
    requirement = asked(of_titles=True, status=TitleStatus.OBTAINED)
    assert subjects(requirement, titles=titles) == expected


@pytest.mark.parametrize(
    ("per", "codes", "expected"),
    [
        (Per.DOSSIER, ["BAT-1", "BAT-2"], [""]),
        (Per.DOSSIER, ["BAT-2"], []),
        (Per.DOSSIER, [], []),
        (Per.PROGRAMME, ["BAT-1", "BAT-2"], ["BAT-1"]),
    ],
)
def test_a_piece_for_some_programmes(per, codes, expected):
    """R-APP-4: the opinion on further study is for year 1."""
    requirement = asked(per=per, programmes=frozenset({"BAT-1", "MKX-1"}), everyone=False)
    assert subjects(requirement, programmes=tuple(Chosen(code, code) for code in codes)) == expected
