"""One form per slot: the files of a piece, or the day on which it will exist."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from common.files.rules import MEDIA_TYPES, Format
from common.forms import DateField


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files at once; always a list."""

    widget = FilesInput
    default_error_messages = {"required": _("Choose a file first.")}

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        chosen = data if isinstance(data, list | tuple) and data else [None]
        return [super(FilesField, self).clean(one, initial) for one in chosen]


class SlotForm(forms.Form):
    """What a slot may receive. `due_on` is read by one command, `uploads` by the other."""

    use_required_attribute = False
    uploads = FilesField(label=_("Files"), required=False)
    due_on = DateField(label=_("Available around"), required=False)

    def __init__(self, *args: Any, formats: Iterable[str], max_files: int, max_bytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].widget.attrs["class"] = "form-control"
        widget = self.fields["uploads"].widget
        widget.attrs["accept"] = ",".join(part for one in formats for part in (f".{one}", MEDIA_TYPES[Format(one)]))
        widget.attrs["multiple"] = max_files > 1
        widget.attrs["data-max-bytes"] = max_bytes
