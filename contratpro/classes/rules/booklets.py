"""When the presence booklet of a student is handed in, and when it counts as signed at each class (R-PRO-11)."""

from collections.abc import Sequence
from datetime import date

from common.rules import ALLOWED, Verdict, refused
from contratpro.states import BOUND_STUDENTS, StudentState

BOOKLET = "booklet"
HANDED_IN = "booklet-return"


def may_hand_in(
    student: StudentState, *, held: int, unsigned: int, to_come: Sequence[date] = ()
) -> Verdict:
    """Once the classes are over, each countersigned or cancelled: a booklet with a hole is no booklet."""
    if student not in BOUND_STUDENTS:
        return refused("booklet_of_no_project")
    if not held:
        return refused("booklet_is_empty")
    if to_come:
        return refused("booklet_before_last_class", count=len(to_come), last=max(to_come))
    return refused("booklet_lacks_signatures", count=unsigned) if unsigned else ALLOWED


def is_signed_throughout(*, has_held: bool, has_unsigned: bool) -> bool:
    """Whether the step of the booklet is done: some sessions were held, and each is countersigned or cancelled."""
    return has_held and not has_unsigned
