from django.urls import include, path

from campaigns.calendar import views as calendar
from campaigns.editing import views as editing
from campaigns.public import views as public

date = [
    path("", calendar.date, name="calendar_date"),
    path("arm/", calendar.date_act, {"act": calendar.ARM}, name="calendar_arm"),
    path("confirm/", calendar.date_act, {"act": calendar.CONFIRM}, name="calendar_confirm"),
    path("disarm/", calendar.date_act, {"act": calendar.DISARM}, name="calendar_disarm"),
    path("hold/", calendar.date_act, {"act": calendar.HOLD}, name="calendar_hold"),
    path("free/", calendar.date_act, {"act": calendar.FREE}, name="calendar_free"),
    path("skip/", calendar.date_act, {"act": calendar.SKIP}, name="calendar_skip"),
    path("retry/", calendar.date_act, {"act": calendar.RETRY}, name="calendar_retry"),
    path("late/", calendar.date_act, {"act": calendar.LATE}, name="calendar_late"),
    path("move/", editing.move, name="calendar_move"),
]
urlpatterns = [
    path("", public.home, name="home"),
    path("campaigns/<slug:slug>/", public.campaign, name="campaign"),
    path("campaigns/<slug:slug>/versions/<int:number>/", public.version, name="campaign_version"),
    path("campaigns/<slug:slug>/check/", public.check, name="check"),
    path("campaigns/<slug:slug>/check/more/", public.more, name="check_more"),
    path("campaigns/<slug:slug>/check/less/<int:number>/", public.less, name="check_less"),
    path("admin/calendar/", calendar.calendar, name="calendar"),
    path("admin/calendar/<slug:slug>/<slug:milestone_key>/", include(date)),
]
