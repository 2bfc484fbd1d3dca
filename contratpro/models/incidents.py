"""What happens during a contract: incidents, who was told of them, days that a company needs (R-PRO-14)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref
from contratpro.models.students import StudentFile
from contratpro.states import ABSENCE_MOVES, OPEN_ABSENCES, AbsenceState
from contratpro.vocabulary import IncidentKind, Party

WORDS_LENGTH = 1000
ASKED, REFUSED = AbsenceState.ASKED.value, AbsenceState.REFUSED.value


class Incident(models.Model):
    """Sick leave, an accident, a breach, or anything else that the office has to know. Its document may come later."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    student = models.ForeignKey(StudentFile, on_delete=models.PROTECT, related_name="incidents")
    kind = EnumField(max_length=10, enum=IncidentKind)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=WORDS_LENGTH, blank=True)
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    void_at = models.DateTimeField(
        null=True, blank=True, help_text="a breach that was put on record by mistake"
    )
    void_reason = models.CharField(max_length=WORDS_LENGTH, blank=True)

    class Meta:
        verbose_name = _("incident")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="incident_ends_after_its_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                "student",
                name="breach_once",
                condition=Q(kind=IncidentKind.BREACH.value, void_at__isnull=True),
            ),
            models.CheckConstraint(
                name="incident_void_with_a_reason",
                condition=Q(void_at__isnull=True, void_reason="")
                | (Q(void_at__isnull=False, kind=IncidentKind.BREACH.value) & ~Q(void_reason="")),
            ),
            models.CheckConstraint(
                name="breach_with_its_reason",
                condition=~Q(kind=IncidentKind.BREACH.value)
                | (~Q(words="") & Q(ends_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.kind} {self.starts_on}"

    def in_journal(self) -> Subject:
        return Subject("contract_incident", self.ref, self.student.year.slug)


class IncidentNotice(models.Model):
    """Who was told of an incident, and when."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="notices")
    party = EnumField(max_length=20, enum=Party)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("told_at", "pk")
        constraints = [models.UniqueConstraint("incident", "party", name="incident_told_once")]

    def __str__(self) -> str:
        return f"{self.incident}: {self.party}"


class CompanyNeed(Movable):
    """A day at the school that the company needs, and the day on which it is made up."""

    moves = ABSENCE_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    student = models.ForeignKey(StudentFile, on_delete=models.PROTECT, related_name="absences")
    state = EnumField(max_length=9, enum=AbsenceState, default=AbsenceState.ASKED)
    day = models.DateField()
    made_up_on = models.DateField()
    reason = models.CharField(max_length=WORDS_LENGTH)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    remarks = models.CharField(max_length=WORDS_LENGTH, blank=True)

    class Meta:
        verbose_name = _("absence for the company’s need")
        ordering = ("-day", "-pk")
        constraints = [
            models.UniqueConstraint(
                "student",
                "day",
                name="absence_once_a_day",
                condition=Q(state__in=[state.value for state in OPEN_ABSENCES]),
            ),
            models.CheckConstraint(
                name="absence_made_up_on_another_day", condition=~Q(made_up_on=F("day"))
            ),
            models.CheckConstraint(name="absence_with_its_need", condition=~Q(reason="")),
            models.CheckConstraint(
                name="absence_decided_unless_asked",
                condition=Q(state=ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=ASKED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="absence_refused_with_remarks",
                condition=~Q(state=REFUSED) | ~Q(remarks=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.day}"

    def in_journal(self) -> Subject:
        return Subject("contract_absence", self.ref, self.student.year.slug)
