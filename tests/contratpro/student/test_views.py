"""A student's pages: theirs alone, what is expected first, what is at risk, the mark explained (R-PRO-4, 5, 6)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress

from common.files.services import keep_made
from contratpro.models import (
    ConditionFact,
    InformationMeeting,
    PaperTemplate,
    PfeSheet,
    StepRecord,
)
from contratpro.states import PfeSheetState, StudentState
from contratpro.steps.services import declare_step, mark_step, return_step
from contratpro.student.presentation import project_acts
from contratpro.student.services.own import take_risk
from tests.factories import accounts, agreements, files, sheets
from tests.factories import company_projects as projects
from tests.factories import contratpro as contracts

JULY = datetime(2025, 7, 1, 10, 0, tzinfo=UTC)
LATE = datetime(2025, 8, 25, 10, 0, tzinfo=UTC)
BEFORE_DEFENCE = datetime(2026, 8, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel(JULY, tick=False):
        yield


@pytest.fixture
def feasible(year):
    return contracts.student(year, StudentState.FEASIBLE, grant_holder=True, long_internship=False)


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def page_of(student):
    return f"/contrat-pro/{student.ref}/"


# Whose file it is.


def test_signing_in_leads_to_it(signed_in, student):
    assert signed_in(student.user).get("/landing/")["Location"] == "/contrat-pro/"


def test_it_is_the_home_of_whoever_proved_its_address(signed_in, year):
    contracts.student(year, StudentState.INVITED, user=None, email="rose.malafosse@exemple.fr")
    user = accounts.UserFactory()

    assert signed_in(user).get("/landing/")["Location"] == "/dossiers/"

    EmailAddress.objects.create(user=user, email="rose.malafosse@exemple.fr", verified=True)
    assert signed_in(user).get("/landing/")["Location"] == "/contrat-pro/"


def test_its_pages_lead_back_to_it_and_the_menu_to_applications(signed_in, student):
    """A student of a school has applied nowhere; whoever has finds it one step further."""
    client = signed_in(student.user)
    own, elsewhere = text(client.get(page_of(student))), text(client.get("/dossiers/"))
    assert "Rentrée Contrat pro Mon compte" in own
    assert "Mes candidatures Se déconnecter" in own
    assert "Rentrée Mes candidatures Mon compte" in elsewhere


def test_one_file_is_opened_at_once(signed_in, student):
    answer = signed_in(student.user).get("/contrat-pro/")

    assert (answer.status_code, answer["Location"]) == (302, page_of(student))


def test_files_of_two_years_are_listed(signed_in, student):
    contracts.student(contracts.other_year(), user=student.user)

    page = text(signed_in(student.user).get("/contrat-pro/"))

    assert "IMT Mines Alès" in page
    assert "IMT Mines Albi" in page


def test_whoever_has_none_reads_why(signed_in, db):
    assert "Aucun dossier de contrat pro à votre adresse" in text(
        signed_in(accounts.candidate()).get("/contrat-pro/")
    )


def test_a_former_candidate_opens_the_file_sent_to_their_address(signed_in, year):
    candidate = accounts.candidate(born_on=date(2002, 6, 7), nationality="SN")
    listed = contracts.student(
        year, StudentState.INVITED, user=None, email=candidate.email.upper(), nationality=""
    )
    client = signed_in(candidate)

    first = client.get("/contrat-pro/", follow=True)
    answer = client.post(
        f"{page_of(listed)}identity/",
        {
            "first_names": "Mamadou",
            "birth_name": "N’Diaye",
            "born_on": "07/06/2002",
            "nationality": "SN",
            "phone": "06 12 34 56 78",
        },
    )

    assert first.redirect_chain[-1][0] == f"{page_of(listed)}identity/"
    assert first.context["form"].initial["born_on"] == date(2002, 6, 7)
    assert first.context["form"].initial["nationality"] == "SN"
    assert (answer.status_code, answer["Location"]) == (302, f"{page_of(listed)}circumstances/")
    listed.refresh_from_db()
    assert (listed.user, listed.state) == (candidate, "confirmed")


ADDRESSES = ("", "identity/", "circumstances/", "risks/toeic/", "steps/report/", "papers/{}/")
STRANGERS = {
    "another student": lambda year: contracts.student(year).user,
    "candidate": lambda _year: accounts.candidate(),
    "office": lambda year: accounts.with_second_factor(accounts.contract_service(year.school)),
    "head": contracts.head,
    "administrator": lambda _year: accounts.with_second_factor(accounts.administrator()),
}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("who", STRANGERS)
def test_for_anyone_else_the_file_does_not_exist(signed_in, year, feasible, who, address):
    paper = paper_of(year)
    client = signed_in(STRANGERS[who](year))
    there = page_of(feasible) + address.format(paper.ref)
    nowhere = "/contrat-pro/no-such-file/" + address.format(paper.ref)

    assert client.get(there).status_code == client.get(nowhere).status_code == 404
    assert client.post(there).status_code == client.post(nowhere).status_code


def test_anonymous_readers_sign_in_first(client, feasible):
    assert "/login/" in client.get(page_of(feasible))["Location"]


# What is expected first.

FIRST = {
    StudentState.CONFIRMED: "Dites votre intention au service des contrats pro",
    StudentState.INTENDS: "Le service des contrats pro doit répondre",
    StudentState.FEASIBLE: "Maintenant : Dire son intention",
    StudentState.REFUSED: "Réponse du service des contrats pro : pas faisable",
    StudentState.WITHDRAWN: "Vous avez renoncé au contrat pro",
}


@pytest.mark.parametrize("state", FIRST)
def test_the_page_says_first_what_is_expected(signed_in, year, state):
    student = contracts.student(
        year, state, grant_holder=False, long_internship=False, reason="pas de réunion"
    )

    page = text(signed_in(student.user).get(page_of(student)))

    assert FIRST[state] in page
    assert ("pas de réunion" in page) == (state is StudentState.REFUSED)


@pytest.mark.parametrize("state", [StudentState.LISTED, StudentState.INVITED])
def test_the_identity_comes_before_all(signed_in, year, state):
    student = contracts.student(year, state)
    client = signed_in(student.user)

    for address in ("", "circumstances/", "steps/intention/"):
        answer = client.get(page_of(student) + address)
        assert answer["Location"] == f"{page_of(student)}identity/"


def test_the_questions_come_before_the_intention(signed_in, year):
    student = contracts.student(year)
    client = signed_in(student.user)

    assert "Répondez à deux questions" in text(client.get(page_of(student)))
    client.post(
        f"{page_of(student)}circumstances/", {"grant_holder": "yes", "long_internship": "no"}
    )
    told = text(client.get(page_of(student)))

    assert "Dites votre intention" in told
    assert "Votre bourse s’arrête" in told


def test_the_grants_end_is_said_before_the_intention_and_before_signing(signed_in, year):
    student = contracts.student(year, grant_holder=True)
    client = signed_in(student.user)

    assert "Votre bourse s’arrête" in text(client.get(f"{page_of(student)}steps/intention/"))
    assert "Votre bourse s’arrête" in text(client.get(page_of(student)))


def test_who_holds_no_grant_is_not_warned(signed_in, year):
    student = contracts.student(year, grant_holder=False)

    assert "bourse s’arrête" not in text(signed_in(student.user).get(page_of(student)))


# "May I?"


def test_every_reason_is_said_at_once_with_what_to_do(signed_in, year):
    student = contracts.student(
        year, StudentState.INTENDS, double_degree=True, nationality="SN", long_internship=True
    )

    page = text(signed_in(student.user).get(page_of(student)))

    assert "10 conditions s’opposent aujourd’hui à un contrat." in page
    assert "Avoir assisté à la réunion d’information article 4" in page
    assert "Qui le dit : Établissement d’origine." in page
    assert "une étape l’attend : 6. Faire signer la convention par la direction" in page


def test_a_risk_is_taken_in_words_and_shown_until_the_final_project(signed_in, feasible):
    client = signed_in(feasible.user)
    address = f"{page_of(feasible)}risks/toeic/"

    assert client.post(address).status_code == 422
    asked = text(client.get(address))
    answer = client.post(address, {"sure": "on"})
    shown = text(client.get(page_of(feasible)))

    assert answer.status_code == 302
    fact = ConditionFact.objects.get(student=feasible)
    assert fact.note.startswith(f"Moi, {feasible.full_name}, je demande")
    assert "Avoir validé le TOEIC (article 4)" in fact.note
    assert fact.note.replace("\N{NO-BREAK SPACE}", " ") in asked
    assert "À vos risques : Avoir validé le TOEIC" in shown
    assert "Votre déclaration du 1er juillet 2025" in shown


@pytest.mark.parametrize(("days", "is_shown"), [(0, True), (1, False)])
def test_a_risk_is_shown_until_its_last_day(signed_in, feasible, days, is_shown):
    take_risk(student=feasible, key="sio", statement="x", actor=feasible.user, now=JULY)

    with time_machine.travel(datetime(2026, 3, 2, 12, 0, tzinfo=UTC) + timedelta(days=days)):
        page = text(signed_in(feasible.user).get(page_of(feasible)))

    assert ("À vos risques : Avoir validé le séjour" in page) is is_shown


@pytest.mark.parametrize("key", ["meeting", "dance", "home-school"])
def test_there_is_no_page_for_a_risk_that_is_none(signed_in, feasible, key):
    assert signed_in(feasible.user).get(f"{page_of(feasible)}risks/{key}/").status_code == 404


# The steps.


def test_a_student_tells_their_intention(signed_in, year):
    student = contracts.student(year)

    answer = signed_in(student.user).post(f"{page_of(student)}steps/intention/", {"note": ""})

    student.refresh_from_db()
    assert (answer.status_code, student.state) == (302, "intends")


def test_the_page_says_who_acts_by_when_what_proves_it_and_what_it_earns(
    signed_in, feasible, office
):
    declare_step(student=feasible, key="intention", actor=office, now=JULY)

    page = text(signed_in(feasible.user).get(page_of(feasible)))

    assert "Maintenant : Établir la fiche contact" in page
    assert "Qui agit vous , Entreprise" in page
    assert "Au plus tard lundi 18 août 2025" in page
    assert "Preuve Fiche contact complète" in page
    assert "Points à faire : jusqu’à 2" in page
    assert "20,00 / 20" in page
    assert "0,00 / 20 (0 points sur 18)" in page


def test_what_was_late_or_out_of_order_is_said(signed_in, feasible, office):
    declare_step(student=feasible, key="employment-contract", actor=office, now=LATE)
    mark_step(student=feasible, key="employment-contract", points=0, actor=office, now=LATE)

    page = text(signed_in(feasible.user).get(page_of(feasible)))

    assert "Faite le 25 août 2025 en retard dans le désordre" in page
    assert "0 sur 1" in page


def test_a_step_that_came_back_says_why(signed_in, feasible, office):
    declare_step(student=feasible, key="contact-sheet", actor=feasible.user, now=JULY)
    return_step(
        student=feasible, key="contact-sheet", reason="pas dactylographiée", actor=office, now=JULY
    )

    assert "pas dactylographiée" in text(signed_in(feasible.user).get(page_of(feasible)))


def test_a_student_declares_and_is_led_to_incidents(signed_in, feasible):
    client = signed_in(feasible.user)

    client.post(f"{page_of(feasible)}steps/contact-sheet/", {"note": "remise à M. Durand"})
    to_incidents = client.get(f"{page_of(feasible)}steps/incident/")

    rows = StepRecord.objects.order_by("key").values_list("key", "state", "note")
    assert list(rows) == [("contact-sheet", "done", "remise à M. Durand")]
    assert to_incidents["Location"] == f"{page_of(feasible)}incidents/"


@pytest.mark.parametrize("key", ["direction-signature", "home-school-approval", "dance"])
def test_steps_of_others_have_no_page_here(signed_in, feasible, key):
    assert signed_in(feasible.user).get(f"{page_of(feasible)}steps/{key}/").status_code == 404


def test_days_that_the_school_has_not_confirmed_are_said_to_be_so(signed_in, db):
    student = contracts.student(contracts.ales_2025(), StudentState.FEASIBLE)

    with time_machine.travel(LATE, tick=False):
        page = text(signed_in(student.user).get(page_of(student)))

    assert "un jour que l’école doit encore confirmer" in page
    assert "En retard" not in page


# Papers, meetings, the scale.


def paper_of(year, **changes):
    stored = keep_made(
        content=files.pdf(),
        name="fiche.pdf",
        media_type="application/pdf",
        purpose="paper",
        now=JULY,
    )
    return PaperTemplate.objects.create(
        year=year, **{"title": "Fiche contact", "dated": date(2025, 2, 1), "file": stored} | changes
    )


def test_the_latest_papers_are_there_to_download(signed_in, year, feasible):
    latest = paper_of(year)
    old = paper_of(year, title="Fiche ancienne", replaced=True)
    elsewhere = paper_of(contracts.other_year(), title="Fiche d’Albi")
    client = signed_in(feasible.user)

    page = text(client.get(page_of(feasible)))

    assert "Fiche contact du 1er février 2025" in page
    assert "Fiche ancienne" not in page
    assert client.get(f"{page_of(feasible)}papers/{latest.ref}/").status_code == 200
    for other in (old, elsewhere):
        assert client.get(f"{page_of(feasible)}papers/{other.ref}/").status_code == 404


def test_meetings_to_come_are_those_of_the_department(signed_in, year, feasible):
    for place, departments, days in [
        ("Amphi A", [], 3),
        ("Amphi B", ["2IA"], 4),
        ("Amphi C", ["GCBD"], 4),
        ("Amphi D", [], -3),
    ]:
        starts = JULY + timedelta(days=days)
        InformationMeeting.objects.create(
            year=year,
            place=place,
            departments=departments,
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
        )

    page = text(signed_in(feasible.user).get(page_of(feasible)))

    assert [place in page for place in ("Amphi A", "Amphi B", "Amphi C", "Amphi D")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_the_scale_is_public(client, year):
    page = text(client.get("/contrat-pro/ales-2025/scale/"))

    assert "Barème de la note de conduite" in page
    assert "2. Établir la fiche contact article 5.3" in page
    assert "0 / 1 / 2" in page
    assert client.get("/contrat-pro/no-such-year/scale/").status_code == 404


def test_the_cockpit_costs_the_same_with_one_step_and_with_all(
    signed_in, feasible, office, django_assert_num_queries
):
    client = signed_in(feasible.user)
    client.get(page_of(feasible))

    with django_assert_num_queries(QUERIES):
        client.get(page_of(feasible))
    for key in ("intention", "contact-sheet", "head-approval", "employment-contract", "report"):
        declare_step(student=feasible, key=key, actor=office, now=JULY)
    with django_assert_num_queries(QUERIES):
        client.get(page_of(feasible))


QUERIES = 14


# The projects.


@pytest.fixture
def planned(year, feasible, office):
    """All have signed the agreement, and the defence has its day."""
    head = accounts.with_second_factor(contracts.head(year))
    agreements.validated_sheet(feasible, head)
    agreements.admitted_to_year_3(feasible, office)
    agreements.signed(agreements.handed_in(agreements.prepared(feasible, office), office), office)
    return projects.planned(feasible, head)


def test_four_days_before_the_defence_the_page_says_when_and_where(signed_in, feasible, planned):
    with time_machine.travel(BEFORE_DEFENCE, tick=False):
        page = text(signed_in(feasible.user).get(page_of(feasible)))
        assert "Votre soutenance jeudi 27 août 2026 à 14 h, heure de Paris Salle A12" in page
        assert "pas encore reçu : il est attendu au plus tard le mercredi 12 août 2026" in page
        assert "Déposer le rapport du projet de fin d’études" in page

        projects.pfe_deposited(feasible, at=BEFORE_DEFENCE)
        page = text(signed_in(feasible.user).get(page_of(feasible)))
        assert "Votre rapport est reçu : version 1" in page
        assert "Déposer le rapport du projet de fin d’études" not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PfeSheetState.DRAFT, ["Remplir la fiche du projet de fin d’études"]),
        (
            PfeSheetState.RETURNED,
            [
                "Corriger la fiche du projet de fin d’études, renvoyée par votre tuteur école",
            ],
        ),
        (PfeSheetState.SENT, []),
        (PfeSheetState.APPROVED, []),
    ],
)
def test_a_project_waits_for_what_is_no_step(feasible, state, words):
    acts = project_acts(feasible, PfeSheet(student=feasible, state=state), None)
    assert [str(act.words) for act in acts] == words


def test_a_sheet_that_is_with_the_head_is_not_the_students_to_do(signed_in, feasible, office):
    for key in ("intention", "report", "company-mark", "booklet", "sheet-update"):
        declare_step(student=feasible, key=key, actor=office, now=JULY)
    sheets.sent(sheets.own(feasible), at=JULY)
    page = text(signed_in(feasible.user).get(page_of(feasible)))

    assert "en attente de réponse depuis le mardi 1er juillet 2025 à 12 h, heure de Paris" in page
    assert "Qui agit Responsable de département ou d’option" in page
    assert "Maintenant : Faire valider" not in page


def test_a_mark_that_is_closed_is_said_to_be(signed_in, feasible):
    assert "Note en vue" in text(signed_in(feasible.user).get(page_of(feasible)))
    with time_machine.travel(projects.CLOSED, tick=False):
        page = text(signed_in(feasible.user).get(page_of(feasible)))
    assert "Note close : 0,00 sur 20" in page
    assert "La note a été close le mercredi 31 décembre 2025" in page
    assert "Note en vue" not in page
    assert "Si tout ce qui peut encore être fait" not in page
