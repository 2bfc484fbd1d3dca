"""allauth's forms in our words, without the placeholders that repeat their labels."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
PASSWORD_HELP = _(
    "At least 12 characters. A sentence that you remember is better than a complicated word."
)


class Worded(forms.Form):
    """Labels and help by field; the keyboard of digits for codes."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            if name == "code":
                field.widget.attrs["inputmode"] = "numeric"


class LoginForm(Worded, account_forms.LoginForm):
    labels = {"login": EMAIL, "password": PASSWORD}


class SignUpForm(Worded, account_forms.SignupForm):
    labels = {"email": EMAIL, "password1": PASSWORD}
    helps = {
        "email": _(
            "You receive a code there at once, then everything that concerns your application."
        ),
        "password1": PASSWORD_HELP,
    }


class ResetPasswordForm(Worded, account_forms.ResetPasswordForm):
    labels = {"email": EMAIL}


class ResetPasswordKeyForm(Worded, account_forms.ResetPasswordKeyForm):
    labels = {"password1": NEW_PASSWORD, "password2": _("New password, once more")}
    helps = {"password1": PASSWORD_HELP}


class ChangePasswordForm(Worded, account_forms.ChangePasswordForm):
    labels = {
        "oldpassword": _("Current password"),
        "password1": NEW_PASSWORD,
        "password2": _("New password, once more"),
    }
    helps = {"password1": PASSWORD_HELP}


class AddEmailForm(Worded, account_forms.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class ReauthenticateForm(Worded, account_forms.ReauthenticateForm):
    labels = {"password": PASSWORD}


class ConfirmEmailForm(Worded, account_forms.ConfirmEmailVerificationCodeForm):
    labels = {"code": _("Code received by e-mail")}


class AuthenticateForm(Worded, mfa_forms.AuthenticateForm):
    labels = {"code": _("Code from your application, or a recovery code")}


class ReauthenticateCodeForm(Worded, mfa_forms.ReauthenticateForm):
    labels = {"code": _("Code from your application, or a recovery code")}


class ActivateTotpForm(Worded, totp_forms.ActivateTOTPForm):
    labels = {"code": _("Code shown by your application")}


class StaffInvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The account of someone who will work for a school."""

    class Meta:
        model = User
        fields = ("email", "language")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("This address has an account already."))
        return email
