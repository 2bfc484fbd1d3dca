"""What lacks in a contract, what cannot be read, what stands against it and what is to be confirmed, box by box."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from common.drafts.rules import Content
from common.rules import Refusal
from companies.employment.rules.checks import check_contract
from companies.employment.rules.facts import (
    BranchTerms,
    ContractNature,
    ContractNote,
    DiplomaHeld,
    EmploymentFacts,
    StaffCategory,
)
from companies.employment.rules.form import (
    EmploymentForm,
    FieldKind,
    FormPart,
    Value,
    understood,
)
from companies.pay.rules import PayTables

# The box beside which each sentence about the contract is said.
BESIDE: Mapping[str, str] = {
    "employee_too_young": "born_on",
    "employee_too_old": "job_seeker",
    "company_not_under_french_law": "french_law",
    "employer_is_public_body": "public_body",
    "contract_ends_before_it_starts": "ends_on",
    "contract_ends_before_exams": "ends_on",
    "fixed_term_not_of_the_year": "ends_on",
    "action_not_of_the_year": "ends_on",
    "contract_too_short": "ends_on",
    "contract_too_long": "ends_on",
    "tutor_lacks_experience": "tutor_years",
    "tutor_follows_too_many": "tutor_follows",
    "weekly_time_missing": "weekly_time",
    "weekly_time_too_long": "weekly_time",
    "overtime_not_reckoned": "weekly_time",
    "training_too_short": "total_hours",
    "training_under_share": "total_hours",
    "training_over_share": "total_hours",
    "training_over_share_by_branch": "total_hours",
    "trial_too_long": "trial_days",
    "pay_under_minimum": "gross_pay",
    "minimum_pay_unknown": "gross_pay",
    "pay_must_rise": "gross_pay",
    "wage_may_have_risen": "gross_pay",
    "pay_level_to_confirm": "diploma_held",
    "deposit_due": "starts_on",
    "deposit_late": "starts_on",
}
# The box that states each fact, where it has another name than the fact.
BOXES: Mapping[str, str] = {
    "is_job_seeker": "job_seeker",
    "is_under_french_law": "french_law",
    "is_public_body": "public_body",
    "weekly_minutes": "weekly_time",
    "diploma": "diploma_held",
    "gross_cents": "gross_pay",
}
PLAIN = (
    "born_on",
    "is_job_seeker",
    "is_under_french_law",
    "is_public_body",
    "concluded_on",
    "starts_on",
    "ends_on",
    "last_exam_on",
    "tutor_years",
    "tutor_follows",
    "tutor_is_employer",
    "weekly_minutes",
    "trial_days",
    "gross_cents",
)
CHOSEN: Mapping[str, Callable[[Any], Any]] = {
    "nature": ContractNature,
    "category": StaffCategory,
    "diploma": DiplomaHeld,
}
NO_SLIP = frozenset({FieldKind.SEALED, FieldKind.BY_HAND})


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingBox:
    """A box that the contract needs and that nobody has filled in, and whose part it is."""

    box: str
    part: FormPart


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidBeside:
    """A sentence, and the box beside which it is said."""

    box: str
    said: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractReview:
    """All that is to be said of a contract as it is typed. `facts`: what was understood."""

    facts: EmploymentFacts
    missing: tuple[MissingBox, ...]
    slips: tuple[SaidBeside, ...]
    refusals: tuple[SaidBeside, ...]
    notes: tuple[SaidBeside, ...]

    @property
    def is_clean(self) -> bool:
        return not (self.missing or self.slips or self.refusals)


def review_contract(
    form: EmploymentForm,
    content: Content,
    months: int,
    tables: PayTables,
    is_siret: Callable[[str], bool],
) -> ContractReview:
    """What is to be said of a text of which some boxes are typed. `is_siret` looks at the sum of its figures."""
    values = {field.key: understood(field, content.get(field.key, "")) for field in form.fields}
    facts = facts_of(values, months)
    checked = check_contract(facts, tables)
    return ContractReview(
        facts=facts,
        missing=missing_boxes(form, content),
        slips=slips_of(form, content, values, is_siret),
        refusals=tuple(said_beside(one) for one in checked.refusals),
        notes=tuple(said_beside(one) for one in checked.notes),
    )


def missing_boxes(form: EmploymentForm, content: Content) -> tuple[MissingBox, ...]:
    """In the order of the form. What is kept apart, or written by hand, is not asked here."""
    return tuple(
        MissingBox(box=field.key, part=section.part)
        for section in form.sections
        for field in section.fields
        if field.kind not in NO_SLIP
        and not field.optional
        and not content.get(field.key, "").strip()
    )


def slips_of(
    form: EmploymentForm,
    content: Content,
    values: Mapping[str, Value | None],
    is_siret: Callable[[str], bool],
) -> tuple[SaidBeside, ...]:
    """What is typed and does not say what its box asks for."""
    slips = []
    for field in form.fields:
        value = values[field.key]
        if value is None and content.get(field.key, "").strip():
            slips.append(SaidBeside(box=field.key, said=Refusal(f"box_is_no_{field.kind}")))
        elif field.kind is FieldKind.SIRET and value is not None and not is_siret(str(value)):
            slips.append(SaidBeside(box=field.key, said=Refusal("siret_is_wrong")))
    return tuple(slips)


def facts_of(values: Mapping[str, Any], months: int) -> EmploymentFacts:
    """What the boxes say, as the checks read it."""
    plain = {name: values.get(BOXES.get(name, name)) for name in PLAIN}
    chosen = {
        name: None if values.get(box) is None else read(values[box])
        for name, read in CHOSEN.items()
        for box in [BOXES.get(name, name)]
    }
    return EmploymentFacts(
        months=months,
        training_hours=values.get("total_hours") or 0,
        **plain,
        **chosen,
        branch=BranchTerms(
            reference=values.get("branch_reference") or "",
            minimum_cents=values.get("branch_minimum"),
            agreed_cents=values.get("branch_pay"),
            most_months=values.get("branch_months"),
        ),
    )


def as_kept(note: Refusal) -> dict[str, object]:
    """A note as a version keeps it."""
    params = {
        name: {"day": value.isoformat()} if isinstance(value, date) else value
        for name, value in note.params.items()
    }
    return {"code": note.code, "params": params}


def as_noted(kept: Mapping[str, Any]) -> ContractNote:
    """A note that a version keeps."""
    params = {
        name: date.fromisoformat(value["day"]) if isinstance(value, Mapping) else value
        for name, value in kept["params"].items()
    }
    return ContractNote(kept["code"], params)


def said_beside(said: Refusal) -> SaidBeside:
    return SaidBeside(box=BESIDE[said.code], said=said)
