from django.urls import include, path

from campaigns.calendar import views as calendar
from campaigns.calendar.views import arm, confirm, disarm, free, hold, late, retry, skip
from campaigns.editing.views import move
from campaigns.public import views as check
from campaigns.public.views import campaign, home, less, more, version

date = [
    path("", calendar.date, name="calendar_date"),
    path("arm/", arm, name="calendar_arm"),
    path("confirm/", confirm, name="calendar_confirm"),
    path("disarm/", disarm, name="calendar_disarm"),
    path("hold/", hold, name="calendar_hold"),
    path("free/", free, name="calendar_free"),
    path("skip/", skip, name="calendar_skip"),
    path("retry/", retry, name="calendar_retry"),
    path("late/", late, name="calendar_late"),
    path("move/", move, name="calendar_move"),
]
urlpatterns = [
    path("", home, name="home"),
    path("campaigns/<slug:slug>/", campaign, name="campaign"),
    path("campaigns/<slug:slug>/versions/<int:number>/", version, name="campaign_version"),
    path("campaigns/<slug:slug>/check/", check.check, name="check"),
    path("campaigns/<slug:slug>/check/more/", more, name="check_more"),
    path("campaigns/<slug:slug>/check/less/<int:number>/", less, name="check_less"),
    path("admin/calendar/", calendar.calendar, name="calendar"),
    path("admin/calendar/<slug:slug>/<slug:milestone_key>/", include(date)),
]
