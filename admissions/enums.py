from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentState(models.TextChoices):
    GIVEN = "given", _("supplied")
    AWAITED = "awaited", _("to be supplied later")


class TitleStatus(models.TextChoices):
    OBTAINED = "obtained", _("obtained")
    EXPECTED = "expected", _("in progress")
