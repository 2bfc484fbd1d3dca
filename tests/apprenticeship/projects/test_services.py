"""Job projects: invited, written, judged; every refusal (R-JOB-2, R-JOB-3)."""

from datetime import timedelta

import pytest

from accounts.models import SignedLink
from admissions.dossier.services import endings as dossiers_services
from admissions.models import Seat
from apprenticeship.models import JobProject
from apprenticeship.projects.services import deciding, inviting, writing
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts, projects
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as seats

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
LATER = projects.DECIDED + timedelta(hours=1)


def told(kind: str) -> list[tuple[str, str]]:
    """To whom that kind of message goes, and what of."""
    rows = Notification.objects.filter(kind=f"apprenticeship.{kind}").order_by("pk")
    return [(row.to, row.refs["what"]) for row in rows]


def acts(project: JobProject) -> list[str]:
    return list(
        JournalEntry.objects.filter(object_ref=project.ref)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def invite(candidacy, email=projects.EMPLOYER, actor=None, now=projects.INVITED):
    by = actor or candidacy.application.person.user
    return inviting.invite_employer(candidacy_ref=candidacy.ref, email=email, actor=by, now=now)


def test_an_employer_is_invited_by_a_link_of_thirty_days():
    """R-JOB-2: the candidate is given the sheet, the employer fills it in."""
    project = projects.invited(email=" RH@Batisseurs.exemple.fr ")
    link = projects.link_of(project)

    assert (project.state, project.employer_email) == ("draft", "rh@batisseurs.exemple.fr")
    assert (link.email, link.expires_at) == (
        project.employer_email,
        projects.INVITED + timedelta(days=30),
    )
    assert told("employer_link") == [("rh@batisseurs.exemple.fr", "invited")]
    assert acts(project) == ["invite"]


def test_the_same_employer_is_invited_once():
    candidacy = seats.selected()

    assert invite(candidacy) == invite(candidacy, email="RH@batisseurs.exemple.fr")
    assert SignedLink.objects.count() == 1


def test_the_company_office_invites_on_behalf_of_the_candidate():
    candidacy = seats.selected()
    project = invite(candidacy, actor=accounts.company_office())

    entry = JournalEntry.objects.get(object_ref=project.ref)
    assert entry.on_behalf_of == f"person:{candidacy.application.person_id}"


@pytest.mark.parametrize(
    "role", ["stranger", "juror", "programme_head", "clerk", "school_admin", "administrator"]
)
def test_nobody_else_invites(role):
    candidacy = seats.selected()
    actor = accounts.candidate() if role == "stranger" else getattr(accounts, role)()

    with pytest.raises(NotAllowedError, match="not_your_project"):
        invite(candidacy, actor=actor)


def test_only_those_selected_invite():
    """R-JOB-1: before the announcement nobody looks for a company."""
    application = dossiers.submitted()

    with pytest.raises(DomainError, match="search_is_not_open"):
        invite(application.candidacies.first())


def test_one_does_not_invite_oneself():
    candidacy = seats.selected()

    with pytest.raises(DomainError, match="employer_is_candidate"):
        invite(candidacy, email=candidacy.application.person.user.email)


def test_ten_employers_a_day_are_enough():
    candidacy = seats.selected()
    for number in range(10):
        invite(candidacy, f"rh{number}@exemple.fr")

    with pytest.raises(DomainError, match="too_many_invitations"):
        invite(candidacy, "rh10@exemple.fr")
    assert (
        invite(candidacy, "rh10@exemple.fr", now=projects.INVITED + timedelta(days=2)).state
        == "draft"
    )


def test_a_new_link_closes_the_former():
    project = projects.invited()
    former, actor = projects.link_of(project), project.candidacy.application.person.user

    with pytest.raises(DomainError, match="link_just_sent"):
        inviting.send_new_link(
            project_ref=project.ref, actor=actor, now=projects.INVITED + timedelta(minutes=1)
        )
    inviting.send_new_link(project_ref=project.ref, actor=actor, now=projects.SENT)

    assert SignedLink.objects.get(pk=former.pk).revoked_at == projects.SENT
    with pytest.raises(NotAllowedError):
        writing.save_draft(link_id=former.pk, content={}, now=LATER)


def test_a_draft_keeps_every_word_readable_or_not():
    project = projects.invited()
    typed = {"siret": "12 34", "missions": "Préparer\r\nles chantiers", "starts_on": "en septembre"}

    writing.save_draft(
        link_id=projects.link_of(project).pk, content=typed | {"other": "x"}, now=projects.SENT
    )
    writing.save_draft(link_id=projects.link_of(project).pk, content=typed, now=LATER)

    kept = projects.reread(project)
    assert {name: text for name, text in kept.draft.items() if text} == typed
    assert (kept.state, kept.draft_at) == ("draft", projects.SENT)
    assert JournalEntry.objects.get(verb="save_draft").data["fields"] == [
        "siret",
        "missions",
        "starts_on",
    ]


def test_a_sheet_is_sent_as_a_version_and_the_school_told():
    """R-JOB-2."""
    head = accounts.programme_head()
    accounts.programme_head(accounts.other_school())
    project = projects.submitted()
    candidate = project.candidacy.application.person.user

    version = project.versions.get()
    assert (project.state, project.company.siret, project.draft) == (
        "submitted",
        "73282932000074",
        {},
    )
    assert (version.number, version.content) == (1, projects.SHEET)
    assert told("project_news") == [(candidate.email, "submitted")]
    assert told("employer_news") == [(projects.EMPLOYER, "submitted")]
    assert told("project_work") == [(head.email, "submitted")]


def test_the_same_sheet_sent_twice_is_sent_once():
    project = projects.submitted()

    assert projects.send(project, LATER).submitted_at == projects.SENT
    assert project.versions.count() == 1
    with pytest.raises(DomainError, match="project_is_submitted"):
        projects.send(project, LATER, missions="Autre chose.")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"missions": " "}, "project_is_incomplete"),
        ({"siret": ""}, "project_is_incomplete"),
        ({"siret": "73282932000075"}, "siret_is_wrong"),
        ({"starts_on": "2022-05-15"}, "start_is_past"),
        ({"starts_on": "2032-09-05"}, "start_is_far"),
    ],
)
def test_an_unfit_sheet_is_not_sent(changes, reason):
    project = projects.invited()

    with pytest.raises(DomainError, match=reason):
        projects.send(project, **changes)
    assert projects.reread(project).state == "draft"


