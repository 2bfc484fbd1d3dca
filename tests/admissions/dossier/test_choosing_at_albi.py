"""Albi 2021: one option is chosen, the office takes one status, continuing education says what it needs (R-ELI-4)."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine

from admissions.correcting.selectors import title_said
from admissions.correcting.services import correct_title
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services import drafts, submission
from admissions.models import Application, Candidacy
from campaigns.models import Programme
from common.drafts.rules import fingerprint
from common.refusals import DomainError
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories.campaigns import albi_2021_document, load

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 2, 20, 21, 0, tzinfo=dossiers.PARIS)
TITLE = drafts.TitleInput(
    diploma_code="BTS-BAT",
    institution="Lycée de Nîmes",
    status="obtained",
    on=date(2018, 6, 30),
    ects=120,
)


@pytest.fixture
def application() -> Application:
    load(albi_2021_document())
    user = accounts.candidate(nationality="FR")
    row = drafts.start_application(campaign_slug="albi-2021", actor=user, now=NOW)
    by = dossiers.whose(row)
    drafts.save_studies(baccalaureate="STI2D", baccalaureate_year=2016, now=NOW, **by)
    drafts.add_title(title=TITLE, now=NOW, **by)
    drafts.declare_grant_holder(grant_holder=False, now=NOW, **by)
    return row


def missing(dossier):
    return {refusal.code for _step, refusal in dossier.missing}


def submit(application):
    return submission.submit_application(
        accepted_version=get_dossier(ref=application.ref, now=NOW).current_version,
        received_at=NOW,
        **dossiers.whose(application),
    )


def choose(application, *codes):
    drafts.choose_programmes(codes=codes, now=NOW, **dossiers.whose(application))
    return get_dossier(ref=application.ref, now=NOW)


def test_one_option_is_applied_to_from_the_first_page_to_the_receipt(application):
    """R-PLA-3, R-APP-1, R-APP-2"""
    dossier = choose(application, "SIMMA-APP")
    dossiers.give_all(application, NOW)

    submission.submit_application(
        accepted_version=dossier.current_version, received_at=NOW, **dossiers.whose(application)
    )

    submitted = get_dossier(ref=application.ref, now=NOW)
    assert [(row.code, row.candidacy.state, row.candidacy.verdict) for row in submitted.chosen] == [
        ("SIMMA-APP", "submitted", "eligible")
    ]
    assert submitted.fees.balance == 7700
    assert "defence-day" in {piece.key for piece in submitted.pieces}


def test_a_second_option_is_refused_and_another_replaces_the_first(application):
    """R-PLA-3"""
    with pytest.raises(DomainError, match="too_many_programmes"):
        choose(application, "SIMMA-APP", "SENMBA-APP")

    assert [row.code for row in choose(application, "SIMMA-APP").chosen] == ["SIMMA-APP"]
    assert [row.code for row in choose(application, "SENMBA-APP").chosen] == ["SENMBA-APP"]


def test_as_many_are_submitted_as_the_notice_lets_choose(application):
    """R-PLA-3: also where it let choose more when they were chosen."""
    choose(application, "SIMMA-APP")
    second = Programme.objects.get(code="SENMBA-APP")
    Candidacy.objects.create(application=application, programme=second)
    dossiers.give_all(application, NOW)
    version = get_dossier(ref=application.ref, now=NOW).current_version

    with pytest.raises(DomainError, match=r"^too_many_programmes$"):
        submission.submit_application(
            accepted_version=version, received_at=NOW, **dossiers.whose(application)
        )
    assert dossiers.reread(application).state == "draft"


def test_what_the_office_takes_is_not_chosen_online(application):
    """R-ELI-4"""
    with pytest.raises(DomainError, match="programme_at_the_office"):
        choose(application, "SIMMA-CP")


@pytest.mark.parametrize(
    ("years", "agrees", "verdict"), [(3, True, "eligible"), (None, None, "jury")]
)
def test_continuing_education_follows_the_experience(application, years, agrees, verdict):
    """R-ELI-4: what is not said is for the commission to judge."""
    experience = {"technician_years": years, "employer_agrees": agrees}
    drafts.declare_experience(now=NOW, **experience, **dossiers.whose(application))

    [row] = choose(application, "SIMMA-FC").chosen

    assert row.verdict.verdict.value == verdict


def test_too_few_years_close_continuing_education(application):
    drafts.declare_experience(
        technician_years=2, employer_agrees=True, now=NOW, **dossiers.whose(application)
    )
    with pytest.raises(DomainError, match="programme_not_eligible"):
        choose(application, "SIMMA-FC")


def test_continuing_education_says_its_experience_before_it_is_submitted(application, client):
    """R-ELI-4: three years and the employer's agreement, asked where the programme chosen needs them."""
    apprentice = choose(application, "SIMMA-APP")
    assert not {"missing_technician_years", "missing_employer_agrees"} & missing(apprentice)

    unsaid = choose(application, "SIMMA-FC")
    dossiers.give_all(application, NOW)
    assert {"missing_technician_years", "missing_employer_agrees"} <= missing(unsaid)
    with pytest.raises(DomainError) as error:
        submit(application)
    assert [refusal.code for refusal in error.value.refusals] == [
        "missing_technician_years",
        "missing_employer_agrees",
    ]
    client.force_login(application.person.user)
    with time_machine.travel(NOW, tick=False):
        review = client.get(f"/dossiers/{application.ref}/review/").content.decode()
    assert "depuis combien d’années vous travaillez" in review
    assert f"/dossiers/{application.ref}/programmes/#div_id_technician_years" in review

    drafts.declare_experience(
        technician_years=4, employer_agrees=True, now=NOW, **dossiers.whose(application)
    )
    submit(application)
    [row] = get_dossier(ref=application.ref, now=NOW).chosen
    assert (row.candidacy.state, row.candidacy.verdict) == ("submitted", "eligible")


