from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContratproConfig(AppConfig):
    name = "contratpro"
    verbose_name = _("Contrat pro")

    def ready(self) -> None:
        from accounts.links.services import register_purpose
        from accounts.selectors import register_home, register_workplace
        from common import journal, refusals
        from common.jobs import register_handler, register_sweep
        from contratpro.agreements import mails as agreements
        from contratpro.agreements.services import preparing, sending
        from contratpro.agreements.views import company as agreement
        from contratpro.contracts import mails as contracts
        from contratpro.contracts.services import locking as contract_links
        from contratpro.contracts.views import company as contract_pages
        from contratpro.incidents import mails as incidents
        from contratpro.invoices.services import printing as invoices
        from contratpro.offers import mails as offers
        from contratpro.offers import services as digests
        from contratpro.refusals import SENTENCES
        from contratpro.service import mails as service
        from contratpro.sheets import mails as sheets
        from contratpro.sheets.services.locking import HOME_PURPOSE, PURPOSE
        from contratpro.sheets.views import company, home, printing
        from contratpro.student import mails as reminders
        from contratpro.student.selectors import own_files
        from contratpro.student.services.reminding import JOB, order_reminders, remind_students
        from contratpro.students import mails as students
        from contratpro.students.selectors import headed_by, tutored_by
        from notifications.mails import register_mails

        refusals.register(SENTENCES)
        register_purpose(
            PURPOSE,
            company.company_sheet,
            save=company.save,
            send=company.send,
            pdf=printing.pdf_by_link,
        )
        register_purpose(
            HOME_PURPOSE,
            home.home_page,
            sign=home.sign,
            decline=home.decline,
            pdf=printing.pdf_by_link,
        )
        register_purpose(sending.PURPOSE, agreement.company_agreement, copy=agreement.copy)
        register_purpose(
            contract_links.PURPOSE,
            contract_pages.company_contract,
            save=contract_pages.save,
            sheet=contract_pages.sheet,
        )
        register_workplace("department_head", headed_by)
        register_workplace("school_tutor", tutored_by)
        register_home("contract_files", own_files)
        register_mails(
            students, service, sheets, contracts, agreements, incidents, reminders, offers
        )
        journal.seal(
            "contract_student",
            "contract_condition",
            "contract_step",
            "contact_sheet",
            "employment_contract",
            "training_agreement",
            "contract_invoice",
            "contract_incident",
            "contract_absence",
        )
        for job, handler in (
            (JOB, remind_students),
            (preparing.JOB, preparing.print_agreement),
            (invoices.JOB, invoices.print_invoice),
            (digests.JOB, digests.send_digests),
        ):
            register_handler(job, handler)
        register_sweep("contratpro.reminders", order_reminders)
        register_sweep("contratpro.offer_digests", digests.order_digests)
        self._ready_for_classes()
        _register_projects()

    def _ready_for_classes(self) -> None:
        from accounts.links.services import register_purpose
        from accounts.selectors import register_home, register_workplace
        from common import journal
        from common.jobs import register_handler, register_sweep
        from contratpro.certificates import services as certificates
        from contratpro.classes import mails
        from contratpro.classes.permissions import taught_by
        from contratpro.classes.services import booklets, linking
        from contratpro.classes.services.locking import PURPOSE
        from contratpro.classes.views import link
        from contratpro.retention import services as retention
        from notifications.mails import register_mails

        register_purpose(
            PURPOSE,
            link.class_by_link,
            pin=link.link_pin,
            open=link.link_open,
            roll=link.link_roll,
            countersign=link.link_countersign,
        )
        register_workplace("class_teacher", taught_by)
        register_home("teaching", taught_by)
        register_mails(mails)
        journal.seal("class_session", "class_presence")
        register_handler(linking.JOB, linking.send_day)
        register_sweep("contratpro.class_links", linking.order_links)
        journal.seal("completion_certificate", "certificate_order")
        register_handler(certificates.JOB, certificates.make_certificate)
        register_handler(booklets.JOB, booklets.follow_booklets)
        register_sweep("contratpro.booklets", booklets.order_booklets)
        register_handler(retention.JOB, retention.destroy_excuses)
        register_sweep("contratpro.retention", retention.order_destruction)


def _register_projects() -> None:
    """The company project of semester 9 and the final project."""
    from accounts.links.services import register_purpose
    from common import journal
    from contratpro.pfe import mails as pfe
    from contratpro.projects import mails as projects
    from contratpro.projects.services.locking import PURPOSE
    from contratpro.projects.views import tutor
    from notifications.mails import register_mails

    register_purpose(PURPOSE, tutor.evaluation_page, save=tutor.save, send=tutor.send)
    register_mails(projects, pfe)
    journal.seal("company_project", "company_evaluation", "pfe_sheet", "pfe_defence")
