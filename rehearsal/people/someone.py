"""Invented people and the towns where they live. Any likeness of name is chance; the towns exist, the lives do not."""

from dataclasses import dataclass
from enum import Enum, auto
from random import Random

from common.rules import fold

F, M = "f", "m"


class Story(Enum):
    """How far someone went."""

    STARTED = auto()
    IDENTITY = auto()
    STUDIES = auto()
    PROGRAMMES = auto()
    HALF = auto()
    MENDING = auto()  # half filled, with a programme that the studies close
    READY = auto()
    DRAFT_WITHDRAWN = auto()
    REOPENED = auto()
    SUBMITTED = auto()
    LATE = auto()  # submitted; a piece announced for a day that has passed
    LAST_HOUR = auto()
    ADDED = auto()  # submitted twice: a programme added
    ONE_WITHDRAWN = auto()
    WITHDRAWN = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Someone:
    first_names: str
    birth_name: str
    usual_name: str
    sex: str
    nationality: str
    city: str
    path: str
    programmes: tuple[str, ...]
    story: Story
    grant: bool = False
    language: str = "fr"

    @property
    def email(self) -> str:
        first = self.first_names.split()[0]
        return f"{fold(first)}.{fold(self.usual_name or self.birth_name)}@example.org".replace(
            " ", "-"
        )

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.usual_name or self.birth_name}"


S = Story
BAT, SR, DL, MKX = "BAT-1", "INFRES-SR-1", "INFRES-DL-1", "MKX-1"
BAT2, SR2, MKX2 = "BAT-2", "INFRES-SR-2", "MKX-2"

LINA = Someone("Lina", "Bouvier", "", F, "FR", "Nîmes", "l3-info", (DL, SR2), S.MENDING)
MATHIS = Someone(
    "Mathis",
    "Lemoine",
    "",
    M,
    "FR",
    "Clermont-Ferrand",
    "dut-geii",
    (MKX, SR),
    S.SUBMITTED,
    grant=True,
)
# Of the two sessions that are further on.
HADRIEN = Someone("Hadrien", "Cazenave", "", M, "FR", "Toulouse", "dut-gmp", (MKX,), S.SUBMITTED)
ELISE = Someone("Élise", "Marty-Laval", "", F, "FR", "Montpellier", "dut-info", (DL,), S.SUBMITTED)

