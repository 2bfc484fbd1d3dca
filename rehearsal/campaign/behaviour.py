"""How often people do what, and what employers write. Invented: it shows that the machinery holds, no more."""

from collections.abc import Sequence
from datetime import date
from random import Random

from apprenticeship.projects.rules import FIELDS
from campaigns.models import Outcome
from campaigns.vocabulary import OutcomeKind
from rehearsal.people.someone import STREETS, TOWNS, chance

# --- the central service, of all dossiers or pieces
PIECE_REFUSED = 0.01
CHARGE_WAIVED = 0.03
NEVER_ANSWERED = 0.2  # of those asked for a piece
SENT_BACK = 0.05  # by the school's office, of those complete
# --- the jury, of all candidacies
PROPOSED_FIRST = 0.1
CHANGED_MIND = 0.03
CONFLICT = 0.004
DECIDED_LATE = 0.02
CALLED = 0.6  # to a test that the jury may choose
MISSED, EXCUSED = 0.05, 0.02  # of the tests
# --- the candidates, of those told
FINDS_A_COMPANY = 0.4
TRAINEE_FINDS = 0.6
TITLE_NOT_OBTAINED = 0.05  # of those who have a seat
# --- the employers, of those invited or approved, and the pedagogical head
EMPLOYER_SILENT = 0.1
EMPLOYER_DEFAULTS = 0.05
PROJECT_SENT_BACK, PROJECT_REFUSED = 0.15, 0.07
# --- the jury again, by kind of outcome
KINDS = {OutcomeKind.ACCEPTED: 0.12, OutcomeKind.NEXT: 0.38, OutcomeKind.REJECTED: 0.5}
KINDS_AT_THE_END = {OutcomeKind.ACCEPTED: 0.45, OutcomeKind.REJECTED: 0.55}


def weights(outcomes: Sequence[Outcome]) -> list[float]:
    """How likely each outcome of a stage is, by its kind."""
    kinds = [outcome.kind for outcome in outcomes]
    table = KINDS if OutcomeKind.NEXT in kinds else KINDS_AT_THE_END
    return [table.get(kind, 0.1) / kinds.count(kind) for kind in kinds]


NAMES = (
    "Ateliers Cévenols", "Bâtir Sud", "Réseaux du Gardon", "Mécanique Roumégoux", "Thermique Languedoc",
    "Logiciels Ouvèze", "Structures Bois Lozère", "Automatismes Vidourle", "Maçonnerie Teyssèdre", "Hydrotech Alès",
    "Données Claires", "Fluides et Énergies", "Charpentes Astruc", "Systèmes Embarqués Rhône", "Travaux Castelnau",
)  # fmt: skip
JOBS = (
    "Technicien méthodes",
    "Développeur",
    "Administrateur réseaux",
    "Conducteur de travaux",
    "Concepteur mécanique",
)
PEOPLE = (
    "Mireille Anglade",
    "Gilles Fabregas",
    "Nadège Pourcel",
    "Samir Benhaddou",
    "Corinne Delmas",
    "Yves Rouvière",
)
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
    doubled = [
        2 * digit if place % 2 == 0 else digit for place, digit in enumerate(reversed(digits))
    ]
    return [*digits, -sum(value - 9 if value > 9 else value for value in doubled) % 10]  # noqa: PLR2004 -- its rule
