"""Several tests that a jury sets for one candidate, each with its nature and how it is sat (R-SEL-2, R-SEL-4)."""

import re

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.html import strip_tags

from admissions.announcing.services.opening import against_announcing
from admissions.announcing.services.rectifying import confirm_rectification, propose_rectification
from admissions.jury.rules import JuryTest, OfferedAssessment, may_choose
from admissions.jury.services.decisions import give_mark, record_decision
from admissions.jury.services.sittings import plan_sitting, record_presence, unplan_sitting
from admissions.models.sealed import Decision, Mark, Sitting
from admissions.states import SittingAction
from campaigns.models import Assessment
from campaigns.vocabulary import Medium
from common.models import JournalEntry
from common.refusals import DomainError
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts, jury
from tests.factories import announcing as told

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
FILE = "/admin/jury/ales-2022/year-2/file/"
TESTS = "/admin/jury/ales-2022/year-2/tests/"
ROW = "pre-admissible/optional-oral"


def about(nature, medium=Medium.VIDEO):
    return JuryTest(key="optional-oral", nature=nature, medium=medium)


BETON, PLANS = about("Béton armé"), about("Lecture de plans")


@pytest.fixture
def as_in_2024(db):
    """One at least for each who is called, remote or on site as the jury chooses."""
    told.dossiers.campaign()
    Assessment.objects.filter(key="optional-oral").update(at_least=1, also=["on_site"])


def sittings(candidacy, **states):
    rows = Sitting.objects.filter(candidacy=candidacy, assessment__key="optional-oral", **states)
    return list(rows.values_list("nature", "medium", "state"))


def offered(**changes):
    usual = {
        "key": "optional-oral",
        "label": {"fr": "Épreuve"},
        "for_all": False,
        "several": True,
        "at_least": 0,
        "media": (Medium.VIDEO,),
    }
    return OfferedAssessment(**usual | changes)


@pytest.mark.parametrize(
    ("changes", "chosen", "tests", "against"),
    [
        ({}, [], [BETON, PLANS], []),
        ({}, [], [], []),
        ({"at_least": 1}, [], [], ["too_few_jury_tests"]),
        ({"at_least": 2}, [], [BETON], ["too_few_jury_tests"]),
        ({"at_least": 2}, [], [BETON, PLANS], []),
        ({}, [], [BETON, about("béton  ARMÉ")], ["nature_is_there_twice"]),
        ({}, [], [about("")], ["nature_is_missing"]),
        ({}, [], [about("Plans", Medium.ON_SITE)], ["medium_not_offered"]),
        ({"media": (Medium.VIDEO, Medium.ON_SITE)}, [], [about("Plans", Medium.ON_SITE)], []),
        ({}, ["optional-oral"], [], ["assessment_not_offered"]),
        ({"several": False}, [], [BETON], ["assessment_not_offered"]),
        ({"several": False}, ["optional-oral"], [], []),
    ],
)
def test_what_a_jury_may_set(changes, chosen, tests, against):
    """R-SEL-2, R-SEL-4"""
    verdict = may_choose([offered(**changes)], chosen, tests)
    assert [refusal.code for refusal in verdict.refusals] == against


def test_each_is_a_sitting_of_its_own_sealed_until_it_is_told():
    """R-SEL-2, R-SEL-6, R-SEL-8"""
    candidacy = told.candidacy("BAT-2")

    told.decide(candidacy, "pre-admissible", BETON, PLANS)

    planned = [("Béton armé", "video", "planned"), ("Lecture de plans", "video", "planned")]
    assert sittings(candidacy) == planned
    assert not Notification.objects.filter(kind__startswith="admissions.decision").exists()
    told.run("file-results", told.FILE_RESULTS)
    assert {state for _nature, _medium, state in sittings(candidacy)} == {"called"}
    assert Sitting.objects.filter(candidacy=candidacy, state="called").count() == 4


