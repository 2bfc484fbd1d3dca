"""The pieces of a dossier, drawn for the person whose name they bear."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from common.rules import fold
from rehearsal.people import marks
from rehearsal.people.drawing import GREY, LEFT, RIGHT, WIDTH, Sheet, portrait
from rehearsal.people.marks import FIELDS, OPINIONS
from rehearsal.people.someone import Someone, chance

PARAGRAPHS = Path(__file__).with_name("letters.yaml")
FEMININE = {"renseigné": "renseignée", "heureux": "heureuse"}


def motivation(who: str, sex: str, *, speciality: str, studies: str, field: str) -> list[str]:
    draw = chance("letter", who, speciality)
    parts = _parts()
    paragraphs = [
        draw.choice(parts["openings"]).format(speciality=speciality, studies=studies),
        draw.choice(parts["stories"][field]),
        draw.choice(parts["reasons"]),
        draw.choice(parts["endings"]),
    ]
    if sex == "f":
        for masculine, feminine in FEMININE.items():
            paragraphs = [text.replace(masculine, feminine) for text in paragraphs]
    return paragraphs


@cache
def _parts() -> dict[str, Any]:
    parts: dict[str, Any] = YAML(typ="safe").load(PARAGRAPHS)
    return parts


MIDDLE = WIDTH / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Whose papers these are, with what they say of that person."""

    who: Someone
    nationality: str
    born_on: date
    street: str
    postcode: str
    field: str
    baccalaureate: str
    baccalaureate_year: int
    studies: tuple[tuple[str, str, date], ...]  # what, where, until when; the last one first
    year: tuple[int, int]
    today: date

    @property
    def name(self) -> str:
        return f"{self.who.first_names} {self.who.birth_name.upper()}"

    @property
    def school(self) -> str:
        return self.studies[0][1]

    @property
    def year_label(self) -> str:
        return f"{self.year[0]}-{self.year[1]}"


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    content: bytes


Drawing = Callable[[Bearer, str], list[Paper]]


def papers(key: str, title: str, subject: str, bearer: Bearer) -> list[Paper]:
    """The files to give for a piece, `subject` being the programme or the diploma that it is about."""
    drawing = DRAWINGS.get(key)
    return drawing(bearer, subject) if drawing else _certificate(bearer, title)


def _photo(bearer: Bearer, _: str) -> list[Paper]:
    return [Paper("photo.jpg", portrait(bearer.who.full_name, bearer.who.sex))]


def _identity(bearer: Bearer, _: str) -> list[Paper]:
    sheet = _headed("Titre d’identité", "Représentation schématique, sans valeur")
    for side in ("Recto", "Verso"):
        sheet.words(side, font="bold")
        sheet.down(12)
        sheet.frame(LEFT, 300, 186)
        sheet.down(28)
        for label, value in _identity_lines(bearer, side):
            sheet.words(label, x=LEFT + 16, size=7.5, ink=GREY)
            sheet.down(13)
            sheet.words(value, x=LEFT + 16, size=11)
            sheet.down(20)
        sheet.y = 842 - 64 - 40 - 230 if side == "Recto" else sheet.y
        sheet.down(16)
    return [Paper("piece-identite.pdf", sheet.pdf())]


def _identity_lines(bearer: Bearer, side: str) -> list[tuple[str, str]]:
    if side == "Recto":
        return [
            ("Nom de naissance", bearer.who.birth_name.upper()),
            ("Prénoms", bearer.who.first_names),
            ("Naissance", f"{bearer.born_on:%d/%m/%Y}"),
            ("Nationalité", bearer.nationality),
        ]
    return [
        ("Adresse", f"{bearer.street}, {bearer.postcode} {bearer.who.city}"),
        (
            "Valable jusqu’au",
            f"{bearer.today + timedelta(days=1500 + len(bearer.name) * 31):%d/%m/%Y}",
        ),
    ]


def _visa(bearer: Bearer, _: str) -> list[Paper]:
    sheet = _headed("Visa de long séjour", "Mention : étudiant")
    _rows(sheet, [
        ("Nom", bearer.who.birth_name.upper()),
        ("Prénoms", bearer.who.first_names),
        ("Nationalité", bearer.nationality),
        ("Valable du", f"01/09/{bearer.year[0]} au 31/08/{bearer.year[1]}"),
        ("Entrées", "Multiples"),
    ])  # fmt: skip
    return [Paper("visa.pdf", sheet.pdf())]


