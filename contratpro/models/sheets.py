"""The contact sheet of a student, which they fill in with the company, and each of its versions (R-PRO-8)."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import SignedLink, User
from common.drafts.models import DraftVersion
from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref
from companies.models import Company
from contratpro.models.students import StudentFile
from contratpro.states import OPEN_SHEETS, SHEET_MOVES, SheetState
from contratpro.vocabulary import HomeSigning

REMARKS_LENGTH = 2000
NAME_LENGTH = 120
OPEN = [state.value for state in OPEN_SHEETS]
DECIDED = [SheetState.RETURNED.value, SheetState.VALIDATED.value]


class ContactSheet(Movable):
    """What student and company say of the activities, of the projects, and of whom to write to."""

    moves = SHEET_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    student = models.OneToOneField(
        StudentFile, on_delete=models.PROTECT, related_name="contact_sheet"
    )
    state = EnumField(max_length=9, enum=SheetState, default=SheetState.DRAFT)
    company_email = models.EmailField(blank=True, help_text="to whom the link was sent last")
    home_email = models.EmailField(
        blank=True, help_text="of the home school, to whom its link was sent last"
    )
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_sheets"
    )
    draft = models.JSONField(default=dict, blank=True, help_text="as typed, until it is sent")
    draft_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    remarks = models.CharField(max_length=REMARKS_LENGTH, blank=True)

    class Meta:
        verbose_name = _("contact sheet")
        constraints = [
            models.CheckConstraint(
                name="sheet_sent_unless_draft",
                condition=Q(state=SheetState.DRAFT.value, sent_at__isnull=True, company=None)
                | (
                    ~Q(state=SheetState.DRAFT.value)
                    & Q(sent_at__isnull=False, company__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="sheet_decided_iff_answered",
                condition=Q(state__in=DECIDED, decided_at__isnull=False, decided_by__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_at__isnull=True, decided_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="sheet_remarks_iff_returned",
                condition=(Q(state=SheetState.RETURNED.value) & ~Q(remarks=""))
                | (~Q(state=SheetState.RETURNED.value) & Q(remarks="")),
            ),
            models.CheckConstraint(
                name="sheet_draft_while_open",
                condition=Q(state__in=OPEN) | Q(draft={}, draft_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.state}"

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """What is sent again awaits its answer, and remarks are those of what was sent back."""
        written: dict[str, object] = {}
        if target is not SheetState.RETURNED:
            written["remarks"] = ""
        if target is SheetState.SENT:
            written |= {"decided_at": None, "decided_by": None, "draft": {}, "draft_at": None}
        return {**super().written_with(action, target), **written}

    def in_journal(self) -> Subject:
        return Subject("contact_sheet", self.ref, self.student.year.slug)


class SheetVersion(DraftVersion):
    """What student and company said, each time that it was sent."""

    sheet = models.ForeignKey(ContactSheet, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        ordering = ("sheet", "number")
        constraints = [
            models.UniqueConstraint("sheet", "number", name="sheet_version_once"),
            models.CheckConstraint(name="sheet_version_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, version {self.number}"


class HomeSchoolSignature(models.Model):
    """The home school of a double degree signed a version; another version is to be signed again."""

    version = models.OneToOneField(
        SheetVersion, on_delete=models.PROTECT, related_name="home_signature"
    )
    how = EnumField(max_length=8, enum=HomeSigning, default=HomeSigning.OFFICE)
    signed_by = models.CharField(max_length=NAME_LENGTH, help_text="who signed, for the school")
    function = models.CharField(max_length=NAME_LENGTH, blank=True, help_text="their position")
    signed_on = models.DateField()
    scan = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    link = models.ForeignKey(
        SignedLink, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("signature of the home school")
        constraints = [
            models.CheckConstraint(
                name="home_signature_by_office_or_link",
                condition=Q(how=HomeSigning.OFFICE.value, recorded_by__isnull=False, link=None)
                | (
                    ~Q(how=HomeSigning.OFFICE.value)
                    & Q(recorded_by=None, link__isnull=False)
                    & ~Q(function="")
                ),
            ),
            models.CheckConstraint(
                name="home_signature_scan_unless_typed",
                condition=Q(how=HomeSigning.TYPED.value, scan=None)
                | (~Q(how=HomeSigning.TYPED.value) & Q(scan__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.signed_by}"


class HomeSchoolRefusal(models.Model):
    """The home school would not sign a version, and said why; it may sign that version all the same."""

    version = models.OneToOneField(
        SheetVersion, on_delete=models.PROTECT, related_name="home_refusal"
    )
    said_by = models.CharField(max_length=NAME_LENGTH)
    function = models.CharField(max_length=NAME_LENGTH)
    remarks = models.CharField(max_length=REMARKS_LENGTH)
    link = models.ForeignKey(SignedLink, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("refusal of the home school")
        constraints = [
            models.CheckConstraint(name="home_refusal_with_remarks", condition=~Q(remarks=""))
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.said_by}"