def test_the_same_decision_again_changes_nothing_and_another_replaces_its_tests():
    candidacy = told.candidacy("BAT-2")
    first = told.decide(candidacy, "pre-admissible", BETON)

    assert told.decide(candidacy, "pre-admissible", BETON) == first
    told.decide(candidacy, "pre-admissible", PLANS)

    assert [nature for nature, *_ in sittings(candidacy)] == ["Lecture de plans"]
    assert Decision.objects.get(state="recorded").jury_tests == [
        {"key": "optional-oral", "nature": "Lecture de plans", "medium": "video"}
    ]


@pytest.mark.usefixtures("as_in_2024")
def test_a_call_to_the_series_without_a_speciality_test_is_refused(signed_in):
    """R-SEL-4: by the command, and on the page, where nothing typed is lost."""
    candidacy = told.candidacy("BAT-2")
    with pytest.raises(DomainError, match="too_few_jury_tests"):
        told.decide(candidacy, "pre-admissible")
    sent = {"outcome": "pre-admissible", "note": "Bon dossier.", f"{ROW}/1-medium": "on_site"}

    with time_machine.travel(jury.DECIDED, tick=False):
        client = signed_in(jury.member("year-2"))
        page = client.post(f"{FILE}{candidacy.ref}/record/", sent)
        described = client.post(
            f"{FILE}{candidacy.ref}/record/",
            sent | {f"{ROW}/1-nature": "  Lecture   de plans ", f"{ROW}/0-nature": ""},
        )

    said = page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert page.status_code == 422
    assert (
        "Avec ce résultat, le jury fixe au moins 1 épreuve « Épreuve optionnelle orale » : décrivez-la."
        in said
    )
    assert "Bon dossier." in said
    assert described.status_code == 302
    assert sittings(candidacy) == [("Lecture de plans", "on_site", "planned")]


def test_rows_are_typed_without_a_script_and_shown_again(signed_in):
    """R-SEL-2: two of three blank rows, then what stands with room for more."""
    candidacy = told.candidacy("BAT-2")
    rows = {f"{ROW}/0-nature": "Béton armé", f"{ROW}/2-nature": "Lecture de plans"}

    with time_machine.travel(jury.DECIDED, tick=False):
        client = signed_in(jury.member("year-2"))
        twice = rows | {f"{ROW}/1-nature": "béton armé"}
        refused = client.post(
            f"{FILE}{candidacy.ref}/record/", {"outcome": "pre-admissible"} | twice
        )
        client.post(f"{FILE}{candidacy.ref}/record/", {"outcome": "pre-admissible"} | rows)
        html = client.get(f"{FILE}{candidacy.ref}/").content.decode()

    typed = refused.content.decode()
    assert refused.status_code == 422
    assert all(f'value="{nature}"' in typed for nature in twice.values())
    shown = re.findall(rf'name="{ROW}/(\d)-nature"(?: value="([^"]*)")?', html)
    assert shown == [("0", "Béton armé"), ("1", "Lecture de plans"), ("2", ""), ("3", "")]
    assert "Épreuve optionnelle orale – Béton armé" in html


@pytest.mark.usefixtures("as_in_2024")
def test_letter_and_page_name_each_with_how_it_is_sat(signed_in):
    """R-SEL-4, R-SEL-6: number and nature are told with the answer."""
    candidacy = told.announced(
        "pre-admissible", BETON, about("Lecture de plans", Medium.ON_SITE), programme="BAT-2"
    )
    with time_machine.travel(told.FILE_RESULTS, tick=False):
        client = signed_in(candidacy.application.person.user)
        page = client.get(f"/dossiers/{candidacy.application.ref}/").content.decode()

    [(_row, sent)] = compose([Notification.objects.get(kind="admissions.decision_next")])
    letter = re.sub(r"\s+", " ", sent.text)
    shown = re.sub(r"\s+", " ", strip_tags(page))
    assert "Vous avez 4 épreuves à passer" in letter
    for said in (letter, shown):
        assert "Épreuve optionnelle orale – Béton armé" in said
        assert "Épreuve optionnelle orale – Lecture de plans" in said
        assert said.count("sur place") == 1


