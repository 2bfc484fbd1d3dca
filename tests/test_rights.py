"""Every address × every role: one walk of the URL map. A stranger gets 404 or 403 everywhere.

An address that is not in these tables fails the walk: whoever adds one says who may.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.enums import Role
from accounts.models import School, User
from accounts.services import settle_staff
from admissions.models import Application, Candidacy
from admissions.models.sealed import JuryMember
from campaigns import models as campaigns
from campaigns.models import Assessment
from common.models import JournalEntry
from companies.states import OfferAudience
from contratpro.models import ContractYear
from contratpro.students.services.following import name_tutor
from notifications.models import Notification
from tests.factories import accounts, admissions, apprenticeship, classes, contratpro, jury, offers

ROLES = (
    "anonymous",
    "owner",
    "stranger",
    "clerk",
    "other_clerk",
    "juror",
    "president",
    "programme_head",
    "company_office",
    "school_admin",
    "administrator",
)

# By name of the address: what a reading gets, then a sending, role by role in the order above.
# "in" leads to the sign-in page, "on" leads elsewhere.
PUBLIC = (
    "200 200 200 200 200 200 200 200 200 200 200",
    "405 405 405 405 405 405 405 405 405 405 405",
)
UNREADABLE = " ".join(["422"] * len(ROLES))  # an empty form is not what these take
ON = " ".join(["on"] * len(ROLES))
MINE = "in 200 404 404 404 404 404 404 404 404 404"
MY_COMMAND = "in on 404 404 404 404 404 404 404 404 404"
READ_ONLY = "in 405 405 405 405 405 405 405 405 405 405"
CLERKS = "in 404 404 200 404 404 404 404 404 404 404"
CALENDAR = "in 404 404 200 404 200 200 200 200 200 200"  # whoever works for the school
RUNNING = "in 404 404 200 404 404 200 404 404 200 404"  # is_superuser arms nothing
INCOMPLETE_RUNNING = RUNNING.replace("200", "422")
SENDERS = "in 404 404 200 404 404 404 404 404 200 404"
SENDERS_ON = SENDERS.replace("200", "on")
CHECKS = (
    "work_piece_accept",
    "work_piece_refuse",
    "work_piece_uncheck",
    "work_payment_cancel",
)
STEP_ACTS = (
    "contract_steps_declare",
    "contract_steps_mark",
    "student_mark_give",
    "student_mark_lift",
    "student_step_declare",
    "student_step_mark",
    "student_step_return",
    "student_step_reopen",
)
# For those who work with the students of a year alone: tests/contratpro/service/test_rights.py walks them.
OF_A_YEAR = (
    "contract_years",
    "contract_students",
    "contract_students_import",
    "contract_students_write",
    "contract_student_add",
    "contract_students_invite",
    "contract_heads",
    "contract_head_remove",
    "contract_meetings",
    "contract_meeting_new",
    "contract_meeting",
    "contract_meeting_import",
    "contract_meeting_write",
    "contract_papers",
    "contract_overview",
    "contract_transcript",
    "contract_export",
    "contract_paper_file",
    "contract_student",
    "contract_student_change",
    "contract_student_invite",
    "contract_student_withdraw",
    "contract_student_reopen",
    "contract_student_tutor",
    "contract_student_accept",
    "contract_student_refuse",
    "contract_condition_hold",
    "contract_condition_deny",
    "contract_condition_forget",
    "contract_evidence",
    "student_sheet",
    "student_sheet_validate",
    "student_sheet_return",
    "student_sheet_ask_home",
    "student_sheet_pdf",
    "student_sheet_sign",
    "student_sheet_scan",
    "student_agreement",
    "student_agreement_prepare",
    "student_agreement_paper",
    "student_agreement_scan",
    "student_agreement_record",
    "student_agreement_sign",
    "student_agreement_receive",
    "student_agreement_return",
    "student_agreement_company",
    "student_agreement_social",
    "student_project",
    "student_project_report",
    "student_project_proof",
    "student_project_ask",
    "student_project_reopen",
    "student_project_mark",
    "student_project_pass_on",
    "student_project_publish",
    "student_project_take_back",
    "student_pfe",
    "student_pfe_report",
    "student_pfe_approve",
    "student_pfe_return",
    "student_defence",
    "student_defence_report",
    "student_defence_mark",
    "student_defence_reopen",
    "student_defence_minutes",
    "social_years",
    "social_service",
    "student_contract",
    "student_contract_invite",
    "student_contract_complete",
    "student_contract_reopen",
    "student_contract_copy",
    "student_contract_correct_copy",
    "student_contract_deposit",
    "student_contract_read",
    "student_contract_sheet",
    "student_contract_whole_sheet",
    "class_week",
    "class_new",
    "class_import",
    "class_import_write",
    "class_session",
    "class_change",
    "class_cancel",
    "class_restore",
    "class_send",
    "class_paper",
    "class_sheet",
    "class_scan",
    "class_excuse",
    "class_correct",
    "class_document",
    "student_booklet",
    "student_booklet_pdf",
    "certificates",
    "certificates_order",
    "certificate",
    "certificate_correct",
    "student_incidents",
    "student_incident_report",
    "student_incident_document",
    "student_breach",
    "student_breach_undo",
    "student_absence_ask",
    "student_absence_grant",
    "student_absence_refuse",
    "student_absence_cancel",
    "contract_invoices",
    "contract_invoices_issue",
    "student_invoices",
    "student_payer",
    "student_invoice_issue",
    "contract_invoice_paper",
    "contract_invoice_pay",
    "contract_invoice_unpay",
    "contract_invoice_credit",
)
READ_OF_A_YEAR = {
    "student_contract",
    "student_contract_sheet",
    "contract_years",
    "contract_students",
    "contract_meetings",
    "contract_paper_file",
    "contract_student",
    "contract_evidence",
    "student_sheet",
    "student_sheet_scan",
    "student_sheet_pdf",
    "student_agreement",
    "student_agreement_paper",
    "student_agreement_scan",
    "student_project",
    "student_project_report",
    "student_project_proof",
    "student_pfe",
    "student_pfe_report",
    "student_defence_minutes",
    "social_years",
    "social_service",
    "class_week",
    "class_session",
    "class_sheet",
    "class_scan",
    "class_document",
    "student_booklet",
    "student_booklet_pdf",
    "certificates",
    "certificate",
    "student_incidents",
    "contract_invoices",
    "contract_overview",
    "contract_transcript",
    "student_invoices",
    "contract_invoice_paper",
}
SCHOOL_OFFICE_ACTS = ("office_ticked", "office_all", "office_hand_over", "office_send_back")
OFFER_ACTS = (
    "offer_ask",
    "offer_post",
    "offer_change",
    "offer_publish",
    "offer_refuse",
    "offer_prolong",
    "offer_close",
    "offer_link",
)
HEADS = "in 404 404 404 404 404 404 200 404 404 404"
NOT_YET = "in 404 404 404 404 404 404 404 404 404 404"  # what only those selected have
NOWHERE = " ".join(["404"] * len(ROLES))
RECTIFIERS = (
    "in 404 404 200 200 404 200 404 404 200 404"  # a clerk of another school reads an empty list
)
JURY = "in 404 404 404 404 200 200 404 404 404 404"
JURY_COMMAND = "in 404 404 404 404 on on 404 404 404 404"
JURY_REFUSED = "in 404 404 404 404 422 422 404 404 404 404"
FOLLOWERS = "in 404 404 404 404 404 404 200 200 200 404"
OFFICE = "in 404 404 404 404 404 404 404 200 404 404"
OFFICE_ACT = "in 404 404 404 404 404 404 404 422 404 404"
ADMITTERS = "in 404 404 404 404 404 404 404 200 200 404"
PAGES = {
    "api-root": ("404 " * (len(ROLES) - 1) + "404", "404 " * (len(ROLES) - 1) + "404"),
    "api-nowhere": (NOWHERE, NOWHERE),
    "openapi-json": PUBLIC,
    "openapi-view": PUBLIC,
    "api_campaigns": PUBLIC,
    "api_campaign": PUBLIC,
    "api_calendar": PUBLIC,
    "api_seats": PUBLIC,
    "api_diplomas": PUBLIC,
    "api_fees": (PUBLIC[1], UNREADABLE),
    "api_eligibility": (PUBLIC[1], UNREADABLE),
    "healthz": PUBLIC,
    "readyz": (" ".join(["503"] * len(ROLES)), PUBLIC[1]),  # no calendar ticks in these tests
    "home": PUBLIC,
    "campaign": PUBLIC,
    "campaign_version": PUBLIC,
    "check": (PUBLIC[0], UNREADABLE),
    "check_more": (ON, PUBLIC[0]),
    "check_less": (ON, PUBLIC[0]),
    "signed_link": (NOWHERE, NOWHERE),
    "signed_link_act": (NOWHERE, NOWHERE),
    "accessibility": PUBLIC,
    "privacy": PUBLIC,
    "landing": ("in on on on on on on on on on on", READ_ONLY),
    "apply": ("in on 200 200 200 200 200 200 200 200 200", "in on on on on on on on on on on"),
    "applications": ("in 200 200 200 200 200 200 200 200 200 200", READ_ONLY),
    "application": (MINE, READ_ONLY),
    "application_identity": (MINE, "in 403 404 404 404 404 404 404 404 404 404"),
    "application_studies": (MINE, "in 403 404 404 404 404 404 404 404 404 404"),
    "application_programmes": (MINE, "in 403 404 404 404 404 404 404 404 404 404"),
    "title_new": (MINE, MINE),
    "title_change": (MINE, MINE),
    "title_remove": (MY_COMMAND, MY_COMMAND),
    "application_documents": (MINE, READ_ONLY),
    "document_give": (MY_COMMAND, "in 422 404 404 404 404 404 404 404 404 404"),
    "document_await": (MY_COMMAND, "in 422 404 404 404 404 404 404 404 404 404"),
    "file_remove": (MY_COMMAND, MY_COMMAND),
    "application_review": (MINE, READ_ONLY),
    "application_submit": (MY_COMMAND, "in 403 404 404 404 404 404 404 404 404 404"),
    "sitting_book": (NOT_YET, NOT_YET),
    "application_recap": ("in 200 404 200 404 404 404 404 404 200 404", READ_ONLY),
    "application_submission": ("in 200 404 200 404 404 404 404 404 200 404", READ_ONLY),
    "application_messages": ("in 200 404 200 404 404 404 404 404 404 404", READ_ONLY),
    "application_address": (MY_COMMAND, MY_COMMAND),
    "application_withdraw": (MINE, MINE.replace("200", "422")),
    "application_reopen": (MY_COMMAND, MY_COMMAND),
    "document_file": ("in 200 404 200 404 404 404 404 404 200 404", READ_ONLY),
    "jury": (JURY, READ_ONLY),
    "jury_stage": (JURY, READ_ONLY),
    "jury_dossier": (JURY, READ_ONLY),
    "jury_propose": (JURY_COMMAND, JURY_REFUSED),
    "jury_record": (JURY_COMMAND, JURY_REFUSED),
    "jury_undo": (JURY_COMMAND, JURY_COMMAND),
    "jury_mark": (JURY_COMMAND, NOT_YET),
    "jury_plan": (JURY_COMMAND, JURY_COMMAND),
    "jury_unplan": (JURY_COMMAND, JURY_COMMAND),
    "jury_presence": (JURY_COMMAND, JURY_COMMAND),
    "jury_conflict": (JURY, JURY_COMMAND),
    "jury_announced": ("in 404 404 404 404 404 200 404 404 404 404", READ_ONLY),
    "jury_rectify": (NOT_YET, NOT_YET),
    "jury_told_mark": (NOT_YET, NOT_YET),
    "rectifications": (RECTIFIERS, READ_ONLY),
    "rectification": (NOT_YET, NOT_YET),
    "rectification_give_up": (NOT_YET, NOT_YET),
    "sittings_home": ("in 404 404 on 404 404 on 404 404 404 404", READ_ONLY),
    "sittings": (
        "in 404 404 200 404 404 200 404 404 404 404",
        "in 404 404 on 404 404 on 404 404 404 404",
    ),
    "slots": (
        "in 404 404 200 404 404 200 404 404 404 404",
        "in 404 404 422 404 404 422 404 404 404 404",
    ),
    "slot_close": (
        "in 404 404 on 404 404 on 404 404 404 404",
        "in 404 404 404 404 404 404 404 404 404 404",
    ),
    "work_list": (CLERKS, READ_ONLY),
    "work_dossier": (CLERKS, READ_ONLY),
    "work_refuse": (CLERKS, CLERKS.replace("200", "422")),
    "work_correct": (CLERKS, CLERKS.replace("200", "422")),
    "work_extend": (CLERKS, CLERKS.replace("200", "422")),
    **dict.fromkeys(
        ("work_title_add", "work_title", "work_title_strike", "work_programmes"),
        (CLERKS, CLERKS.replace("200", "422")),
    ),
    "work_enter": (CLERKS, CLERKS.replace("200", "422")),
    "work_claim_link": (NOT_YET, NOT_YET),  # of one that a service typed: tests/admissions/entering
    "calendar": (CALENDAR.replace("200 404 200", "200 200 200"), READ_ONLY),
    "calendar_date": (CALENDAR, READ_ONLY),
    "calendar_arm": (RUNNING, INCOMPLETE_RUNNING),
    "calendar_confirm": (RUNNING, INCOMPLETE_RUNNING),
    "calendar_disarm": (RUNNING, RUNNING.replace("200", "on")),
    "calendar_hold": (RUNNING, INCOMPLETE_RUNNING),
    "calendar_free": (RUNNING, RUNNING.replace("200", "on")),
    "calendar_skip": (RUNNING, INCOMPLETE_RUNNING),
    "calendar_retry": (RUNNING, RUNNING.replace("200", "on")),
    "calendar_late": (RUNNING, INCOMPLETE_RUNNING),
    "calendar_move": (
        "in 404 404 404 404 404 404 404 404 200 200",
        "in 404 404 404 404 404 404 404 404 422 422",
    ),
    **dict.fromkeys(("work_waive", "work_ask"), (CLERKS, CLERKS.replace("200", "422"))),
    "work_payment": (CLERKS.replace("200", "on"), CLERKS.replace("200", "422")),
    "work_complete": (CLERKS, CLERKS.replace("200", "422")),
    # The school's office, which no campaign has here: tests/admissions/handover.
    **dict.fromkeys(("office_list", "office_dossier"), (NOT_YET, READ_ONLY)),
    **dict.fromkeys(SCHOOL_OFFICE_ACTS, (NOT_YET, NOT_YET)),
    **dict.fromkeys(CHECKS, (CLERKS.replace("200", "on"), CLERKS.replace("200", "on"))),
    "outbox": ("in 404 404 200 200 404 404 404 404 200 200", READ_ONLY),
    **dict.fromkeys(
        ("outbox_catalogue", "outbox_catalogue_mail", "outbox_catalogue_html"),
        ("in 404 404 200 200 404 404 404 404 200 200", READ_ONLY),
    ),
    "outbox_message": (SENDERS, READ_ONLY),
    "outbox_resend": (SENDERS_ON, SENDERS_ON),
    "outbox_bounce": (SENDERS_ON, "in 404 404 422 404 404 404 404 404 422 404"),
    "outbox_cancel": (SENDERS_ON, SENDERS_ON),
    "seat_board": (FOLLOWERS, READ_ONLY),
    "seat_capacity": (
        "in 404 404 404 404 404 404 404 404 200 404",
        "in 404 404 404 404 404 404 404 404 422 404",
    ),
    "seat_dossier": (FOLLOWERS, READ_ONLY),
    "supplementary_list": (FOLLOWERS, "in 404 404 404 404 404 404 403 422 422 404"),
    "contract_draft": (OFFICE, OFFICE_ACT),
    "contract_sign": (OFFICE, OFFICE_ACT),
    "contract_countersign": (OFFICE, OFFICE_ACT),
    "contract_break": (OFFICE, OFFICE_ACT),
    "seat_release": (OFFICE, OFFICE_ACT),
    "seat_transfer": (OFFICE, OFFICE_ACT),
    "place_give": (OFFICE, OFFICE.replace("200", "422")),
    "place_release": (OFFICE, OFFICE_ACT),
    "agreement_record": (OFFICE, OFFICE_ACT),
    "agreement_end": (OFFICE, OFFICE_ACT),
    "seat_admit": (ADMITTERS, "in 404 404 404 404 404 404 404 422 422 404"),
    "seat_revert": (ADMITTERS, "in 404 404 404 404 404 404 404 422 422 404"),
    "application_company": (NOT_YET, NOT_YET),
    "application_project_resend": (NOT_YET, NOT_YET),
    "application_project_abandon": (NOT_YET, NOT_YET),
    "application_project_commit": (NOT_YET, NOT_YET),
    "projects": (FOLLOWERS, READ_ONLY),
    "project_invite": (OFFICE, OFFICE),
    "project": (FOLLOWERS, READ_ONLY),
    "project_approve": (HEADS, HEADS.replace("200", "422")),
    "project_changes": (HEADS, HEADS.replace("200", "422")),
    "project_refuse": (HEADS, HEADS.replace("200", "422")),
    "project_resend": (OFFICE.replace("200", "on"), OFFICE.replace("200", "on")),
    "project_abandon": (OFFICE, OFFICE.replace("200", "on")),
    "contract_files": ("in on 200 200 200 200 200 200 200 200 200", READ_ONLY),
    "contract_scale": PUBLIC,
    "contract_file": (MINE, READ_ONLY),
    **dict.fromkeys(
        ("contract_identity", "contract_circumstances", "contract_risk"),
        (MINE, MINE.replace("200", "422")),
    ),
    "contract_paper": (NOT_YET, READ_ONLY),
    "contract_sheet": (MINE, READ_ONLY),
    "contract_sheet_save": (READ_ONLY, MY_COMMAND),
    "contract_sheet_send": (READ_ONLY, MY_COMMAND),
    "contract_sheet_invite": (MINE, MINE.replace("200", "422")),
    "contract_sheet_pdf": (NOT_YET, READ_ONLY),
    "contract_sheet_ask_home": (NOT_YET, NOT_YET),  # of a double degree
    "contract_employment": (MINE, READ_ONLY),
    "contract_employment_save": (READ_ONLY, MY_COMMAND),
    **dict.fromkeys(
        ("contract_employment_nir", "contract_employment_disability"),
        (READ_ONLY, MINE.replace("200", "422")),
    ),
    "contract_employment_invite": (MINE, MINE.replace("200", "422")),
    "contract_employment_sheet": (NOT_YET, READ_ONLY),
    **dict.fromkeys(
        (
            "student_contract_save",
            "student_contract_nir",
            "student_contract_disability",
            "student_contract_scan",
        ),
        (READ_ONLY, NOT_YET),
    ),
    "contract_step_done": (MINE, MY_COMMAND),
    "contract_agreement": (MINE, MY_COMMAND),
    "contract_project": (MINE, MINE.replace("200", "422")),
    "contract_project_report": (NOT_YET, READ_ONLY),
    **dict.fromkeys(("contract_pfe", "contract_marks"), (MINE, READ_ONLY)),
    "contract_pfe_deposit": (NOT_YET, NOT_YET),
    "contract_pfe_report": (NOT_YET, READ_ONLY),
    "contract_pfe_save": (READ_ONLY, MY_COMMAND),
    "contract_pfe_send": (READ_ONLY, MY_COMMAND),
    "contract_agreement_paper": (NOT_YET, READ_ONLY),
    "contract_agreement_copy": (NOT_YET, READ_ONLY),
    **dict.fromkeys(
        ("contract_invoices_export", "contract_transcript_export"), (READ_ONLY, NOT_YET)
    ),
    "contract_incidents": (MINE, READ_ONLY),
    "contract_incident_report": (MINE, MINE.replace("200", "422")),
    "contract_incident_document": (NOT_YET, NOT_YET),
    "contract_absence_ask": (MINE, MINE.replace("200", "422")),
    "contract_absence_cancel": (NOT_YET, NOT_YET),
    "social_paper": (READ_ONLY, NOT_YET),
    "contract_offers": (MINE, READ_ONLY),
    **dict.fromkeys(("contract_offer", "contract_offer_file"), (NOT_YET, READ_ONLY)),
    "contract_digest": (READ_ONLY, MY_COMMAND),
    "offer_digest": (NOWHERE, NOWHERE),
    **dict.fromkeys(("offers", "offer"), (OFFICE, READ_ONLY)),
    "offer_file": (NOT_YET, READ_ONLY),
    **dict.fromkeys(OFFER_ACTS, (OFFICE, OFFICE_ACT)),
    "contract_classes": (MINE, READ_ONLY),
    "contract_booklet": (MINE, READ_ONLY),
    "contract_booklet_hand_in": (MINE, MINE.replace("200", "422")),
    "contract_class_sign": (READ_ONLY, NOT_YET),
    "contract_class_excuse": (NOT_YET, NOT_YET),
    "contract_class_document": (NOT_YET, READ_ONLY),
    "contract_certificate": (NOT_YET, READ_ONLY),
    **dict.fromkeys(("teaching", "taught_class"), (NOT_YET, READ_ONLY)),
    **dict.fromkeys(
        ("taught_class_open", "taught_class_roll", "taught_class_countersign"),
        (READ_ONLY, NOT_YET),
    ),
    **dict.fromkeys(("contract_steps", "student_steps"), (NOT_YET, READ_ONLY)),
    **dict.fromkeys(STEP_ACTS, (NOT_YET, NOT_YET)),  # tests/contratpro/steps: who may
    **{name: (NOT_YET, READ_ONLY if name in READ_OF_A_YEAR else NOT_YET) for name in OF_A_YEAR},
    "styleguide": ("in 404 404 200 200 200 200 200 200 200 200", READ_ONLY),
}

# The stock admin: what a reading gets, by what the address does.
STAFF = "in 403 403 200 200 200 200 200 200 200 200"
NOBODY = "in 403 403 403 403 403 403 403 403 403 403"
SET_UP = "in 403 403 403 403 403 403 403 403 200 200"
PLATFORM = "in 403 403 403 403 403 403 403 403 403 200"
ADMIN_PAGES = {
    "index": STAFF,
    "login": "in 403 403 on on on on on on on on",
    "logout": "in 403 403 405 405 405 405 405 405 405 405",
    "password_change": "in 403 403 on on on on on on on on",
    "password_change_done": STAFF,
    "autocomplete": NOBODY,
    "jsi18n": STAFF,
    "view_on_site": "in 403 403 404 404 404 404 404 404 404 404",
    "app_list": "in 403 403 404 404 404 404 404 404 200 200",
}
# For each model in the order list, add, change, delete, history.
ELSEWHERE = (
    "in 403 403 on on on on on on 200 200"  # to those who set nothing up, the row does not exist
)
NOTICE = (SET_UP, NOBODY, SET_UP, NOBODY, ELSEWHERE)
NOTICE_ROWS = (SET_UP, SET_UP, SET_UP, SET_UP, ELSEWHERE)
READ = (PLATFORM, NOBODY, PLATFORM, NOBODY, PLATFORM)
WRITTEN = (PLATFORM, PLATFORM, PLATFORM, NOBODY, PLATFORM)
ADMIN_MODELS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "admissions_jurymember": (JuryMember, NOTICE_ROWS),
    "common_journalentry": (JournalEntry, READ),
    "accounts_user": (User, WRITTEN),
    "accounts_school": (School, WRITTEN),
    "campaigns_diploma": (campaigns.Diploma, WRITTEN),
    "campaigns_campaign": (campaigns.Campaign, NOTICE),
    "campaigns_pool": (campaigns.Pool, NOTICE),
    "campaigns_programme": (campaigns.Programme, NOTICE),
    "campaigns_route": (campaigns.Route, NOTICE),
    "campaigns_feetier": (campaigns.FeeTier, NOTICE),
    "campaigns_speciality": (campaigns.Speciality, NOTICE),
    "campaigns_milestone": (campaigns.Milestone, NOTICE_ROWS),
    "campaigns_documentrequirement": (campaigns.DocumentRequirement, NOTICE_ROWS),
    "campaigns_statedrule": (campaigns.StatedRule, NOTICE_ROWS),
}
VERBS = ("changelist", "add", "change", "delete", "history")


@dataclass(frozen=True)
class World:
    """A submitted dossier, and everyone who may come across its addresses."""

    clients: dict[str, Client]
    words: dict[str, str]

    def answers(self, method: str, pattern: str) -> str:
        path = self.path(pattern)
        return " ".join(_answer(self.clients[role], method, path) for role in ROLES)

    def rows(self, name: str, model: type[Model]) -> tuple[str, ...]:
        """The list, the form of a new row, that of the first one, its removal, its history."""
        base = f"admin/{name.replace('_', '/')}/"
        first = f"{base}{model._default_manager.order_by('pk')[0].pk}/"
        paths = (base, f"{base}add/", f"{first}change/", f"{first}delete/", f"{first}history/")
        return tuple(self.answers("get", path) for path in paths)

    def path(self, pattern: str) -> str:
        words = dict(self.words)
        if pattern == "documents/<slug:ref>":
            words["ref"] = words["file_ref"]
        if pattern.startswith("admin/seats/"):
            words["ref"] = words["selected_ref"]
        if pattern.startswith("admin/projects/"):
            words["ref"] = words["project_ref"]
        if pattern.startswith("admin/offers/"):
            words["ref"] = words["offer_ref"]
        if "contrat-pro/" in pattern:
            words |= {"ref": words["student_ref"], "key": "booklet"}
        if "risks/" in pattern:
            words["key"] = "toeic"
        if "<slug:subject_key>" in pattern:
            words["key"] = "motivation"  # a piece of each programme
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: words[found[1]], pattern)


@pytest.fixture(scope="module")
def world(for_the_module) -> World:
    application = admissions.submitted()
    school = application.campaign.organiser
    staff = {
        "clerk": accounts.clerk(school),
        "other_clerk": accounts.clerk(accounts.other_school()),
        "juror": accounts.juror(school),
        "president": accounts.president(school),
        "programme_head": accounts.programme_head(school),
        "company_office": accounts.company_office(school),
        "school_admin": accounts.school_admin(school),
        "administrator": accounts.administrator(),
    }
    for member in staff.values():
        accounts.with_second_factor(member)
    studied = jury.entered()
    jury.member(user=staff["juror"])
    people = {
        "anonymous": None,
        "owner": application.person.user,
        "stranger": accounts.candidate(),
        **staff,
    }
    student = contratpro.student(contratpro.ales_2025(), user=people["owner"])
    offer = offers.posted(school, staff["company_office"], timezone.now(), OfferAudience.APPRENTICESHIP,
                          expires_on=f"{timezone.now() + timedelta(days=30):%d/%m/%Y}")  # fmt: skip
    words = _words(application, studied) | {"student_ref": student.ref, "offer_ref": offer.ref}
    return World({role: _client(user) for role, user in people.items()}, words)


def _words(application: Application, studied: Candidacy) -> dict[str, str]:
    cv = application.documents.get(requirement__key="cv")
    return {
        "slug": application.campaign.slug,
        "number": "1",
        "party": "school",
        "paper": "contract",
        "message_id": str(Notification.objects.get(about=application.ref).pk),
        "token": "one-that-nobody-was-sent",
        "act": "save",
        "ref": application.ref,
        "selected_ref": apprenticeship.selected().ref,
        "student_ref": "not-a-student",
        "year_slug": "ales-2025",
        "paper_ref": "no-paper",
        "offer_ref": "no-offer",
        "class_ref": "no-session",
        "certificate_ref": "no-certificate",
        "semester": "s9",
        "month": "2025-09",
        "title_ref": application.titles.get().ref,
        "key": "cv",
        "milestone_key": "file-results",
        "subject_key": application.candidacies.all()[0].ref,
        "document_ref": cv.ref,
        "payment_ref": "taken-out",
        "project_ref": apprenticeship.project(application.candidacies.all()[0], "submitted").ref,
        "file_ref": cv.files.get().file.ref,
        "selection": "year-1",
        "stage": "file",
        "candidacy_ref": studied.ref,
        "assessment": "english",
        "presence": "sit",
        "mark": "1",
        "pool": "bat-1",
        "code": "BAT-1",
        "rectification_ref": "none-proposed",
        "mail_name": "admissions.receipt",
        "language": "fr",
        "sitting_ref": "none-called",
        "slot_ref": "none-open",
        "test": str(Assessment.objects.get(key="second-interview").pk),
        "head_id": "1",
        "line": "s9",
        "kind": "csv",
        "incident_ref": "no-incident",
        "absence_ref": "no-absence",
        "anything": "nothing/here",
        "content_type_id": "1",
        "object_id": "1",
    }


def _client(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def _answer(client: Client, method: str, path: str) -> str:
    response = getattr(client, method)(path)
    if response.status_code in {301, 302}:
        return "in" if "/login/" in response["Location"] else "on"
    return str(response.status_code)


@dataclass(frozen=True)
class Address:
    name: str
    path: str
    in_stock_admin: bool  # Django's own, and not a screen of ours below /admin/


def addresses(
    resolver: URLResolver | None = None, prefix: str = "", *, in_stock_admin: bool = False
) -> list[Address]:
    """Every address of the URL map."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append(Address(entry.name or "", path, in_stock_admin))
        else:
            stock = in_stock_admin or entry.namespace == admin.site.name
            found += addresses(entry, path, in_stock_admin=stock)
    return found


