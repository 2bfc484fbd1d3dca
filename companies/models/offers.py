"""What a company offers to students: written by link or by the office, read by the office, then put before them."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import School, User
from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref
from companies.models.company import Company
from companies.states import OFFER_MOVES, OfferAction, OfferAudience, OfferEnding, OfferState

UNSAID = [OfferState.DRAFT.value, OfferState.CLOSED.value]
ONCE_PUBLISHED = [OfferState.PUBLISHED.value, OfferState.EXPIRED.value]


class JobOffer(Movable):
    """The columns say what was sent last; the draft, what is being typed by link and nobody else reads."""

    moves = OFFER_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="job_offers")
    audience = EnumField(max_length=20, enum=OfferAudience)
    state = EnumField(max_length=10, enum=OfferState, default=OfferState.DRAFT)
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", help_text="who invited, or posted it"
    )
    company_email = models.EmailField(blank=True, help_text="to whom the link was sent last")
    number = models.PositiveSmallIntegerField(default=0, help_text="how often it was said")
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="job_offers"
    )
    title = models.CharField(max_length=120, blank=True)
    missions = models.TextField(blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True)
    place_postcode = models.CharField(max_length=12, blank=True)
    area = models.CharField(max_length=3, blank=True, help_text="French département of the place")
    pay = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = PhoneNumberField(blank=True)
    apply_at = models.CharField(max_length=300, blank=True, help_text="an address to apply at")
    attachment = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    draft = models.JSONField(default=dict, blank=True, help_text="as typed, until it is sent")
    draft_at = models.DateTimeField(null=True, blank=True)
    draft_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, help_text="the last time")
    expires_on = models.DateField(null=True, blank=True, help_text="its last day")
    reminded_for = models.DateField(
        null=True, blank=True, help_text="the last day of which the company was told"
    )
    reason = models.CharField(max_length=1000, blank=True, help_text="why it is refused")
    ending = EnumField(max_length=10, enum=OfferEnding, blank=True)
    search_text = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("company offer")
        verbose_name_plural = _("company offers")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="offer_said_unless_draft",
                condition=Q(state__in=UNSAID, number=0, company=None, expires_on=None)
                | (
                    ~Q(state=OfferState.DRAFT.value)
                    & Q(number__gte=1, company__isnull=False, expires_on__isnull=False)
                    & Q(sent_at__isnull=False)
                    & ~Q(title="")
                ),
            ),
            models.CheckConstraint(
                name="offer_published_has_its_hour",
                condition=~Q(state__in=ONCE_PUBLISHED) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="offer_reason_iff_refused",
                condition=(Q(state=OfferState.REFUSED.value) & ~Q(reason=""))
                | (~Q(state=OfferState.REFUSED.value) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="offer_ending_iff_closed",
                condition=(Q(state=OfferState.CLOSED.value) & ~Q(ending=""))
                | (~Q(state=OfferState.CLOSED.value) & Q(ending="")),
            ),
            models.CheckConstraint(
                name="offer_draft_until_closed",
                condition=~Q(state=OfferState.CLOSED.value)
                | Q(draft={}, draft_at__isnull=True, draft_file__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                "school", "audience", "state", "expires_on", name="offer_list"
            ),  # students
            models.Index("state", "expires_on", name="offer_to_expire"),  # the sweep
        ]

    def __str__(self) -> str:
        return self.title or self.company_email

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """A reason is that of what was refused; what is sent or closed has no draft any more."""
        written: dict[str, object] = {}
        if target is not OfferState.REFUSED:
            written["reason"] = ""
        if action in {OfferAction.SEND, OfferAction.CLOSE}:
            written |= {"draft": {}, "draft_at": None, "draft_file": None}
        return {**super().written_with(action, target), **written}

    def in_journal(self) -> Subject:
        return Subject("job_offer", self.ref, self.school.slug)
