"""Who may have a contrat pro in a year, what is known of them, and the meetings that they are called to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import User
from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref
from contratpro.models.year import ContractYear
from contratpro.states import FACT_MOVES, STUDENT_MOVES, FactState, StudentState
from contratpro.vocabulary import Party


class StudentFile(Movable):
    """A student in a year of contrat pro. Who they are stands here, whatever their account says of them elsewhere."""

    moves = STUDENT_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    year = models.ForeignKey(ContractYear, on_delete=models.PROTECT, related_name="students")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="contract_files"
    )
    state = EnumField(max_length=10, enum=StudentState, default=StudentState.LISTED)
    email = models.EmailField()
    birth_name = models.CharField(max_length=80)
    usual_name = models.CharField(max_length=80, blank=True)
    first_names = models.CharField(max_length=80)
    born_on = models.DateField(null=True, blank=True)
    nationality = CountryField(blank=True)
    phone = PhoneNumberField(blank=True)
    department = models.CharField(max_length=40)
    option = models.CharField(max_length=40, blank=True)
    double_degree = models.BooleanField(default=False)
    home_school = models.CharField(max_length=120, blank=True)
    grant_holder = models.BooleanField(null=True, blank=True)
    long_internship = models.BooleanField(
        null=True, blank=True, help_text="the internship of year 2 was longer than the year says"
    )
    reason = models.CharField(
        max_length=1000, blank=True, help_text="why it is refused, given up or broken"
    )
    tutor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    override = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="hundredths: the conduct mark given in place of the sum"
    )
    override_reason = models.CharField(max_length=1000, blank=True)
    offers_by_mail = models.BooleanField(
        default=True, help_text="receives the offers of companies of the week"
    )
    created_at = models.DateTimeField()
    invited_at = models.DateTimeField(null=True, blank=True)
    sort_key = models.CharField(max_length=170, blank=True, editable=False)
    search_text = models.CharField(max_length=400, blank=True, editable=False)

    class Meta:
        verbose_name = _("student’s file")
        verbose_name_plural = _("students’ files")
        ordering = ("sort_key", "pk")
        constraints = [
            models.UniqueConstraint("year", models.functions.Lower("email"), name="student_once"),
            models.UniqueConstraint(
                "year", "user", name="student_account_once", condition=Q(user__isnull=False)
            ),
            models.CheckConstraint(
                name="student_refused_with_a_reason",
                condition=~Q(state=StudentState.REFUSED.value) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="student_broken_with_a_reason",
                condition=~Q(state=StudentState.BROKEN.value) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="student_override_with_a_reason",
                condition=Q(override__isnull=True, override_reason="")
                | (Q(override__isnull=False) & ~Q(override_reason="")),
            ),
            models.CheckConstraint(
                name="student_home_school_of_double_degree",
                condition=Q(double_degree=True) | Q(home_school=""),
            ),
        ]
        indexes = [
            models.Index("year", "sort_key", "id", name="student_list"),
            models.Index("year", "department", "sort_key", "id", name="student_list_department"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.usual_name or self.birth_name}".strip()

    def in_journal(self) -> Subject:
        return Subject("contract_student", self.ref, self.year.slug)


class ConditionFact(Movable):
    """What is known of a condition for a student: no row, nothing is known."""

    moves = FACT_MOVES
    student = models.ForeignKey(StudentFile, on_delete=models.CASCADE, related_name="facts")
    key = models.CharField(max_length=40)
    state = EnumField(max_length=8, enum=FactState, default=FactState.UNKNOWN)
    said_by = EnumField(max_length=20, enum=Party)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    evidence = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("what is known of a condition")
        constraints = [models.UniqueConstraint("student", "key", name="condition_fact_once")]

    def __str__(self) -> str:
        return f"{self.student}: {self.key} {self.state}"

    def in_journal(self) -> Subject:
        return Subject(
            "contract_condition", self.student.ref, self.student.year.slug, {"condition": self.key}
        )


class InformationMeeting(models.Model):
    """When and where students are told of the contrat pro; who was there is ticked or imported."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    year = models.ForeignKey(ContractYear, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    departments = models.JSONField(default=list, blank=True, help_text="none: all are called")

    class Meta:
        verbose_name = _("information meeting")
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_its_start", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}, {self.starts_at:%Y-%m-%d}"

    def in_journal(self) -> Subject:
        return Subject("information_meeting", self.ref, self.year.slug)


class MeetingAttendance(models.Model):
    meeting = models.ForeignKey(
        InformationMeeting, on_delete=models.CASCADE, related_name="attendances"
    )
    student = models.ForeignKey(StudentFile, on_delete=models.CASCADE, related_name="attendances")

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "student", name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.student}, {self.meeting}"


class DepartmentHead(models.Model):
    """Who heads a department of a year, or one of its options: they agree to contracts and approve sheets."""

    year = models.ForeignKey(ContractYear, on_delete=models.CASCADE, related_name="heads")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    department = models.CharField(max_length=40)
    option = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("department or option head")
        constraints = [
            models.UniqueConstraint("year", "user", "department", "option", name="head_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.department} {self.option}".rstrip()

    def in_journal(self) -> Subject:
        return Subject("department_head", str(self.pk), self.year.slug)


class PaperTemplate(models.Model):
    """A dated version of a paper that students fill in; the latest of a key is the one handed out."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    year = models.ForeignKey(ContractYear, on_delete=models.CASCADE, related_name="templates")
    title = models.CharField(max_length=120)
    dated = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    replaced = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("template of a paper")
        ordering = ("title", "-dated", "-pk")

    def __str__(self) -> str:
        return f"{self.title} ({self.dated})"

    def in_journal(self) -> Subject:
        return Subject("paper_template", self.ref, self.year.slug)
