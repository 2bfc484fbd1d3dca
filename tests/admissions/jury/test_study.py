"""A candidacy before its jury: what is shown, what is decided, where one goes on."""

import re

import pytest

from admissions.models.sealed import Conflict, Decision, Mark, Sitting
from tests.factories import admissions as dossiers
from tests.factories import jury

FILE = "/admin/jury/ales-2022/year-1/file/"
TESTS = "/admin/jury/ales-2022/year-1/tests/"
STATED = re.compile(r'<details class="stated">(.*?)</details>', re.DOTALL)


def standing() -> list[tuple[str, str]]:
    rows = Decision.objects.exclude(state="cancelled").order_by("pk")
    return list(rows.values_list("outcome__key", "state"))


def test_the_page_shows_what_is_weighed(signed_in, juror, candidacy):
    """R-SEL-11"""
    html = signed_in(juror).get(f"{FILE}{candidacy.ref}/").content.decode()
    html = STATED.sub("", html)

    application = candidacy.application
    for shown in (
        application.full_name,
        "article 1.1.1",
        "Baccalauréat STI2D",
        "IUT de Nîmes",
        "Lettre de motivation",
    ):
        assert shown in html
    for hidden in (
        application.street,
        application.email,
        str(application.phone),
        "77\xa0€",
        "ntreprise",
    ):
        assert hidden not in html


def test_what_the_notice_says_of_the_selection_is_at_hand(signed_in, juror, candidacy):
    """R-ELI-8, R-SEL-11: the rules of selection of this programme, folded."""
    [stated] = STATED.findall(signed_in(juror).get(f"{FILE}{candidacy.ref}/").content.decode())
    assert "Ce que la notice dit de la sélection" in stated
    assert "Avoir trouvé une entreprise, ou non, n’entre dans aucune décision du jury." in stated
    assert "les résultats des deux dernières années" in stated
    for elsewhere in ("Pour l’entrée en deuxième année", "Pas de remboursement", "tribunal"):
        assert elsewhere not in stated


def test_recording_goes_on_to_the_next_to_decide(signed_in, juror):
    first, second, third = (
        jury.entered(birth_name=name, usual_name="") for name in ("Aaa", "Bbb", "Ccc")
    )
    jury.recorded(second, "rejected")
    client = signed_in(juror)

    answer = client.post(f"{FILE}{first.ref}/record/?order=name", {"outcome": "standard"})
    last = client.post(answer["Location"].replace("/?", "/record/?"), {"outcome": "excellence"})

    assert answer["Location"] == f"{FILE}{third.ref}/?order=name&decision=to_decide"
    assert last["Location"] == f"{FILE}?order=name&decision=to_decide"
    assert "Tout est décidé" in client.get(last["Location"]).content.decode()
    assert standing() == [
        ("rejected", "recorded"),
        ("standard", "recorded"),
        ("excellence", "recorded"),
    ]


def test_the_tests_ticked_are_those_of_the_outcome_chosen(signed_in, juror, candidacy):
    client = signed_in(juror)
    sent = {"outcome": "standard", "assessments": ["standard/english"], "note": "Vu."}

    client.post(f"{FILE}{candidacy.ref}/record/", sent)

    assert list(Sitting.objects.values_list("assessment__key", "state")) == [
        ("recorded-interview", "planned"),
        ("english", "planned"),
    ]
    html = client.get(f"{FILE}{candidacy.ref}/").content.decode()
    assert "Évaluation du niveau d’anglais" in html
    assert "Annuler la décision" in html


def test_a_proposal_is_made_then_undone(signed_in, juror, candidacy):
    client = signed_in(juror)

    client.post(f"{FILE}{candidacy.ref}/propose/", {"outcome": "rejected"})
    assert standing() == [("rejected", "proposed")]
    client.post(f"{FILE}{candidacy.ref}/undo/")

    assert standing() == []


@pytest.mark.parametrize(
    "sent", [{}, {"outcome": "admissible"}, {"outcome": "standard", "seen": "1-recorded"}]
)
def test_what_is_refused_is_told_in_the_page(signed_in, juror, candidacy, sent):
    answer = signed_in(juror).post(f"{FILE}{candidacy.ref}/record/", sent)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert standing() == []


def test_a_mark_is_given_in_french_figures(signed_in, juror):
    candidacy = jury.entered(stage="tests")
    jury.called(candidacy, "english")
    path = f"{TESTS}{candidacy.ref}/tests/english/mark/"
    client = signed_in(juror)

    wrong = client.post(path, {"mark": "20,5"})
    client.post(path, {"mark": "12,5"})

    assert wrong.status_code == 422
    assert "Une note va de 0 à 20." in wrong.content.decode()
    assert Mark.objects.get().hundredths == 1250
    assert 'value="12,5"' in client.get(f"{TESTS}{candidacy.ref}/").content.decode()


