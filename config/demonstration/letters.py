"""Motivation letters: paragraphs that a candidate to a field could have written."""

from config.demonstration.chance import chance

OPENINGS = (
    "Je souhaite rejoindre votre formation d’ingénieur par apprentissage en {speciality}. Mon parcours m’a donné "
    "le goût du concret, et je cherche maintenant à comprendre plus à fond ce que je sais déjà faire.",
    "Après {studies}, je présente ma candidature à votre formation en {speciality}. Apprendre en entreprise "
    "pendant trois ans est ce qui correspond le mieux à ma manière de travailler.",
    "Depuis {studies}, une idée s’est imposée : devenir ingénieur sans quitter le terrain. "
    "Votre formation en {speciality} est la première que j’ai inscrite sur ma liste.",
)
STORIES = {
    "bâtiment": (
        "Pendant mon stage dans un bureau d’études de structures, j’ai repris les plans d’un gymnase à réhabiliter. "
        "J’y ai appris à vérifier une note de calcul et surtout à poser les bonnes questions au conducteur de travaux.",
        "Huit semaines sur le chantier d’une école m’ont appris ce que valent un planning et une réunion bien tenue. "
        "J’ai suivi le second œuvre, fait les relevés et rédigé les comptes rendus.",
    ),
    "énergie": (
        "Mon stage portait sur la chaufferie d’un lycée : bilan des consommations, choix de la régulation, essais. "
        "La facture a baissé de douze pour cent l’hiver suivant, et j’ai compris ce que ce métier peut changer.",
        "J’ai dimensionné avec mon tuteur la ventilation d’une médiathèque, du débit de chaque salle au bruit admis. "
        "Voir l’installation démarrer a été le meilleur moment de mon année.",
    ),
    "informatique": (
        "Mon projet de fin d’année était une application de prêt de matériel pour une association sportive. "
        "Elle sert encore : j’y corrige une erreur de temps en temps, et j’ai appris à écrire des essais avant le code.",
        "Pendant mon stage au service informatique d’un hôpital, j’ai participé au remplacement du réseau sans fil. "
        "Rien ne devait s’arrêter : chaque bascule était préparée, relue et répétée.",
    ),
    "électricité": (
        "J’ai câblé et programmé l’automate d’une ligne d’embouteillage pendant mon stage. La première mise en "
        "route a échoué, la deuxième aussi ; chercher pourquoi m’a plus appris que le reste de l’année.",
        "Mon projet consistait à mesurer les vibrations d’un ventilateur et à prévenir avant la panne. "
        "Il a fallu choisir les capteurs, écrire le programme et convaincre l’atelier de nous prêter la machine.",
    ),
    "mécanique": (
        "J’ai conçu avec deux camarades un outillage de reprise pour un sous-traitant de l’aéronautique. "
        "La pièce est passée de quatre minutes à une minute trente, avec moins de rebuts.",
        "Mon stage dans un atelier d’usinage m’a fait passer du plan à la pièce contrôlée. "
        "J’ai refait trois fois la même gamme avant qu’elle convienne aux opérateurs, et je leur dois beaucoup.",
    ),
    "prépa": (
        "La classe préparatoire m’a donné de la méthode et de l’endurance. Ce qui m’a manqué, c’est de voir à quoi "
        "servaient les modèles : un été comme aide-technicien dans une usine de pompes m’en a donné l’envie.",
        "Notre projet encadré portait sur un bras de robot bon marché. Le modèle disait une chose, le montage une "
        "autre ; j’ai aimé chercher l’écart plus que tout le reste du programme.",
    ),
}
REASONS = (
    "Alès m’attire pour la taille de ses promotions et la place donnée aux projets. Je me suis renseigné auprès "
    "d’élèves de deuxième année : ils parlent d’un rythme exigeant et d’un vrai suivi en entreprise.",
    "Le rythme de l’alternance, avec des périodes assez longues en entreprise, permet de mener une mission jusqu’au "
    "bout. C’est ce que je recherche, plus que quelques jours par semaine.",
    "Le séjour à l’étranger compte aussi dans mon choix : mon anglais est correct à l’écrit, il doit le devenir à l’oral.",
)
ENDINGS = (
    "J’ai commencé à contacter des entreprises de la région et deux m’ont déjà proposé un entretien. "
    "Je me tiens à votre disposition pour présenter mon projet.",
    "Je serais heureux de vous exposer ce projet de vive voix, et je vous remercie du temps accordé à ma candidature.",
    "Je reste à la disposition du jury pour toute précision, et je vous remercie de l’attention portée à ce dossier.",
)
FEMININE = {"renseigné": "renseignée", "heureux": "heureuse"}


def motivation(who: str, sex: str, *, speciality: str, studies: str, field: str) -> list[str]:
    draw = chance("letter", who, speciality)
    paragraphs = [
        draw.choice(OPENINGS).format(speciality=speciality, studies=studies),
        draw.choice(STORIES[field]),
        draw.choice(REASONS),
        draw.choice(ENDINGS),
    ]
    if sex == "f":
        for masculine, feminine in FEMININE.items():
            paragraphs = [text.replace(masculine, feminine) for text in paragraphs]
    return paragraphs