def test_marks_and_presences_are_each_test_s_own():
    """R-SEL-2, R-SEL-5: one mark eliminates by itself, whatever the other."""
    candidacy = told.announced("pre-admissible", BETON, PLANS, programme="BAT-2")
    Assessment.objects.filter(key="optional-oral").update(eliminates_at=4)
    juror = jury.member("year-2")
    of = {
        "candidacy_ref": candidacy.ref,
        "assessment_key": "optional-oral",
        "actor": juror,
        "now": jury.MARKED,
    }

    record_presence(nature="Lecture de plans", presence=SittingAction.SIT, **of)
    give_mark(nature="Béton armé", hundredths=1600, **of)
    assert not Decision.objects.filter(state="proposed").exists()
    give_mark(nature="Lecture de plans", hundredths=400, **of)

    assert sittings(candidacy) == [
        ("Béton armé", "video", "called"),
        ("Lecture de plans", "video", "sat"),
    ]
    marks = Mark.objects.order_by("nature").values_list("nature", "hundredths")
    assert list(marks) == [("Béton armé", 1600), ("Lecture de plans", 400)]
    proposed = Decision.objects.get(state="proposed")
    assert (proposed.outcome.key, proposed.eliminated_by.key) == ("not-admissible", "optional-oral")
    with pytest.raises(DomainError, match="not_called_to_assessment"):
        give_mark(nature="Autre", hundredths=1000, **of)


def test_the_jury_s_page_has_a_block_for_each(signed_in):
    """R-SEL-2"""
    candidacy = told.announced("pre-admissible", BETON, PLANS, programme="BAT-2")
    juror = jury.member("year-2")
    mark = f"{TESTS}{candidacy.ref}/tests/optional-oral/mark/"

    with time_machine.travel(jury.MARKED, tick=False):
        client = signed_in(juror)
        client.post(mark, {"nature": "Lecture de plans", "mark": "12,5"})
        refused = client.post(mark, {"nature": "Béton armé", "mark": "25"})
        html = client.get(f"{TESTS}{candidacy.ref}/").content.decode()

    assert refused.content.decode().count("Une note va de 0 à 20.") == 1
    assert html.count("Épreuve optionnelle orale – ") == 2
    assert list(Mark.objects.values_list("nature", "hundredths")) == [("Lecture de plans", 1250)]


def test_one_more_is_set_inside_the_stage_until_it_is_called(signed_in):
    """R-SEL-2: as the second interview of 2022 is, with its nature."""
    candidacy = told.announced("pre-admissible", BETON, programme="BAT-2")
    later = candidacy.programme.selection.stages.get(key="tests").announce
    Assessment.objects.filter(key="optional-oral").update(called_with=later)
    juror = jury.member("year-2")
    plan = f"{TESTS}{candidacy.ref}/tests/optional-oral/plan/"

    with time_machine.travel(jury.MARKED, tick=False):
        client = signed_in(juror)
        blank = client.post(plan, {"nature": " "})
        client.post(plan, {"nature": "Lecture de plans"})
        client.post(plan, {"nature": "Lecture de plans"})

    assert (blank.status_code, "Dites sur quoi porte l’épreuve" in blank.content.decode()) == (
        422,
        True,
    )
    assert sittings(candidacy, state="planned") == [("Lecture de plans", "video", "planned")]
    of = {"candidacy_ref": candidacy.ref, "assessment_key": "optional-oral", "actor": juror}
    unplan_sitting(nature="Lecture de plans", now=jury.MARKED, **of)
    assert sittings(candidacy) == [("Béton armé", "video", "called")]
    with pytest.raises(DomainError, match="nature_is_missing"):
        plan_sitting(now=jury.MARKED, **of)