def test_the_marks_of_others_show_once_ones_own_is_given(signed_in, juror):
    """domain-model §5"""
    candidacy = jury.entered(stage="tests")
    jury.called(candidacy, "english")
    colleague = jury.member("year-1")
    jury.marked(candidacy, "english", 1775, by=colleague)
    page = f"{TESTS}{candidacy.ref}/"

    before = signed_in(juror).get(page).content.decode()
    listed = signed_in(juror).get(TESTS).content.decode()
    presided = signed_in(jury.president()).get(page).content.decode()
    jury.marked(candidacy, "english", 900, by=juror)
    after = signed_in(juror).get(page).content.decode()

    assert "17,75" not in before + listed
    assert "se voient une fois la vôtre donnée" in before
    assert "17,75" in presided
    assert "17,75" in after
    assert "13,38" in signed_in(juror).get(TESTS).content.decode()


def test_a_note_is_read_once_one_has_given_an_own_opinion(signed_in, juror, candidacy):
    colleague = jury.member("year-1")
    client = signed_in(colleague)
    client.post(
        f"{FILE}{candidacy.ref}/propose/", {"outcome": "standard", "note": "Fragile en maths."}
    )
    page = f"{FILE}{candidacy.ref}/"

    assert "Fragile en maths." in client.get(page).content.decode()
    assert "Fragile en maths." in signed_in(jury.president()).get(page).content.decode()
    assert "Fragile en maths." not in signed_in(juror).get(page).content.decode()


def test_calls_and_presence(signed_in, juror):
    candidacy = jury.entered(stage="tests")
    jury.called(candidacy, "english")
    client = signed_in(juror)
    base = f"{TESTS}{candidacy.ref}/tests/"

    client.post(f"{base}second-interview/plan/")
    client.post(f"{base}english/sit/")
    assert client.post(f"{base}english/book/").status_code == 404
    refused = client.post(f"{base}english/unplan/", follow=True)

    assert set(Sitting.objects.values_list("assessment__key", "state")) == {
        ("english", "sat"),
        ("second-interview", "planned"),
    }
    assert "a déjà été convoquée" in refused.content.decode()
    client.post(f"{base}second-interview/unplan/")
    assert Sitting.objects.count() == 1


def test_a_conflict_is_declared_after_saying_what_it_does(signed_in, juror, candidacy):
    other = jury.entered()
    client = signed_in(juror)
    path = f"{FILE}{candidacy.ref}/conflict/"

    shown = client.get(path).content.decode()
    done = client.post(path)

    assert "la présidence du jury en est informée" in shown
    assert done["Location"].startswith(f"{FILE}{other.ref}/")
    assert Conflict.objects.count() == 1
    assert [client.get(f"{FILE}{candidacy.ref}/").status_code, client.get(path).status_code] == [
        404,
        404,
    ]
    assert candidacy.ref not in client.get(f"{FILE}?decision=").content.decode()
    president = signed_in(jury.president()).get(f"{FILE}{candidacy.ref}/").content.decode()
    assert juror.email in president


def test_pieces_are_opened_beside_and_framed_by_us_alone(signed_in, juror):
    application = dossiers.submitted(programmes=("BAT-1", "MKX-1"))
    candidacy, elsewhere = application.candidacies.order_by("programme__code")
    jury.put(candidacy)
    own, other = (
        application.documents.get(subject_key=row.ref).files.get().file
        for row in (candidacy, elsewhere)
    )
    client = signed_in(juror)

    html = client.get(f"{FILE}{candidacy.ref}/").content.decode()
    answer = client.get(f"/documents/{own.ref}")

    assert f'src="/documents/{own.ref}"' in html
    assert other.ref not in html
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert client.get(f"/documents/{other.ref}").status_code == 404


def test_previous_and_next_keep_the_filters(signed_in, juror):
    rows = [jury.entered(birth_name=name, usual_name="") for name in ("Aaa", "Bbb", "Ccc")]

    html = signed_in(juror).get(f"{FILE}{rows[1].ref}/?order=name&decision=&q=").content.decode()

    assert "2 sur 3" in html
    for row, rel in ((rows[0], "prev"), (rows[2], "next")):
        assert f'rel="{rel}"' in html
        assert f'href="{FILE}{row.ref}/?order=name&amp;decision="' in html


def test_a_command_that_is_read_goes_to_its_page(signed_in, juror, candidacy):
    client = signed_in(juror)

    for command in ("record", "propose", "undo", "tests/english/mark"):
        assert client.get(f"{FILE}{candidacy.ref}/{command}/")["Location"].startswith(
            f"{FILE}{candidacy.ref}/?"
        )


def test_the_page_reads_in_english(signed_in, juror, candidacy):
    html = signed_in(juror).get(f"/en{FILE}{candidacy.ref}/").content.decode()

    assert '<html lang="en">' in html
    assert "Record and go on" in html
