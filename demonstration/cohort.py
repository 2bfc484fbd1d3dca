"""The students of the year of contrat pro: invented, thirty, and how far each of them is."""

from contratpro.states import StudentState
from rehearsal.year.students import CohortStudent, Reach, Turn

R = Reach
REFUSED, WITHDRAWN = StudentState.REFUSED, StudentState.WITHDRAWN
TOEIC, PERMIT, HEAD_AGREES = ("toeic",), ("work-permit",), ("department-head",)
# Whose account one may use: the head of her department has her contact sheet to approve.
APOLLINE = CohortStudent(
    "Apolline",
    "Reynaud",
    "2IA",
    "IL",
    R.SHEET,
    risks=TOEIC,
    grant=True,
    turns=(Turn.MARKED_EARLY,),
)
ADAM = CohortStudent(
    "Adam", "Lacroix-Meunier", "2IA", "IL", R.SHEET, turns=(Turn.SHEET_RETURNED,)
)  # whose contact sheet the head sent back
NINO = CohortStudent(
    "Nino", "Archimbaud", "2IA", "IASD", R.FEASIBLE, risks=("sio",), turns=(Turn.SHEET_BEGUN,)
)  # who is filling in the contact sheet with the company
ISAAC = CohortStudent(
    "Isaac", "Nadal", "2IA", "IASD", R.SIGNED, early=("contract-copy",)
)  # who reported an incident
AUGUSTIN = CohortStudent(
    "Augustin",
    "Peyre",
    "ECOMAP",
    "",
    R.COMPLETE,
    turns=(Turn.AGREEMENT_REDONE, Turn.MARK_GIVEN),
)  # whose mark was given in place of the sum
HELOISE = CohortStudent(
    "Héloïse",
    "Pagès",
    "2ER",
    "RNI",
    R.APPROVED,
    late=("head-approval",),
    turns=(Turn.AGREEMENT_PREPARED,),
)  # whose agreement is to be signed
ROSE = CohortStudent(
    "Rose", "Malafosse", "ISERM", "", R.COMPLETE, turns=(Turn.AGREEMENT_AMENDED,)
)  # whose agreement is amended
STUDENTS = (
    APOLLINE,
    CohortStudent("Ethan", "Delcourt", "2IA", "IASD", R.LISTED),
    CohortStudent("Maïwenn", "Le Goff", "ECOMAP", "", R.LISTED),
    CohortStudent("Raphaël", "Cambon", "PRISM", "ISM", R.INVITED),
    CohortStudent("Sarah", "Benhaddou", "2ER", "EE", R.INVITED),
    CohortStudent("Théophile", "Arnavielle", "GCBD", "IGO", R.INVITED, absent=True),
    CohortStudent("Clara", "Monteil", "2IA", "IL", R.CONFIRMED),
    CohortStudent("Noah", "Gineste", "ISERM", "", R.CONFIRMED, denied=("no-mobility",)),
    CohortStudent("Yuna", "Takahashi", "PRISM", "SITN", R.CONFIRMED, nationality="JP", language="en", unsaid=PERMIT),
    CohortStudent("Samir", "Bouhadjera", "2IA", "IASD", R.INTENDS, nationality="DZ", unsaid=PERMIT),
    CohortStudent("Léonie", "Fabregat", "2ER", "RNI", R.INTENDS, unsaid=HEAD_AGREES),
    CohortStudent("Timéo", "Roussillon", "ECOMAP", "", R.INTENDS, denied=TOEIC, late=("intention",)),
    CohortStudent("Gaspard", "Villaret", "GCBD", "BE", R.INTENDS, late=("intention",), grant=True),
    CohortStudent(
        "Emma", "Chazelle", "2IA", "IL", R.INTENDS, ends=REFUSED, absent=True,
        reason="Vous n’étiez à aucune réunion d’information. La prochaine est vendredi à 12 h 30 : venez-y, "
        "puis dites de nouveau votre intention.",
    ),
    CohortStudent(
        "Oscar", "Lavabre", "PRISM", "SITN", R.INTENDS, ends=REFUSED, denied=("core-resits", "no-mobility"),
        reason="Deux rattrapages du semestre 6 restent à passer, et votre semestre à Porto est engagé.",
    ),
    CohortStudent(
        "Inaya", "Soler", "2ER", "EE", R.FEASIBLE, ends=REFUSED, denied=("passage-resits",),
        reason="Le rattrapage de thermodynamique, connu depuis notre réponse, met en danger votre passage.",
    ),
    CohortStudent(
        "Basile", "Ferrandis", "GCBD", "BE", R.CONFIRMED, ends=WITHDRAWN,
        reason="Préfère un stage de fin d’études à l’étranger.",
    ),
    CohortStudent(
        "Lilou", "Castanier", "ECOMAP", "", R.APPROVED, ends=WITHDRAWN,
        reason="L’entreprise a renoncé à son offre avant la signature.",
    ),
    NINO,
    CohortStudent("Philippine", "Vézian", "ISERM", "", R.FEASIBLE, grant=True),
    ADAM,
    CohortStudent("Zoé", "Bastide", "PRISM", "ISM", R.SHEET, late=("contact-sheet",)),
    CohortStudent("Matteo", "Ricciardi", "GCBD", "IGO", R.APPROVED, nationality="IT", home_school="Politecnico ligure"),
    HELOISE,
    ISAAC,
    CohortStudent("Margaux", "Issartel", "PRISM", "SITN", R.SIGNED, late=("agreement", "agreement-copy")),
    CohortStudent("Salma", "Idrissi", "2IA", "IL", R.SIGNED, nationality="MA", long_internship=True, risks=TOEIC),
    AUGUSTIN,
    CohortStudent(
        "Beatriz", "Azevedo Prado", "2IA", "IASD", R.COMPLETE, nationality="BR", language="en",
        home_school="Escola Politécnica de Campinas",
    ),
    ROSE,
)  # fmt: skip