def test_what_was_said_of_the_experience_is_not_taken_back(application):
    """R-ELI-4: a correction of its candidate is received as a submission is."""
    by = dossiers.whose(application)
    drafts.declare_experience(technician_years=4, employer_agrees=True, now=NOW, **by)
    choose(application, "SIMMA-FC")
    dossiers.give_all(application, NOW)
    submit(application)

    with pytest.raises(DomainError, match="missing_employer_agrees"):
        drafts.declare_experience(technician_years=4, employer_agrees=None, now=NOW, **by)
    assert dossiers.reread(application).employer_agrees is True


def test_a_correction_of_the_central_service_waits_for_no_experience(application):
    """R-ELI-4: only its candidate can say it, who was received before it was asked."""
    drafts.declare_experience(
        technician_years=4, employer_agrees=True, now=NOW, **dossiers.whose(application)
    )
    choose(application, "SIMMA-FC")
    dossiers.give_all(application, NOW)
    submit(application)
    Application.objects.update(technician_years=None, employer_agrees=None)
    title = application.titles.get()

    correct_title(
        ref=application.ref,
        title_ref=title.ref,
        title=replace(TITLE, institution="Lycée d’Albi"),
        seen=fingerprint(title_said(title)),
        reason="Autre lycée.",
        actor=dossiers.clerk_of(dossiers.reread(application)),
        now=NOW,
    )
    assert application.titles.get().institution == "Lycée d’Albi"


@pytest.mark.parametrize(("code", "asked"), [("SIMMA-FC", True), ("SIMMA-APP", False)])
def test_proofs_of_the_experience_are_asked_of_continuing_education_alone(application, code, asked):
    """R-APP-3, R-ELI-4"""
    pieces = {piece.key for piece in choose(application, code).pieces if piece.ours}
    assert pieces == ({"senior-technician", "employer-agreement"} if asked else set())


@pytest.mark.parametrize("kind", ["BTS", "DUT", "L2"])
def test_a_title_outside_the_nomenclature_is_described_and_judged(application, kind):
    """R-ELI-4, R-ELI-6: its speciality is to be confirmed, nothing is refused."""
    title = application.titles.get()
    typed = drafts.TitleInput(kind=kind, name="Productique textile", status="obtained")
    drafts.change_title(title_ref=title.ref, title=typed, now=NOW, **dossiers.whose(application))

    [row] = choose(application, "SIMMA-APP").chosen

    assert row.verdict.verdict == "jury"
    assert [one.code for one in row.verdict.missing][:1] == ["title_speciality_unknown"]


def test_the_page_sends_whoever_wants_a_contrat_pro_to_the_office(application, client):
    """R-ELI-4"""
    client.force_login(application.person.user)
    with time_machine.travel(NOW, tick=False):
        html = client.get(f"/dossiers/{application.ref}/programmes/").content.decode()
    part = html.split('id="programme-SIMMA-CP"')[1].split('class="programme" ')[0]
    assert "Se renseigner auprès du service des admissions" in part
    assert "écrivez à admissions@mines-albi.fr" in part
    assert "Le jury appréciera" not in part


def test_the_page_asks_for_the_experience_and_keeps_what_is_typed(application, client):
    client.force_login(application.person.user)
    page = f"/dossiers/{application.ref}/programmes/"
    typed = {"technician_years": "4", "employer_agrees": "yes", "grant_holder": "no"}
    with time_machine.travel(NOW, tick=False):
        wrong = client.post(
            page, typed | {"programmes": ["SIMMA-FC"], "technician_years": "quatre"}
        )
        both = client.post(page, typed | {"programmes": ["SIMMA-FC", "SIMMA-APP"]})
        right = client.post(page, typed | {"programmes": ["SIMMA-FC"]})
        html = client.get(page).content.decode()

    assert "Indiquez un nombre entier d’années" in wrong.content.decode()
    assert "1 choix au plus parmi ces formations" in both.content.decode()
    assert right.status_code == 302
    assert 'name="technician_years" value="4"' in html


def test_nobody_over_twenty_five_or_foreign_gives_a_defence_certificate(application):
    """R-APP-10"""
    for born, nationality, asked in (
        (date(1995, 10, 5), "FR", True),
        (date(1995, 10, 4), "FR", False),
        (date(1999, 1, 1), "BE", False),
    ):
        Application.objects.update(born_on=born, nationality=nationality)
        pieces = {piece.key for piece in choose(application, "SIMMA-APP").pieces}
        assert ("defence-day" in pieces) is asked
