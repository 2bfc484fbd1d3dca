from django.urls import include, path

from campaigns.views import acts, calendar, check, public

date = [
    path("", calendar.date, name="calendar_date"),
    path("arm/", acts.arm, name="calendar_arm"),
    path("confirm/", acts.confirm, name="calendar_confirm"),
    path("disarm/", acts.disarm, name="calendar_disarm"),
    path("hold/", acts.hold, name="calendar_hold"),
    path("free/", acts.free, name="calendar_free"),
    path("skip/", acts.skip, name="calendar_skip"),
    path("retry/", acts.retry, name="calendar_retry"),
    path("late/", acts.late, name="calendar_late"),
    path("move/", acts.move, name="calendar_move"),
]
urlpatterns = [
    path("", public.home, name="home"),
    path("campaigns/<slug:slug>/", public.campaign, name="campaign"),
    path("campaigns/<slug:slug>/versions/<int:number>/", public.version, name="campaign_version"),
    path("campaigns/<slug:slug>/check/", check.check, name="check"),
    path("campaigns/<slug:slug>/check/more/", check.more, name="check_more"),
    path("campaigns/<slug:slug>/check/less/<int:number>/", check.less, name="check_less"),
    path("admin/calendar/", calendar.calendar, name="calendar"),
    path("admin/calendar/<slug:slug>/<slug:milestone_key>/", include(date)),
]