def test_a_foreign_company_has_no_siret():
    abroad = {
        "siret": "",
        "postcode": "",
        "country": "BE",
        "company_name": "Bâtir SA",
        "city": "Liège",
    }

    assert projects.submitted(**abroad).company.name == "Bâtir SA"


def test_one_sheet_at_a_time_is_with_the_school():
    candidacy = seats.selected()
    projects.submitted(candidacy)
    other = projects.invited(candidacy, "rh@autre.exemple.fr")

    with pytest.raises(DomainError, match="another_project_is_submitted"):
        projects.send(other, LATER)


def test_approval_takes_a_place_and_tells_everyone():
    """R-JOB-3."""
    office = accounts.company_office()
    project = projects.approved()
    candidate = project.candidacy.application.person.user

    seat = Seat.objects.get()
    assert (project.state, seat.state, seat.place_no, seat.candidacy_id) == (
        "approved",
        "held",
        1,
        project.candidacy_id,
    )
    assert told("project_news")[-1] == (candidate.email, "approved")
    assert told("employer_news")[-1] == (projects.EMPLOYER, "approved")
    assert told("project_work")[-1] == (office.email, "approved")
    assert Notification.objects.filter(refs__place="1", refs__capacity="22").count() == 3


def test_approval_queues_when_no_place_is_left():
    """R-JOB-3."""
    first = seats.selected()
    pool = seats.pool()
    pool.floor = pool.ceiling = 1
    pool.save()
    projects.approved(first)
    projects.approved(seats.selected())

    assert list(Seat.objects.order_by("pk").values_list("state", "place_no")) == [
        ("held", 1),
        ("queued", None),
    ]
    assert (
        Notification.objects.filter(kind="apprenticeship.project_news", refs__rank="1").count() == 1
    )


def test_approving_twice_does_nothing_more():
    head = accounts.programme_head()
    project = projects.approved(head=head)
    messages = Notification.objects.count()

    again = deciding.approve_job_project(project_ref=project.ref, actor=head, now=LATER)

    assert (again.decided_at, Seat.objects.count()) == (projects.DECIDED, 1)
    assert Notification.objects.count() == messages


def test_a_second_approval_replaces_the_first_on_the_same_place():
    candidacy, head = seats.selected(), accounts.programme_head()
    first = projects.approved(candidacy, head)
    second = projects.approved(candidacy, head, email="rh@autre.exemple.fr", siret="35600000000048")

    assert (projects.reread(first).state, second.state) == ("replaced", "approved")
    assert Seat.objects.get().candidacy_id == second.candidacy_id
    assert (projects.EMPLOYER, "replaced") in told("employer_news")


