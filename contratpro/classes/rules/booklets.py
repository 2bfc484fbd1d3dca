"""When the presence booklet of a student is handed in, and when it counts as signed at each class (R-PRO-11)."""

from common.rules import ALLOWED, Verdict, refused
from contratpro.states import BOUND_STUDENTS, StudentState

BOOKLET = "booklet"
HANDED_IN = "booklet-return"


def may_hand_in(student: StudentState, *, held: int, unsigned: int) -> Verdict:
    """Once every session that is over is countersigned or cancelled: a booklet with a hole is no booklet."""
    if student not in BOUND_STUDENTS:
        return refused("booklet_of_no_project")
    if not held:
        return refused("booklet_is_empty")
    return refused("booklet_lacks_signatures", count=unsigned) if unsigned else ALLOWED


def is_signed_throughout(*, has_held: bool, has_unsigned: bool) -> bool:
    """Whether the step of the booklet is done: some sessions were held, and each is countersigned or cancelled."""
    return has_held and not has_unsigned