def _cv(bearer: Bearer, _: str) -> list[Paper]:
    draw = chance("cv", bearer.name)
    sheet = Sheet()
    sheet.words(bearer.name, size=20, font="bold")
    sheet.down(20)
    sheet.words(
        f"{bearer.street}, {bearer.postcode} {bearer.who.city} – {bearer.who.email}", ink=GREY
    )
    _section(sheet, "Formation")
    for what, where, until in bearer.studies:
        _dated(sheet, f"{until.year - 2}-{until.year}", what, where)
    _dated(
        sheet,
        str(bearer.baccalaureate_year),
        f"Baccalauréat ({bearer.baccalaureate})",
        bearer.who.city,
    )
    _section(sheet, "Expériences")
    for what, where, length in draw.sample(marks.INTERNSHIPS[bearer.field], 2):
        _dated(sheet, length, what, where)
    _section(sheet, "Langues")
    sheet.paragraph(draw.choice(marks.LANGUAGES))
    _section(sheet, "Hors les cours")
    sheet.paragraph(draw.choice(marks.PASTIMES))
    return [Paper(f"cv-{_file_name(bearer)}.pdf", sheet.pdf())]


def _motivation(bearer: Bearer, subject: str) -> list[Paper]:
    sheet = Sheet()
    for row in (bearer.name, bearer.street, f"{bearer.postcode} {bearer.who.city}"):
        sheet.words(row, size=11, font="serif")
        sheet.down(15)
    sheet.down(20)
    sheet.words(
        f"À {bearer.who.city}, le {bearer.today:%d/%m/%Y}",
        x=RIGHT,
        size=11,
        font="serif",
        align="right",
    )
    sheet.down(36)
    speciality = subject.partition(" – ")[0]
    sheet.paragraph(
        f"Objet : candidature à la formation d’ingénieur en {speciality.lower()}",
        size=11,
        font="serif",
    )
    sheet.down(16)
    sheet.words("Madame, Monsieur,", size=12, font="slanted")
    sheet.down(28)
    studies = (
        f"mon parcours en {bearer.field}"
        if bearer.field != "prépa"
        else "mes années de classe préparatoire"
    )
    for text in motivation(
        bearer.who.full_name,
        bearer.who.sex,
        speciality=speciality.lower(),
        studies=studies,
        field=bearer.field,
    ):
        sheet.paragraph(text, size=12, font="slanted", leading=18)
        sheet.down(10)
    sheet.down(20)
    sheet.words(bearer.who.full_name, x=RIGHT, size=13, font="slanted", align="right")
    return [Paper(f"lettre-{fold(speciality.split(',')[0]).replace(' ', '-')}.pdf", sheet.pdf())]


def _grant(bearer: Bearer, _: str) -> list[Paper]:
    step = chance("grant", bearer.name).randint(1, 7)
    sheet = _headed("Notification définitive de bourse", f"Année universitaire {bearer.year_label}")
    sheet.paragraph(
        f"{bearer.name}, en formation à l’établissement {bearer.school}, bénéficie d’une bourse sur critères sociaux, "
        f"échelon {step}, pour l’année universitaire {bearer.year_label}. La décision est définitive."
    )
    sheet.down(18)
    _rows(sheet, [("Échelon", str(step)), ("Versement", "Dix mensualités"), ("Dossier", "complet")])
    return [Paper("notification-bourse.pdf", sheet.pdf())]


def _foreign_programme(bearer: Bearer, subject: str) -> list[Paper]:
    sheet = _headed("Programme des études", subject)
    draw = chance("programme", bearer.name)
    _rows(sheet, [(name, f"{draw.randrange(24, 96, 6)} heures") for name in FIELDS[bearer.field]])
    return [Paper("programme-des-etudes.pdf", sheet.pdf())]


def _opinion(bearer: Bearer, _: str) -> list[Paper]:
    draw = chance("opinion", bearer.name)
    sheet = _headed("Avis de poursuite d’études", bearer.school)
    sheet.paragraph(f"Candidat : {bearer.name}, année {bearer.year_label}.")
    sheet.down(10)
    _rows(sheet, [("Rang dans la promotion", f"{draw.randint(1, 30)} sur {draw.randint(31, 96)}"),
                  ("Avis pour une école d’ingénieurs", draw.choice(("Très favorable", "Favorable", "Favorable"))),
                  ("Avis pour l’apprentissage", draw.choice(("Très favorable", "Favorable")))])  # fmt: skip
    sheet.down(16)
    sheet.paragraph(draw.choice(OPINIONS))
    return [Paper("avis-poursuite.pdf", sheet.pdf())]