@pytest.mark.parametrize(
    "role", ["juror", "president", "clerk", "company_office", "school_admin", "administrator"]
)
def test_only_the_pedagogical_head_decides(role):
    project = projects.submitted()
    actor = getattr(accounts, role)()

    with pytest.raises(NotAllowedError, match="not_your_project"):
        deciding.approve_job_project(project_ref=project.ref, actor=actor, now=LATER)


def test_the_head_of_another_school_decides_nothing():
    project = projects.submitted()
    actor = accounts.programme_head(accounts.other_school())

    with pytest.raises(NotAllowedError, match="not_your_project"):
        deciding.refuse_job_project(project_ref=project.ref, reason="Non.", actor=actor, now=LATER)


def test_changes_are_asked_for_with_a_fresh_link_and_the_sheet_as_it_was():
    """R-JOB-2."""
    project = projects.sent_back()
    candidate = project.candidacy.application.person.user

    assert (project.state, project.draft) == ("changes_asked", projects.SHEET)
    assert SignedLink.objects.filter(revoked_at=None).count() == 1
    assert told("employer_link")[-1] == (projects.EMPLOYER, "changes_asked")
    assert told("project_news")[-1] == (candidate.email, "changes_asked")


def test_a_changed_sheet_is_another_version():
    project = projects.send(projects.sent_back(), LATER, missions="Conduire un chantier.")

    assert (project.state, project.reason, project.decided_at) == ("submitted", "", None)
    assert [version.content["missions"] for version in project.versions.all()] == [
        projects.SHEET["missions"],
        "Conduire un chantier.",
    ]


def test_a_refusal_is_told_with_its_reason():
    project = projects.refused("Missions sans rapport.")

    assert (project.state, project.reason) == ("refused", "Missions sans rapport.")
    assert told("employer_news")[-1] == (projects.EMPLOYER, "refused")
    assert Notification.objects.filter(refs__reason="Missions sans rapport.").count() == 2


def test_a_decision_without_a_word_is_refused():
    project, head = projects.submitted(), accounts.programme_head()

    for act in (deciding.refuse_job_project, deciding.ask_changes):
        with pytest.raises(DomainError, match="reason_is_missing"):
            act(project_ref=project.ref, actor=head, now=LATER, reason="  ")


@pytest.mark.parametrize("state", ["invited", "sent_back", "refused"])
def test_what_is_not_with_the_school_is_not_approved(state):
    project, head = getattr(projects, state)(), accounts.programme_head()

    with pytest.raises(DomainError, match="project_is_"):
        deciding.approve_job_project(project_ref=project.ref, actor=head, now=LATER)


def test_a_candidate_who_withdrew_has_nothing_to_approve():
    project, head = projects.submitted(), accounts.programme_head()
    application = project.candidacy.application
    dossiers_services.withdraw_application(now=projects.DECIDED, **dossiers.whose(application))

    with pytest.raises(DomainError, match="project_is_abandoned"):
        deciding.approve_job_project(project_ref=project.ref, actor=head, now=LATER)


def test_a_candidate_abandons_and_the_employer_is_told_once():
    project = projects.submitted()
    actor = project.candidacy.application.person.user

    for _ in range(2):
        deciding.abandon_job_project(project_ref=project.ref, actor=actor, now=LATER)

    assert projects.reread(project).state == "abandoned"
    assert told("employer_news") == [
        (projects.EMPLOYER, "submitted"),
        (projects.EMPLOYER, "abandoned"),
    ]


def test_what_is_approved_is_not_abandoned():
    project = projects.approved()
    actor = project.candidacy.application.person.user

    with pytest.raises(DomainError, match="project_is_approved"):
        deciding.abandon_job_project(project_ref=project.ref, actor=actor, now=LATER)


def test_an_employer_gives_up_by_the_link():
    project = projects.invited()

    deciding.decline_job_project(link_id=projects.link_of(project).pk, now=projects.SENT)

    assert projects.reread(project).state == "abandoned"
    assert told("project_news") == [(project.candidacy.application.person.user.email, "declined")]


def test_a_link_of_another_purpose_opens_no_sheet():
    project = projects.invited()
    link = projects.link_of(project)
    SignedLink.objects.filter(pk=link.pk).update(purpose="else")

    with pytest.raises(NotAllowedError, match="not_your_project"):
        writing.save_draft(link_id=link.pk, content={}, now=projects.SENT)
