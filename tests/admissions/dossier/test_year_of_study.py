"""A year of study is a fact of its own, apart from the day of the diploma (R-ELI-2): typed, judged, kept and shown."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine

from admissions.correcting.selectors import title_said
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services import drafts, recap
from admissions.models import Application, Title
from common.drafts.rules import fingerprint
from common.refusals import DomainError
from tests.factories import accounts, jury
from tests.factories import admissions as dossiers
from tests.factories.campaigns import ales_2024_document, load
from tests.forms import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW = datetime(2024, 2, 20, 21, 0, tzinfo=dossiers.PARIS)
SECOND_YEAR = drafts.TitleInput(
    diploma_code="BUT-INFO",
    institution="IUT d’Arles",
    year=2,
    status="expected",
    on=date(2025, 6, 30),
)


@pytest.fixture
def application() -> Application:
    load(ales_2024_document())
    user = accounts.candidate(nationality="FR")
    row = drafts.start_application(campaign_slug="ales-2024", actor=user, now=NOW)
    by = dossiers.whose(row)
    drafts.save_studies(baccalaureate="STI2D", baccalaureate_year=2022, now=NOW, **by)
    drafts.declare_grant_holder(grant_holder=False, now=NOW, **by)
    return row


def add(application, title=SECOND_YEAR) -> Title:
    return drafts.add_title(title=title, now=NOW, **dossiers.whose(application))


def verdict_on(application, code: str) -> str:
    rows = get_dossier(ref=application.ref, now=NOW).programmes
    return next(row.verdict.verdict.value for row in rows if row.code == code)


@pytest.mark.parametrize(
    ("year", "verdict"), [(1, "not_eligible"), (2, "eligible"), (3, "eligible"), (None, "jury")]
)
def test_a_dossier_is_judged_by_the_year(application, year, verdict):
    add(application, replace(SECOND_YEAR, year=year))
    assert verdict_on(application, "INFRES-SR-1") == verdict


@pytest.mark.parametrize(("code", "year"), [("BUT-INFO", 4), ("BTS-SIO", 3), ("BUT-INFO", 7)])
def test_no_title_says_a_year_that_its_course_has_not(application, code, year):
    wrong = replace(SECOND_YEAR, diploma_code=code, year=year)
    with pytest.raises(DomainError, match="title_has_no_such_year"):
        add(application, wrong)
    assert not application.titles.exists()


def test_a_year_is_typed_and_changed_on_the_page_of_a_title(application, client):
    client.force_login(application.person.user)
    page = f"/dossiers/{application.ref}/studies/add/"
    typed = {
        "diploma": "BUT-INFO",
        "status": "expected",
        "on": "30/06/2025",
        "country": "FR",
        "year": "2",
    }
    with time_machine.travel(NOW, tick=False):
        asked = client.get(page).content.decode()
        wrong = client.post(page, {**typed, "diploma": "BTS-SIO", "year": "3"})
        right = client.post(page, typed)
        title = application.titles.get()
        change = f"/dossiers/{application.ref}/studies/{title.ref}/"
        again = fields_of(client.get(change))
        client.post(change, again | {"year": "3"})
        studies = client.get(f"/dossiers/{application.ref}/studies/").content.decode()

    assert "Année d’études validée ou en cours (facultative)" in asked
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Il n’y a pas cette année en BTS" in wrong.content.decode()
    assert (title.year, again["year"]) == (2, "2")
    assert "3e année" in studies


def test_a_year_is_not_asked_where_no_list_looks_at_it(client):
    application = dossiers.started()
    client.force_login(application.person.user)
    with time_machine.travel(dossiers.STARTED, tick=False):
        html = client.get(f"/dossiers/{application.ref}/studies/add/").content.decode()
    assert 'name="year"' not in html


def test_what_is_submitted_says_the_year_on_every_page(application, signed_in):
    """On the review, in the record and its recap; what the central service puts right is judged again."""
    row = add(application)
    by = dossiers.whose(application)
    drafts.choose_programmes(codes=["INFRES-SR-1"], now=NOW, **by)
    dossiers.give_all(application, NOW)
    client = signed_in(application.person.user)
    with time_machine.travel(NOW, tick=False):
        review = client.get(f"/dossiers/{application.ref}/review/").content.decode()
    submitted = dossiers.submit(application, NOW)
    record = dossiers.last_submission(submitted)
    clerk = accounts.with_second_factor(dossiers.clerk_of(submitted))
    page = f"/admin/dossiers/{application.ref}/"
    with time_machine.travel(NOW, tick=False):
        staff = signed_in(clerk)
        shown = staff.get(page).content.decode()
        typed = fields_of(staff.get(f"{page}titles/{row.ref}/"))
        put_right = staff.post(
            f"{page}titles/{row.ref}/", typed | {"year": "3", "reason": "Relevés."}
        )

    assert "2e année" in review
    assert record.content["titles"][0]["year"] == 2
    assert "2e année" in recap.html_of(record)
    assert "2e année" in shown
    assert (typed["year"], put_right.status_code) == ("2", 302)
    assert dossiers.last_submission(submitted).content["titles"][0]["year"] == 3


def test_the_jury_reads_the_year(signed_in):
    candidacy = jury.entered("BAT-1")
    Title.objects.update(year=2)
    with time_machine.travel(jury.DECIDED, tick=False):
        page = signed_in(jury.member("year-1")).get(
            f"/admin/jury/ales-2022/year-1/file/{candidacy.ref}/"
        )
    assert "En préparation, 2e année" in page.content.decode()


def test_another_year_is_another_title(application):
    """A correction that says another year is one."""
    row = add(application)
    before = fingerprint(title_said(row))
    Title.objects.update(year=3)
    assert fingerprint(title_said(application.titles.get())) != before


def test_a_recap_of_before_has_no_year():
    record = dossiers.last_submission(dossiers.submitted())
    del record.content["titles"][0]["year"]
    assert (
        "année" not in recap.html_of(record).split("Diplôme ou formation")[1].split("</table>")[0]
    )
