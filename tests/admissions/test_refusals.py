import re

import pytest

from admissions.dossier.rules import (
    EXPERIENCE_FIELDS,
    IDENTITY_FIELDS,
    OBSTACLES,
    STUDIES_FIELDS,
)
from admissions.refusals import SENTENCES
from admissions.states import ApplicationState, CandidacyState, RectificationState
from campaigns.refusals import SENTENCES as OF_THE_NOTICE
from common.refusals import say
from common.rules import Refusal
from config.environment import ROOT

SAID = re.compile(r"""(?:Refusal|refused|DomainError\.of)\(\s*"(\w+)\"""")

ASKED = (*IDENTITY_FIELDS, *STUDIES_FIELDS, *EXPERIENCE_FIELDS.values())


def codes_in_the_code():
    return {
        code
        for path in (ROOT / "admissions").rglob("*.py")
        for code in SAID.findall(path.read_text("utf-8"))
    }


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal():
    built = {
        *(f"missing_{name}" for name in ASKED),
        *(f"dossier_is_{state.value}" for state in ApplicationState),
        *(f"{code}{of}" for code in OBSTACLES.values() for of in ("", "_of")),
        *(f"candidacy_is_{state.value}" for state in CandidacyState),
        *(f"rectification_is_{state}" for state in RectificationState if state != "proposed"),
    }
    assert SENTENCES.keys() == (codes_in_the_code() | built) - OF_THE_NOTICE.keys()


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (
            Refusal(
                "missing_piece_of",
                {"piece": {"fr": "Lettre"}, "subject": {"fr": "Bâtiment", "en": "Building"}},
            ),
            "Pièce manquante\N{NO-BREAK SPACE}: Lettre (Bâtiment).",
        ),
        (
            Refusal("too_many_files", {"max_files": 2, "given": 2}),
            "Cette pièce compte au plus 2 fichiers et en a déjà 2. Remplacez-les, ou retirez-en un d’abord.",
        ),
    ],
)
def test_a_sentence_holds_the_texts_of_the_notice(refusal, sentence):
    assert say(refusal) == sentence
