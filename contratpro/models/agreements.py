"""The training agreement of a student: each version of it, who signed it, and to whom it was sent (R-PRO-9)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref
from contratpro.models.students import StudentFile
from contratpro.models.year import ContractYearVersion
from contratpro.states import AGREEMENT_MOVES, OPEN_AGREEMENTS, AgreementState
from contratpro.vocabulary import CopyChannel, Party, Signer

REASON_LENGTH = 1000
OPEN = [state.value for state in OPEN_AGREEMENTS]


class TrainingAgreement(Movable):
    """A version of it, as it was printed. One that comes after another says why: none is ever edited."""

    moves = AGREEMENT_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    student = models.ForeignKey(StudentFile, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    state = EnumField(max_length=9, enum=AgreementState, default=AgreementState.PREPARED)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True, help_text="of another version")
    facts = models.JSONField(help_text="what is printed of the student, the company, the contract")
    typed = models.JSONField(
        default=list, help_text="what the office said otherwise than its sources, by name"
    )
    year_version = models.ForeignKey(
        ContractYearVersion, on_delete=models.PROTECT, related_name="+"
    )
    printed = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    prepared_at = models.DateTimeField()
    remarks = models.CharField(
        max_length=REASON_LENGTH, blank=True, help_text="why what was handed in does not do"
    )

    class Meta:
        verbose_name = _("training agreement")
        ordering = ("student", "number")
        constraints = [
            models.UniqueConstraint("student", "number", name="agreement_number_once"),
            models.UniqueConstraint(
                "student", name="agreement_open_once", condition=Q(state__in=OPEN)
            ),
            models.CheckConstraint(
                name="agreement_reason_unless_first",
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="agreement_remarks_while_open",
                condition=Q(remarks="") | Q(state=AgreementState.PREPARED.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}, {self.number}"

    def in_journal(self) -> Subject:
        return Subject(
            "training_agreement", self.ref, self.student.year.slug, {"number": self.number}
        )


class AgreementSignature(models.Model):
    """Who signed, for which party, when and how one knows. One of a paper that was sent back counts no more."""

    agreement = models.ForeignKey(
        TrainingAgreement, on_delete=models.PROTECT, related_name="signatures"
    )
    party = EnumField(max_length=7, enum=Signer)
    signed_by = models.CharField(max_length=120)
    signed_on = models.DateField()
    channel = EnumField(max_length=4, enum=CopyChannel)
    scan = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    exception = models.CharField(
        max_length=REASON_LENGTH, blank=True, help_text="why the school signed before the others"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    void_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("signature of an agreement")
        ordering = ("signed_on", "pk")
        constraints = [
            models.UniqueConstraint(
                "agreement",
                "party",
                name="agreement_signed_once_by_each",
                condition=Q(void_since__isnull=True),
            ),
            models.CheckConstraint(
                name="agreement_scan_unless_by_post",
                condition=Q(channel=CopyChannel.POST.value) | Q(scan__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_exception_of_school",
                condition=Q(party=Signer.SCHOOL.value) | Q(exception=""),
            ),
            models.CheckConstraint(
                name="agreement_void_after_record",
                condition=Q(void_since__isnull=True) | Q(void_since__gte=F("recorded_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.party}"


class AgreementDispatch(models.Model):
    """To whom the signed papers were sent: the company, or the social service."""

    agreement = models.ForeignKey(
        TrainingAgreement, on_delete=models.PROTECT, related_name="dispatches"
    )
    to = EnumField(max_length=20, enum=Party)
    channel = EnumField(max_length=4, enum=CopyChannel)
    address = models.CharField(
        max_length=254, blank=True, help_text="of the e-mail that carries it"
    )
    sent_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dispatch of an agreement")
        ordering = ("recorded_at", "pk")
        constraints = [
            models.UniqueConstraint(
                "agreement", "to", "channel", "address", name="agreement_sent_once_there"
            ),
            models.CheckConstraint(
                name="agreement_sent_to_whom_it_goes",
                condition=Q(to__in=[Party.COMPANY.value, Party.SOCIAL_SERVICE.value]),
            ),
        ]
        indexes = [models.Index("to", "agreement", name="agreement_sent_to")]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.to}"