def test_a_sitting_for_each_nature_and_no_second_one():
    """R-SEL-2"""
    candidacy = told.candidacy("BAT-2")
    told.decide(candidacy, "pre-admissible", BETON)
    known = Sitting.objects.get(candidacy=candidacy, assessment__key="optional-oral")

    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.create(
            candidacy=candidacy,
            assessment=known.assessment,
            nature=known.nature,
            state=known.state,
        )


def test_a_rectification_carries_the_tests_that_the_jury_sets():
    """R-SEL-2: those of the right decision are called to at once."""
    candidacy = told.announced("rejected", programme="BAT-2")
    row = propose_rectification(
        candidacy_ref=candidacy.ref,
        stage_key="file",
        outcome_key="pre-admissible",
        assessments=[BETON, PLANS],
        reason="Inversion de deux dossiers.",
        actor=told.president(),
        now=told.SECOND_CALL,
    )

    confirm_rectification(ref=row.ref, actor=accounts.clerk(), now=told.SECOND_CALL)

    assert sittings(candidacy) == [
        ("Béton armé", "video", "called"),
        ("Lecture de plans", "video", "called"),
    ]


def test_the_office_sets_the_hour_of_each(signed_in):
    """R-SEL-4: its list says which, and how it is sat."""
    candidacy = told.announced("pre-admissible", BETON, PLANS, programme="BAT-2")
    test = Assessment.objects.get(key="optional-oral")

    with time_machine.travel(told.SECOND_CALL, tick=False):
        client = signed_in(accounts.with_second_factor(accounts.clerk()))
        html = client.get(f"/admin/sittings/ales-2022/?test={test.pk}").content.decode()

    assert html.count("Béton armé · en visioconférence") == 1
    assert html.count("Lecture de plans · ") == 1
    assert html.count(candidacy.application.ref) == 2


def test_what_is_decided_says_nothing_of_them_before_it_is_told():
    """R-SEL-8: not in the journal that others read either."""
    candidacy = told.candidacy("BAT-2")
    record_decision(
        candidacy_ref=candidacy.ref,
        outcome_key="pre-admissible",
        assessments=[BETON],
        actor=jury.member("year-2"),
        now=jury.DECIDED,
    )

    assert not JournalEntry.objects.filter(data__icontains="Béton").exists()


class TestFrench:
    """R-APP-11: rated where French is not the mother tongue, at the tests where the notice has it so."""

    @pytest.fixture
    def called(self):
        return told.announced("pre-admissible", programme="BAT-2", french_mother_tongue=False)

    def test_a_mark_without_it_is_refused(self, called):
        of = {"candidacy_ref": called.ref, "actor": jury.member("year-2"), "now": jury.MARKED}

        with pytest.raises(DomainError, match="french_is_not_rated"):
            give_mark(assessment_key="jury-interview", hundredths=1200, **of)
        mark = give_mark(assessment_key="jury-interview", hundredths=1200, french="helped", **of)
        english = give_mark(assessment_key="english", hundredths=1200, french="helped", **of)

        assert (mark.french, english.french) == ("helped", "")

    def test_the_page_asks_for_it_there_alone(self, called, signed_in):
        asked = "Capacité à suivre des enseignements en français"
        page = f"{TESTS}{called.ref}/"

        with time_machine.travel(jury.MARKED, tick=False):
            client = signed_in(jury.member("year-2"))
            html = client.get(page).content.decode()
            refused = client.post(f"{page}tests/jury-interview/mark/", {"mark": "12"})
            client.post(f"{page}tests/jury-interview/mark/", {"mark": "12", "french": "good"})

        assert html.count(asked) == 1
        assert (refused.status_code, "Estimez-la" in refused.content.decode()) == (422, True)
        assert Mark.objects.get().french == "good"

    def test_nobody_whose_mother_tongue_it_is_is_rated(self, signed_in):
        candidacy = told.announced("pre-admissible", programme="BAT-2")

        with time_machine.travel(jury.MARKED, tick=False):
            html = signed_in(jury.member("year-2")).get(f"{TESTS}{candidacy.ref}/").content.decode()

        assert "Capacité à suivre" not in html


