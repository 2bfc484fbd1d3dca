"""Tables of marks and programmes of studies, and what fills a CV."""

from rehearsal.people.drawing import GREY, LEFT, RIGHT, WIDTH, Sheet
from rehearsal.people.someone import chance

FIELDS = {
    "bâtiment": (
        "Mathématiques", "Mécanique des structures", "Matériaux de construction", "Thermique du bâtiment",
        "Étude de prix et méthodes", "Topographie", "Dessin et maquette numérique", "Conduite de chantier",
        "Anglais", "Expression et communication",
    ),
    "énergie": (
        "Mathématiques", "Thermodynamique", "Transferts thermiques", "Mécanique des fluides",
        "Génie climatique", "Régulation et automatismes", "Électricité du bâtiment", "Étude de projet",
        "Anglais", "Expression et communication",
    ),
    "informatique": (
        "Mathématiques pour l’informatique", "Algorithmique et programmation", "Bases de données", "Réseaux",
        "Systèmes d’exploitation", "Développement web", "Conduite de projet", "Droit et économie du numérique",
        "Anglais", "Expression et communication",
    ),
    "électricité": (
        "Mathématiques", "Électronique", "Énergie et conversion", "Automatismes industriels",
        "Informatique industrielle", "Réseaux de terrain", "Essais et mesures", "Projet technique",
        "Anglais", "Expression et communication",
    ),
    "mécanique": (
        "Mathématiques", "Mécanique du solide", "Résistance des matériaux", "Conception assistée par ordinateur",
        "Production et méthodes", "Métrologie et qualité", "Automatique", "Projet de conception",
        "Anglais", "Expression et communication",
    ),
    "prépa": (
        "Mathématiques", "Physique-chimie", "Sciences industrielles de l’ingénieur", "Informatique",
        "Travaux pratiques", "Français et philosophie", "Anglais", "Projet personnel encadré",
    ),
}  # fmt: skip
SCHOOL_SUBJECTS = (
    ("Français, écrit", 5), ("Français, oral", 5), ("Philosophie", 4), ("Grand oral", 14),
    ("Enseignement de spécialité 1", 16), ("Enseignement de spécialité 2", 16), ("Histoire-géographie", 6),
    ("Langue vivante A", 6), ("Langue vivante B", 6), ("Enseignement scientifique ou mathématiques", 6),
    ("Éducation physique et sportive", 6),
)  # fmt: skip
REMARKS = (
    "Travail régulier, de bons résultats dans les matières techniques.",
    "Ensemble solide. L’anglais progresse.",
    "Semestre sérieux ; les mathématiques demandent encore un effort.",
    "De réelles qualités en projet, à confirmer à l’écrit.",
    "Très bon semestre, une participation appréciée de toute l’équipe.",
    "Résultats satisfaisants et une autonomie certaine en travaux pratiques.",
)
OPINIONS = (
    "A montré de la constance pendant deux ans et sait demander de l’aide quand il le faut.",
    "Profil technique affirmé. L’alternance convient à sa façon d’apprendre.",
    "Résultats en progression continue, projet professionnel réfléchi.",
    "Bonne culture scientifique ; devra consolider les mathématiques en première année.",
)

