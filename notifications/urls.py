from django.urls import path

from notifications.mailbox import views as mailbox
from notifications.mailbox.views import mail, mail_html
from notifications.outbox import views as outbox
from notifications.outbox.views import bounce, cancel, message, resend

# The mail of the demonstration. Mounted nowhere else.
mailbox_pages = [
    path("", mailbox.mailbox, name="demo_mailbox"),
    path("<slug:name>/", mail, name="demo_mail"),
    path("<slug:name>/html/", mail_html, name="demo_mail_html"),
]
urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("<int:message_id>/", message, name="outbox_message"),
    path("<int:message_id>/resend/", resend, name="outbox_resend"),
    path("<int:message_id>/bounce/", bounce, name="outbox_bounce"),
    path("<int:message_id>/cancel/", cancel, name="outbox_cancel"),
]