PEOPLE = (
    LINA,
    MATHIS,
    Someone("Maëlle", "Quéméneur", "", F, "FR", "Brest", "dut-gmp", (MKX,), S.SUBMITTED),
    Someone("Yanis", "Aït-Belkacem", "", M, "FR", "Marseille", "bts-sio-b", (DL,), S.SUBMITTED, grant=True),
    Someone("Charlotte", "de La Bretonnière", "", F, "FR", "Rennes", "bts-bat", (BAT,), S.READY),
    Someone("Adama", "Coulibaly", "", M, "FR", "Créteil", "dut-rt", (SR, DL), S.SUBMITTED, grant=True),
    Someone("Thị Mai Anh", "Nguyễn", "", F, "VN", "Toulouse", "dut-info", (DL,), S.LATE),
    Someone("Youssef", "El Amrani", "", M, "MA", "Casablanca", "ma-dts", (BAT,), S.SUBMITTED),
    Someone("Awa Ndèye", "Diop", "Diop-Sarr", F, "SN", "Dakar", "sn-dst", (SR, DL), S.SUBMITTED),
    Someone("Christelle Flore", "Ngo Bassong", "", F, "CM", "Douala", "cm-hnd", (BAT,), S.REFUSED),
    Someone("Zihan", "Liu", "", M, "CN", "Lille", "dut-geii", (MKX, SR), S.SUBMITTED, language="en"),
    Someone("Rafael", "Oliveira dos Santos", "", M, "BR", "Lyon", "l3-meca", (MKX,), S.LAST_HOUR, language="en"),
    Someone("Johanna", "Brandtner", "", F, "DE", "Karlsruhe", "de-bachelor", (MKX2,), S.SUBMITTED, language="en"),
    Someone("Jean-Baptiste", "Mouret-Delaplace", "", M, "FR", "Angers", "cpge-pt", (MKX, BAT), S.SUBMITTED),
    Someone("Clémence", "Pradeilles", "", F, "FR", "Rodez", "bts-scbh", (BAT,), S.SUBMITTED, grant=True),
    Someone("Tanguy", "Le Bihan", "", M, "FR", "Lannion", "dut-rt", (SR, DL), S.ADDED),
    Someone("Inès", "Ouldkaci", "", F, "FR", "Saint-Étienne", "dut-mp", (MKX,), S.LATE, grant=True),
    Someone("Hugo", "Wojciechowski", "", M, "FR", "Béthune", "dut-gccd", (BAT,), S.SUBMITTED),
    Someone("Salomé", "Etcheverry", "", F, "FR", "Bayonne", "bts-fed-a", (BAT,), S.SUBMITTED),
    Someone("Kévin", "Payet-Hoarau", "", M, "FR", "Saint-Pierre", "bts-sn-a", (SR,), S.SUBMITTED, grant=True),
    Someone("Mahé", "Tavernier", "", M, "FR", "Poitiers", "bts-crsa", (MKX,), S.HALF),
    Someone("Noémie", "Waldner", "", F, "FR", "Mulhouse", "dut-gte", (BAT,), S.LATE),
    Someone("Oumou", "Traoré", "Traoré-Michaud", F, "FR", "Orléans", "m1-gc", (BAT2,), S.SUBMITTED),
    Someone("Aurélien", "Castelnau", "", M, "FR", "Montpellier", "ats-elt", (MKX, SR), S.SUBMITTED),
    Someone("Chiara", "Martinetti", "", F, "FR", "Bastia", "bts-bat", (BAT,), S.IDENTITY),
    Someone("Loïc", "Beauséjour", "", M, "FR", "Fort-de-France", "bts-fed-c", (BAT,), S.SUBMITTED, grant=True),
    Someone("Sofiane", "Merzouk", "", M, "FR", "Villetaneuse", "lp-reseaux", (SR,), S.SUBMITTED),
    Someone("Éléonore", "Gaudin", "Gaudin-Ferrière", F, "FR", "Nantes", "m1-info", (SR2, DL), S.SUBMITTED),
    Someone("Gaël", "Kerdraon", "", M, "FR", "Lorient", "dut-gim", (MKX,), S.WITHDRAWN),
    Someone("Lucas", "Da Costa", "", M, "PT", "Tours", "bts-cpi", (MKX,), S.SUBMITTED),
    Someone("Mariam", "Sissoko", "", F, "ML", "Grenoble", "dut-info", (DL, SR), S.ONE_WITHDRAWN, grant=True),
    Someone("Bastien", "Roumégoux", "", M, "FR", "Albi", "bts-aero", (MKX,), S.SUBMITTED),
    Someone("Émile", "Vandenbroucke", "", M, "FR", "Dunkerque", "bts-cira", (MKX,), S.REFUSED),
    Someone("Ambre", "Fournier-Lagarde", "", F, "FR", "Limoges", "dut-mmi", (DL,), S.LAST_HOUR),
    Someone("Ilyes", "Ben Younès", "", M, "TN", "Nancy", "cpge-psi", (MKX, DL), S.SUBMITTED),
    Someone("Malo", "Guivarch", "", M, "FR", "Quimper", "bts-sn-b", (SR, MKX), S.SUBMITTED),
    Someone("Assia", "Chikhaoui", "", F, "DZ", "Metz", "m1-gc", (BAT2,), S.LATE),
    Someone("Pierre-Louis", "Chastagner", "", M, "FR", "Dijon", "cpge-pc-1", (SR, DL), S.SUBMITTED),
    Someone("Fatoumata Binta", "Baldé", "", F, "GN", "Amiens", "dut-rt", (SR,), S.SUBMITTED, grant=True),
    Someone("Quentin", "Lhermitte", "", M, "FR", "Reims", "dut-sgm", (MKX,), S.STUDIES),
    Someone("Jade", "Zimmermann-Petit", "", F, "FR", "Strasbourg", "dut-gccd", (BAT,), S.SUBMITTED),
    Someone("Antoine", "Ravanel", "", M, "FR", "Annecy", "dut-gmp", (MKX, BAT), S.ONE_WITHDRAWN),
    Someone("Rania", "Haddouche", "", F, "FR", "Lyon", "bts-sio-a", (SR,), S.STARTED),
    Someone("Titouan", "Le Dantec", "", M, "FR", "Vannes", "bts-ebcr", (BAT,), S.SUBMITTED),
    Someone("Anaëlle", "Rosette", "", F, "FR", "Saint-Denis", "dut-info", (DL,), S.HALF, grant=True),
    Someone("Đức Long", "Phạm", "", M, "VN", "Valenciennes", "l3-meca", (MKX,), S.SUBMITTED),
    Someone("Elias", "Lindqvist", "", M, "SE", "Toulouse", "m1-meca", (MKX2,), S.READY, language="en"),
    Someone("Marwan", "Khoury", "", M, "LB", "Besançon", "dut-geii", (MKX,), S.SUBMITTED),
    Someone("Camille", "Barthélemy", "", F, "FR", "Le Creusot", "dut-geii", (SR, MKX), S.PROGRAMMES),
    Someone("Ousmane", "Ndour", "", M, "SN", "Montpellier", "dut-gccd", (BAT,), S.LATE, grant=True),
    Someone("Solène", "Marchadier", "", F, "FR", "Bordeaux", "l2-info", (DL,), S.LAST_HOUR),
    Someone("Bilal", "Oubella", "", M, "MA", "Grenoble", "dut-gte", (BAT,), S.SUBMITTED),
    Someone("Florian", "Teyssèdre", "", M, "FR", "Rodez", "bts-elt", (MKX,), S.STARTED),
    Someone("Nolwenn", "Kerbrat", "", F, "FR", "Brest", "m1-info", (SR2,), S.SUBMITTED),
    Someone("Cédric Steve", "Mbarga Essomba", "", M, "CM", "Valence", "dut-info", (SR, DL), S.REFUSED),
    Someone("Romane", "Villeneuve-Astier", "", F, "FR", "Grenoble", "ats-bat", (BAT,), S.SUBMITTED),
    Someone("Arthur", "Desmoulins", "", M, "FR", "Amiens", "bts-ati", (MKX,), S.WITHDRAWN),
    Someone("Ximena", "Rojas Cárdenas", "", F, "CO", "Bordeaux", "l3-info", (DL, SR), S.READY),
    Someone("Elif", "Yıldırım", "", F, "FR", "Besançon", "bts-fed-b", (BAT,), S.IDENTITY),
    Someone("Gabin", "Puech", "", M, "FR", "Alès", "bts-sio-b", (DL, SR), S.ADDED, grant=True),
    Someone("Manon", "Sabatier", "", F, "FR", "Béziers", "dut-rt", (SR,), S.REOPENED),
    Someone("Enzo", "Ferracci", "", M, "FR", "Toulon", "bts-crsa", (MKX,), S.DRAFT_WITHDRAWN),
    Someone("Miora", "Rakotondrabe", "", F, "MG", "Saint-Denis", "cpge-pc", (BAT, MKX), S.LAST_HOUR),
    Someone("Xinyi", "Zhou", "", F, "CN", "Nantes", "m1-meca", (MKX2, MKX), S.HALF, language="en"),
    Someone("Louna", "Berthomieu", "", F, "FR", "Perpignan", "bts-scbh", (BAT,), S.STARTED),
    Someone("Killian", "Morvan", "", M, "FR", "Le Havre", "dut-gmp", (MKX,), S.REFUSED, grant=True),
    Someone("Maxence", "Hoffmann", "", M, "FR", "Metz", "bts-bat", (BAT,), S.WITHDRAWN),
    Someone("Prune", "Astruc", "", F, "FR", "Alès", "bts-fed-c", (BAT,), S.PROGRAMMES, grant=True),
)  # fmt: skip


