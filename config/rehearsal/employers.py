"""Invented employers, and what they write of the job that they offer."""

from datetime import date
from random import Random

from apprenticeship.projects.rules import FIELDS
from config.demonstration.chance import chance
from config.demonstration.places import STREETS, TOWNS

NAMES = (
    "Ateliers Cévenols", "Bâtir Sud", "Réseaux du Gardon", "Mécanique Roumégoux", "Thermique Languedoc",
    "Logiciels Ouvèze", "Structures Bois Lozère", "Automatismes Vidourle", "Maçonnerie Teyssèdre", "Hydrotech Alès",
    "Données Claires", "Fluides et Énergies", "Charpentes Astruc", "Systèmes Embarqués Rhône", "Travaux Castelnau",
)  # fmt: skip
JOBS = ("Technicien méthodes", "Développeur", "Administrateur réseaux", "Conducteur de travaux", "Concepteur mécanique")
PEOPLE = ("Mireille Anglade", "Gilles Fabregas", "Nadège Pourcel", "Samir Benhaddou", "Corinne Delmas", "Yves Rouvière")
FRENCH = [town for town, (_, country) in TOWNS.items() if country == "FR"]
MISSIONS = (
    "Préparer les dossiers techniques, suivre leur réalisation avec l’équipe et rendre compte de l’avancement. "
    "Mesurer les écarts et proposer des améliorations."
)
PROGRESSION = (
    "Première année : découverte des métiers et travaux accompagnés. Deuxième année : conduite d’une partie de projet. "
    "Troisième année : conduite d’un projet entier, de l’étude à la livraison."
)
FIT = "Les missions portent sur la spécialité et demandent les compétences que visent ses enseignements."


def address_of(draw: Random, number: int) -> str:
    return f"recrutement.{number}.{draw.randrange(10**6)}@example.org"


def sheet_of(draw: Random, starts_on: date) -> dict[str, str]:
    """A sheet that lacks nothing."""
    town, company = draw.choice(FRENCH), draw.choice(NAMES)
    told = {
        "siret": siret(company),
        "company_name": company,
        "street": f"{draw.randint(1, 90)} {draw.choice(STREETS)}",
        "postcode": TOWNS[town][0],
        "city": town,
        "country": "FR",
        "contact_name": draw.choice(PEOPLE),
        "contact_function": "Ressources humaines",
        "contact_email": "recrutement@example.org",
        "contact_phone": "+33465710000",
        "master_name": draw.choice(PEOPLE),
        "master_function": "Responsable technique",
        "master_years": str(draw.randint(3, 25)),
        "master_diploma": "Diplôme d’ingénieur",
        "master_email": "maitre@example.org",
        "master_phone": "",
        "job_title": draw.choice(JOBS),
        "missions": MISSIONS,
        "progression": PROGRESSION,
        "fit": FIT,
        "workplace": "",
        "starts_on": starts_on.isoformat(),
    }
    return {name: told.get(name, "") for name in FIELDS}


def siret(company: str) -> str:
    """That of the company, whose two keys are right: of its number, and of its establishment."""
    draw = chance("siret", company)
    siren = _keyed([draw.randint(3, 9), *(draw.randint(0, 9) for _ in range(7))])
    return "".join(map(str, _keyed([*siren, 0, 0, 0, draw.randint(1, 9)])))


def _keyed(digits: list[int]) -> list[int]:
    """With the last digit that Luhn's rule asks for."""
    doubled = [2 * digit if place % 2 == 0 else digit for place, digit in enumerate(reversed(digits))]
    return [*digits, -sum(value - 9 if value > 9 else value for value in doubled) % 10]  # noqa: PLR2004 -- its rule
