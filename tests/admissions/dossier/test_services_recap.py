"""The recap: made from the record, kept once, accessible, deaf to the network."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest

from admissions.dossier.services import drafts, endings, recap
from admissions.models import Application
from common import jobs
from common.models import Job, StoredFile
from tests.factories import admissions as dossiers

pytestmark = pytest.mark.django_db
NOW = dossiers.SUBMITTED


def run(application, number=1):
    assert jobs.run(key=f"recap:{application.ref}:{number}", now=NOW + timedelta(hours=1))
    return application


def recap_of(application):
    return dossiers.last_submission(application).recap


def test_the_recap_is_made_once_and_kept_with_its_digest():
    application = run(dossiers.submitted())
    kept = recap_of(application)
    assert (kept.media_type, kept.purpose, kept.name) == (
        "application/pdf",
        "recap",
        f"ales-2022-{application.ref}-1.pdf",
    )
    recap.make({"application": application.ref, "submission": "1"}, NOW)
    assert recap_of(application) == kept
    assert StoredFile.objects.filter(purpose="recap").count() == 1
    assert kept.content.open("rb").read().startswith(b"%PDF-")


def test_a_later_submission_makes_its_own_recap():
    application = run(dossiers.submitted())
    first = recap_of(application)
    drafts.choose_programmes(codes=["INFRES-SR-1"], now=NOW, **dossiers.whose(application))
    dossiers.give_all(application, NOW)
    application = dossiers.submit(application, NOW + timedelta(minutes=5))
    assert recap_of(application) is None
    run(application, 2)
    kept = [row.recap for row in application.submissions.all()]
    assert (kept[0], [file.state for file in kept]) == (first, ["kept", "kept"])


def test_two_workers_at_once_keep_one_recap():
    application = run(dossiers.submitted())
    first = recap_of(application)
    recap._keep(dossiers.last_submission(application), b"%PDF- of the slower one", NOW)
    assert recap_of(application) == first
    assert StoredFile.objects.filter(purpose="recap").count() == 1


def test_before_it_is_made_it_is_rendered_on_the_spot():
    application = dossiers.submitted()
    assert recap.printed(dossiers.last_submission(application)).startswith(b"%PDF-")
    assert not StoredFile.objects.filter(purpose="recap").exists()


def test_the_recap_is_a_tagged_pdf_in_its_language():
    application = dossiers.submitted()
    with pikepdf.open(io.BytesIO(recap.printed(dossiers.last_submission(application)))) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert str(pdf.docinfo["/Title"]).startswith(
            f"Candidature {application.ref} – Admissions 2022"
        )
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})


def test_the_page_says_what_was_submitted_even_if_the_person_changed_since():
    application = dossiers.submitted(birth_name="Cœur-Lebœuf", city="Alès", usual_name="")
    Application.objects.filter(pk=application.pk).update(birth_name="Autre")
    html = recap.html_of(dossiers.last_submission(application)).replace("\N{NO-BREAK SPACE}", " ")
    for said in (
        "Cœur-Lebœuf",
        "Alès",
        "DUT Génie civil – construction durable",
        "dimanche 20 février 2022 à 21 h 04, heure de Paris",
        "conditions d’accès remplies",
        "appréciée par le jury de recrutement",
        "Lettre de motivation",
        "99 €",
        "version 1",
        "Direction des formations par apprentissage",
    ):
        assert said in html
    assert "Autre" not in html


def test_fees_of_an_earlier_submission_stay_due_at_their_price():
    """R-APP-2: a grant declared afterwards refunds nothing; the lines add up to what is owed."""
    application = dossiers.withdrawn()
    by = dossiers.whose(application)
    endings.reopen_application(now=NOW, **by)
    drafts.declare_grant_holder(grant_holder=True, now=NOW, **by)
    drafts.choose_programmes(codes=["BAT-1", "MKX-1"], now=NOW, **by)
    dossiers.give_all(application, NOW)
    html = recap.html_of(
        dossiers.last_submission(dossiers.submit(application, NOW + timedelta(days=2)))
    )
    amounts = re.findall(r'<td class="figure">([0-9]+)\s€</td>', html)
    assert amounts == ["22", "11", "66", "99"]


def test_what_a_person_typed_is_text_in_the_recap():
    application = dossiers.submitted(city='<img src="http://127.0.0.1:9/x.png">')
    html = recap.html_of(dossiers.last_submission(application))
    assert "<img" not in html
    assert recap.printed(dossiers.last_submission(application)).startswith(b"%PDF-")


def test_the_job_is_ordered_with_the_submission():
    application = dossiers.submitted()
    job = Job.objects.get(kind="admissions.recap")
    assert job.ids == {"application": application.ref, "submission": "1"}
