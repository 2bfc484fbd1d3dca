from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"

    def ready(self) -> None:
        from accounts.links.services import register_purpose
        from common import refusals
        from common.jobs import register_sweep
        from companies.offers import mails
        from companies.offers.services.ending import follow_offers
        from companies.offers.services.locking import PURPOSE
        from companies.offers.views import company
        from companies.refusals import SENTENCES
        from notifications.mails import register_mails

        refusals.register(SENTENCES)
        register_purpose(
            PURPOSE,
            company.offer_page,
            save=company.save,
            send=company.send,
            prolong=company.prolong,
            close=company.close,
        )
        register_mails(mails)
        register_sweep("companies.offers", follow_offers)
