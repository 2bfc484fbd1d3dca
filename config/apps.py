from django.contrib.admin.apps import AdminConfig


class RentreeAdminConfig(AdminConfig):
    default_site = "config.admin.RentreeAdminSite"
