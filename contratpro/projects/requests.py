"""What the views of reports have in common: the one of that number, and what is said of one that was deposited."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.requests import PersonRequest
from contratpro.models.reports import DepositedReport


def report_or_404(reports: Iterable[DepositedReport], number: int) -> DepositedReport:
    for report in reports:
        if report.number == number:
            return report
    raise Http404


def tell_deposit(
    request: PersonRequest,
    before: Sequence[DepositedReport],
    after: Sequence[DepositedReport],
) -> None:
    """That a report is deposited, or that the file is the one which was deposited last. The last one comes first."""
    number = after[0].number
    if before and before[0].number == number:
        said = _("This is the same file as version %(number)s: nothing is added.")
        messages.info(request, said % {"number": number})
    else:
        messages.success(request, _("Your report is deposited."))
