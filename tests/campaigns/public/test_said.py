"""What each notice says besides its dates: on its own page and on no other (R-APP-6: it is what one accepts)."""

import re

import pytest
import time_machine

from campaigns.calendar.presentation.stated import said_to_jury
from campaigns.document.schema import CampaignDocument
from campaigns.notice.rows import document_of
from campaigns.vocabulary import RuleSection
from common.datafile.values import FILE
from tests.campaigns.public.reading import section, words
from tests.factories import campaigns

A22, A24, B21 = "ales-2022", "ales-2024", "albi-2021"
ALES, EACH = {A22, A24}, {A22, A24, B21}
DOCUMENTS = {
    A22: campaigns.ales_2022_document(),
    A24: campaigns.ales_2024_document(),
    B21: campaigns.albi_2021_document(),
}
FACTS = [  # requirement, section, whose notices say it, in which words
    ("R-PLA-3", "programmes", {B21}, "Apprentissage 45 nombre prévisionnel"),
    (
        "R-PLA-3",
        "programmes",
        {B21},
        "Formation continue et contrat de professionnalisation 5 nombre prévisionnel",
    ),
    (
        "R-PLA-3",
        "programmes",
        {B21},
        (
            "SENMBA – systèmes énergétiques et matériaux pour le bâtiment et l’aménagement durables"
            " SIPHASS – industrie pharmaceutique et services"
            " SIMMA – industrie manufacturière mécanique et aéronautique"
        ),
    ),
    ("R-PLA-4", "programmes", ALES, "L’école peut ouvrir quelques places supplémentaires"),
    ("R-ELI-4", "who", {B21}, "La commission d’admission est seule à juger"),
    (
        "R-ELI-4",
        "programmes",
        {B21},
        "contrat de professionnalisation se renseigner auprès du service des admissions : admissions@mines-albi.fr",
    ),
    ("R-ELI-7", "application", ALES, "Une déclaration fausse rend la candidature nulle"),
    ("R-ELI-8", "application", {B21}, "Votre option est celle du secteur de l’entreprise"),
    ("R-APP-6", "application", {B21}, "Elle tient lieu de règlement des épreuves d’admission"),
    ("R-APP-5", "application", ALES, "n’est pas examiné"),
    ("R-APP-5", "application", {B21}, "n’est pas déclaré admissible"),
    ("R-APP-4", "documents", {B21}, "l’autre professionnelle, du responsable de votre stage"),
    ("R-APP-2", "fees", {B21}, "celui d’une formation choisie en plus de celle d’IMT Mines Albi"),
    ("R-CAL-7", "who", ALES, "ce jour ne figure pas dans la notice"),
    ("R-ELI-4", "who", {B21}, "détenu, ou le sera au plus tard le lundi 20 septembre 2021"),
    ("R-JOB-12", "documents", {B21}, "est à donner sans faute avant l’entrée en formation"),
    ("R-APP-10", "documents", {B21}, "journée défense et citoyenneté"),
    ("R-APP-2", "fees", EACH, "Les frais ne sont pas remboursés, quel que soit le résultat"),
    ("R-APP-2", "fees", ALES, "pas davantage si vous retirez votre candidature"),
    ("R-ELI-8", "selection", ALES, "Avoir trouvé une entreprise, ou non, n’entre dans aucune"),
    ("R-SEL-1", "selection", {A22}, "Voie excellence académique"),
    ("R-SEL-4", "selection", {A24}, "si elles ont lieu à distance ou à l’école"),
    ("R-SEL-5", "selection", {B21}, "une note de 4/20 ou moins élimine"),
    ("R-SEL-5", "selection", {B21}, "vous décrivez et commentez une image"),
    ("R-SEL-8", "selection", ALES, "Le détail de vos résultats n’est pas communiqué"),
    ("R-SEL-8", "selection", ALES, "Vous l’apprenez par e-mail seulement"),
    ("R-SEL-9", "selection", ALES, "Elles ne comptent pas dans l’évaluation"),
    ("R-SEL-10", "selection", {B21}, "la perte d’une admission déjà donnée"),
    ("R-SEL-11", "selection", ALES, "vous répondez à l’oral ou par écrit"),
    ("R-SEL-11", "selection", ALES, "les résultats des deux dernières années"),
    ("R-SEL-11", "selection", {A22}, "l’aisance à l’oral et la qualité de l’écrit"),
    ("R-SEL-11", "selection", {A24}, "l’aisance et la qualité d’expression"),
    ("R-APP-11", "selection", ALES, "si vous pouvez suivre des cours en français"),
    ("R-CAL-6", "selection", {B21}, "peut alors adapter les épreuves et leur déroulement"),
    ("R-JOB-1", "search", {B21}, "https://www.imt-mines-albi.fr/fr/recrutement-apprenti-ingenieur"),
    ("R-JOB-1", "search", {B21}, "invité à une session ou conseillé par téléphone"),
    ("R-JOB-1", "search", {A24}, "de leur répondre vite, d’être sérieux"),
    ("R-JOB-2", "search", {A22}, "Le CFA vous remet une fiche"),
    ("R-JOB-2", "search", {A24}, "L’école vous remet une fiche"),
    ("R-JOB-3", "search", {A22}, "la fiche est enregistrée par le CFA"),
    ("R-JOB-4", "search", {A24}, "Y renoncer, c’est renoncer à la formation"),
    ("R-JOB-10", "search", {A24}, "avec l’employeur et le CFA"),
    ("R-JOB-10", "search", {B21}, "MidiSup"),
    ("R-JOB-5", "search", {B21}, "Vous avez jusqu’au 20 septembre 2021 inclus"),
    ("R-JOB-5", "admission", ALES, "il y a toujours plus d’admissibles que de places"),
    ("R-JOB-5", "admission", ALES, "Être admissible ne donne pas droit à une place"),
    ("R-JOB-5", "admission", {A22}, "obtenu le diplôme ou le titre exigé"),
    ("R-JOB-5", "admission", {A24}, "obtenu le diplôme, le titre ou les crédits ECTS exigés"),
    ("R-JOB-5", "admission", {B21}, "Ne sont admis que les premiers à être acceptés"),
    ("R-JOB-5", "admission", EACH, "Les places vont dans l’ordre des approbations"),
    (
        "R-JOB-5",
        "admission",
        {B21},
        (
            "tient lieu de projet et de contrat. Vous tenez une place dès que l’école l’enregistre,"
            " tant qu’il en reste ; vous êtes admis une fois les pièces attendues acceptées."
            " Pour : formation continue, contrat de professionnalisation"
        ),
    ),
    ("R-JOB-3", "admission", {A22}, "les fiches enregistrées par le CFA"),
    ("R-JOB-3", "admission", {A24}, "les fiches enregistrées par l’école"),
    (
        "R-JOB-6",
        "admission",
        {A22},
        "Une liste est dressée si, 7 jours avant la rentrée, il reste des places et que plus de candidats cherchent",
    ),
    (
        "R-JOB-6",
        "admission",
        {A24},
        "Une liste est dressée si, 7 jours avant la rentrée, il reste des places. Elle est faite parmi",
    ),
    ("R-JOB-6", "admission", ALES, "a 3 mois à partir de la rentrée pour en signer un"),
    ("R-APP-6", "data", ALES, "vos nom, prénom, téléphone et adresse e-mail"),
    ("R-SEL-9", "data", {A22}, "au-delà de l’année 2022"),
    ("R-SEL-9", "data", {A24}, "dans leurs conditions d’utilisation"),
    ("R-SEL-9", "data", {A24}, "avant la décision d’admissibilité, votre candidature est rejetée"),
    ("R-SEL-8", "appeals", ALES, "Le jury de recrutement est souverain à chaque étape"),
    ("R-SEL-8", "appeals", {B21}, "le jury d’admissions est souverain"),
    ("R-SEL-8", "appeals", EACH, "sont sans appel"),
    (
        "R-SEL-8",
        "appeals",
        EACH,
        "pour saisir le tribunal. Ne figure pas dans la notice imprimée",
    ),
    (
        "R-JOB-7",
        "training",
        {A22},
        "Les 45 premiers jours de présence dans l’entreprise sont à l’essai",
    ),
    ("R-JOB-7", "training", {A22}, "sur un SMIC de 1 589,47 € par mois"),
    ("R-JOB-11", "training", {B21}, "600 heures de cours, dont 420 communes et 180"),
    ("R-JOB-11", "training", {B21}, "35 heures par semaine"),
    ("R-JOB-11", "training", {A22}, "82 heures au choix"),
    (
        "R-JOB-11",
        "training",
        {A22},
        "1 800 heures à l’école et 2 835 en entreprise, dont 250 heures d’un projet fil rouge",
    ),
    ("R-JOB-11", "training", {A22}, "au moins 800 points au TOEIC"),
]

