"""The students of the year before, which ends these days: invented, four, all of them under contract."""

from contratpro.vocabulary import REPORT
from rehearsal.year.students import CohortStudent, Reach, Turn

R = Reach
# Whose account one may use: her mark of the project is published, and she is still to defend her final project.
JOHANNA = CohortStudent("Johanna", "Vialard", "2IA", "IL", R.COMPLETE, turns=(Turn.DEFENDED_LAST,))
YOUNES = CohortStudent(
    "Younès", "Belkacem", "2IA", "IASD", R.COMPLETE, late=(REPORT,)
)  # who deposited his report after its last day
MARION = CohortStudent(
    "Marion", "Teyssèdre", "2IA", "IL", R.COMPLETE, turns=(Turn.EVALUATION_AWAITED,)
)  # whose report is marked, and whose company tutor has not answered
SIMON = CohortStudent(
    "Simon", "Barthès", "2IA", "IASD", R.COMPLETE, turns=(Turn.UPDATE_AWAITED, Turn.DEFENDED_LAST)
)  # whose tutor has one more update of his sheet to approve
FORMER_STUDENTS = (JOHANNA, YOUNES, MARION, SIMON)