def _diploma(bearer: Bearer, subject: str) -> list[Paper]:
    sheet = _headed("Attestation de réussite", subject)
    until = next((day for what, _, day in bearer.studies if what == subject), bearer.today)
    _rows(
        sheet,
        [("Nom", bearer.name), ("Titre préparé", subject[:60]), ("Décision du jury", "Admission")],
    )
    sheet.down(12)
    sheet.paragraph(
        f"Attestation établie le {until:%d/%m/%Y} par l’établissement, avant l’édition du diplôme."
    )
    return [Paper("attestation-reussite.pdf", sheet.pdf())]


def _certificate(bearer: Bearer, title: str) -> list[Paper]:
    sheet = _headed(title, bearer.school)
    sheet.paragraph(f"Pièce établie pour {bearer.name}, année {bearer.year_label}.")
    return [Paper("attestation.pdf", sheet.pdf())]


def _previous_marks(bearer: Bearer, _: str) -> list[Paper]:
    first, second = bearer.year[0] - 1, bearer.year[1] - 1
    return [
        Paper(
            f"releve-{first}-{second}-s{half}.pdf", _transcript(bearer, f"{first}-{second}", half)
        )
        for half in (1, 2)
    ]


def _current_marks(bearer: Bearer, _: str) -> list[Paper]:
    return [Paper(f"releve-{bearer.year_label}-s1.pdf", _transcript(bearer, bearer.year_label, 1))]


def _transcript(bearer: Bearer, year: str, half: int) -> bytes:
    return marks.transcript(
        bearer.name, bearer.school, bearer.field, f"Année {year}, semestre {half}"
    )


def _baccalaureate(bearer: Bearer, _: str) -> list[Paper]:
    when = f"Session {bearer.baccalaureate_year} – {bearer.baccalaureate}"
    return [
        Paper(
            "releve-baccalaureat.pdf",
            marks.examination(bearer.name, "Relevé de notes du baccalauréat", when),
        )
    ]


def _bts_marks(bearer: Bearer, subject: str) -> list[Paper]:
    content = marks.transcript(
        bearer.name, subject, bearer.field, "Examen du brevet de technicien supérieur"
    )
    return [Paper("releve-bts.pdf", content)]


DRAWINGS: dict[str, Drawing] = {
    "photo": _photo,
    "identity": _identity,
    "visa": _visa,
    "cv": _cv,
    "baccalaureate-marks": _baccalaureate,
    "previous-marks": _previous_marks,
    "current-marks": _current_marks,
    "bts-marks": _bts_marks,
    "diploma": _diploma,
    "foreign-programme": _foreign_programme,
    "motivation": _motivation,
    "further-study-opinion": _opinion,
    "grant-notice": _grant,
}


def _headed(title: str, line: str) -> Sheet:
    sheet = Sheet()
    sheet.words(title, x=MIDDLE, size=17, font="bold", align="centre")
    sheet.down(20)
    sheet.words(line, x=MIDDLE, size=10, align="centre", ink=GREY)
    sheet.down(36)
    return sheet


def _rows(sheet: Sheet, rows: list[tuple[str, str]]) -> None:
    for number, (label, value) in enumerate(rows):
        if number % 2 == 0:
            sheet.band(21)
        sheet.words(label, x=LEFT + 8)
        sheet.words(value, x=RIGHT - 8, align="right", font="bold")
        sheet.down(21)


def _section(sheet: Sheet, title: str) -> None:
    sheet.down(30)
    sheet.words(title, size=12, font="bold")
    sheet.line(above=-6)
    sheet.down(24)


def _dated(sheet: Sheet, when: str, what: str, where: str) -> None:
    sheet.words(when, ink=GREY)
    sheet.words(what, x=LEFT + 84, font="bold")
    sheet.down(14)
    sheet.words(where, x=LEFT + 84)
    sheet.down(20)


def _file_name(bearer: Bearer) -> str:
    return bearer.who.email.partition("@")[0].replace(".", "-")