pytestmark = pytest.mark.django_db


@pytest.fixture(params=DOCUMENTS)
def page(request, client):
    document = DOCUMENTS[request.param]
    campaigns.load(document)
    with time_machine.travel(document.opens_at, tick=False):
        return request.param, client.get(f"/campaigns/{request.param}/")


def test_each_notice_says_its_own_and_nothing_of_another(page):
    """Each line of FACTS names its requirement."""
    slug, response = page
    everything = words(response)
    unsaid = [
        (requirement, text)
        for requirement, where, whose, text in FACTS
        if slug in whose and text not in section(response, where)
    ]
    borrowed = [
        (requirement, text)
        for requirement, _where, whose, text in FACTS
        if slug not in whose and text in everything
    ]
    assert (unsaid, borrowed) == ([], [])


def test_every_part_of_the_page_is_in_its_list_of_contents(page):
    """And each part that a notice leaves empty is in neither."""
    _slug, response = page
    body = response.content.decode()
    parts = re.findall(r'<section aria-labelledby="(\w+)"', body)
    contents = re.search(r'<nav class="contents.*?</nav>', body, re.DOTALL)
    assert contents
    assert re.findall(r'href="#(\w+)"', contents[0]) == parts


def test_a_rule_says_for_whom_and_where_it_is_printed(client):
    """R-PLA-4, R-SEL-8"""
    campaigns.load(DOCUMENTS[A22])
    response = client.get(f"/campaigns/{A22}/")
    assert section(response, "programmes").endswith("Pour l’entrée en première année")
    assert "dans aucune décision du jury. Articles 5.1, 5.2 Réponses" in section(
        response, "selection"
    )


