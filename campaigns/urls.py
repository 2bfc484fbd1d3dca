from django.urls import path

from campaigns.views import public

urlpatterns = [
    path("", public.home, name="home"),
    path("campaigns/<slug:slug>/", public.campaign, name="campaign"),
    path("campaigns/<slug:slug>/versions/<int:number>/", public.version, name="campaign_version"),
]
