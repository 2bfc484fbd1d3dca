"""The training agreement from its preparation to the social service, and its amendments (R-PRO-3, R-PRO-9)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.links.services import revoke_links
from accounts.models import SignedLink
from common.journal import SYSTEM, Stamp
from common.models import Job, JournalEntry
from common.moves import move
from common.refusals import DomainError, NotAllowedError
from companies.models import Company
from contratpro.agreements.presentation import cards_of
from contratpro.agreements.rules import WRITTEN
from contratpro.agreements.selectors import (
    agreements_of,
    amended_by,
    facts_for,
    signed_copy,
    signed_days,
    social_rows,
)
from contratpro.agreements.services.preparing import (
    html_of,
    prepare_agreement,
    print_agreement,
)
from contratpro.agreements.services.sending import (
    PURPOSE,
    read_as_social_service,
    read_by_link,
    send_to_company,
    send_to_social_service,
)
from contratpro.agreements.services.signing import (
    PartiesSigned,
    hand_in_agreement,
    receive_agreement,
    return_agreement,
)
from contratpro.models import AgreementSignature, TrainingAgreement
from contratpro.states import StepState, StudentAction
from contratpro.steps.rules import AGREEMENT_COPY as COPY
from contratpro.steps.rules import AGREEMENT_SENT as TO_COMPANY
from contratpro.steps.rules import AGREEMENT_SIGNED as STEP
from contratpro.steps.rules import DIRECTION_SIGNS as DIRECTION
from contratpro.steps.rules import SOCIAL_SERVICE as TO_SOCIAL_SERVICE
from contratpro.steps.services import declare_by_hand
from contratpro.vocabulary import CopyChannel, Signer
from notifications.models import Notification
from tests.factories import accounts, agreements
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers


def refusal(act, *args, **said):
    with pytest.raises(DomainError) as caught:
        act(*args, **said)
    return [one.code for one in caught.value.refusals]


def told():
    rows = Notification.objects.filter(kind__regex="agreement|social").order_by("pk")
    return [(row.kind.partition(".")[2], row.refs["what"], row.to) for row in rows]


def acts(agreement):
    entries = JournalEntry.objects.filter(
        object_type="training_agreement", object_ref=agreement.ref
    )
    return list(entries.order_by("pk").values_list("verb", flat=True))


def done(student):
    return set(student.steps.exclude(state=StepState.TO_DO).values_list("key", flat=True))


def fresh(agreement):
    return TrainingAgreement.objects.select_related("student__year__school").get(pk=agreement.pk)


def ready_for_school(student, office):
    agreements.admitted_to_year_3(student, office)
    return agreements.handed_in(agreements.prepared(student, office), office)


def all_signed(student, office):
    return agreements.signed(ready_for_school(student, office), office)


def test_an_agreement_says_what_the_sheet_and_the_year_say(student, office):
    agreement = agreements.prepared(student, office)

    assert (agreement.state, agreement.number, agreement.reason) == ("prepared", 1, "")
    assert agreement.facts["company_name"] == "Bâtisseurs du Gard"
    assert agreement.facts["company_address"] == "1 rue de l’Exemple, 30100 Alès"
    assert agreement.facts["signatory_name"] == "Paul Duval"
    assert agreement.facts["starts_on"] == "2025-09-01"
    assert agreement.facts["ends_on"] == "2026-08-30"
    assert told() == [("agreement_news", "prepare", student.user.email)]
    assert acts(agreement) == ["prepare"]


def test_it_is_prepared_once_however_often_it_is_asked(student, office):
    first = agreements.prepared(student, office)
    said = {name: first.facts[name] for name in WRITTEN}
    again = prepare_agreement(
        ref=student.ref, number=1, written=said, actor=office, now=agreements.PREPARED
    )

    assert again.pk == first.pk
    assert student.agreements.count() == 1


def test_what_someone_else_prepared_meanwhile_is_not_replaced(student, office):
    agreements.prepared(student, office)
    said = {name: facts_for(student)[name] for name in WRITTEN} | {"tutor_name": "Autre"}
    late = {"ref": student.ref, "number": 1, "actor": office, "now": agreements.PREPARED}

    assert refusal(prepare_agreement, written=said, **late) == ["moved_meanwhile"]


def test_what_is_printed_is_kept_and_made_once(agreement):
    job = Job.objects.get(kind="contratpro.agreement")
    print_agreement(job.ids, agreements.PREPARED)
    kept = fresh(agreement).printed_id
    print_agreement(job.ids, agreements.HANDED_IN)

    assert kept is not None
    assert fresh(agreement).printed_id == kept


def test_the_student_hands_in_and_the_office_receives(student, agreement, office):
    """Steps 5 and 5′: signed by both, then received."""
    agreements.handed_in(agreement, student.user)

    assert signed_days(agreement) == {
        Signer.STUDENT: date(2025, 6, 12),
        Signer.COMPANY: date(2025, 6, 18),
    }
    assert fresh(agreement).state == "prepared"
    assert STEP in done(student)
    assert COPY not in done(student)
    assert told()[1:] == [("agreement_handed_in", "hand_in", office.email)]

    receive_agreement(ref=agreement.ref, actor=office, now=agreements.HANDED_IN)

    assert fresh(agreement).state == "received"
    assert COPY in done(student)
    assert told()[2:] == [("agreement_news", "receive", student.user.email)]


def test_what_the_office_hands_in_it_has_received(student, agreement, office):
    by_post = PartiesSigned(
        student_on=date(2025, 6, 12),
        company_by="Paul Duval",
        company_on=date(2025, 6, 18),
        channel=CopyChannel.POST,
    )
    hand_in_agreement(
        ref=agreement.ref, signed=by_post, scan=None, actor=office, now=agreements.HANDED_IN
    )

    assert fresh(agreement).state == "received"
    assert {STEP, COPY} <= done(student)
    assert set(agreement.signatures.values_list("channel", "scan")) == {("post", None)}


def test_a_student_hands_in_a_scan_whatever_they_say(student, agreement):
    by_post = PartiesSigned(
        student_on=date(2025, 6, 12),
        company_by="Paul Duval",
        company_on=date(2025, 6, 18),
        channel=CopyChannel.POST,
    )
    said = {"ref": agreement.ref, "signed": by_post, "scan": None, "now": agreements.HANDED_IN}

    assert refusal(hand_in_agreement, actor=student.user, **said) == ["agreement_without_scan"]


def test_a_scan_that_is_none_is_refused_and_nothing_changes(student, agreement):
    fake = SimpleUploadedFile("convention.pdf", b"MZ\x90 not a paper", "application/pdf")
    said = {"signed": agreements.BOTH, "scan": fake, "now": agreements.HANDED_IN}

    assert refusal(hand_in_agreement, ref=agreement.ref, actor=student.user, **said) == [
        "file_wrong_type"
    ]
    assert signed_days(agreement) == {}
    assert STEP not in done(student)


def test_what_cannot_be_read_is_handed_in_again(student, agreement, office):
    agreements.handed_in(agreement, student.user)
    return_agreement(
        ref=agreement.ref, reason="Page 3 illisible", actor=office, now=agreements.HANDED_IN
    )

    assert signed_days(agreement) == {}
    assert fresh(agreement).remarks == "Page 3 illisible"
    assert told()[-1] == ("agreement_news", "return", student.user.email)

    assert {STEP, COPY}.isdisjoint(done(student))
    agreements.handed_in(agreement, student.user, at=agreements.HANDED_IN + timedelta(days=1))
    receive_agreement(ref=agreement.ref, actor=office, now=agreements.SCHOOL_SIGNED)

    assert fresh(agreement).remarks == ""
    assert agreement.signatures.count() == 4  # the first two are kept, and count no more


def test_the_school_signs_last(student, agreement, office):
    agreements.admitted_to_year_3(student, office)

    assert refusal(agreements.signed, agreement, office) == ["school_signs_last"]
    assert signed_days(agreement) == {}

    agreements.handed_in(agreement, office)
    agreements.signed(agreement, office)

    assert fresh(agreement).state == "signed"
    assert DIRECTION in done(student)
    assert told()[-1] == ("agreement_news", "sign_for_school", student.user.email)


def test_the_school_signs_on_a_day_after_the_others(student, office):
    agreement = ready_for_school(student, office)

    assert refusal(agreements.signed, agreement, office, on=date(2025, 6, 17)) == [
        "school_signs_last"
    ]


def test_an_exception_gives_its_reason_and_all_have_signed_once_the_others_have(
    student, agreement, office
):
    agreements.admitted_to_year_3(student, office)
    agreements.signed(agreement, office, exception="Départ de la direction le 26 juin")

    assert fresh(agreement).state == "prepared"
    assert AgreementSignature.objects.get(party="school").exception == (
        "Départ de la direction le 26 juin"
    )

    agreements.handed_in(agreement, office, at=agreements.SENT)

    assert fresh(agreement).state == "signed"


def test_admission_to_the_third_year_comes_before_the_signature_of_the_school(student, office):
    """R-PRO-1: unknown until the jury of the school, and required before row 6."""
    agreement = agreements.handed_in(agreements.prepared(student, office), office)

    assert refusal(agreements.signed, agreement, office) == ["agreement_waits_for_condition"]


def test_the_direction_records_its_own_signature(student, office, direction):
    agreement = ready_for_school(student, office)
    agreements.signed(agreement, direction)

    assert fresh(agreement).state == "signed"
    assert student.steps.get(key=DIRECTION).done_by == direction


def test_nothing_leaves_before_all_have_signed(student, office):
    agreement = ready_for_school(student, office)
    sending = {"ref": agreement.ref, "channel": CopyChannel.SCAN, "actor": office}
    to_company = {**sending, "email": "paul@exemple.fr", "now": agreements.SENT}

    assert refusal(send_to_company, **to_company) == ["agreement_not_signed_by_all"]
    assert refusal(send_to_social_service, **sending, now=agreements.SENT) == [
        "agreement_not_signed_by_all",
        "contract_copy_not_received",
    ]
    assert not SignedLink.objects.filter(purpose=PURPOSE).exists()


def test_the_company_reads_the_signed_copy_by_its_link(student, office):
    """Step 6′: each reading is on record; a link that is revoked or replaced opens nothing."""
    agreement = all_signed(student, office)
    sending = {"ref": agreement.ref, "channel": CopyChannel.SCAN, "email": " Paul@Exemple.fr"}
    later = agreements.SENT + timedelta(minutes=6)
    send_to_company(**sending, actor=office, now=agreements.SENT)
    assert refusal(send_to_company, **sending, actor=office, now=agreements.SENT) == [
        "agreement_link_just_sent"
    ]
    send_to_company(**sending, actor=office, now=later)
    old, new = SignedLink.objects.filter(purpose=PURPOSE).order_by("pk")

    assert agreement.dispatches.count() == 1
    assert TO_COMPANY in done(student)
    with pytest.raises(NotAllowedError):
        read_by_link(link_id=old.pk, now=agreements.SENT)
    assert read_by_link(link_id=new.pk, now=agreements.SENT).name == "convention-signee.pdf"
    revoke_links(purpose=PURPOSE, subject_ref=agreement.ref, actor=SYSTEM, now=agreements.SENT)
    with pytest.raises(NotAllowedError):
        read_by_link(link_id=new.pk, now=agreements.SENT)
    assert acts(agreement)[-3:] == ["send_to_company", "send_to_company", "read_agreement"]


def test_by_post_the_dispatch_is_recorded_and_nothing_is_mailed(student, office):
    agreement = all_signed(student, office)
    before = told()
    send_to_company(ref=agreement.ref, channel=CopyChannel.POST, actor=office, now=agreements.SENT)

    assert told() == before
    assert list(agreement.dispatches.values_list("to", "channel")) == [("company", "post")]
    assert TO_COMPANY in done(student)


def test_contract_and_agreement_go_to_the_social_service_together(student, office, social_service):
    """Step 7: the signed scan that is sent is a logged act."""
    agreement = all_signed(student, office)
    sending = {"ref": agreement.ref, "channel": CopyChannel.SCAN, "actor": office}
    assert refusal(send_to_social_service, **sending, now=agreements.SENT) == [
        "contract_copy_not_received"
    ]
    agreements.contract_signed(student, office)
    for _ in range(2):
        send_to_social_service(**sending, now=agreements.SENT)

    assert TO_SOCIAL_SERVICE in done(student)
    assert told()[-1] == ("social_service", "send_to_social_service", social_service.email)
    assert [row.name for row in social_rows(student.year)] == [student.full_name]
    reading = {"ref": agreement.ref, "actor": social_service, "now": agreements.SENT}
    assert read_as_social_service(paper="contract", **reading).name == "contrat.pdf"
    assert read_as_social_service(paper="agreement", **reading).name == "convention-signee.pdf"
    assert acts(agreement)[-3:] == ["send_to_social_service", "read_contract", "read_agreement"]


def test_the_social_service_reads_what_it_was_sent_and_nothing_else(
    student, office, social_service
):
    agreement = all_signed(student, office)
    agreements.contract_signed(student, office)
    reading = {"ref": agreement.ref, "paper": "contract", "now": agreements.SENT}

    with pytest.raises(NotAllowedError):
        read_as_social_service(actor=social_service, **reading)
    with pytest.raises(NotAllowedError):
        read_as_social_service(actor=accounts.UserFactory(), **reading)


def test_an_amendment_is_a_version_of_its_own(student, office):
    """R-PRO-9: never an edit. What all have signed stays as it was."""
    first = all_signed(student, office)
    assert refusal(agreements.prepared, student, office, tutor_name="Léa Petit") == [
        "agreement_needs_reason"
    ]
    second = agreements.prepared(
        student, office, at=agreements.SENT, reason="Nouveau tuteur", tutor_name="Léa Petit"
    )

    assert (second.number, second.reason, second.state) == (2, "Nouveau tuteur", "prepared")
    assert fresh(first).state == "signed"
    assert fresh(first).facts["tutor_name"] == "Inès Martin"
    agreements.handed_in(second, office, at=agreements.SENT)
    agreements.signed(second, office, at=agreements.SENT)
    assert fresh(second).state == "signed"


def test_a_version_not_signed_by_all_gives_way_to_the_next(student, office):
    first = agreements.handed_in(agreements.prepared(student, office), office)
    agreements.prepared(student, office, at=agreements.SENT, reason="Fin", ends_on="2026-08-29")

    assert fresh(first).state == "cancelled"
    assert refusal(agreements.signed, first, office) == ["agreement_is_cancelled"]


def test_strangers_do_nothing(student, agreement, office):
    stranger = accounts.UserFactory()
    now = agreements.HANDED_IN
    other = accounts.contract_service(contracts.other_year().school)
    for actor in (stranger, other):
        for act in (
            lambda actor=actor: agreements.prepared(student, actor, reason="x"),
            lambda actor=actor: agreements.handed_in(agreement, actor),
            lambda actor=actor: receive_agreement(ref=agreement.ref, actor=actor, now=now),
            lambda actor=actor: agreements.signed(agreement, actor, exception="x"),
        ):
            with pytest.raises(NotAllowedError):
                act()
    with pytest.raises(NotAllowedError):
        receive_agreement(ref=agreement.ref, actor=student.user, now=now)
    assert acts(agreement) == ["prepare"]


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 2, "reason": ""},
        {"number": 1, "reason": "Un motif"},
        {"state": "signed", "remarks": "à refaire"},
    ],
)
def test_the_database_refuses_what_the_rules_forbid(agreement, changes):
    rows = TrainingAgreement.objects.filter(pk=agreement.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**changes)


def test_one_version_is_open_and_each_party_signs_it_once(student, agreement, office):
    agreements.handed_in(agreement, office)
    copy = TrainingAgreement.objects.get(pk=agreement.pk)
    copy.pk, copy.ref, copy.number, copy.reason = None, "autre", 2, "Un motif"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()
    signature = agreement.signatures.first()
    signature.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        signature.save()


def test_the_copy_of_all_is_the_last_that_was_signed(student, agreement, office):
    """Where the school signed first, its own scan has no other signature; a paper by post is scanned, then."""
    agreements.admitted_to_year_3(student, office)
    agreements.signed(agreement, office, exception="Départ de la direction")
    assert signed_copy(fresh(agreement)) is None
    by_post = PartiesSigned(
        student_on=date(2025, 6, 12),
        company_by="Paul Duval",
        company_on=date(2025, 6, 18),
        channel=CopyChannel.POST,
    )
    said = {"ref": agreement.ref, "signed": by_post, "actor": office, "now": agreements.SENT}
    assert refusal(hand_in_agreement, scan=None, **said) == ["agreement_without_scan"]
    hand_in_agreement(scan=agreements.scan("tous.pdf"), **said)

    assert signed_copy(fresh(agreement)).name == "tous.pdf"


def test_what_an_amendment_changes_is_said_of_what_all_have_signed(student, office):
    """A version that was given up between the two hides nothing."""
    first = all_signed(student, office)
    given_up = {"reason": "Nouvelle fin", "ends_on": "2026-08-29"}
    agreements.prepared(student, office, at=agreements.SENT, **given_up)
    tutor = {"reason": "Nouveau tuteur", "tutor_function": "Chercheuse"}
    third = agreements.prepared(student, office, at=agreements.SENT, **tutor)

    assert amended_by(third).pk == first.pk
    [card] = [one for one in cards_of(agreements_of(student)) if one.agreement.number == 3]
    assert [(one.before, one.after) for one in card.changed] == [
        ("Ingénieure", "Chercheuse"),
        ("30\N{NO-BREAK SPACE}août 2026", "29\N{NO-BREAK SPACE}août 2026"),
    ]


def test_a_second_version_of_what_nobody_signed_amends_nothing(student, office):
    agreements.prepared(student, office)
    said = {"reason": "Fin", "ends_on": "2026-08-29"}
    with pytest.raises(DomainError, match="agreement_changes_nothing"):
        agreements.prepared(student, office, at=agreements.SENT, reason="Mauvaise adresse")
    second = agreements.prepared(student, office, at=agreements.SENT, **said)

    assert amended_by(second) is None
    assert "avenant" not in html_of(second)


def test_the_company_is_called_as_the_sheet_that_was_validated_calls_it(student, office):
    """Whoever typed the number first does not decide the name on a paper that is signed."""
    Company.objects.filter(siret="73282932000074").update(name="Autre nom", street="9 rue")

    facts = agreements.prepared(student, office).facts
    assert (facts["company_name"], facts["siret"]) == ("Bâtisseurs du Gard", "73282932000074")
    assert facts["company_address"] == "1 rue de l’Exemple, 30100 Alès"


def test_what_the_office_did_not_type_follows_its_sources(student, office, head):
    agreements.prepared(student, office, tutor_name="Léa Petit")
    sheet = student.contact_sheet.versions.get()
    sheet.content |= {"tutor_name": "Nora Diaz", "signatory_name": "Jean Roux"}
    sheet.save()

    facts = facts_for(student)
    assert (facts["tutor_name"], facts["signatory_name"]) == ("Léa Petit", "Jean Roux")


def test_how_long_the_office_takes_makes_nobody_late(student, agreement, office):
    """Step 5′ is done on the day on which the agreement was handed in."""
    agreements.handed_in(agreement, student.user)
    receive_agreement(
        ref=agreement.ref, actor=office, now=agreements.HANDED_IN + timedelta(days=90)
    )

    assert student.steps.get(key=COPY).done_on == date(2025, 6, 20)


def test_nothing_is_signed_of_a_project_that_was_given_up(student, office):
    agreement = ready_for_school(student, office)
    move(student, StudentAction.WITHDRAW, Stamp.of(office, agreements.SENT), reason="Renonce")

    assert refusal(agreements.signed, agreement, office) == ["agreement_of_no_project"]


def test_the_student_says_no_step_by_hand_that_a_paper_declares(student, direction):
    said = {"student": student, "now": agreements.PREPARED}
    for actor, key in ((student.user, STEP), (student.user, COPY), (direction, DIRECTION)):
        assert refusal(declare_by_hand, actor=actor, key=key, **said) == ["step_follows_its_paper"]


def test_what_was_posted_to_the_social_service_is_not_read_on_its_page(
    student, office, social_service
):
    agreement = all_signed(student, office)
    agreements.contract_signed(student, office)
    sent = send_to_social_service(
        ref=agreement.ref,
        channel=CopyChannel.POST,
        sent_on=date(2025, 6, 25),
        actor=office,
        now=agreements.SENT,
    )

    assert sent.sent_on == date(2025, 6, 25)
    with pytest.raises(NotAllowedError):
        read_as_social_service(
            ref=agreement.ref, paper="contract", actor=social_service, now=agreements.SENT
        )
