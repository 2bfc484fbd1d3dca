"""The public page of a campaign: what it says, when it changes, and that nobody's session is in it."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
import time_machine

from campaigns.models import Campaign
from tests.campaigns.public.reading import section, words
from tests.factories.campaigns import albi_2021_document, ales_2024_document, load

PAGE = "/campaigns/ales-2022/"
ENGLISH = "/en/campaigns/ales-2022/"
OPEN = datetime(2022, 2, 22, 12, 0, tzinfo=UTC)
LAST_SECOND = datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ales_2022")]


def at(moment):
    return time_machine.travel(moment, tick=False)


@at(OPEN)
def test_places_of_both_entry_years(client):
    """R-PLA-1"""
    assert section(client.get(PAGE), "programmes") == (
        "Formations et places"
        " Entrée en première année Formation Places"
        " Bâtiment 40"
        " Informatique et réseaux Systèmes et réseaux 22"
        " Informatique et réseaux Développement logiciel 22"
        " Mécatronique 40"
        " Entrée en deuxième année Formation Places"
        " Bâtiment 1 Informatique et réseaux Systèmes et réseaux 1 Mécatronique 1"
        " Quelques places de plus"
        " L’école peut ouvrir quelques places supplémentaires si elle en a les moyens. Elle n’y est jamais tenue."
        " Pour l’entrée en première année"
    )


@at(OPEN)
def test_years_of_a_diploma_are_printed_as_the_notice_prints_them(client):
    """R-ELI-2: and a diploma without years is printed as it was."""
    load(ales_2024_document())
    said = section(client.get("/campaigns/ales-2024/"), "who")
    english = section(client.get("/en/campaigns/ales-2024/"), "who")

    assert "BUT (2e ou 3e année) Génie Civil-Construction Durable" in said
    assert said.count("BUT (2e ou 3e année)") == 3
    assert "BTS Fluides Energies Domotique" in said
    assert "il suffit d’en avoir validé une à cette date, quel que soit le jour du diplôme." in said
    assert "BUT (2nd or 3rd year)" in english
    assert "quel que soit le jour du diplôme" not in section(client.get(PAGE), "who")


@at(OPEN)
def test_one_option_is_chosen_and_the_office_takes_one_status(client):
    """R-PLA-3, R-ELI-4, R-APP-2: no sum of three programmes where one is chosen."""
    load(albi_2021_document())
    page = client.get("/campaigns/albi-2021/")
    programmes, who = section(page, "programmes"), section(page, "who")

    assert "Une candidature porte sur une seule de ces formations." in programmes
    asked = "se renseigner auprès du service des admissions : admissions@mines-albi.fr"
    assert programmes.count(asked) == 3
    assert "Exemple" not in section(page, "fees")
    assert (
        "moins de 30 ans à la signature du contrat, qui peut commencer dès le 4 juillet 2021" in who
    )
    assert "Exemple : trois formations" in section(client.get(PAGE), "fees")


@at(OPEN)
def test_calendar_of_each_entry_year(client):
    """R-CAL-3: past, next and later are said in words; a date that the notice does not give is told as assumed."""
    assert section(client.get(PAGE), "calendar") == (
        "Calendrier Ajouter à mon agenda"
        " Entrée en première année"
        " mardi 1er février 2022 (passé) Ouverture des candidatures"
        " jusqu’au mardi 8 mars 2022 à 23 h 59, heure de Paris prochaine étape Date limite de dépôt des candidatures"
        " lundi 4 avril 2022 Résultat de l’examen des dossiers"
        " du 5 au 25 avril 2022 Épreuves à distance"
        " du 5 au 11 avril 2022 Entretien vidéo enregistré et évaluation d’anglais"
        " vendredi 15 avril 2022 Invitation au second entretien"
        " du 19 au 25 avril 2022 Seconds entretiens en visioconférence"
        " jeudi 5 mai 2022 Résultats d’admissibilité de la voie standard"
        " à partir du mardi 10 mai 2022 Aide à la recherche d’une entreprise d’accueil"
        " lundi 5 septembre 2022 Rentrée Date supposée, à confirmer par l’école"
        " Entrée en deuxième année"
        " mardi 1er février 2022 (passé) Ouverture des candidatures"
        " jusqu’au mardi 8 mars 2022 à 23 h 59, heure de Paris prochaine étape Date limite de dépôt des candidatures"
        " lundi 4 avril 2022 Résultat de l’examen des dossiers"
        " du 10 au 25 mai 2022 Épreuves à distance"
        " mercredi 1er juin 2022 Résultats d’admissibilité"
        " à partir du mardi 7 juin 2022 Aide à la recherche d’une entreprise d’accueil"
        " lundi 5 septembre 2022 Rentrée Date supposée, à confirmer par l’école"
    )


@pytest.mark.parametrize(
    ("moment", "search"),
    [
        (
            datetime(2022, 5, 10, 7, 59, 59, tzinfo=UTC),
            "à partir du mardi 10 mai 2022 prochaine étape Aide",
        ),
        (datetime(2022, 5, 10, 8, 0, tzinfo=UTC), "à partir du mardi 10 mai 2022 en cours Aide"),
        (
            datetime(2022, 8, 31, 21, 59, 59, tzinfo=UTC),
            "à partir du mardi 10 mai 2022 en cours Aide",
        ),
        (datetime(2022, 8, 31, 22, 0, tzinfo=UTC), "à partir du mardi 10 mai 2022 (passé) Aide"),
    ],
)
def test_what_has_no_end_is_over_with_the_academic_year(client, moment, search):
    """R-CAL-7"""
    with at(moment):
        assert search in section(client.get(PAGE), "calendar")


@at(OPEN)
def test_fees_of_both_tiers_with_an_example(client):
    """R-APP-2"""
    assert section(client.get(PAGE), "fees") == (
        "Frais de dossier Première formation Chaque formation suivante"
        " Tarif normal 77 € 22 €"
        " Tarif boursier bourse de l’État ou du CROUS, justificatif à joindre 22 € 11 €"
        " Exemple : trois formations dans une même candidature"
        " Tarif normal 77 € + 22 € + 22 € = 121 €"
        " Tarif boursier 22 € + 11 € + 11 € = 44 €"
        " Une seule candidature couvre toutes les formations choisies."
        " article 4.1 Pas de remboursement Les frais ne sont pas remboursés, quel que soit le résultat, et pas"
        " davantage si vous retirez votre candidature. Article 4.1"
    )


@at(OPEN)
def test_who_may_apply(client):
    """R-ELI-1, R-ELI-2: the routes with their articles, then the list of each speciality."""
    said = section(client.get(PAGE), "who")
    assert said.startswith(
        "Qui peut candidater"
        " Quelques questions, sans compte, pour savoir ce que la notice dit de vos études : Puis-je candidater ?"
        " Entrée en première année L’une de ces situations suffit :"
        " Diplôme de la liste vous pouvez candidater articles 1.1.1, 1.1.2, 1.1.3"
    )
    assert (
        "Informatique et réseaux DUT Informatique Réseaux et Télécommunications"
        " Génie Electrique et Informatique Industrielle Métiers du Multimédia et de l'Internet"
        " BTS Services Informatiques aux Organisations Systèmes Numériques (option Informatique et Réseaux)"
    ) in said
    assert "Titre étranger le jury de recrutement appréciera article 1.3" in said
    assert (
        "Titre équivalent à quatre années d’études, soit 240 crédits ECTS, obtenu ou à obtenir dans l’année"
        " le jury de recrutement appréciera article 2.1" in said
    )


@at(OPEN)
def test_selection_told_stage_by_stage(client):
    """R-SEL-1, R-SEL-6"""
    said = section(client.get(PAGE), "selection")
    assert (
        "Examen du dossier Réponse par e-mail, lundi 4 avril 2022 :"
        " Admissible – voie excellence académique"
        " Pré-admissible – voie standard puis : Épreuves probatoires"
        " Rejet de la candidature"
        " Épreuves probatoires"
        " Entretien de motivation (entretien vidéo différé)"
        " environ 30 min · en ligne, au moment de votre choix · du 5 au 11 avril 2022"
    ) in said
    assert (
        "20 min au plus · en visioconférence · du 19 au 25 avril 2022 · créneau que vous réservez"
        in said
    )


@at(OPEN)
def test_documents_say_which_may_come_later(client):
    """R-APP-3, R-APP-5"""
    said = section(client.get(PAGE), "documents")
    now, _heading, later = said.partition("Peuvent être fournies plus tard")
    assert "Photo d’identité récente en couleurs" in now
    assert "JPG ou PNG, 2 Mo au plus, 900 × 900 pixels au plus" in now
    assert "Visa de long séjour pour études Pour les nationalités autres que celles" in later


@at(OPEN)
def test_in_english(client):
    response = client.get(ENGLISH)
    assert '<html lang="en">' in response.content.decode()
    assert "Time left: 14 days Submit by Tuesday 8 March 2022 at 23:59, Paris time Apply" in words(
        response
    )
    assert "Standard fee €77 + €22 + €22 = €121" in section(response, "fees")
    assert "from 5 to 25 April 2022 Remote tests" in section(response, "calendar")


@at(OPEN)
@pytest.mark.parametrize(("page", "language"), [(PAGE, "fr"), (ENGLISH, "en")])
def test_it_leads_to_the_check_and_to_the_calendar_in_its_language(client, page, language):
    body = client.get(page).content.decode()
    assert f'href="{page}check/"' in body
    assert f'href="/api/v1/campaigns/ales-2022/calendar.ics?lang={language}"' in body


@at(OPEN)
def test_the_language_switch_keeps_the_page(client):
    assert f'href="{ENGLISH}"' in client.get(PAGE).content.decode()
    assert f'href="{PAGE}"' in client.get(ENGLISH).content.decode()


@pytest.mark.parametrize(
    ("moment", "said", "may_apply"),
    [
        (
            datetime(2022, 1, 31, 22, 59, 59, tzinfo=UTC),
            "Le dépôt n’est pas encore ouvert Ouverture le mardi 1er",
            False,
        ),
        (datetime(2022, 1, 31, 23, 0, tzinfo=UTC), "Temps restant : 36 jours", True),
        (datetime(2022, 3, 6, 22, 59, 59, tzinfo=UTC), "Temps restant : 2 jours", True),
        (datetime(2022, 3, 6, 23, 0, 1, tzinfo=UTC), "Temps restant : 47 heures", True),
        (datetime(2022, 3, 8, 22, 1, tzinfo=UTC), "Temps restant : 59 minutes", True),
        (LAST_SECOND, "Temps restant : moins d’une minute", True),
        (
            LAST_SECOND + timedelta(seconds=1),
            "Le dépôt est clos depuis le mardi 8 mars 2022 à 23 h 59",
            False,
        ),
    ],
)
def test_what_remains_to_the_second(client, moment, said, may_apply):
    """R-CAL-1"""
    with at(moment):
        response = client.get(PAGE)
    assert said in words(response)
    assert ('href="/apply/ales-2022/"' in response.content.decode()) is may_apply


def test_a_warm_page_still_closes_at_the_deadline(client):
    """R-CAL-1: the bytes kept are those of the second before."""
    with at(LAST_SECOND):
        before = client.get(PAGE)
    with at(LAST_SECOND + timedelta(seconds=1)):
        after = client.get(PAGE)
    assert (before.headers["Cache-Control"], after.headers["Cache-Control"]) == (
        "public, max-age=1",
        "public, max-age=30",
    )
    assert before.headers["ETag"] != after.headers["ETag"]
    assert "Le dépôt est clos" in words(after)


@at(OPEN)
def test_the_same_bytes_for_everyone(client, django_user_model):
    """Neither session nor cookie: signed in or not, the page is the same and depends on no header."""
    anonymous = client.get(PAGE)
    client.force_login(django_user_model.objects.create_user("jeanne@example.org"))
    signed_in = client.get(PAGE, headers={"accept-language": "en"})
    assert signed_in.content == anonymous.content
    for response in (anonymous, signed_in):
        assert not response.cookies
        assert "Vary" not in response.headers


@at(OPEN)
def test_no_query_once_warm(client, django_user_model, django_assert_num_queries):
    client.force_login(django_user_model.objects.create_user("jeanne@example.org"))
    client.get(PAGE)
    with django_assert_num_queries(0):
        assert client.get(PAGE).status_code == HTTPStatus.OK


@at(OPEN)
def test_who_has_the_page_is_not_sent_it_again(client):
    etag = client.get(PAGE).headers["ETag"]
    again = client.get(PAGE, headers={"if-none-match": etag})
    other = client.get(PAGE, headers={"if-none-match": '"other"'})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")
    assert again.headers["Cache-Control"] == "public, max-age=30"
    assert other.status_code == HTTPStatus.OK


@at(OPEN)
def test_light_enough_for_a_slow_line(client):
    assert len(client.get(PAGE).content) < 60_000


@at(OPEN)
def test_a_draft_does_not_exist(client):
    Campaign.objects.update(state="draft")
    assert client.get(PAGE).status_code == HTTPStatus.NOT_FOUND


@at(OPEN)
def test_an_archived_campaign_says_so(client):
    Campaign.objects.update(state="archived")
    response = client.get(PAGE)
    assert "Cette session est archivée" in words(response)
    page = response.content.decode()
    assert [way for way in ("/apply/ales-2022/", "/check/", "calendar.ics") if way in page] == []


def test_only_read(client):
    assert client.post(PAGE).status_code == HTTPStatus.METHOD_NOT_ALLOWED
