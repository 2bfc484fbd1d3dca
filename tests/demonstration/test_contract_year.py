"""The year of contrat pro of the demonstration: thirty students, at all stages of its steps."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from accounts.models import School, User
from common.models import JournalEntry
from companies.models import Company, JobOffer
from contratpro.classes.selectors import awaiting_answer
from contratpro.models import (
    AgreementDispatch,
    ClassPresence,
    ConditionFact,
    ContactSheet,
    ContractYear,
    EmploymentContract,
    HomeSchoolSignature,
    InformationMeeting,
    MeetingAttendance,
    PaperTemplate,
    StepRecord,
    StudentFile,
    TrainingAgreement,
)
from contratpro.states import FactState, StudentState
from contratpro.steps.rules import StepPhase
from contratpro.steps.selectors import cohort, standings_of
from contratpro.student.selectors import meetings_to_come
from contratpro.students.permissions import readable_students
from contratpro.students.rules import is_feasible
from contratpro.students.selectors import conditions_of
from contratpro.year.selectors import year_now
from demonstration.accounts import CONTRACT_SERVICE, DEPARTMENT_HEAD, DIRECTION, TUTOR, make_staff
from demonstration.cohort import (
    ADAM,
    APOLLINE,
    AUGUSTIN,
    HELOISE,
    ISAAC,
    NINO,
    ROSE,
    STUDENTS,
    Reach,
)
from demonstration.contract_year import demonstration_year
from demonstration.contracts import play_contract_year
from notifications.models import Notification
from tests.factories.contratpro import ales_2025, ales_2025_document

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
FIRST_DAY = date(2026, 11, 30)


def played() -> None:
    staff = make_staff(School.objects.get(), NOW - timedelta(days=130))
    play_contract_year(year_now(ales_2025()), staff, NOW)


def told() -> list[tuple[object, ...]]:
    """All that is known of the students, but for the references that are drawn anew each time."""
    steps = StepRecord.objects.values_list(
        "student__email", "key", "state", "done_on", "late", "out_of_order", "points", "note"
    )
    facts = ConditionFact.objects.values_list("student__email", "key", "state", "said_at", "note")
    files = StudentFile.objects.values_list("email", "state", "born_on", "phone", "invited_at")
    came = MeetingAttendance.objects.values_list("student__email", "meeting__starts_at")
    acts = JournalEntry.objects.filter(object_type__startswith="contract_")
    return sorted(
        map(repr, [*steps, *facts, *files, *came, *acts.values_list("verb", "at", "reason")])
    )


@pytest.fixture(scope="module")
def made_before(for_the_module):
    """What a first making told, undone; then it is made for the tests of this file."""
    with override_settings(DEMO=True), translation.override("fr"):
        ales_2025()
        with transaction.atomic():
            played()
            before = told()
            transaction.set_rollback(True)
        played()
        yield before


@pytest.fixture(autouse=True)
def _made(made_before, db):
    """Each test reads what was made once."""


@pytest.fixture
def year() -> ContractYear:
    return ContractYear.objects.get(slug="ales-cp-demo")


def row(who) -> StudentFile:
    return StudentFile.objects.select_related("year").get(email=who.email)


def against(who) -> list[str]:
    student = row(who)
    verdict = is_feasible(conditions_of(student, year_now(student.year)))
    return [str(refusal.params["condition"]) for refusal in verdict.refusals]


def named(last_name: str):
    return next(one for one in STUDENTS if one.birth_name == last_name)


def test_it_is_the_same_each_time(made_before):
    assert told() == made_before


def test_its_first_day_is_near_and_confirmed(year):
    """R-PRO-1: its papers are due, and nobody real is written to."""
    said = year_now(year)
    assert (said.day("first-day", "2IA"), said.year.begins_in) == (FIRST_DAY, 2026)
    assert not said.is_assumed("paperwork", "2IA")
    assert said.is_assumed("pfe-start", "2IA")
    assert said.year.title == {
        "fr": "Contrats de professionnalisation 2026-2027 (démonstration)",
        "en": "Professionalisation contracts 2026-2027 (demonstration)",
    }
    contact = said.year.contact
    assert contact.email == "contrats-pro@example.org"
    fiction = re.compile(r"\+33 (1 99 00|2 61 91|3 53 01|4 65 71|5 36 49) \d\d \d\d")
    assert [one.phone for one in contact.phones if not fiction.fullmatch(one.phone)] == []
    assert not User.objects.exclude(email__endswith="@example.org").exists()


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2026, 11, 20, 1, 0, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 26, 22, 30, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 26, 23, 30, tzinfo=UTC), date(2026, 12, 7)),
        (datetime(2027, 12, 30, 12, 0, tzinfo=UTC), date(2028, 1, 3)),
        (datetime(2024, 6, 1, 12, 0, tzinfo=UTC), date(2024, 6, 10)),
    ],
    ids=["ten days left", "four", "the next", "another year", "before the year itself"],
)
def test_it_moves_by_whole_weeks(now, first):
    said = demonstration_year(ales_2025_document(), now)
    assert (said.day("first-day", "2IA"), said.year.begins_in) == (first, first.year)


def test_thirty_students_are_at_every_state(year):
    assert Counter(year.students.values_list("state", flat=True)) == {
        StudentState.LISTED: 2,
        StudentState.INVITED: 3,
        StudentState.CONFIRMED: 3,
        StudentState.INTENDS: 4,
        StudentState.FEASIBLE: 13,
        StudentState.REFUSED: 3,
        StudentState.WITHDRAWN: 2,
    }
    assert set(year_now(year).departments) == set(
        year.students.values_list("department", flat=True)
    )


def test_steps_are_done_late_out_of_order_and_marked():
    """R-PRO-5."""
    records = StepRecord.objects.all()
    assert {*records.values_list("state", flat=True)} == {"to_do", "done", "marked"}
    assert Counter(records.filter(late=True).values_list("key", flat=True)) == {
        "intention": 2,
        "contact-sheet": 1,
        "head-approval": 1,
        "agreement": 1,
        "agreement-copy": 1,
    }
    assert list(records.filter(out_of_order=True).values_list("student__email", "key")) == [
        (ISAAC.email, "contract-copy")
    ]
    complete = records.filter(key="social-service", state="marked", points=1)
    assert complete.count() == 3


def test_some_students_are_late_and_others_are_not(year):
    progress = cohort(year.students.filter(state="feasible"), year, NOW)
    overdue = [one for one in progress if StepPhase.OVERDUE in one.phases()]
    assert (len(overdue), len(progress)) == (7, 13)


def test_a_double_degree_has_the_agreement_of_the_home_school():
    """R-PRO-4."""
    done = StepRecord.objects.filter(key="home-school-approval", state="marked")
    schools = done.values_list("student__home_school", flat=True)
    assert sorted(schools) == ["Escola Politécnica de Campinas", "Politecnico ligure"]


def test_contact_sheets_are_real_and_at_every_state():
    """R-PRO-8: sent, validated, sent back, one being filled in; some companies have several students."""
    sheets = ContactSheet.objects.select_related("student", "company")
    assert Counter(sheets.values_list("state", flat=True)) == {
        "draft": 1,
        "sent": 2,
        "returned": 1,
        "validated": 9,
    }
    assert sheets.get(state="draft").student.email == NINO.email
    assert "".join(sheets.get(state="draft").draft.values())
    assert sheets.get(state="returned").student.email == ADAM.email
    assert sheets.get(state="returned").remarks
    assert 1 < sheets.values("company").distinct().count() < 10
    assert {sheet.versions.count() for sheet in sheets.exclude(state="draft")} == {1}
    signed = HomeSchoolSignature.objects.values_list("signed_by", "how")
    assert sorted(signed) == [("Giulia Ferraris", "typed"), ("Renato Siqueira", "typed")]


def test_heads_named_tutors_for_most(year):
    """R-PRO-12."""
    far = year.students.filter(contact_sheet__state="validated").exclude(state="withdrawn")
    assert [one.email for one in far.filter(tutor=None)] == [named("Malafosse").email]
    named_by = JournalEntry.objects.filter(verb="name_tutor").values_list("actor_ref", flat=True)
    assert str(User.objects.get(email=CONTRACT_SERVICE).pk) not in set(named_by)


def test_conditions_are_lacking_in_every_way():
    """R-PRO-4: not known, not held, a risk to take, one that was taken."""
    assert against(named("Bouhadjera")) == ["work-permit"]
    assert against(named("Fabregat")) == ["department-head"]
    assert against(named("Roussillon")) == ["toeic"]
    assert against(named("Chazelle")) == ["meeting"]
    assert against(named("Lavabre")) == ["core-resits", "no-mobility"]
    assert against(named("Soler")) == ["passage-resits"]
    assert against(APOLLINE) == []
    risk = ConditionFact.objects.get(student__email=APOLLINE.email, state=FactState.OWN_RISK)
    assert (risk.key, "Apolline Reynaud" in risk.note) == ("toeic", True)
    permit = ConditionFact.objects.get(student__email=named("Idrissi").email, key="work-permit")
    assert (permit.state, permit.evidence.media_type) == (FactState.HELD, "application/pdf")
    assert against(named("Idrissi")) == []


def test_whoever_is_refused_or_withdrawn_has_a_reason(year):
    ended = year.students.filter(state__in=("refused", "withdrawn"))
    assert [one.email for one in ended if not one.reason] == []


def test_an_incident_an_absence_a_return_and_a_mark_given():
    """R-PRO-5, R-PRO-6, R-PRO-14."""
    incident = StepRecord.objects.get(key="incident")
    assert (incident.student.email, incident.state) == (ISAAC.email, "done")
    leave = incident.student.incidents.get()
    assert (leave.kind, leave.document.media_type) == ("sick_leave", "application/pdf")
    absence = row(AUGUSTIN).absences.get()
    assert (absence.state, absence.decided_by.email) == ("granted", "bruno.teissier@example.org")
    returned = StepRecord.objects.get(student__email=ADAM.email, key="contact-sheet")
    assert (returned.state, returned.note) == (
        "to_do",
        "La fiche vous est renvoyée : complétez-la avec l’entreprise, puis envoyez-la de nouveau.",
    )
    given = StudentFile.objects.filter(override__isnull=False)
    assert [(one.email, one.override) for one in given] == [(AUGUSTIN.email, 1650)]


def test_the_student_of_the_account_waits_for_the_head_of_her_department():
    phases = {step.rule.key: step.phase for step in standings_of(row(APOLLINE), NOW)}
    assert phases["contact-sheet"] is StepPhase.MARKED
    assert phases["head-approval"] is StepPhase.OVERDUE
    assert row(APOLLINE).user.email == APOLLINE.email


@pytest.mark.parametrize(
    ("email", "students"),
    [(CONTRACT_SERVICE, 30), (DIRECTION, 30), (DEPARTMENT_HEAD, 10), (TUTOR, 5)],
)
def test_each_account_has_its_students(year, email, students):
    assert readable_students(User.objects.get(email=email), year).count() == students


def test_both_papers_go_as_far_as_the_student(year):
    """R-PRO-9 and R-PRO-10: to step 7; one agreement was made again, one is amended."""
    agreements = TrainingAgreement.objects.filter(student__year=year)
    reached = {one.email: one.reach for one in STUDENTS}
    signed = {email for email, reach in reached.items() if reach >= Reach.SIGNED}
    complete = {email for email, reach in reached.items() if reach >= Reach.COMPLETE}

    contracts = EmploymentContract.objects.filter(state="signed")
    assert set(contracts.values_list("student__email", flat=True)) == signed
    by_all = agreements.filter(state="signed").values_list("student__email", flat=True)
    assert set(by_all) == complete
    sent = AgreementDispatch.objects.filter(to="social_service")
    assert set(sent.values_list("agreement__student__email", flat=True)) == complete
    versions = {
        (one.student.email, one.number, str(one.state))
        for one in agreements.select_related("student")
        if one.student.email in {AUGUSTIN.email, ROSE.email, HELOISE.email}
    }
    assert versions == {
        (AUGUSTIN.email, 1, "cancelled"),
        (AUGUSTIN.email, 2, "signed"),
        (ROSE.email, 1, "signed"),
        (ROSE.email, 2, "prepared"),
        (HELOISE.email, 1, "prepared"),
    }


def test_there_are_sessions_to_come_one_signed_and_one_under_way(year):
    """R-PRO-11."""
    states = Counter(year.classes.values_list("state", flat=True))
    assert states == {"scheduled": 200, "countersigned": 1, "open": 1}
    found = Counter(ClassPresence.objects.values_list("state", flat=True))
    assert (found["late"], found["absent"]) == (1, 1)
    assert awaiting_answer(year).get().student.birth_name == "Nadal"


def test_two_meetings_were_held_and_one_is_to_come(year):
    meetings = year.meetings.order_by("starts_at")
    present = [meeting.attendances.count() for meeting in meetings]
    assert (len(present), sum(present), present[-1]) == (3, 24, 0)
    assert 0 < present[1] < present[0]
    assert meetings_to_come(row(APOLLINE), NOW) == [meetings.last()]


def test_the_latest_of_each_paper_is_handed_out(year):
    papers = PaperTemplate.objects.filter(year=year)
    assert Counter(papers.values_list("title", "replaced")) == {
        ("Fiche contact", False): 1,
        ("Fiche contact", True): 1,
        ("Convention de formation", False): 1,
        ("Fiche d’évaluation « Avant PFE »", False): 1,
    }


def test_nothing_happens_after_now(year):
    entries = JournalEntry.objects.filter(scope=year.slug)
    assert max(entries.values_list("at", flat=True)) <= NOW
    assert (
        max(StepRecord.objects.exclude(done_on=None).values_list("done_on", flat=True))
        <= NOW.date()
    )
    assert InformationMeeting.objects.filter(starts_at__gt=NOW).count() == 1


def test_offers_are_in_every_state_and_the_week_is_told():
    """R-PRO-15."""
    states = Counter(JobOffer.objects.values_list("state", flat=True))
    assert states == {
        "published": 4, "proposed": 2, "refused": 1, "expired": 1, "closed": 1, "draft": 1,
    }  # fmt: skip
    assert all(one.siret and one.city for one in Company.objects.filter(job_offers__isnull=False))
    digests = Notification.objects.filter(kind="contratpro.offer_digest")
    assert digests.values_list("refs__monday").distinct().get() == ("2026-11-16",)
    assert not JobOffer.objects.filter(company_email__contains="@").exclude(
        company_email__endswith="@example.org"
    )
