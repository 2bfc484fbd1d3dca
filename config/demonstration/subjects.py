"""What is taught in each field, for the tables of marks and the programmes of studies."""

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
