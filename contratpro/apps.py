from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContratproConfig(AppConfig):
    name = "contratpro"
    verbose_name = _("Contrat pro")

    def ready(self) -> None:
        from accounts.selectors import register_workplace
        from common import refusals
        from contratpro.refusals import SENTENCES
        from contratpro.service import mails as service
        from contratpro.students import mails as students
        from contratpro.students.selectors import headed_by, tutored_by
        from notifications.mails import register_mails

        refusals.register(SENTENCES)
        register_workplace("department_head", headed_by)
        register_workplace("school_tutor", tutored_by)
        register_mails(students, service)
