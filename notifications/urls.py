from django.urls import path

from notifications.views import mailbox, outbox

# The mail of the demonstration. Mounted nowhere else.
mailbox_pages = [
    path("", mailbox.mailbox, name="demo_mailbox"),
    path("<slug:name>/", mailbox.mail, name="demo_mail"),
    path("<slug:name>/html/", mailbox.mail_html, name="demo_mail_html"),
]
urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("<int:message_id>/", outbox.message, name="outbox_message"),
    path("<int:message_id>/resend/", outbox.resend, name="outbox_resend"),
    path("<int:message_id>/bounce/", outbox.bounce, name="outbox_bounce"),
    path("<int:message_id>/cancel/", outbox.cancel, name="outbox_cancel"),
]
