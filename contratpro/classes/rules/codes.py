"""The code that is shown in the room: another each minute, made of a secret and the hour, and kept nowhere."""

import hmac
from datetime import datetime
from enum import StrEnum

STEP = 60  # seconds that a code lasts
GRACE = 1  # steps for which one that is over is still taken: typing takes time
REMEMBERED = 60  # steps for which one that is over is told from one that never was
DIGITS = 6


class CodeFate(StrEnum):
    GOOD = "good"
    OVER = "over"
    WRONG = "wrong"


def code_at(secret: bytes, moment: datetime) -> str:
    return digits(secret, str(_step(moment)))


def judge_code(secret: bytes, typed: str, moment: datetime) -> CodeFate:
    """Whether it is the code of this minute or of the one before, one that was, or none."""
    said = "".join(char for char in typed if char.isdigit())
    now = _step(moment)
    for back in range(REMEMBERED + 1):
        if hmac.compare_digest(digits(secret, str(now - back)), said):
            return CodeFate.GOOD if back <= GRACE else CodeFate.OVER
    return CodeFate.WRONG


def seconds_left(moment: datetime) -> int:
    """Until the next code."""
    return STEP - int(moment.timestamp()) % STEP


def digits(secret: bytes, about: str) -> str:
    """Six digits that nobody guesses without the secret."""
    number = int.from_bytes(hmac.digest(secret, about.encode(), "sha256")[:8], "big")
    return f"{number % 10**DIGITS:0{DIGITS}}"


def _step(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP
