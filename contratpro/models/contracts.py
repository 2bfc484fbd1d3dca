"""The employment contract of a student, what its form (CERFA 12434) says, and each of its versions (R-PRO-10)."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.drafts.models import DraftVersion
from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref
from contratpro.models.students import StudentFile
from contratpro.states import EMPLOYMENT_MOVES, EmploymentState
from contratpro.vocabulary import CopyChannel

REASON_LENGTH = 500
DEPOSIT_NUMBER_LENGTH = 40
DRAFT, SIGNED = EmploymentState.DRAFT.value, EmploymentState.SIGNED.value


class EmploymentContract(Movable):
    """What student, company and contract service say of it, until a copy that is signed comes back.

    The social security number and disability are elsewhere (`companies.models.secrets`).
    """

    moves = EMPLOYMENT_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    student = models.OneToOneField(
        StudentFile, on_delete=models.PROTECT, related_name="employment_contract"
    )
    state = EnumField(max_length=6, enum=EmploymentState, default=EmploymentState.DRAFT)
    company_email = models.EmailField(blank=True, help_text="to whom the link was sent last")
    draft = models.JSONField(default=dict, blank=True, help_text="as typed, until it is ready")
    draft_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    reason = models.CharField(
        max_length=REASON_LENGTH, blank=True, help_text="why it was taken up again"
    )
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_on = models.DateField(null=True, blank=True)
    scan = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    channel = EnumField(max_length=4, enum=CopyChannel, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deposited_on = models.DateField(null=True, blank=True, help_text="at the OPCO, by the employer")
    deposit_number = models.CharField(
        max_length=DEPOSIT_NUMBER_LENGTH, blank=True, help_text="that the OPCO gave it"
    )

    class Meta:
        verbose_name = _("employment contract")
        constraints = [
            models.CheckConstraint(
                name="employment_draft_until_ready",
                condition=Q(state=DRAFT) | Q(draft={}, draft_at__isnull=True, reason=""),
            ),
            models.CheckConstraint(
                name="employment_ready_unless_draft",
                condition=Q(state=DRAFT, ready_at__isnull=True, ready_by__isnull=True)
                | (~Q(state=DRAFT) & Q(ready_at__isnull=False, ready_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="employment_deposit_unless_draft",
                condition=Q(deposited_on__isnull=True, deposit_number="")
                | (~Q(state=DRAFT) & Q(deposited_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="employment_copy_iff_signed",
                condition=Q(
                    state=SIGNED,
                    signed_on__isnull=False,
                    scan__isnull=False,
                    channel__in=[channel.value for channel in CopyChannel],
                    received_at__isnull=False,
                    received_by__isnull=False,
                )
                | (
                    ~Q(state=SIGNED)
                    & Q(
                        signed_on__isnull=True,
                        scan__isnull=True,
                        channel="",
                        received_at__isnull=True,
                        received_by__isnull=True,
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.state}"

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """What is taken up again is found complete by nobody and deposited nowhere; what is ready has no draft."""
        if target is EmploymentState.DRAFT:
            return {
                "ready_at": None,
                "ready_by": None,
                "deposited_on": None,
                "deposit_number": "",
            }
        return {
            **super().written_with(action, target),
            "draft": {},
            "draft_at": None,
            "reason": "",
        }

    def in_journal(self) -> Subject:
        return Subject("employment_contract", self.ref, self.student.year.slug)


class EmploymentContractVersion(DraftVersion):
    """What it said each time that it was found complete, on which version of the form, and what is to be confirmed."""

    contract = models.ForeignKey(
        EmploymentContract, on_delete=models.PROTECT, related_name="versions"
    )
    form_number = models.CharField(max_length=10)
    form_version = models.CharField(max_length=10)
    notes = models.JSONField(default=list, blank=True, help_text="codes with their figures")

    class Meta:
        ordering = ("contract", "number")
        constraints = [
            models.UniqueConstraint("contract", "number", name="employment_version_once"),
            models.CheckConstraint(name="employment_version_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.contract}, version {self.number}"