def test_the_platform_is_told_with_the_call_and_shown(signed_in):
    """R-SEL-6: where the file names it, and for what is sat online alone."""
    Assessment.objects.filter(stage__selection__campaign=told.dossiers.campaign()).update(
        platform="https://tests.exemple.fr/"
    )
    candidacy = told.announced("pre-admissible", programme="BAT-2")

    with time_machine.travel(told.FILE_RESULTS, tick=False):
        client = signed_in(candidacy.application.person.user)
        page = client.get(f"/dossiers/{candidacy.application.ref}/").content.decode()
    [(_row, sent)] = compose([Notification.objects.get(kind="admissions.decision_next")])

    assert sent.text.count("https://tests.exemple.fr/") == 1
    assert page.count('href="https://tests.exemple.fr/"') == 1


def test_a_call_that_a_change_of_the_notice_leaves_without_a_test_is_not_armed():
    """R-SEL-4: decided before the notice asked for one; another outcome, or one described, is armed."""
    candidacy = told.candidacy("BAT-2")
    told.decide(candidacy, "pre-admissible")
    milestone = told.reread(candidacy).stage.announce
    assert against_announcing(milestone, jury.DECIDED)

    Assessment.objects.filter(key="optional-oral").update(at_least=1)

    against = against_announcing(milestone, jury.DECIDED).refusals
    assert [row.code for row in against] == ["call_lacks_jury_tests"]
    told.decide(candidacy, "rejected")
    assert against_announcing(milestone, jury.DECIDED)
    told.decide(candidacy, "pre-admissible", PLANS)
    assert against_announcing(milestone, jury.DECIDED)


def test_a_nature_in_other_letters_is_the_same_test():
    """R-SEL-2: planned, called and called again once."""
    candidacy = told.announced("pre-admissible", BETON, programme="BAT-2")
    of = {"candidacy_ref": candidacy.ref, "assessment_key": "optional-oral"}

    again = plan_sitting(nature="béton  ARMÉ", actor=jury.member("year-2"), now=jury.MARKED, **of)
    assert again.nature == "Béton armé"
    for outcome, tests in (("rejected", []), ("pre-admissible", [about("beton arme")])):
        row = propose_rectification(
            candidacy_ref=candidacy.ref,
            stage_key="file",
            outcome_key=outcome,
            assessments=tests,
            reason="Inversion de deux dossiers.",
            actor=told.president(),
            now=told.SECOND_CALL,
        )
        confirm_rectification(ref=row.ref, actor=accounts.clerk(), now=told.SECOND_CALL)

    assert sittings(candidacy) == [("Béton armé", "video", "called")]


def test_only_one_of_several_has_a_medium_of_its_own():
    """R-SEL-4"""
    candidacy = told.announced("pre-admissible", programme="BAT-2")
    usual = Sitting.objects.filter(candidacy=candidacy, nature="")

    with pytest.raises(IntegrityError), transaction.atomic():
        usual.update(medium=Medium.ON_SITE)


def test_natures_written_alike_have_fields_of_their_own(signed_in):
    """R-SEL-2: no two fields of a page have the same id."""
    candidacy = told.announced("pre-admissible", about("C"), about("C plus"), programme="BAT-2")
    Sitting.objects.filter(nature="C plus").update(nature="C++")

    with time_machine.travel(jury.MARKED, tick=False):
        html = signed_in(jury.member("year-2")).get(f"{TESTS}{candidacy.ref}/").content.decode()

    ids = re.findall(r'id="(optional-oral-[^"]*-mark)"', html)
    assert (len(ids), len(set(ids))) == (2, 2)
