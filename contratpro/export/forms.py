"""Which columns of the students leave, and in which format."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contratpro.export.presentation import student_columns
from contratpro.export.selectors import ExportedStudent
from screens.exports import ExportColumn, ExportFormat

FORMATS = (
    (ExportFormat.XLSX, _("Excel (xlsx)")),
    (ExportFormat.CSV, _("Text (csv)")),
)


class StudentExportForm(forms.Form):
    use_required_attribute = False
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick one column at least.")},
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=FORMATS,
        widget=forms.RadioSelect,
        initial=ExportFormat.XLSX,
        error_messages={"required": _("Choose a format.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["columns"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(column.key, column.heading) for column in student_columns()]
        field.initial = [column.key for column in student_columns()]

    @property
    def ticked(self) -> list[ExportColumn[ExportedStudent]]:
        """In the order of the list, whatever the order in which they were ticked."""
        chosen = set(self.cleaned_data["columns"])
        return [column for column in student_columns() if column.key in chosen]
