from django.urls import include, path

from campaigns.calendar import views as calendar
from campaigns.editing import views as editing
from campaigns.public import views as public

date = [
    path("", calendar.date, name="calendar_date"),
    path("arm/", calendar.arm, name="calendar_arm"),
    path("confirm/", calendar.confirm, name="calendar_confirm"),
    path("disarm/", calendar.disarm, name="calendar_disarm"),
    path("hold/", calendar.hold, name="calendar_hold"),
    path("free/", calendar.free, name="calendar_free"),
    path("skip/", calendar.skip, name="calendar_skip"),
    path("retry/", calendar.retry, name="calendar_retry"),
    path("late/", calendar.late, name="calendar_late"),
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
