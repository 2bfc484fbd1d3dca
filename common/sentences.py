from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "file_empty": _("This file is empty. Open it on your device to check it, then choose it again."),
    "file_too_big": _(
        "This file is over the limit of %(max_bytes)s. To make it lighter: scan again in black and white at 150 dpi, "
        "export the PDF as “small file” or “minimum size”, or reduce the picture's dimensions."
    ),
    "file_wrong_type": _(
        "Whatever its name says, this file is not in an accepted format (%(formats)s). "
        "Open it on your device, save or print it in one of these, then choose the new file."
    ),
    "file_too_many_pixels": _(
        "This picture measures %(width)s × %(height)s pixels, the limit is %(max_pixels)s on either side. "
        "Reduce it with the “Resize” command of your pictures application, then choose it again."
    ),
    "file_unpacks_too_big": _(
        "This file is too large once unpacked to be opened safely. "
        "Scan the document again at 300 dpi at most, or reduce the picture's dimensions."
    ),
    "file_animated": _("This picture is animated. Save it as a still picture (JPG or PNG), then choose it again."),
    "file_corrupt": _(
        "This file is damaged: it cannot be read to its end. Open it on your device; if it shows well, "
        "print it to a new PDF or save the picture again. If not, make the scan again."
    ),
    "file_encrypted": _(
        "This PDF is protected by a password or restricts what may be done with it. "
        "Open it, print it to a new PDF without protection, then choose the new file."
    ),
    "file_active": _(
        "This PDF holds something other than pages to read: a script, an attached file, a film or a form that sends "
        "data. Open it, print it to a new PDF, then choose the new file."
    ),
}
