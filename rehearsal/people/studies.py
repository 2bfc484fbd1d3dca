"""What invented people studied. Days are those of the session that the demonstration copies; they shift with it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from campaigns.vocabulary import TitleStatus

HELD, COMING = TitleStatus.OBTAINED, TitleStatus.EXPECTED
THIS_SUMMER, LAST_SUMMER, SUMMER_BEFORE = date(2022, 7, 1), date(2021, 7, 6), date(2020, 7, 7)
NEXT_SUMMER = date(2023, 7, 1)


class PlaceOfStudy(Enum):
    LYCEE = auto()
    IUT = auto()
    UNIVERSITY = auto()
    ABROAD = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """`diploma` is a code of the nomenclature; without one, a kind and a name."""

    place: PlaceOfStudy
    on: date
    status: str
    diploma: str = ""
    kind: str = ""
    name: str = ""
    institution: str = ""
    country: str = "FR"
    ects: int
    year: int | None = None  # under way, of a course whose diploma comes later


@dataclass(frozen=True, slots=True)
class Path:
    baccalaureate: str
    years_since: int
    field: str
    courses: tuple[Course, ...]

    @property
    def goes_on(self) -> bool:
        """Whether a year of a course counts here, and not its diploma: only some notices look at years."""
        return any(course.year for course in self.courses)

    @property
    def last(self) -> Course:
        return self.courses[-1]


def _bts(code: str, status: str = COMING, on: date = THIS_SUMMER) -> Course:
    return Course(diploma=f"BTS-{code}", place=PlaceOfStudy.LYCEE, status=status, on=on, ects=120)


def _dut(code: str, status: str = COMING, on: date = THIS_SUMMER) -> Course:
    return Course(diploma=f"DUT-{code}", place=PlaceOfStudy.IUT, status=status, on=on, ects=120)


def _second_year(code: str) -> Course:
    return Course(
        diploma=f"BUT-{code}",
        place=PlaceOfStudy.IUT,
        status=COMING,
        on=NEXT_SUMMER,
        ects=180,
        year=2,
    )


def _prepa(code: str, status: str, on: date, ects: int) -> Course:
    return Course(diploma=f"CPGE-{code}", place=PlaceOfStudy.LYCEE, status=status, on=on, ects=ects)


def _university(kind: str, name: str, status: str, on: date, ects: int) -> Course:
    return Course(
        kind=kind, name=name, place=PlaceOfStudy.UNIVERSITY, status=status, on=on, ects=ects
    )


def _abroad(country: str, kind: str, name: str, institution: str, ects: int) -> Course:
    return Course(
        kind=kind,
        name=name,
        institution=institution,
        country=country,
        place=PlaceOfStudy.ABROAD,
        status=HELD,
        on=LAST_SUMMER,
        ects=ects,
    )


TECHNOLOGICAL, SCIENTIFIC = "STI2D", "Général, mathématiques et physique-chimie"
PATHS = {
    "bts-bat": Path("STI2D, architecture et construction", 2, "bâtiment", (_bts("BAT"),)),
    "bts-ebcr": Path("Professionnel, technicien du bâtiment", 2, "bâtiment", (_bts("EBCR"),)),
    "bts-scbh": Path("Professionnel, technicien constructeur bois", 2, "bâtiment", (_bts("SCBH"),)),
    "bts-fed-a": Path("STI2D, énergies et environnement", 2, "énergie", (_bts("FED-A"),)),
    "bts-fed-b": Path("STI2D, énergies et environnement", 2, "énergie", (_bts("FED-B"),)),
    "bts-fed-c": Path("STI2D, énergies et environnement", 2, "énergie", (_bts("FED-C"),)),
    "bts-sio-a": Path("Général, numérique et mathématiques", 2, "informatique", (_bts("SIO-A"),)),
    "bts-sio-b": Path("Général, numérique et mathématiques", 2, "informatique", (_bts("SIO-B"),)),
    "bts-sn-a": Path(
        "STI2D, systèmes d’information et numérique", 2, "informatique", (_bts("SN-A"),)
    ),
    "bts-sn-b": Path("Professionnel, systèmes numériques", 2, "électricité", (_bts("SN-B"),)),
    "bts-elt": Path(
        "STI2D, énergies et environnement", 3, "électricité", (_bts("ELT", HELD, LAST_SUMMER),)
    ),
    "bts-cira": Path("STL", 2, "électricité", (_bts("CIRA"),)),
    "bts-crsa": Path("STI2D, innovation technologique", 2, "mécanique", (_bts("CRSA"),)),
    "bts-cpi": Path(
        "STI2D, innovation technologique", 3, "mécanique", (_bts("CPI", HELD, LAST_SUMMER),)
    ),
    "bts-ati": Path("STI2D, innovation technologique", 2, "mécanique", (_bts("ATI"),)),
    "bts-aero": Path("Professionnel, aéronautique", 2, "mécanique", (_bts("AERO"),)),
    "dut-gccd": Path(SCIENTIFIC, 2, "bâtiment", (_dut("GCCD"),)),
    "dut-gte": Path(SCIENTIFIC, 2, "énergie", (_dut("GTE"),)),
    "dut-info": Path("Général, numérique et mathématiques", 2, "informatique", (_dut("INFO"),)),
    "dut-rt": Path("Général, numérique et mathématiques", 2, "informatique", (_dut("RT"),)),
    "dut-mmi": Path("Général, arts plastiques et mathématiques", 2, "informatique", (_dut("MMI"),)),
    "dut-geii": Path(TECHNOLOGICAL, 2, "électricité", (_dut("GEII"),)),
    "dut-gmp": Path(SCIENTIFIC, 2, "mécanique", (_dut("GMP"),)),
    "dut-gim": Path(TECHNOLOGICAL, 2, "mécanique", (_dut("GIM"),)),
    "dut-mp": Path(SCIENTIFIC, 3, "mécanique", (_dut("MP", HELD, LAST_SUMMER),)),
    "dut-sgm": Path(SCIENTIFIC, 2, "mécanique", (_dut("SGM"),)),
    "but-gccd": Path(SCIENTIFIC, 2, "bâtiment", (_second_year("GCCD"),)),
    "but-info": Path(
        "Général, numérique et mathématiques", 2, "informatique", (_second_year("INFO"),)
    ),
    "but-gmp": Path(SCIENTIFIC, 2, "mécanique", (_second_year("GMP"),)),
    "ats-elt": Path(
        TECHNOLOGICAL,
        3,
        "prépa",
        (_bts("ELT", HELD, LAST_SUMMER), _prepa("ATS", COMING, THIS_SUMMER, 180)),
    ),
    "ats-bat": Path(
        "STI2D, architecture et construction",
        3,
        "prépa",
        (_bts("BAT", HELD, LAST_SUMMER), _prepa("ATS", COMING, THIS_SUMMER, 180)),
    ),
    "cpge-pt": Path(SCIENTIFIC, 3, "prépa", (_prepa("PT", HELD, LAST_SUMMER, 120),)),
    "cpge-psi": Path(SCIENTIFIC, 3, "prépa", (_prepa("PSI", HELD, LAST_SUMMER, 120),)),
    "cpge-pc": Path(SCIENTIFIC, 3, "prépa", (_prepa("PC", HELD, LAST_SUMMER, 120),)),
    "cpge-pc-1": Path(SCIENTIFIC, 2, "prépa", (_prepa("PC", COMING, THIS_SUMMER, 120),)),
    "l2-info": Path(
        "Général, numérique et mathématiques",
        2,
        "informatique",
        (_university("L2", "Licence 2 informatique", COMING, THIS_SUMMER, 120),),
    ),
    "l3-info": Path(
        "Général, numérique et mathématiques",
        4,
        "informatique",
        (_university("L3", "Licence informatique", HELD, LAST_SUMMER, 180),),
    ),
    "l3-meca": Path(
        SCIENTIFIC,
        4,
        "mécanique",
        (_university("L3", "Licence sciences pour l’ingénieur", HELD, LAST_SUMMER, 180),),
    ),
    "lp-reseaux": Path(
        TECHNOLOGICAL,
        3,
        "informatique",
        (
            _dut("RT", HELD, LAST_SUMMER),
            _university(
                "LP", "Licence professionnelle métiers des réseaux", COMING, THIS_SUMMER, 180
            ),
        ),
    ),
    "m1-gc": Path(
        SCIENTIFIC,
        4,
        "bâtiment",
        (
            _university("L3", "Licence génie civil", HELD, LAST_SUMMER, 180),
            _university("M1", "Master 1 génie civil", COMING, THIS_SUMMER, 240),
        ),
    ),
    "m1-info": Path(
        SCIENTIFIC,
        4,
        "informatique",
        (
            _university("L3", "Licence informatique", HELD, LAST_SUMMER, 180),
            _university("M1", "Master 1 réseaux et systèmes", COMING, THIS_SUMMER, 240),
        ),
    ),
    "m1-meca": Path(
        SCIENTIFIC,
        4,
        "mécanique",
        (_university("M1", "Master 1 génie mécanique", COMING, THIS_SUMMER, 240),),
    ),
    "ma-dts": Path(
        "Baccalauréat marocain, sciences et technologies",
        4,
        "bâtiment",
        (
            _abroad(
                "MA",
                "OTHER",
                "Diplôme de technicien spécialisé, gros œuvres",
                "Institut de technologie, Casablanca",
                120,
            ),
        ),
    ),
    "sn-dst": Path(
        "Baccalauréat sénégalais, série S2",
        3,
        "informatique",
        (
            _abroad(
                "SN",
                "OTHER",
                "Diplôme supérieur de technologie, informatique",
                "Institut polytechnique, Dakar",
                120,
            ),
        ),
    ),
    "cm-hnd": Path(
        "Baccalauréat camerounais, série F4",
        3,
        "bâtiment",
        (
            _abroad(
                "CM",
                "OTHER",
                "Brevet de technicien supérieur, génie civil",
                "Institut supérieur, Douala",
                120,
            ),
        ),
    ),
    "de-bachelor": Path(
        "Abitur (Allemagne)",
        5,
        "mécanique",
        (
            _abroad(
                "DE", "OTHER", "Bachelor of Engineering Mechatronik", "Hochschule, Karlsruhe", 210
            ),
        ),
    ),
}
