"""The mail of the demonstration. Mounted nowhere else."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("", views.mailbox, name="demo_mailbox"),
    path("<slug:name>/", views.mail, name="demo_mail"),
    path("<slug:name>/html/", views.mail_html, name="demo_mail_html"),
]
