from django.urls import path

from notifications.mailbox import views as mailbox
from notifications.mailbox.views import mail, mail_html
from notifications.outbox import views as outbox
from notifications.outbox.views import (
    bounce,
    cancel,
    catalogue_html,
    catalogue_mail,
    message,
    resend,
)

# The mail of the demonstration. Mounted nowhere else.
mailbox_pages = [
    path("", mailbox.mailbox, name="demo_mailbox"),
    path("<slug:name>/", mail, name="demo_mail"),
    path("<slug:name>/html/", mail_html, name="demo_mail_html"),
]
urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("catalogue/", outbox.catalogue, name="outbox_catalogue"),
    path("catalogue/<str:mail_name>/", catalogue_mail, name="outbox_catalogue_mail"),
    path("catalogue/<str:mail_name>/<str:language>/", catalogue_html, name="outbox_catalogue_html"),
    path("<int:message_id>/", message, name="outbox_message"),
    path("<int:message_id>/resend/", resend, name="outbox_resend"),
    path("<int:message_id>/bounce/", bounce, name="outbox_bounce"),
    path("<int:message_id>/cancel/", cancel, name="outbox_cancel"),
]
