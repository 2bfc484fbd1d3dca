from django.apps import AppConfig, apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig

# What libraries put in the admin and nobody here needs: accounts and roles have pages of their own.
LEFT_OUT = ("auth.Group", "account.EmailAddress", "mfa.Authenticator")


class RentreeAdminConfig(AdminConfig):
    default_site = "config.admin.RentreeAdminSite"

    def ready(self) -> None:
        super().ready()
        admin.site.unregister([apps.get_model(label) for label in LEFT_OUT])


class SiteConfig(AppConfig):
    """What belongs to the whole and to no part: the commands that prepare it."""

    name = "config"
