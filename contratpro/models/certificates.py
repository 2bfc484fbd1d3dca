"""Certificates of completion: numbered, kept as they were given, corrected by another alone (R-PRO-11)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref
from contratpro.models.students import StudentFile
from contratpro.models.year import ContractYear
from contratpro.states import CERTIFICATE_MOVES, CertificateState

SIGNATORY_LENGTH, POST_LENGTH, TOWN_LENGTH = 120, 120, 80


class CertificateOrder(models.Model):
    """The certificates of a semester, ordered for all who have hours there: who signs them, and where."""

    year = models.ForeignKey(ContractYear, on_delete=models.PROTECT, related_name="+")
    semester = models.CharField(max_length=40)
    signatory = models.CharField(max_length=SIGNATORY_LENGTH)
    post = models.CharField(max_length=POST_LENGTH)
    town = models.CharField(max_length=TOWN_LENGTH)
    wanted = models.PositiveSmallIntegerField(help_text="how many certificates")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("order of certificates")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.year}, {self.semester}"

    def in_journal(self) -> Subject:
        return Subject("certificate_order", str(self.pk), self.year.slug)


class CompletionCertificate(Movable):
    """What a school certifies of the hours of a student in a semester. Its words and its PDF are never made again."""

    moves = CERTIFICATE_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey(StudentFile, on_delete=models.PROTECT, related_name="certificates")
    order = models.ForeignKey(
        CertificateOrder, on_delete=models.PROTECT, related_name="certificates"
    )
    semester = models.CharField(max_length=40)
    state = EnumField(max_length=8, enum=CertificateState, default=CertificateState.ISSUED)
    issued_in = models.PositiveSmallIntegerField(help_text="the year of its number")
    number = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    content = models.JSONField(help_text="all that the PDF says")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    issued_at = models.DateTimeField()

    class Meta:
        verbose_name = _("certificate of completion")
        ordering = ("issued_in", "number")
        constraints = [
            models.UniqueConstraint(
                "school", "issued_in", "number", name="certificate_number_once"
            ),
            models.UniqueConstraint(
                "student",
                "semester",
                name="certificate_issued_once",
                condition=Q(state=CertificateState.ISSUED.value),
            ),
            models.CheckConstraint(
                name="certificate_from_one", condition=Q(number__gte=1, minutes__gte=1)
            ),
        ]
        indexes = [models.Index("semester", "student", name="certificate_of_semester")]

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        return f"{self.issued_in}-{self.number:04}"

    def in_journal(self) -> Subject:
        return Subject("completion_certificate", self.ref, self.student.year.slug)
