"""The document as rules and pages read it."""

from companies.employment.document.schema import FormBox, FormDocument, FormVersion
from companies.employment.rules.form import EmploymentForm, FormField, FormSection


def forms_of(document: FormDocument) -> dict[str, EmploymentForm]:
    """Every version by its number, the latest last."""
    return {version.version: _form(document, version) for version in document.versions}


def _form(document: FormDocument, version: FormVersion) -> EmploymentForm:
    return EmploymentForm(
        number=document.number,
        title=document.title,
        version=version.version,
        since=version.since,
        source=version.source,
        to_verify=version.to_verify,
        sections=tuple(
            FormSection(
                key=key,
                title=section.title,
                part=section.part,
                fields=tuple(_field(name, box) for name, box in section.fields.items()),
            )
            for key, section in version.sections.items()
        ),
    )


def _field(key: str, box: FormBox) -> FormField:
    return FormField(
        key=key,
        label=box.label,
        kind=box.kind,
        source=box.source,
        optional=box.optional,
        ours=box.ours,
        help=box.help,
        choices={name: choice.title for name, choice in box.choices.items()},
    )