def ours() -> list[tuple[str, str]]:
    """Our own pages. The account pages, which each person has for oneself, are proven in tests/accounts."""
    return [
        (found.name, found.path)
        for found in addresses()
        if not found.path.startswith("accounts/") and not found.in_stock_admin
    ]


def where_something_is(role: str) -> set[str]:
    """The addresses that are neither public nor closed to this role alone: what one person knows may show there."""
    place, closed = ROLES.index(role), {"404", "405"}
    tables = {name: [answers.split() for answers in both] for name, both in PAGES.items()}
    signed_in = {
        name: table for name, table in tables.items() if "in" in {answers[0] for answers in table}
    }
    opened = {
        name for name, table in signed_in.items() if {answers[place] for answers in table} - closed
    }
    not_yet = {
        name for name, table in signed_in.items() if {*table[0], *table[1]} <= closed | {"in"}
    }
    return opened | not_yet


def test_every_address_says_who_may():
    in_admin = {found.name for found in addresses() if found.name and found.in_stock_admin}
    rows = {f"{model}_{verb}" for model in ADMIN_MODELS for verb in VERBS}
    named = {name for name, _ in ours()}

    assert sorted(named - PAGES.keys()) == [], "add to PAGES what each role gets there"
    assert sorted(PAGES.keys() - named) == [], "PAGES has addresses that are gone"
    assert in_admin == ADMIN_PAGES.keys() | rows


