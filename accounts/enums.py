from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff does for a school."""

    CLERK = "clerk", _("central service")
    JUROR = "juror", _("recruitment jury")
    PRESIDENT = "president", _("president of the jury")
    PROGRAMME_HEAD = "programme_head", _("pedagogical head")
    COMPANY_OFFICE = "company_office", _("company office")
    CONTRACT_SERVICE = "contract_service", _("contrat pro office")
    SOCIAL_SERVICE = "social_service", _("social service")
    DIRECTION = "direction", _("direction of the school")
    SCHOOL_ADMIN = "school_admin", _("school administrator")