def chance(*about: object) -> Random:
    return Random("/".join(str(part) for part in about))  # noqa: S311 -- nothing secret is drawn


# Postcode and country; the streets of towns abroad, if not those below.
TOWNS = {
    "Alès": ("30100", "FR"), "Albi": ("81000", "FR"), "Amiens": ("80000", "FR"), "Angers": ("49000", "FR"),
    "Annecy": ("74000", "FR"), "Bastia": ("20200", "FR"), "Bayonne": ("64100", "FR"), "Besançon": ("25000", "FR"),
    "Béthune": ("62400", "FR"), "Béziers": ("34500", "FR"), "Bordeaux": ("33000", "FR"), "Brest": ("29200", "FR"),
    "Clermont-Ferrand": ("63000", "FR"), "Créteil": ("94000", "FR"), "Dijon": ("21000", "FR"),
    "Dunkerque": ("59140", "FR"), "Fort-de-France": ("97200", "FR"), "Grenoble": ("38000", "FR"),
    "Lannion": ("22300", "FR"), "Le Creusot": ("71200", "FR"), "Le Havre": ("76600", "FR"), "Lille": ("59000", "FR"),
    "Limoges": ("87000", "FR"), "Lorient": ("56100", "FR"), "Lyon": ("69007", "FR"), "Marseille": ("13010", "FR"),
    "Metz": ("57000", "FR"), "Montpellier": ("34090", "FR"), "Mulhouse": ("68100", "FR"), "Nancy": ("54000", "FR"),
    "Nantes": ("44300", "FR"), "Nîmes": ("30900", "FR"), "Orléans": ("45000", "FR"), "Perpignan": ("66000", "FR"),
    "Poitiers": ("86000", "FR"), "Quimper": ("29000", "FR"), "Reims": ("51100", "FR"), "Rennes": ("35000", "FR"),
    "Rodez": ("12000", "FR"), "Saint-Denis": ("97400", "FR"), "Saint-Étienne": ("42000", "FR"),
    "Saint-Pierre": ("97410", "FR"), "Strasbourg": ("67000", "FR"), "Toulon": ("83000", "FR"),
    "Toulouse": ("31400", "FR"), "Tours": ("37000", "FR"), "Valence": ("26000", "FR"),
    "Valenciennes": ("59300", "FR"), "Vannes": ("56000", "FR"), "Villetaneuse": ("93430", "FR"),
    "Casablanca": ("20250", "MA"), "Dakar": ("12500", "SN"), "Douala": ("BP 4052", "CM"), "Karlsruhe": ("76133", "DE"),
}  # fmt: skip
STREETS = (
    "rue des Lices", "avenue de la Gare", "allée des Tilleuls", "impasse du Moulin", "cours Gambetta",
    "rue Pasteur", "chemin des Vignes", "boulevard Carnot", "rue de la République", "place du Marché",
    "rue des Écoles", "avenue Jean-Jaurès", "rue du Pont-Neuf", "quai de la Fonderie", "rue Victor-Hugo",
)  # fmt: skip
LYCEES = (
    "Jean-Moulin", "Marie-Curie", "Louise-Michel", "Gustave-Eiffel", "Rosa-Parks", "Denis-Diderot",
    "Jacques-Prévert", "Simone-Veil", "Léonard-de-Vinci", "Germaine-Tillion", "Blaise-Pascal", "Joliot-Curie",
)  # fmt: skip
FICTION = (
    "19900",
    "26191",
    "35301",
    "46571",
    "53649",
)  # numbers that the regulator keeps for works of fiction


def street(city: str, who: str) -> str:
    draw = chance("street", who)
    number = draw.randint(1, 88)
    return f"Kaiserallee {number}" if city == "Karlsruhe" else f"{number} {draw.choice(STREETS)}"


def lycee(city: str, who: str) -> str:
    return f"Lycée {chance('lycée', who).choice(LYCEES)}, {city}"


def of_town(word: str, city: str) -> str:
    """ "IUT de Nîmes", "IUT d’Annecy", "IUT du Creusot"."""
    if city.startswith("Le "):
        return f"{word} du {city.removeprefix('Le ')}"
    return f"{word} d’{city}" if city[0] in "AEIOUYÉ" else f"{word} de {city}"


def phone(who: str) -> str:
    draw = chance("phone", who)
    return f"+33{draw.choice(FICTION)}{draw.randint(0, 9999):04}"
