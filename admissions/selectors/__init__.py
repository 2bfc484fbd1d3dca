from admissions.selectors.dossiers import dossier_of, get_dossier
from admissions.selectors.lists import own_applications
from admissions.selectors.rows import Acts, Dossier, FeeRow, Fees, PieceRow, ProgrammeRow
from admissions.selectors.situations import situation_of, takes_applications

__all__ = [
    "Acts",
    "Dossier",
    "FeeRow",
    "Fees",
    "PieceRow",
    "ProgrammeRow",
    "dossier_of",
    "get_dossier",
    "own_applications",
    "situation_of",
    "takes_applications",
]