def test_an_address_in_a_rule_is_a_link(client):
    """R-JOB-1: candidates download the presentation meant for companies."""
    campaigns.load(DOCUMENTS[B21])
    body = client.get(f"/campaigns/{B21}/").content.decode()
    for address in (
        "https://www.imt-mines-albi.fr/fr/recrutement-apprenti-ingenieur",
        "http://www.mines-albi.fr/la-formation-en-entreprise",
    ):
        assert re.search(rf'<a href="{address}"[^>]*>{address}</a>', body)


def test_nothing_is_said_of_a_search_where_results_admit(client):
    data = DOCUMENTS[A22].model_dump(mode="json", by_alias=True, exclude_none=True, context=FILE)
    data |= {"admission": {"year-1": "results", "year-2": "results"}, "rules": {}, "search": {}}
    campaigns.load(CampaignDocument.model_validate(data))
    response = client.get(f"/campaigns/{A22}/")
    assert "Trouver une entreprise" not in words(response)
    assert section(response, "admission") == (
        "Admission Ce qui vous fait admettre"
        " Qui est retenu tient une place dès l’annonce des résultats,"
        " et est admis une fois les pièces attendues acceptées."
    )


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_rules_are_rows_and_come_back_in_their_order(slug):
    """R-APP-6: export = file."""
    stored = document_of(campaigns.load(DOCUMENTS[slug]))
    assert stored.rules == DOCUMENTS[slug].rules
    assert list(stored.rules) == list(DOCUMENTS[slug].rules)


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_what_is_ours_is_marked_so(slug):
    """The ways of appeal alone are in no notice."""
    ours = [key for key, rule in DOCUMENTS[slug].rules.items() if rule.ours]
    assert ours == ["appeal"]


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_every_rule_is_said_in_both_languages(slug):
    for key, rule in DOCUMENTS[slug].rules.items():
        assert {*rule.title} == {*rule.text} == {"fr", "en"}, key


def test_the_jury_reads_the_rules_of_selection_of_one_programme():
    """R-SEL-11: what is weighed differs between the two entry years."""
    document = DOCUMENTS[A22]
    keys = {
        code: {
            key
            for key, rule in document.rules.items()
            if rule in document.stated(RuleSection.SELECTION, document.programme(code))
        }
        for code in ("BAT-1", "BAT-2")
    }
    assert keys["BAT-1"] - keys["BAT-2"] == {
        *("file-year-1", "excellence", "recorded-interview", "second-interview")
    }
    assert keys["BAT-2"] - keys["BAT-1"] == {"file-year-2", "optional-tests"}
    assert "company-plays-no-part" in keys["BAT-1"] & keys["BAT-2"]
    said = said_to_jury(document, document.programme("BAT-2"))
    assert said[0].title == "Ce que le jury lit dans le dossier"


def test_the_api_gives_the_rules(client):
    """R-SEL-9, additively."""
    campaigns.load(DOCUMENTS[A24])
    answer = client.get(f"/api/v1/campaigns/{A24}?lang=en").json()
    assert [rule["key"] for rule in answer["rules"]] == list(DOCUMENTS[A24].rules)
    [deletion] = [rule for rule in answer["rules"] if rule["key"] == "deletion"]
    assert deletion == {
        "key": "deletion",
        "section": "data",
        "title": "Deletion at your demand",
        "text": (
            "You may ask the provider to delete your recordings earlier. If you do so before the decision on "
            "admissibility, your application is rejected."
        ),
        "articles": ["6.2", "7.2"],
        "ours": False,
        "programmes": [programme.code for programme in DOCUMENTS[A24].programmes],
    }


def test_a_version_keeps_its_rules(client):
    """R-APP-6: what was accepted is still read, whatever the notice says since."""
    campaigns.load(DOCUMENTS[A24])
    data = DOCUMENTS[A24].model_dump(mode="json", by_alias=True, exclude_none=True, context=FILE)
    del data["rules"]["deletion"]
    campaigns.load(CampaignDocument.model_validate(data))
    first, second = (
        section(client.get(f"/campaigns/{A24}/versions/{number}/"), "data") for number in (1, 2)
    )
    assert "Suppression à votre demande" in first
    assert "Suppression à votre demande" not in second
