"""Towns where invented people live and learn."""

from config.demonstration.chance import chance

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
FICTION = ("19900", "26191", "35301", "46571", "53649")  # numbers that the regulator keeps for works of fiction


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
