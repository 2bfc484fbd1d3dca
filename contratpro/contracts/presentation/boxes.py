"""An employment contract in words: its boxes, what is said beside each, its pay month by month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import to_python
from stdnum.fr import nir, siret

from common.drafts.rules import Content
from common.formats import euros, localized, phone, short_day
from common.refusals import say
from common.rules import Refusal
from common.signs import Sign
from companies.employment.rules.form import (
    EmploymentForm,
    FieldKind,
    FormField,
    FormPart,
    FormSection,
    understood,
)
from companies.pay.rules import MonthlyMinimum, PayBase
from companies.secrets.rules import Reading
from companies.secrets.selectors import KnownSecrets
from companies.secrets.services import ReadSecrets
from contratpro.contracts.rules.review import ContractReview, SaidBeside
from contratpro.states import EmploymentState

HOUR = 60


EMPLOYMENT_SIGNS: Mapping[EmploymentState, Sign] = {
    EmploymentState.DRAFT: Sign(_("being filled in"), "pencil", "action"),
    EmploymentState.READY: Sign(_("ready to be signed"), "check2", "action"),
    EmploymentState.SIGNED: Sign(_("signed"), "check-circle-fill", "done"),
}
PART_WORDS: Mapping[FormPart, Promise] = {
    FormPart.EMPLOYER: _("Part of the company"),
    FormPart.EMPLOYEE: _("Part of the student"),
    FormPart.SCHOOL: _("Said by the school"),
}
BASE_WORDS: Mapping[PayBase, Promise] = {
    PayBase.SMIC: _("of the minimum wage"),
    PayBase.BRANCH: _("of the branch’s minimum"),
    PayBase.AGREEMENT: _("of what the branch sets"),
}


READING_WORDS: Mapping[Reading, Promise] = {
    Reading.PAGE: _("on a page"),
    Reading.SHEET: _("on a data sheet"),
    Reading.COPY: _("on the signed form"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSaying:
    """A sentence beside a box: never known by its colour alone."""

    words: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxRow:
    """A box to be read, or typed in: `bound` is the field of the form, then. `by_hand`: it is written on the paper."""

    key: str
    label: str
    value: str
    ours: bool
    by_hand: bool
    sealed: bool
    long: bool
    lacking: bool
    bound: object | None
    says: tuple[BoxSaying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSection:
    key: str
    title: str
    part: str
    rows: tuple[BoxRow, ...]

    @property
    def is_typed_here(self) -> bool:
        return any(row.bound for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRow:
    """The minimum of a month, what it is made of, and whether what is paid is under it."""

    month: str
    minimum: str
    made_of: str
    law: str
    is_under: bool
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxList:
    """What a page shows of the boxes besides their text."""

    says: Sequence[SaidBeside] = ()
    notes: Sequence[SaidBeside] = ()
    bound: Mapping[str, object]
    secrets: KnownSecrets | None = None  # None: whoever reads may not know whether they are there


def label_of(field: FormField) -> str:
    return localized(field.label)


def sections_of(form: EmploymentForm, content: Content, shown: BoxList) -> list[BoxSection]:
    """The form in its order, each box with what is said beside it."""
    return [_section(section, content, shown) for section in form.sections]


def _section(section: FormSection, content: Content, shown: BoxList) -> BoxSection:
    return BoxSection(
        key=section.key,
        title=localized(section.title),
        part=str(PART_WORDS[section.part]),
        rows=tuple(_row(field, content, shown) for field in section.fields),
    )


def _row(field: FormField, content: Content, shown: BoxList) -> BoxRow:
    text = content.get(field.key, "")
    sealed = field.kind is FieldKind.SEALED
    value = _sealed_words(field.key, shown.secrets) if sealed else readable(field, text)
    by_hand = field.kind is FieldKind.BY_HAND or (sealed and not value)
    return BoxRow(
        key=field.key,
        label=label_of(field),
        value=value,
        ours=field.ours,
        by_hand=by_hand,
        sealed=sealed,
        long=field.kind is FieldKind.LONG,
        lacking=not (value or by_hand or field.optional),
        bound=shown.bound.get(field.key),
        says=(
            *(
                _saying(one.said, "exclamation-triangle-fill", "due")
                for one in shown.says
                if one.box == field.key
            ),
            *(
                _saying(one.said, "info-circle", "quiet")
                for one in shown.notes
                if one.box == field.key
            ),
        ),
    )


def _saying(said: Refusal, icon: str, tone: str) -> BoxSaying:
    return BoxSaying(words=say(said), icon=icon, tone=tone)


def _sealed_words(key: str, secrets: KnownSecrets | None) -> str:
    """Since when it is there, for whoever may know that; the value is read apart, each time on record."""
    at = None if secrets is None else {"nir": secrets.nir_at}.get(key, secrets.disability_at)
    if at is None:
        return ""
    return gettext(
        "Typed on %(day)s. Only the contrat pro office may show it, each time on record."
    ) % {"day": short_day(at)}


def readable(field: FormField, text: str) -> str:
    """As one reads it; what is not understood is shown as it was typed."""
    value = understood(field, text)
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, int):
        return _figure(field, value)
    return text.strip() if value is None else _text(field, value)


def _text(field: FormField, value: str) -> str:
    if field.kind is FieldKind.CHOICE:
        return localized(field.choices[value])
    if field.kind is FieldKind.SIRET and siret.is_valid(value):
        return str(siret.format(value))
    if field.kind is FieldKind.PHONE:
        return phone(to_python(value)) or value
    return value


def _figure(field: FormField, value: int) -> str:
    if field.kind is FieldKind.EUROS:
        return euros(value)
    if field.kind is FieldKind.HOURS:
        hours, minutes = divmod(value, HOUR)
        return gettext("%(hours)s\u00a0h\u00a0%(minutes)02d") % {"hours": hours, "minutes": minutes}
    return str(value)


def reading_of(form: EmploymentForm) -> Mapping[str, FormField]:
    """The boxes by their key, for whoever shows two texts side by side."""
    return {field.key: field for field in form.fields}


def lacking_words(review: ContractReview) -> list[str]:
    """How many boxes each part lacks."""
    counts = {part: sum(one.part is part for one in review.missing) for part in FormPart}
    words = {
        FormPart.EMPLOYER: ngettext(
            "%(count)s box of the company is still empty.",
            "%(count)s boxes of the company are still empty.",
            counts[FormPart.EMPLOYER],
        ),
        FormPart.EMPLOYEE: ngettext(
            "%(count)s box of the student is still empty.",
            "%(count)s boxes of the student are still empty.",
            counts[FormPart.EMPLOYEE],
        ),
        FormPart.SCHOOL: ngettext(
            "%(count)s box that the school’s year says is still empty.",
            "%(count)s boxes that the school’s year says are still empty.",
            counts[FormPart.SCHOOL],
        ),
    }
    return [words[part] % {"count": count} for part, count in counts.items() if count]


def said_with_boxes(form: EmploymentForm, said: Iterable[SaidBeside]) -> list[tuple[str, str, str]]:
    """Each sentence with the box beside which it is said: its key and its name."""
    fields = reading_of(form)
    return [(one.box, label_of(fields[one.box]), say(one.said)) for one in said]


def pay_rows(
    months: Iterable[tuple[date, MonthlyMinimum | None]], gross_cents: int | None
) -> list[PayRow]:
    """Each month whose minimum is known, against what is typed."""
    return [_pay_row(minimum, gross_cents) for _month, minimum in months if minimum]


def _pay_row(minimum: MonthlyMinimum, gross_cents: int | None) -> PayRow:
    line = minimum.lines[-1]
    return PayRow(
        month=format_date(minimum.month, "F Y"),
        minimum=euros(minimum.cents),
        made_of=gettext("%(percent)s\u00a0%% %(base)s (%(amount)s)")
        % {
            "percent": line.percent,
            "base": BASE_WORDS[line.base],
            "amount": euros(line.base_cents),
        },
        law=minimum.law,
        is_under=gross_cents is not None and gross_cents < minimum.cents,
        provisional=minimum.provisional,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretWords:
    """What was read, as it is shown once to whoever asked for it, and printed on their data sheet."""

    nir: str
    disability: str


def secret_words(secrets: ReadSecrets) -> SecretWords:
    disability = {True: gettext("Yes"), False: gettext("No")}
    return SecretWords(
        nir=str(nir.format(secrets.nir)) if secrets.nir else "",
        disability="" if secrets.is_disabled is None else disability[secrets.is_disabled],
    )


def with_secrets(sections: Iterable[BoxSection], words: SecretWords) -> list[BoxSection]:
    """The sections as the contract service prints them: what is secret in its boxes, by hand where nobody typed it."""
    values = {"nir": words.nir, "disability": words.disability}
    return [
        BoxSection(
            key=section.key,
            title=section.title,
            part=section.part,
            rows=tuple(_unsealed(row, values) for row in section.rows),
        )
        for section in sections
    ]


def _unsealed(row: BoxRow, values: Mapping[str, str]) -> BoxRow:
    if not row.sealed:
        return row
    return replace(row, value=values[row.key], by_hand=not values[row.key])
