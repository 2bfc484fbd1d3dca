"""Every address of the contract service × every role: for whoever is not concerned, nothing is there (R-PRO-4)."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from contratpro.classes.services.absences import give_document
from contratpro.incidents.services.absences import ask_absence
from contratpro.incidents.services.reporting import IncidentSaid, record_incident
from contratpro.sheets.services.signing import sign_for_home_school
from contratpro.states import StudentState
from contratpro.students.services.conditions import hold_condition
from contratpro.students.services.following import name_head, name_tutor
from contratpro.students.services.meetings import plan_meeting
from contratpro.students.services.papers import add_paper
from contratpro.vocabulary import IncidentKind
from tests.factories import (
    accounts,
    agreements,
    certificates,
    classes,
    contracts,
    contratpro,
    files,
    invoices,
    sheets,
)
from tests.factories import company_projects as projects

ROLES = (
    "anonymous",
    "student",
    "other_student",
    "office",
    "other_office",
    "direction",
    "head",
    "other_head",
    "tutor",
    "social_service",
    "clerk",
    "administrator",
)
OFFICE = "in 404 404 200 404 404 404 404 404 404 404 404"
FOLLOWERS = (
    "in 404 404 200 404 200 200 200 200 404 404 404"  # a head and a tutor have lists of their own
)
READERS = "in 404 404 200 404 200 200 404 200 404 404 404"
SAYERS = "in 404 404 200 404 404 200 404 404 404 404 404"
OVERSEERS = "in 404 404 200 404 200 404 404 404 404 404 404"
NO_POST = " ".join(["in", *["405"] * (len(ROLES) - 1)])


def on(answers):
    return answers.replace("200", "on")


def unreadable(answers):
    return answers.replace("200", "422")


# What a reading gets, then an empty sending.
YEAR = {
    "contract_students": (FOLLOWERS, NO_POST),
    "contract_students_import": (OFFICE, unreadable(OFFICE)),
    "contract_students_write": (on(OFFICE), on(OFFICE)),
    "contract_student_add": (OFFICE, unreadable(OFFICE)),
    "contract_students_invite": (OFFICE, on(OFFICE)),
    "contract_heads": (OFFICE, unreadable(OFFICE)),
    "contract_meetings": (OFFICE, NO_POST),
    "contract_meeting_new": (OFFICE, unreadable(OFFICE)),
    "contract_papers": (FOLLOWERS, unreadable(OFFICE)),
    "contract_overview": (OVERSEERS, NO_POST),
    "contract_transcript": (OVERSEERS, NO_POST),
    "contract_export": (OFFICE, unreadable(OFFICE)),
    "class_week": (OFFICE, NO_POST),
    "class_new": (OFFICE, unreadable(OFFICE)),
    "class_import": (OFFICE, unreadable(OFFICE)),
    "class_import_write": (on(OFFICE), on(OFFICE)),
    "certificates": (OFFICE, NO_POST),
}
HEAD = {"contract_head_remove": (OFFICE, None)}
MEETING = {
    "contract_meeting": (OFFICE, on(OFFICE)),
    "contract_meeting_import": (OFFICE, unreadable(OFFICE)),
    "contract_meeting_write": (on(OFFICE), on(OFFICE)),
}
STUDENT = {
    "contract_student": (READERS, NO_POST),
    "contract_student_change": (OFFICE, unreadable(OFFICE)),
    "contract_student_invite": (OFFICE, on(OFFICE)),
    "contract_student_withdraw": (OFFICE, unreadable(OFFICE)),
    "contract_student_reopen": (OFFICE, on(OFFICE)),
    "contract_student_accept": (OFFICE, unreadable(OFFICE)),
    "contract_student_refuse": (OFFICE, unreadable(OFFICE)),
    "contract_student_tutor": (SAYERS, unreadable(SAYERS)),
}
CONDITION = {
    "contract_condition_hold": (SAYERS, unreadable(SAYERS)),
    "contract_condition_deny": (SAYERS, unreadable(SAYERS)),
    "contract_condition_forget": (SAYERS, unreadable(SAYERS)),
    "contract_evidence": (READERS, NO_POST),
}
HEADS = "in 404 404 404 404 404 200 404 404 404 404 404"
SHEET = {
    "student_sheet": (READERS, NO_POST),
    "student_sheet_validate": (HEADS, unreadable(HEADS)),
    "student_sheet_return": (HEADS, unreadable(HEADS)),
    "student_sheet_sign": (OFFICE, unreadable(OFFICE)),
    "student_sheet_ask_home": (OFFICE, unreadable(OFFICE)),
    "student_sheet_scan": (READERS, NO_POST),
}
AGREEMENT = {
    "student_agreement": (READERS, NO_POST),
    "student_agreement_prepare": (OFFICE, unreadable(OFFICE)),
}
DIRECTION_TOO = OVERSEERS
VERSION = {
    "student_agreement_paper": (READERS, NO_POST),
    "student_agreement_record": (OFFICE, unreadable(OFFICE)),
    "student_agreement_sign": (DIRECTION_TOO, unreadable(DIRECTION_TOO)),
    "student_agreement_receive": (OFFICE, unreadable(OFFICE)),
    "student_agreement_return": (OFFICE, unreadable(OFFICE)),
    "student_agreement_company": (OFFICE, unreadable(OFFICE)),
    "student_agreement_social": (OFFICE, unreadable(OFFICE)),
}
INCIDENTS = {
    "student_incidents": (READERS, NO_POST),
    "student_incident_report": (OFFICE, unreadable(OFFICE)),
    "student_breach": (OFFICE, unreadable(OFFICE)),
    "student_breach_undo": (OFFICE, unreadable(OFFICE)),
    "student_absence_ask": (OFFICE, unreadable(OFFICE)),
}
DOCUMENT = {"student_incident_document": (OFFICE, unreadable(OFFICE))}
ABSENCE = {
    "student_absence_grant": (HEADS, unreadable(HEADS)),
    "student_absence_refuse": (HEADS, unreadable(HEADS)),
    "student_absence_cancel": (OFFICE, unreadable(OFFICE)),
}
PFE = {"student_pfe": (READERS, NO_POST), "student_defence_minutes": (READERS, NO_POST)}
PFE_REPORT = {"student_pfe_report": (READERS, NO_POST)}
INVOICES = {"contract_invoices": (DIRECTION_TOO, NO_POST)}
SCHEDULE_LINE = {"contract_invoices_issue": (OFFICE, on(OFFICE))}
EXPORT = {
    "contract_invoices_export": (NO_POST, DIRECTION_TOO),
    "contract_transcript_export": (NO_POST, DIRECTION_TOO),
}
STUDENT_INVOICES = {
    "student_invoices": (DIRECTION_TOO, NO_POST),
    "student_payer": (OFFICE, unreadable(OFFICE)),
}
STUDENT_LINE = {"student_invoice_issue": (OFFICE, on(OFFICE))}
INVOICE = {
    "contract_invoice_paper": (DIRECTION_TOO, NO_POST),
    "contract_invoice_pay": (OFFICE, unreadable(OFFICE)),
    "contract_invoice_unpay": (OFFICE, unreadable(OFFICE)),
    "contract_invoice_credit": (OFFICE, unreadable(OFFICE)),
}
SOCIAL = {"social_service": ("in 404 404 404 404 404 404 404 404 200 404 404", NO_POST)}
SHEET_VERSION = {"student_sheet_pdf": (READERS, NO_POST)}
POST_ONLY = "in 405 405 405 405 405 405 405 405 405 405 405"
SIGNED_BY_NOW = OFFICE.replace("200", "404")
CONTRACT = {
    "student_contract": (OFFICE, NO_POST),
    "student_contract_save": (POST_ONLY, OFFICE.replace("200", "409")),  # it is signed
    "student_contract_nir": (POST_ONLY, unreadable(OFFICE)),
    "student_contract_disability": (POST_ONLY, unreadable(OFFICE)),
    "student_contract_invite": (OFFICE, unreadable(OFFICE)),
    "student_contract_complete": (OFFICE, unreadable(OFFICE)),
    "student_contract_reopen": (OFFICE, unreadable(OFFICE)),
    "student_contract_copy": (SIGNED_BY_NOW, SIGNED_BY_NOW),
    "student_contract_correct_copy": (OFFICE, unreadable(OFFICE)),
    "student_contract_deposit": (OFFICE, unreadable(OFFICE)),
    "student_contract_scan": (POST_ONLY, OFFICE),
    "student_contract_read": (OFFICE, OFFICE),
    "student_contract_sheet": (OFFICE, NO_POST),
    "student_contract_whole_sheet": (OFFICE, OFFICE),
}
CLASS = {
    "class_session": (OFFICE, NO_POST),
    "class_sheet": (OFFICE, NO_POST),
    "class_scan": (OFFICE, NO_POST),
    "class_paper": (OFFICE, unreadable(OFFICE)),
    "class_send": (OFFICE, None),
    "class_cancel": (OFFICE, unreadable(OFFICE)),
    "class_restore": (OFFICE, None),
}
PRESENCE = {
    "class_excuse": (OFFICE, None),
    "class_correct": (OFFICE, unreadable(OFFICE)),
    "class_document": (OFFICE, NO_POST),
}
ORDER = {"certificates_order": (OFFICE, unreadable(OFFICE))}
CERTIFICATE = {
    "certificate": (OFFICE, NO_POST),
    "certificate_correct": (OFFICE, unreadable(OFFICE)),
}
PLANNED = {"class_change": (OFFICE, unreadable(OFFICE))}
BOOKLET = {"student_booklet": (READERS, NO_POST)}
PRINTED = {"student_booklet_pdf": (READERS, NO_POST)}
PAPER = {"contract_paper_file": (FOLLOWERS, NO_POST)}
HOME = {"contract_years": (on(FOLLOWERS).replace("in 404 404 on 404", "in 404 404 on on"), NO_POST)}


@dataclass(frozen=True)
class Walk:
    clients: dict[str, Client]
    named: dict[str, dict[str, object]]

    def answers(self, method: str, address: str) -> str:
        return " ".join(_answer(getattr(self.clients[role], method)(address)) for role in ROLES)


def _answer(response) -> str:
    if response.status_code == 302:
        return "in" if "/login/" in response["Location"] else "on"
    return str(response.status_code)


@pytest.fixture(scope="module")
def walk(for_the_module) -> Walk:
    year, elsewhere = contratpro.confirmed_year(), contratpro.other_year()
    student = contratpro.student(year, StudentState.INTENDS)
    gcbd = contratpro.student(year, department="GCBD", option="BE")
    office = accounts.contract_service(year.school)
    one = {"actor": office, "now": contratpro.LOADED}
    head, other_head, tutor = (accounts.UserFactory() for _ in range(3))
    named = name_head(slug=year.slug, email=head.email, department="2IA", **one)
    name_head(slug=year.slug, email=other_head.email, department="GCBD", **one)
    name_tutor(ref=student.ref, email=tutor.email, **one)
    people = {
        "anonymous": None,
        "student": student.user,
        "other_student": gcbd.user,
        "office": office,
        "other_office": accounts.contract_service(elsewhere.school),
        "direction": accounts.direction(year.school),
        "head": head,
        "other_head": other_head,
        "tutor": tutor,
        "social_service": accounts.social_service(year.school),
        "clerk": accounts.clerk(year.school),
        "administrator": accounts.administrator(),
    }
    hold_condition(
        ref=student.ref,
        key="department-head",
        evidence=_pdf(),
        seen="unknown",
        **one,
    )
    meeting = plan_meeting(
        slug=year.slug,
        starts_at=contratpro.LOADED,
        ends_at=contratpro.LOADED.replace(hour=11),
        place="A",
        **one,
    )
    paper = add_paper(
        slug=year.slug, title="Fiche", dated=contratpro.LOADED.date(), upload=_pdf(), **one
    )
    of_year = {"year_slug": year.slug}
    double = contratpro.student(year, StudentState.FEASIBLE, double_degree=True, tutor=tutor)
    signed = sheets.sent(sheets.own(double), at=contratpro.LOADED)
    sign_for_home_school(
        ref=signed.ref,
        version=1,
        signed_by="A",
        signed_on=contratpro.LOADED.date(),
        scan=_pdf(),
        **one,
    )
    agreed = contratpro.student(year, StudentState.FEASIBLE, tutor=tutor)
    agreements.validated_sheet(agreed, head)
    agreements.prepared(agreed, office)
    session = classes.planned(year, office)
    planned = classes.planned(year, office)
    classes.on_paper(session, office, {student: classes.ABSENT})
    held = classes.planned(year, office)
    classes.on_paper(held, office, {student: classes.PRESENT})
    sheets.sent(sheets.own(student), at=contratpro.LOADED)
    give_document(
        ref=session.ref,
        student_ref=student.ref,
        upload=_pdf(),
        actor=student.user,
        now=classes.CLOSED,
    )
    invoiced = invoices.signed_papers(year, office, tutor=tutor)
    invoice = invoices.issued(invoiced, office)
    projects.planned(invoiced, office)
    projects.pfe_deposited(invoiced)
    leave = IncidentSaid(kind=IncidentKind.SICK_LEAVE, starts_on=classes.STARTS.date())
    told = {"actor": one["actor"], "now": classes.CLOSED}
    incident = record_incident(ref=invoiced.ref, said=leave, **told)
    absence = ask_absence(
        ref=invoiced.ref,
        day=date(2025, 10, 13),
        made_up_on=date(2025, 11, 3),
        reason="Mise en production",
        **one,
    )
    return Walk(
        {role: _client(user) for role, user in people.items()},
        {
            "home": {},
            "year": of_year,
            "head": {**of_year, "head_id": named.pk},
            "meeting": {"ref": meeting.ref},
            "student": {"ref": student.ref},
            "condition": {"ref": student.ref, "key": "department-head"},
            "paper": {"ref": paper.ref},
            "sheet": {"ref": double.ref},
            "agreement": {"ref": agreed.ref},
            "version": {"ref": agreed.ref, "number": 1},
            "social": of_year,
            "invoices": of_year,
            "schedule line": {**of_year, "line": "s9"},
            "export": {**of_year, "kind": "csv"},
            "student invoices": {"ref": invoiced.ref},
            "student line": {"ref": invoiced.ref, "line": "s9"},
            "invoice": {"ref": invoice.ref},
            "pfe": {"ref": invoiced.ref},
            "pfe report": {"ref": invoiced.ref, "number": 1},
            "incidents": {"ref": invoiced.ref},
            "document": {"ref": incident.ref},
            "absence": {"ref": absence.ref},
            "sheet version": {"ref": double.ref, "number": 1},
            "contract": {"ref": _signed(year, office).ref},
            "class": {"ref": session.ref},
            "presence": {"ref": session.ref, "student_ref": student.ref},
            "planned": {"ref": planned.ref},
            "order": {**of_year, "semester": "s9"},
            "certificate": {"ref": certificates.certified(student, office).ref},
            "booklet": {"ref": student.ref},
            "printed": {"ref": student.ref, "month": "2025-09"},
        },
    )


def _signed(year, office):
    """A student of the head of 2IA, whose signed contract is on record."""
    student = contracts.approved(year)
    contract = contracts.completed(contracts.whole(student, office), office)
    contracts.signed(contract, office)
    return student


def _pdf():
    return SimpleUploadedFile("fiche.pdf", files.pdf(), "application/pdf")


def _client(user: User | None) -> Client:
    client = Client()
    if user:
        user.refresh_from_db()
        if user.is_staff and not user.authenticator_set.exists():
            accounts.with_second_factor(user)
        client.force_login(user)
    return client


TABLES = {
    "home": HOME,
    "year": YEAR,
    "head": HEAD,
    "meeting": MEETING,
    "student": STUDENT,
    "condition": CONDITION,
    "paper": PAPER,
    "sheet": SHEET,
    "agreement": AGREEMENT,
    "version": VERSION,
    "social": SOCIAL,
    "sheet version": SHEET_VERSION,
    "contract": CONTRACT,
    "class": CLASS,
    "presence": PRESENCE,
    "planned": PLANNED,
    "order": ORDER,
    "certificate": CERTIFICATE,
    "booklet": BOOKLET,
    "printed": PRINTED,
    "invoices": INVOICES,
    "schedule line": SCHEDULE_LINE,
    "export": EXPORT,
    "student invoices": STUDENT_INVOICES,
    "student line": STUDENT_LINE,
    "invoice": INVOICE,
    "pfe": PFE,
    "pfe report": PFE_REPORT,
    "incidents": INCIDENTS,
    "document": DOCUMENT,
    "absence": ABSENCE,
}
ADDRESSES = [(about, name) for about, table in TABLES.items() for name in table]


@pytest.mark.parametrize(("about", "name"), ADDRESSES, ids=[name for _, name in ADDRESSES])
def test_an_address_answers_each_role_as_it_may(walk, db, about, name):
    reading, sending = TABLES[about][name]
    address = reverse(name, kwargs=walk.named[about])

    assert walk.answers("get", address) == reading
    if sending is not None:
        assert walk.answers("post", address) == sending


def test_who_has_no_second_factor_sets_one_up_first(client, year):
    """A head is let in by being named, and is asked for it like all who work for a school."""
    user, office = accounts.UserFactory(), accounts.contract_service(year.school)
    name_head(
        slug=year.slug,
        email=user.email,
        department="2IA",
        actor=office,
        now=contratpro.LOADED,
    )
    client.force_login(user)
    response = client.get(reverse("contract_students", kwargs={"year_slug": year.slug}))
    assert (response.status_code, "/2fa/" in response["Location"]) == (302, True)