def test_a_page_answers_each_role_as_it_may(world, db):
    walked = [
        (name, path, world.answers("get", path), world.answers("post", path))
        for name, path in ours()
    ]

    assert walked == [(name, path, *PAGES[name]) for name, path in ours()]


# What a role opens that follows students of a contrat pro, besides their pages: mails to them, dates to come.
WITH_STUDENTS = {
    Role.CONTRACT_SERVICE: {"outbox", "calendar", "styleguide", "offers", "offer"},
    Role.SOCIAL_SERVICE: {"calendar", "styleguide"},
    Role.DIRECTION: {"calendar", "styleguide"},
}


@pytest.mark.parametrize("role", WITH_STUDENTS)
def test_whoever_follows_students_opens_nothing_of_a_campaign(world, db, role):
    """R-PRO-5: beside the campaigns of the school, and a stranger to them."""
    school = Application.objects.earliest("pk").campaign.organiser
    client = _client(accounts.with_second_factor(accounts._member(role, school)))
    opened = {
        name.split("_")[0]
        for name, pattern in ours()
        if "contrat-pro/" not in pattern
        and _answer(client, "get", path := world.path(pattern)) == "200"
        and _answer(world.clients["stranger"], "get", path) != "200"
    }
    assert opened == WITH_STUDENTS[role]


