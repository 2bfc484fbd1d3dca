from django.urls import include, path

from companies.offers.views import acts, desk

screens = [
    path("", desk.offers, name="offers"),
    path("ask/", acts.offer_ask, name="offer_ask"),
    path("new/", desk.offer_post, name="offer_post"),
    path("<slug:ref>/", desk.offer, name="offer"),
    path("<slug:ref>/file/", desk.offer_file, name="offer_file"),
    path("<slug:ref>/change/", desk.offer_change, name="offer_change"),
    path("<slug:ref>/publish/", acts.offer_act, {"act": acts.PUBLISH}, name="offer_publish"),
    path("<slug:ref>/refuse/", acts.offer_act, {"act": acts.REFUSE}, name="offer_refuse"),
    path("<slug:ref>/prolong/", acts.offer_act, {"act": acts.PROLONG}, name="offer_prolong"),
    path("<slug:ref>/close/", acts.offer_act, {"act": acts.CLOSE}, name="offer_close"),
    path("<slug:ref>/link/", acts.offer_act, {"act": acts.LINK}, name="offer_link"),
]
urlpatterns = [path("admin/offers/", include(screens))]
