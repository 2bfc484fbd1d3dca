from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions.states import ApplicationState, CandidacyState


class DocumentState(models.TextChoices):
    GIVEN = "given", _("supplied")
    AWAITED = "awaited", _("to be supplied later")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class SubmissionKind(models.TextChoices):
    SUBMITTED = "submitted", _("submitted")
    ADDED = "added", _("added to")
    CORRECTED = "corrected", _("corrected")


class EntryWay(models.TextChoices):
    """How a dossier came that the central service types for its candidate."""

    PAPER = "paper", _("on paper")
    TELEPHONE = "telephone", _("by telephone")


class PaymentMethod(models.TextChoices):
    TRANSFER = "transfer", _("bank transfer")
    WAIVER = "waiver", _("waived")


class FrenchAbility(models.TextChoices):
    """To follow courses in French, as a jury rates it where it is not the mother tongue (R-APP-11)."""

    GOOD = "good", _("follows them without difficulty")
    HELPED = "helped", _("follows them with some help")
    LACKING = "lacking", _("cannot follow them yet")


APPLICATION_STATES = {
    ApplicationState.DRAFT: _("Draft, not submitted"),
    ApplicationState.SUBMITTED: _("Submitted"),
    ApplicationState.INCOMPLETE: _("Documents asked for"),
    ApplicationState.AT_OFFICE: _("Complete, with the admissions office"),
    ApplicationState.COMPLETE: _("Complete, handed over"),
    ApplicationState.REFUSED: _("Refused by the central service"),
    ApplicationState.LAPSED: _("Never submitted"),
    ApplicationState.WITHDRAWN: _("Withdrawn"),
}
CANDIDACY_STATES = {
    CandidacyState.DRAFT: _("Chosen, not submitted"),
    CandidacyState.SUBMITTED: _("Submitted"),
    CandidacyState.IN_SELECTION: _("Being studied"),
    CandidacyState.SELECTED: _("Selected"),
    CandidacyState.TRAINEE: _("On the supplementary list"),
    CandidacyState.REJECTED: _("Not selected"),
    CandidacyState.ADMITTED: _("Admitted"),
    CandidacyState.CLOSED: _("Search over, without a place"),
    CandidacyState.REFUSED: _("Refused by the central service"),
    CandidacyState.WITHDRAWN: _("Withdrawn"),
}
# Why a seat is given back or a contract broken, where nobody types a reason.
WITHDRAWN = "withdrawn"
MOVED = "moved"
RECTIFIED = "rectified"
CLOSED = "closed"
REASONS = {
    WITHDRAWN: _("The candidate withdrew."),
    RECTIFIED: _("The answer given to the candidate was rectified."),
    CLOSED: _("The search for a company is over."),
    MOVED: _("A project approved since is for another group of places."),
}
