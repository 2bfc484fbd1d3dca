"""Where the admission rests on the employer's agreement: it takes the place, and no contract is asked for."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from admissions.dossier.services.endings import withdraw_application
from admissions.models import EmployerAgreement, Seat
from admissions.places.selectors.checklist import checklist_of
from admissions.places.services.admission import admit, revert
from admissions.places.services.agreements import record_agreement, withdraw_agreement
from apprenticeship.projects.services.inviting import invite_employer
from apprenticeship.projects.services.seats import take_seat
from apprenticeship.search.services.closing import CLOSE_SEARCH
from apprenticeship.search.services.opening import START_SEARCH
from campaigns.models import Milestone, Pool, Programme
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from companies.models import Company
from companies.services import CompanyInput
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.apprenticeship.search.test_services import closing
from tests.factories import accounts, announcing
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
COMPANY = CompanyInput(
    siret="73282932000074",
    name="Bâtisseurs du Gard",
    street="1 rue de la Gare",
    postcode="30100",
    city="Alès",
)
PAGE = "/admin/seats/"
TYPED = {
    "siret": "732 829 320 00074",
    "name": "Bâtisseurs du Gard",
    "city": "Alès",
    "country": "FR",
}


def by_agreement(code: str = "BAT-1") -> None:
    dossiers.campaign()
    Programme.objects.filter(code=code).update(admission="agreement")


def chosen(code: str = "BAT-1"):
    by_agreement(code)
    return jobs.selected(code)


def agree(candidacy, actor, on=date(2022, 7, 4), now=jobs.NOW):
    return record_agreement(
        candidacy_ref=candidacy.ref, company=COMPANY, agreed_on=on, actor=actor, now=now
    )


def go_back(candidacy, actor, reason="L’employeur renonce."):
    return withdraw_agreement(candidacy_ref=candidacy.ref, reason=reason, actor=actor, now=jobs.NOW)


def letter(kind: str):
    rows = Notification.objects.filter(kind=f"admissions.{kind}").order_by("pk")
    return [part.text for _row, part in compose(list(rows))]


def conditions(candidacy):
    return {item.condition: item.met for item in checklist_of(jobs.reread(candidacy)).items}


def refused(doing, *args, **named):
    with pytest.raises(DomainError) as caught:
        doing(*args, **named)
    return [refusal.code for refusal in caught.value.refusals]


def test_it_takes_a_place_and_leads_to_the_admission_without_a_contract(office):
    candidacy = chosen()
    assert conditions(candidacy) == {"agreement": False, "seat": False, "proofs": False}

    first, again = agree(candidacy, office), agree(candidacy, office)
    assert first == again
    assert conditions(candidacy) == {"agreement": True, "seat": True, "proofs": False}
    seat = Seat.objects.get()
    assert (seat.candidacy, seat.state, seat.place_no) == (candidacy, "held", 1)
    assert seat.company == Company.objects.get(siret=COMPANY.siret)
    [said] = letter("agreement_recorded")
    assert "vous tenez la place 1" in said
    assert "contrat d’apprentissage" not in said

    jobs.prove(candidacy)
    assert admit(candidacy_ref=candidacy.ref, actor=office, now=jobs.NOW).state == "admitted"
    [entry] = JournalEntry.objects.filter(object_type="agreement")
    assert (entry.verb, entry.to_state, entry.object_ref) == ("record", "in_force", first.ref)


def test_when_none_is_left_it_waits_and_rises(office):
    held, waiting = chosen(), chosen()
    Pool.objects.filter(pk=jobs.pool("BAT-1").pk).update(floor=1, ceiling=1)
    agree(held, office)
    agree(waiting, office)
    assert Seat.objects.get(candidacy=waiting).state == "queued"
    assert "Il ne reste pas de place" in letter("agreement_recorded")[1]

    released = go_back(held, office)

    assert (released.state, released.released_why) == ("released", "L’employeur renonce.")
    assert Seat.objects.get(candidacy=waiting).place_no == 1
    assert "vous en tenez une" in letter("place_held")[0]
    assert "l’accord d’un autre employeur" in letter("place_lost")[0]
    assert refused(go_back, held, office) == ["no_agreement_in_force"]
    assert agree(held, office).state == "in_force"


def test_an_admission_is_taken_back_before_the_agreement(office):
    candidacy = chosen()
    agree(candidacy, office)
    jobs.prove(candidacy)
    admit(candidacy_ref=candidacy.ref, actor=office, now=jobs.NOW)

    assert refused(go_back, candidacy, office) == ["admission_to_revert_first"]
    revert(candidacy_ref=candidacy.ref, reason="Erreur.", actor=office, now=jobs.NOW)
    assert refused(go_back, candidacy, office, " ") == ["reason_is_missing"]
    assert go_back(candidacy, office).state == "released"


def test_it_ends_with_the_application(office):
    candidacy = chosen()
    agree(candidacy, office)
    application = candidacy.application

    withdraw_application(ref=application.ref, actor=application.person.user, now=jobs.NOW)

    row = EmployerAgreement.objects.get()
    assert (row.state, row.withdrawn_why) == ("withdrawn", "withdrawn")
    assert Seat.objects.get().state == "released"


def test_where_the_admission_rests_on_a_contract_none_is_recorded(office):
    assert refused(agree, jobs.selected(), office) == ["admission_rests_on_no_agreement"]
    assert not EmployerAgreement.objects.exists()
    assert not Company.objects.exists()


def test_the_same_company_is_known_by_its_siret(office):
    candidacy = chosen()
    agree(candidacy, office)
    told_otherwise = replace(COMPANY, name="BATISSEURS DU GARD SAS", siret="732 829 320 00074")
    with_it = partial(
        record_agreement, candidacy_ref=candidacy.ref, agreed_on=date(2022, 7, 4), actor=office
    )

    assert with_it(company=told_otherwise, now=jobs.NOW) == EmployerAgreement.objects.get()
    elsewhere = replace(COMPANY, siret="35600000000048")
    assert refused(with_it, company=elsewhere, now=jobs.NOW) == ["agreement_is_in_force"]


def test_another_company_s_waits_until_the_first_ends(office):
    candidacy = chosen()
    agree(candidacy, office)
    tomorrow = jobs.NOW.date() + timedelta(days=1)

    assert refused(agree, candidacy, office, tomorrow) == [
        "agreement_is_in_force",
        "day_is_to_come",
    ]


def test_a_dossier_has_one_place_whatever_it_rests_on(office):
    by_agreement("BAT-1")
    first = jobs.selected("BAT-1")
    [second] = jobs.also_selected([first], "INFRES-SR-1")
    agree(first, office)

    project = jobs.project(second)
    with pytest.raises(DomainError) as caught:
        take_seat(project, stamp=jobs.STAMP)

    assert [refusal.code for refusal in caught.value.refusals] == ["dossier_has_a_place"]
    assert Seat.objects.count() == 1


def test_the_search_of_another_programme_says_that_the_place_is_taken(client, office, in_july):
    by_agreement("BAT-1")
    first = jobs.selected("BAT-1")
    jobs.also_selected([first], "INFRES-SR-1")
    agree(first, office)
    client.force_login(first.application.person.user)

    page = client.get(f"/dossiers/{first.application.ref}/company/").content.decode()

    assert "Vous tenez ou attendez une place en" in page
    assert "Vous tenez la place 1" not in page
    assert "Inviter cet employeur" not in page


def test_no_employer_is_invited_and_no_search_opens(office):
    candidacy, other = chosen(), jobs.selected("INFRES-SR-1")
    user = candidacy.application.person.user

    start = Milestone.objects.get(campaign=candidacy.application.campaign, key="y1-search")
    assert START_SEARCH.perform(replace(closing(), milestone=start)) == {"told": 1}
    assert Notification.objects.get(kind="apprenticeship.search_open").to == other.application.email
    assert refused(
        invite_employer,
        candidacy_ref=candidacy.ref,
        email="rh@exemple.fr",
        actor=user,
        now=jobs.NOW,
    ) == ["admission_takes_no_project"]


def test_the_final_list_closes_on_those_without_an_agreement_in_their_words(office):
    closed, kept = chosen(), chosen()
    agree(kept, office)

    assert CLOSE_SEARCH.perform(closing()) == {"closed": 1}
    assert (jobs.reread(closed).state, jobs.reread(kept).state) == ("closed", "selected")
    rows = Notification.objects.filter(kind="apprenticeship.search_closed")
    [(_row, said)] = compose(list(rows))
    assert "La liste est définitive" in said.subject
    assert "projet" not in said.text


@pytest.mark.parametrize("who", ["school_admin", "programme_head", "clerk", "candidate"])
def test_only_the_office_records_it(office, who):
    candidacy = chosen()
    with pytest.raises(NotAllowedError):
        agree(candidacy, getattr(accounts, who)())
    assert not Seat.objects.exists()


def test_the_office_does_it_on_its_pages(signed_in, office, in_july):
    candidacy = chosen()
    client = signed_in(office)
    page = client.get(f"{PAGE}{candidacy.ref}/").content.decode()
    assert "Enregistrer l’accord" in page
    assert "Établir le contrat" not in page

    wrong = client.post(f"{PAGE}{candidacy.ref}/agreement/", {**TYPED, "agreed_on": ""})
    assert wrong.status_code == 422
    assert "Bâtisseurs du Gard" in wrong.content.decode()
    nameless = {**TYPED, "siret": "", "agreed_on": "2022-07-04"}
    french = client.post(f"{PAGE}{candidacy.ref}/agreement/", nameless)
    assert "Saisissez le SIRET" in french.content.decode()
    late = client.post(f"{PAGE}{candidacy.ref}/agreement/", {**TYPED, "agreed_on": "2022-07-31"})
    assert late.status_code == 422
    assert not Seat.objects.exists()

    sent = client.post(f"{PAGE}{candidacy.ref}/agreement/", {**TYPED, "agreed_on": "2022-07-04"})
    assert sent.status_code == 302
    page = client.get(f"{PAGE}{candidacy.ref}/").content.decode()
    assert "Bâtisseurs du Gard" in page
    board = client.get(f"{PAGE}?pool=bat-1").content.decode()
    assert candidacy.application.full_name in board

    ended = client.post(f"{PAGE}{candidacy.ref}/agreement/end/", {"reason": "Renonce."})
    assert ended.status_code == 302
    page = client.get(f"{PAGE}{candidacy.ref}/").content.decode()
    assert "L’accord de Bâtisseurs du Gard a pris fin" in page
    assert Seat.objects.get().state == "released"


def test_the_candidate_reads_what_comes_next(client, office, in_july):
    by_agreement()
    candidacy = announcing.announced("excellence")
    client.force_login(candidacy.application.person.user)
    path = f"/dossiers/{candidacy.application.ref}/"

    before = client.get(path).content.decode()
    assert "Votre admission repose sur l’accord de votre employeur" in before
    assert "Ma recherche d’entreprise" not in before
    assert "Recherche d’une entreprise d’accueil" not in before
    assert "Aide à la recherche" not in before
    assert client.get(f"{path}company/").status_code == 404
    agree(candidacy, office)
    jobs.prove(candidacy)
    admit(candidacy_ref=candidacy.ref, actor=office, now=jobs.NOW)
    assert "Vous êtes admis dans cette formation." in client.get(path).content.decode()
    assert "Admis" in client.get("/dossiers/").content.decode()


def test_whoever_withdraws_reads_that_the_place_goes_with_it(client, office, in_july):
    candidacy = chosen()
    agree(candidacy, office)
    client.force_login(candidacy.application.person.user)

    page = client.get(f"/dossiers/{candidacy.application.ref}/withdraw/").content.decode()

    assert "Votre admission, votre place" in page