MENU = re.compile(r'<div class="menu-panel">(.*?)</div>', re.DOTALL)


def _workers(school: School) -> Iterator[tuple[str, User]]:
    """One of each who has a menu of their work, but the administrator of the platform."""
    for role in Role:
        yield role, accounts._member(role, school)
    year = ContractYear.objects.get()
    head = contratpro.head(year)
    settle_staff(head)
    yield "head", head
    office = accounts.contract_service(school)
    planned = classes.planned(year, office)
    teacher = classes.teacher(planned.teacher_email)
    student = contratpro.student(year)
    said = {"ref": student.ref, "actor": office, "now": timezone.now()}
    name_tutor(email=teacher.email, **said)
    teacher.refresh_from_db()
    yield "tutor_who_teaches", teacher


def test_each_item_of_the_menu_opens_for_whoever_sees_it(world, db):
    shut, shown = set(), {}
    workers = dict(_workers(Application.objects.earliest("pk").campaign.organiser))
    clients = {who: _client(accounts.with_second_factor(one)) for who, one in workers.items()}
    for who, client in (clients | {"administrator": world.clients["administrator"]}).items():
        menu = MENU.search(client.get("/styleguide/").content.decode())
        assert menu, who
        shown[who] = re.findall(r'<a href="([^"]+)"', menu[1])
        shut |= {(who, path) for path in shown[who] if client.get(path).status_code >= 400}
    assert shut == set()
    assert all(shown.values())
    assert "/admin/calendar/" not in shown["head"] + shown["tutor_who_teaches"]


def test_the_stock_admin_is_for_set_up_alone(world, db):
    patterns = {found.name: found.path for found in addresses() if found.in_stock_admin}
    patterns["app_list"] = "admin/campaigns/"

    assert {name: world.answers("get", patterns[name]) for name in ADMIN_PAGES} == ADMIN_PAGES


def test_a_row_of_the_stock_admin_is_for_those_who_set_up(world, db):
    walked = {name: world.rows(name, model) for name, (model, _) in ADMIN_MODELS.items()}

    assert walked == {name: expected for name, (_, expected) in ADMIN_MODELS.items()}
