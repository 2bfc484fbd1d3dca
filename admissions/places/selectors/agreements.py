"""The employer's agreement of a candidacy, where the notice admits on one."""

from admissions.models import Candidacy, EmployerAgreement
from admissions.places.rules import AgreementFacts
from admissions.places.selectors.pools import active_seat
from admissions.states import EmployerAgreementState


def agreement_in_force(candidacy: Candidacy) -> EmployerAgreement | None:
    rows = EmployerAgreement.objects.filter(
        candidacy=candidacy, state=EmployerAgreementState.IN_FORCE
    )
    return rows.select_related("company").first()


def agreement_facts(candidacy: Candidacy) -> AgreementFacts:
    return AgreementFacts(
        candidacy=candidacy.state,
        way=candidacy.programme.admission,
        in_force=agreement_in_force(candidacy) is not None,
        seated=active_seat(candidacy.application) is not None,
    )
