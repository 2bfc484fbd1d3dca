from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff does for a school."""

    CLERK = "clerk", _("central service")
    JUROR = "juror", _("recruitment jury")
    SCHOOL_ADMIN = "school_admin", _("school administrator")
