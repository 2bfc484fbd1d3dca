from django.urls import path

from accounts.links.views import signed_link

urlpatterns = [
    path("l/<str:token>/", signed_link, name="signed_link"),
    path("l/<str:token>/<slug:act>/", signed_link, name="signed_link_act"),
]
