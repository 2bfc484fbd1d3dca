from django.urls import path

from accounts import views

urlpatterns = [path("l/<str:token>/", views.signed_link, name="signed_link")]
