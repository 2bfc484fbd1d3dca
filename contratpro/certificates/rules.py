"""When the hours of a semester are certified, for whom, and when a certificate is corrected (R-PRO-11)."""

from dataclasses import dataclass
from datetime import date

from common.rules import ALLOWED, Refusal, Verdict, refused
from contratpro.states import CertificateState


@dataclass(frozen=True, slots=True, kw_only=True)
class SemesterDays:
    """The first day of a semester for a department, and its last."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedFacts:
    """What a certificate says that may turn out otherwise."""

    minutes: int
    employer: str


def may_certify(days: SemesterDays, today: date, facts: CertifiedFacts) -> Verdict:
    """Once the semester is over, the hours really attended, to whoever employs the student."""
    refusals = []
    if today <= days.last:
        refusals.append(Refusal("certificate_too_early", {"last": days.last}))
    if not facts.minutes:
        refusals.append(Refusal("certificate_without_hours"))
    if not facts.employer:
        refusals.append(Refusal("certificate_without_employer"))
    return Verdict(tuple(refusals))


def may_correct(state: CertificateState, said: CertifiedFacts, found: CertifiedFacts) -> Verdict:
    """By another that says which one it replaces, where there is something to say otherwise."""
    if state is not CertificateState.ISSUED:
        return refused("certificate_is_replaced")
    if not found.minutes:
        return refused("certificate_without_hours")
    return ALLOWED if said != found else refused("certificate_says_the_same")