MARK_AT, CLASS_AT = 420, RIGHT - 12
INTERNSHIPS = {
    "bâtiment": (
        (
            "Stage en bureau d’études de structures",
            "Notes de calcul et plans d’exécution",
            "10 semaines",
        ),
        (
            "Aide-conducteur de travaux",
            "Réhabilitation d’une école, suivi du second œuvre",
            "8 semaines",
        ),
        ("Manœuvre en maçonnerie", "Emploi d’été", "6 semaines"),
    ),
    "énergie": (
        (
            "Stage d’exploitation de chaufferies",
            "Relevés, réglages et bilans de consommation",
            "8 semaines",
        ),
        (
            "Stage en bureau d’études thermiques",
            "Études réglementaires de logements",
            "10 semaines",
        ),
        ("Aide-plombier chauffagiste", "Emploi d’été", "5 semaines"),
    ),
    "informatique": (
        ("Stage de développement", "Outil interne de suivi des interventions", "10 semaines"),
        (
            "Stage au service informatique d’un hôpital",
            "Réseau sans fil et parc de postes",
            "8 semaines",
        ),
        ("Assistance aux utilisateurs", "Emploi d’été dans une collectivité", "6 semaines"),
    ),
    "électricité": (
        ("Stage de maintenance", "Automates d’une ligne d’embouteillage", "9 semaines"),
        ("Stage en essais", "Mesures de vibrations sur ventilateurs", "10 semaines"),
        ("Aide-électricien", "Emploi d’été", "6 semaines"),
    ),
    "mécanique": (
        ("Stage en bureau des méthodes", "Outillage de reprise et gamme d’usinage", "10 semaines"),
        ("Stage en métrologie", "Contrôle de pièces de sous-traitance", "8 semaines"),
        ("Opérateur de production", "Emploi d’été", "6 semaines"),
    ),
    "prépa": (
        ("Aide-technicien", "Atelier de montage de pompes", "6 semaines"),
        ("Soutien scolaire en mathématiques", "Association de quartier", "2 ans"),
        ("Vendanges", "Emploi d’été", "3 semaines"),
    ),
}
LANGUAGES = (
    "Anglais : niveau B2, lecture courante de documents techniques. Espagnol : niveau A2.",
    "Anglais : niveau B1, en progrès. Arabe : langue familiale. Italien : notions.",
    "Anglais : niveau B2, un mois en Irlande. Allemand : niveau B1.",
)
PASTIMES = (
    "Handball en club depuis huit ans, arbitrage des jeunes le samedi.",
    "Réparation de vélos dans un atelier associatif, randonnée.",
    "Guitare, et réglages de la petite scène d’une maison des jeunes.",
    "Sapeur-pompier volontaire. Permis B.",
    "Course à pied, cuisine, trésorerie de l’association des étudiants.",
)
LOWEST, HIGHEST = 8.0, 18.5


def transcript(name: str, school: str, field: str, when: str) -> bytes:
    draw = chance("marks", name, when)
    level = draw.uniform(11.2, 15.2)
    sheet = _headed("Relevé de notes", school, f"{name} – {when}")
    _row(sheet, "Matière", "Note sur 20", "Promotion", bold=True)
    obtained = []
    for number, subject in enumerate(FIELDS[field]):
        mark = min(max(draw.gauss(level, 1.9), LOWEST), HIGHEST)
        obtained.append(mark)
        _row(
            sheet, subject, _french(mark), _french(draw.uniform(10.2, 12.8)), shaded=number % 2 == 0
        )
    sheet.line(above=12)
    _row(
        sheet, "Moyenne générale", _french(sum(obtained) / len(obtained)), _french(11.64), bold=True
    )
    sheet.down(20)
    sheet.paragraph(draw.choice(REMARKS))
    return sheet.pdf()


def examination(name: str, title: str, when: str) -> bytes:
    draw = chance("examination", name)
    level = draw.uniform(11.5, 15.5)
    sheet = _headed(title, when, name)
    _row(sheet, "Épreuve", "Note sur 20", "Coefficient", bold=True)
    total = weights = 0.0
    for number, (subject, weight) in enumerate(SCHOOL_SUBJECTS):
        mark = min(max(draw.gauss(level, 2.1), LOWEST), HIGHEST)
        total, weights = total + round(mark) * weight, weights + weight
        _row(sheet, subject, f"{round(mark)},00", str(weight), shaded=number % 2 == 0)
    sheet.line(above=12)
    _row(sheet, "Moyenne", _french(total / weights), "", bold=True)
    return sheet.pdf()


def _headed(title: str, line: str, name: str) -> Sheet:
    sheet = Sheet()
    sheet.words(title, x=WIDTH / 2, size=17, font="bold", align="centre")
    sheet.down(20)
    sheet.words(line, x=WIDTH / 2, align="centre", ink=GREY)
    sheet.down(34)
    sheet.words(name, size=11.5, font="bold")
    sheet.down(28)
    return sheet


def _row(
    sheet: Sheet, subject: str, mark: str, last: str, *, bold: bool = False, shaded: bool = False
) -> None:
    if shaded:
        sheet.band(20)
    font = "bold" if bold else "plain"
    sheet.words(subject, x=LEFT + 8, font=font)
    sheet.words(mark, x=MARK_AT, font=font, align="right")
    sheet.words(last, x=CLASS_AT, font=font, align="right")
    sheet.down(20)


def _french(mark: float) -> str:
    return f"{mark:.2f}".replace(".", ",")
