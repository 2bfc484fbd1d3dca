"""The addresses of the product as they are in the demonstration."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config.urls import urlpatterns as elsewhere
from notifications.urls import mailbox_pages

urlpatterns = [
    *i18n_patterns(path("demo/mail/", include(mailbox_pages)), prefix_default_language=False),
    *elsewhere,
]
