from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions.rules.moves import ApplicationState, CandidacyState


class DocumentState(models.TextChoices):
    GIVEN = "given", _("supplied")
    AWAITED = "awaited", _("to be supplied later")


class TitleStatus(models.TextChoices):
    OBTAINED = "obtained", _("obtained")
    EXPECTED = "expected", _("being prepared")


APPLICATION_STATES = {
    ApplicationState.DRAFT: _("Draft, not submitted"),
    ApplicationState.SUBMITTED: _("Submitted"),
    ApplicationState.REFUSED: _("Refused by the central service"),
    ApplicationState.LAPSED: _("Never submitted"),
    ApplicationState.WITHDRAWN: _("Withdrawn"),
}
CANDIDACY_STATES = {
    CandidacyState.DRAFT: _("Chosen, not submitted"),
    CandidacyState.SUBMITTED: _("Submitted"),
    CandidacyState.REFUSED: _("Refused by the central service"),
    CandidacyState.WITHDRAWN: _("Withdrawn"),
}
