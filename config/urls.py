from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from accounts.views import SignInView
from config import pages, views
from config.api import public_addresses
from notifications.urls import mailbox_pages
from screens import styleguide

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    *i18n_patterns(
        path("", include("campaigns.urls")),
        path("", include("admissions.urls")),
        path("", include("apprenticeship.urls")),
        path("", include("contratpro.urls")),
        path("", include("companies.urls")),
        path("accounts/login/", SignInView.as_view(), name="account_login"),
        path("accounts/", include("allauth.urls")),
        path("", include("accounts.urls")),
        path("admin/outbox/", include("notifications.urls")),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("privacy/", pages.privacy, name="privacy"),
        path("styleguide/", styleguide.styleguide, name="styleguide"),
        *([path("demo/mail/", include(mailbox_pages))] if settings.MAIL_STAYS else []),
        prefix_default_language=False,
    ),
    path("api/v1/", public_addresses()),
    path("admin/", admin.site.urls),
]
