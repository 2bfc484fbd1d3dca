from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from phonenumber_field.modelfields import PhoneNumberField

from accounts.enums import Role
from common.fields import EnumField, Subject


class School(models.Model):
    """A school, or the body that organises a campaign for several schools."""

    slug = models.SlugField(_("identifier"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    def __str__(self) -> str:
        return self.name

    def in_journal(self) -> Subject:
        return Subject("school", str(self.pk), self.slug)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Whoever it belongs to is a Person; what it may do for a school, its RoleGrants."""

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=2, default="fr", choices={"fr": "français", "en": "English"}
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("works in the administration"), default=False)
    date_joined = models.DateTimeField(_("created on"), auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_one_per_email")]

    def __str__(self) -> str:
        return self.email

    def in_journal(self) -> Subject:
        return Subject("user", str(self.pk), "")


class Identity(models.Model):
    """Who someone is, as they write it: the latest for a person, as it was then for what they submitted."""

    birth_name = models.CharField(max_length=80, blank=True)
    usual_name = models.CharField(max_length=80, blank=True)
    first_names = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True, blank=True)
    nationality = CountryField(blank=True)
    french_mother_tongue = models.BooleanField(null=True, blank=True)
    phone = PhoneNumberField(blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=80, blank=True)
    country = CountryField(blank=True)
    ine = models.CharField(max_length=11, blank=True)

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.usual_name or self.birth_name}".strip()


class Person(Identity):
    """Who applies, from one session to the next; what they last wrote is offered to their next dossier."""

    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )

    def __str__(self) -> str:
        return self.full_name

    def in_journal(self) -> Subject:
        return Subject("person", str(self.pk), "")


class RoleGrant(models.Model):
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="grants", verbose_name=_("account")
    )
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="grants", verbose_name=_("school")
    )
    role = EnumField(_("role"), max_length=20, enum=Role)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint("user", "school", "role", name="grant_once"),
            models.CheckConstraint(
                name="grant_known_role", condition=models.Q(role__in=Role.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.school}"


class SignedLink(models.Model):
    """What someone without an account was sent: it opens one page, for one purpose."""

    purpose = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=80)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    single_use = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="link_expires_after_issue",
                condition=models.Q(expires_at__gt=models.F("created_at")),
            ),
        ]
        indexes = [models.Index("purpose", "subject_ref", name="link_of_subject")]  # revoking

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_ref}"

    def in_journal(self) -> Subject:
        said = {"purpose": self.purpose, "subject": self.subject_ref}
        return Subject("signedlink", str(self.pk), "", said)
