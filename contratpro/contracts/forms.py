"""The contract as it is typed, box by box; what is kept apart of it; and what the contract service says of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.formats import localized
from common.forms import YES_NO, DateField, YesNoField, reason_field
from companies.employment.rules.form import EmploymentForm, FieldKind, FormField, FormPart
from contratpro.contracts.presentation.boxes import label_of
from contratpro.models.contracts import DEPOSIT_NUMBER_LENGTH, REASON_LENGTH
from contratpro.vocabulary import CopyChannel

INPUT_MODES = {
    FieldKind.NUMBER: "numeric",
    FieldKind.DAY: "numeric",
    FieldKind.EUROS: "decimal",
    FieldKind.SIRET: "numeric",
    FieldKind.PHONE: "tel",
    FieldKind.EMAIL: "email",
}
EMPTY = ("", _("Not said yet"))


class ContractForm(forms.Form):
    """The boxes of some parts, kept word for word: what is wrong in one is said beside it, and refuses nothing."""

    use_required_attribute = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        form: EmploymentForm,
        parts: Iterable[FormPart],
        kept: Mapping[str, str],
        noted: Iterable[str] = (),
    ) -> None:
        super().__init__(data, initial=dict(kept))
        self.names = form.typed_by(*parts)
        boxes = {field.key: field for field in form.fields}
        said = set(noted)
        self.fields |= {name: _field(boxes[name], is_noted=name in said) for name in self.names}

    @property
    def typed(self) -> dict[str, str]:
        """Word for word, readable or not: what a draft keeps."""
        return {name: str(self.data.get(name, "")) for name in self.names}

    def bound(self) -> dict[str, object]:
        """Each box as a page shows it."""
        return {name: self[name] for name in self.names}


def _field(box: FormField, *, is_noted: bool) -> forms.Field:
    """`is_noted`: something is said beside it, which whoever hears the page is told with the box."""
    common: dict[str, Any] = {
        "label": label_of(box),
        "help_text": localized(box.help),
        "required": False,
    }
    described = {"aria-describedby": f"says-{box.key}"} if is_noted else {}
    if box.kind is FieldKind.YES_NO:
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect(described), **common)
    if box.kind is FieldKind.CHOICE:
        choices = [EMPTY, *((key, localized(title)) for key, title in box.choices.items())]
        return forms.ChoiceField(choices=choices, widget=forms.Select(described), **common)
    if box.kind is FieldKind.LONG:
        area = forms.Textarea({"rows": 2, **described})
        return forms.CharField(strip=False, widget=area, **common)
    mode = {"inputmode": INPUT_MODES[box.kind]} if box.kind in INPUT_MODES else {}
    return forms.CharField(strip=False, widget=forms.TextInput(mode | described), **common)


class WriteOnlyInput(forms.TextInput):
    """Never shows what was typed in it, right or wrong."""

    def get_context(self, name: str, _value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class NirForm(forms.Form):
    use_required_attribute = False
    nir = forms.CharField(
        label=_("Social security number (NIR)"),
        help_text=_("Thirteen characters and the two figures of the key, as on the Vitale card."),
        max_length=30,
        error_messages={"required": _("Type the number.")},
        widget=WriteOnlyInput(attrs={"autocomplete": "off"}),  # a Corsican one has a letter
    )


class DisabilityForm(forms.Form):
    use_required_attribute = False
    is_disabled = YesNoField(
        label=_("Recognised as a disabled worker (RQTH)"),
        error_messages={"required": _("Choose yes or no.")},
    )


class ContractInvitationForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail address of a person of the company"),
        help_text=_("They are told the student’s name and the year; the link opens the contract."),
        error_messages={
            "required": _("Type the address of a person of the company."),
            "invalid": _("This address is not complete."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )


class SeenDraftForm(forms.Form):
    """The draft that was read, which alone is found complete."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput)


class CopyForm(forms.Form):
    """When company and student signed, and how their copy came."""

    use_required_attribute = False
    signed_on = DateField(
        label=_("Signed on"),
        error_messages={"required": _("Type the day of the signature.")},
    )
    channel = forms.TypedChoiceField(
        label=_("How it came"),
        choices=[(CopyChannel.SCAN.value, _("As a scan")), (CopyChannel.POST.value, _("By post"))],
        coerce=CopyChannel,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it came.")},
    )


class SignedCopyForm(CopyForm):
    """The copy that company and student signed, when it came, and its scan."""

    received_on = DateField(
        label=_("Received by the office on"),
        error_messages={"required": _("Type the day on which it came.")},
    )
    scan = forms.FileField(
        label=_("Scan of the signed contract"),
        help_text=_("PDF, JPG or PNG, 10 MB at most. Of a copy on paper, make a scan."),
        error_messages={"required": _("Choose the scan.")},
    )
    field_order = ("signed_on", "received_on", "channel", "scan")


class CorrectedCopyForm(CopyForm):
    """What was wrong of it, and why; another scan only if that was."""

    scan = forms.FileField(
        label=_("Another scan"),
        help_text=_(
            "Only if the one that is here is to be replaced. PDF, JPG or PNG, 10 MB at most."
        ),
        required=False,
    )
    reason = reason_field(help_text=_("The journal keeps it."), length=REASON_LENGTH)


class DepositForm(forms.Form):
    """The deposit at the OPCO, as the employer or the OPCO says it."""

    use_required_attribute = False
    deposited_on = DateField(
        label=_("Deposited at the OPCO on"),
        error_messages={"required": _("Type the day of the deposit.")},
    )
    number = forms.CharField(
        label=_("Number given by the OPCO (optional)"),
        max_length=DEPOSIT_NUMBER_LENGTH,
        required=False,
    )
