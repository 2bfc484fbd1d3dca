"""Invented people. Any likeness of name is chance; their towns exist, their lives do not."""

from dataclasses import dataclass
from enum import Enum, auto

from common.rules.values import fold

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
        return f"{fold(first)}.{fold(self.usual_name or self.birth_name)}@example.org".replace(" ", "-")

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.usual_name or self.birth_name}"


S = Story
BAT, SR, DL, MKX = "BAT-1", "INFRES-SR-1", "INFRES-DL-1", "MKX-1"
BAT2, SR2, MKX2 = "BAT-2", "INFRES-SR-2", "MKX-2"

LINA = Someone("Lina", "Bouvier", "", F, "FR", "Nîmes", "l3-info", (DL, SR2), S.MENDING)
MATHIS = Someone("Mathis", "Lemoine", "", M, "FR", "Clermont-Ferrand", "dut-geii", (MKX, SR), S.SUBMITTED, grant=True)
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
