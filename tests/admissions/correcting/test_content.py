"""The central service puts right titles and programmes after the deadline: judged again, told, received anew."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from admissions.correcting import services
from admissions.correcting.selectors import seen_of_programmes, title_said
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.models import Application, Candidacy
from campaigns.document.schema import Choice
from campaigns.models import Programme
from campaigns.vocabulary import DiplomaKind
from common.drafts.rules import fingerprint
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts, jury
from tests.factories import admissions as dossiers
from tests.forms import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW = dossiers.CHECKED
WHY = "Le relevé dit une autre date."
OTHER = replace(dossiers.TITLE, institution="IUT de Montpellier")
REFUSED_TITLE = replace(
    dossiers.TITLE, diploma_code="", kind=DiplomaKind.OTHER, name="CAP Boulanger"
)


def by(application: Application, actor=None, reason=WHY) -> dict:
    who = actor or dossiers.clerk_of(application)
    return {"ref": application.ref, "actor": who, "now": NOW, "reason": reason}


def corrected(application: Application, title=OTHER, seen=None, **changes):
    row = application.titles.get()
    seen = seen or fingerprint(title_said(row))
    return services.correct_title(
        title_ref=row.ref, title=title, seen=seen, **by(application, **changes)
    )


def chosen(application: Application, *codes, seen=None, **changes):
    dossier = get_dossier(ref=application.ref, now=NOW)
    seen = seen or seen_of_programmes(dossier)
    return services.correct_programmes(codes=codes, seen=seen, **by(application, **changes))


def codes_of(doing) -> list[str]:
    with pytest.raises(DomainError) as error:
        doing()
    return [refusal.code for refusal in error.value.refusals]


def states(application: Application) -> dict[str, str]:
    rows = Candidacy.objects.filter(application=application).select_related("programme")
    return {row.programme.code: row.state for row in rows}


@pytest.mark.parametrize("state", ["submitted", "handed_over"])
def test_a_title_is_put_right_received_and_told(state):
    application = getattr(dossiers, state)()
    corrected(application)

    row = dossiers.reread(application)
    last = dossiers.last_submission(row)
    assert (last.kind, last.reason, last.number) == ("corrected", WHY, 2)
    assert last.content["titles"][0]["institution"] == "IUT de Montpellier"
    assert row.submissions.first().content["titles"][0]["institution"] == "IUT de Nîmes"
    assert (row.state, row.received_at) == (application.state, application.received_at)
    assert Notification.objects.filter(dedupe_key=f"receipt:{row.ref}:2").exists()
    entry = JournalEntry.objects.get(verb="correct_title")
    assert (entry.reason, entry.on_behalf_of, entry.data) == (
        WHY,
        "",
        {"title": row.titles.get().ref},
    )


def test_verdicts_are_judged_again():
    application = dossiers.submitted(programmes=("BAT-1",))
    before = set(application.candidacies.values_list("verdict", flat=True))
    assert before == {"eligible"}
    abroad = replace(REFUSED_TITLE, country="BE", ects=180, name="Bachelier en construction")
    corrected(application, abroad)
    assert set(application.candidacies.values_list("verdict", flat=True)) == {"jury"}


def test_what_could_not_have_been_submitted_is_refused():
    application = dossiers.submitted()
    closed = replace(REFUSED_TITLE, status="obtained", on=date(2015, 6, 30), ects=0)
    assert set(codes_of(lambda: corrected(application, closed))) == {"programme_not_eligible"}
    assert application.titles.get().name == ""
    assert application.submissions.count() == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reason": " "}, "correction_needs_reason"),
        ({"seen": "older"}, "title_changed_meanwhile"),
        ({"title": replace(OTHER, status="obtained")}, "title_not_obtained_yet"),
        ({"title": replace(OTHER, diploma_code="NONE")}, "unknown_diploma"),
    ],
)
def test_a_title_that_is_refused_changes_nothing(said, code):
    application = dossiers.submitted()
    assert codes_of(lambda: corrected(application, **said)) == [code]
    assert application.titles.get().institution == "IUT de Nîmes"
    assert application.submissions.count() == 1


def test_the_same_title_is_no_correction():
    application = dossiers.submitted()
    again = codes_of(lambda: corrected(application, dossiers.TITLE))
    assert (again, application.submissions.count()) == (["nothing_is_corrected"], 1)


def test_a_title_that_was_left_out_is_added_and_its_proof_asked_for():
    application = dossiers.submitted()
    row = services.supply_title(title=replace(OTHER, diploma_code="BTS-BAT"), **by(application))
    assert len(dossiers.last_submission(application).content["titles"]) == 2
    assert JournalEntry.objects.get(verb="supply_title").data == {"title": row.ref}


def test_a_title_that_is_none_goes_with_its_pieces():
    application = dossiers.submitted()
    extra = services.supply_title(title=replace(OTHER, diploma_code="BTS-BAT"), **by(application))
    extra.refresh_from_db()
    seen = fingerprint(title_said(extra))
    strike = {"title_ref": extra.ref, "seen": seen, **by(application)}
    services.strike_title(**strike)
    services.strike_title(**strike)  # again

    assert application.titles.count() == 1
    assert not application.documents.filter(subject_key=extra.ref).exists()
    assert application.submissions.count() == 3
    last = application.titles.get()
    only = {**strike, "title_ref": last.ref, "seen": fingerprint(title_said(last))}
    assert "missing_title" in codes_of(lambda: services.strike_title(**only))
    assert application.titles.count() == 1


def test_a_correction_agrees_to_no_film_in_the_candidate_s_name():
    """R-APP-6, R-SEL-9: what they agreed to at their last submission is kept, and nothing is added."""
    agreed = dossiers.submitted(programmes=("BAT-1",))
    unasked = dossiers.submitted(programmes=("BAT-2",), title=jury.M1)

    chosen(agreed, "MKX-1")
    chosen(unasked, "BAT-1", "BAT-2")

    [film] = dossiers.last_submission(agreed).content["filmed"]
    assert film["until"]["en"] == "the end of 2022"
    last = dossiers.last_submission(unasked)
    assert (last.kind, len(last.content["programmes"]), last.content["filmed"]) == (
        "corrected",
        2,
        [],
    )


def test_another_programme_takes_the_place_of_one_and_is_charged():
    application = dossiers.submitted(programmes=("BAT-1",))
    chosen(application, "MKX-1")

    assert states(application) == {"BAT-1": "withdrawn", "MKX-1": "submitted"}
    moved = application.candidacies.get(programme__code="MKX-1")
    assert moved.verdict == "jury"
    last = dossiers.last_submission(application)
    assert [row["code"] for row in last.content["programmes"]] == ["MKX-1"]
    assert sorted(application.charges.values_list("cents", flat=True)) == [2200, 7700]
    assert [mail.kind for mail in Notification.objects.filter(about=application.ref)] == [
        "admissions.receipt",
        "admissions.receipt",
    ]
    chosen(application, "BAT-1", "MKX-1")
    assert states(application) == {"BAT-1": "submitted", "MKX-1": "submitted"}
    assert sorted(application.charges.values_list("cents", flat=True)) == [2200, 7700]


def test_what_its_candidate_has_added_counts_among_those_chosen(monkeypatch):
    """R-PLA-3"""
    application = dossiers.submitted(programmes=("BAT-1",))
    selection = application.candidacies.get().programme.selection.key
    document = get_dossier(ref=application.ref, now=NOW).notice
    monkeypatch.setitem(document.choose, selection, Choice(at_most=2))
    dossiers.drafts.choose_programmes(
        codes=["BAT-1", "MKX-1"], now=dossiers.SUBMITTED, **dossiers.whose(application)
    )
    [other] = Programme.objects.filter(selection__key=selection).exclude(
        code__in=["BAT-1", "MKX-1"]
    )[:1]
    in_time = {**by(application), "now": dossiers.SUBMITTED}
    seen = seen_of_programmes(get_dossier(ref=application.ref, now=dossiers.SUBMITTED))

    def swap(*codes):
        services.correct_programmes(codes=codes, seen=seen, **in_time)

    assert codes_of(lambda: swap("BAT-1", other.code)) == ["too_many_programmes"]
    swap(other.code)
    assert states(application)["MKX-1"] == "draft"


def test_what_was_added_and_never_submitted_may_be_after_all():
    application = dossiers.submitted(programmes=("BAT-1",))
    dossiers.drafts.choose_programmes(
        codes=["BAT-1", "MKX-1"], now=dossiers.SUBMITTED, **dossiers.whose(application)
    )
    chosen(application, "BAT-1", "MKX-1")
    assert states(application) == {"BAT-1": "submitted", "MKX-1": "submitted"}


@pytest.mark.parametrize(
    ("codes", "changes", "code"),
    [
        (("MKX-1",), {"reason": ""}, "correction_needs_reason"),
        (("MKX-1",), {"seen": "older"}, "programmes_changed_meanwhile"),
        (("BAT-1", "NOWHERE"), {}, "unknown_programme"),
        ((), {}, "missing_programme"),
    ],
)
def test_programmes_that_are_refused_change_nothing(codes, changes, code):
    application = dossiers.submitted(programmes=("BAT-1",))
    assert codes_of(lambda: chosen(application, *codes, **changes)) == [code]
    assert states(application) == {"BAT-1": "submitted"}
    assert application.submissions.count() == 1


def test_the_same_programmes_are_no_correction():
    application = dossiers.submitted(programmes=("BAT-1",))
    again = codes_of(lambda: chosen(application, "BAT-1"))
    assert (again, application.submissions.count()) == (["nothing_is_corrected"], 1)


def test_what_the_jury_has_keeps_its_programmes_and_its_titles():
    application = dossiers.handed_over()
    row = application.titles.get()
    strike = {"title_ref": row.ref, "seen": fingerprint(title_said(row))}
    assert codes_of(lambda: chosen(application, "BAT-1")) == ["dossier_is_complete"]
    assert codes_of(lambda: services.supply_title(title=OTHER, **by(application))) == [
        "dossier_is_complete"
    ]
    assert codes_of(lambda: services.strike_title(**strike, **by(application))) == [
        "dossier_is_complete"
    ]


def test_nobody_else_corrects_titles_or_programmes():
    application = dossiers.submitted()
    for stranger in (accounts.school_admin(), application.person.user):
        with pytest.raises(NotAllowedError):
            corrected(application, actor=stranger)
        with pytest.raises(NotAllowedError):
            chosen(application, "BAT-1", actor=stranger)


def test_on_the_pages_of_a_dossier(signed_in, clerk):
    application = dossiers.submitted(programmes=("BAT-1",))
    base = f"/admin/dossiers/{application.ref}/"
    title = application.titles.get()
    with time_machine.travel(NOW, tick=False):
        client = signed_in(clerk)
        shown = client.get(base).content.decode()
        pages = (
            "titles/add/",
            f"titles/{title.ref}/",
            f"titles/{title.ref}/strike/",
            "programmes/",
        )
        assert [page in shown for page in pages] == [True] * 4

        page = f"{base}titles/{title.ref}/"
        typed = fields_of(client.get(page)) | {"institution": "IUT d’Alès", "reason": WHY}
        assert client.post(page, typed | {"reason": ""}).status_code == 422
        assert client.post(page, typed | {"diploma": ""}).status_code == 422
        assert client.post(page, typed).status_code == 302
        assert client.post(page, typed).status_code == 422

        page = f"{base}programmes/"
        typed = fields_of(client.get(page)) | {"codes": ["BAT-1", "MKX-1"], "reason": WHY}
        assert client.post(page, typed).status_code == 302

        page = f"{base}titles/add/"
        typed = fields_of(client.get(page))
        added = {"diploma": "BTS-BAT", "status": "expected", "on": "30/06/2022", "reason": WHY}
        assert client.post(page, typed | added).status_code == 302

        extra = application.titles.exclude(pk=title.pk).get()
        page = f"{base}titles/{extra.ref}/strike/"
        typed = fields_of(client.get(page)) | {"reason": WHY}
        assert client.post(page, typed).status_code == 302
        assert client.get(page).status_code == 404

    assert application.titles.get().institution == "IUT d’Alès"
    assert states(application) == {"BAT-1": "submitted", "MKX-1": "submitted"}
    assert application.submissions.count() == 5
