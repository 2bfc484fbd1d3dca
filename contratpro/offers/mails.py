"""The digest of the week's offers, with the link by which one leaves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from companies.models import JobOffer
from companies.offers.presentation import place_of
from companies.states import OfferState
from contratpro.models import StudentFile
from contratpro.students.mails import StudentMail, about, sample_about, students_of
from notifications.mails import Context
from notifications.states import Priority

SIGNER = Signer(salt="contratpro.offer_digest")


def leave_token(student: StudentFile) -> str:
    """What opens the page by which one leaves the digest or comes back, and nothing else."""
    return SIGNER.sign(student.ref)


def ref_in(token: str) -> str | None:
    """The file of which the token speaks; none if we did not sign it."""
    try:
        return SIGNER.unsign(token)
    except BadSignature:
        return None


@dataclass(frozen=True, kw_only=True)
class OfferDigestMail(StudentMail):
    """Once per student and week: the offers that students may read when it leaves, and none without any."""

    name = "contratpro.offer_digest"
    label = _("Offers of the week")
    when = _("On Mondays, if companies' offers were published in the week before.")
    priority = Priority.MASS

    monday: date
    offers: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.name}:{self.student}:{self.monday}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context | None]:
        students = students_of(batch)
        refs = {ref for mail in batch for ref in mail.offers}
        rows = JobOffer.objects.select_related("company").filter(
            ref__in=refs, state=OfferState.PUBLISHED
        )
        offers = {row.ref: _said(row) for row in rows}
        return [mail.context_of(students[mail.student], offers) for mail in batch]

    def context_of(self, student: StudentFile, offers: Mapping[str, Context]) -> Context | None:
        told = [offers[ref] for ref in self.offers if ref in offers]
        if not told:
            return None
        return {**about(student), "offers": told, "token": leave_token(student)}

    @classmethod
    def sample(cls) -> Context:
        offer = {
            "ref": "OFFRE",
            "title": "Ingénieur qualité",
            "company": "Entreprise d’exemple",
            "place": "Exempleville (00)",
            "expires_on": date(2027, 3, 31),
        }
        return {**sample_about(), "offers": [offer], "token": "EXEMPLE:exemple"}


def _said(offer: JobOffer) -> Context:
    return {
        "ref": offer.ref,
        "title": offer.title,
        "company": offer.company.name if offer.company else "",
        "place": place_of(offer),
        "expires_on": offer.expires_on,
    }
