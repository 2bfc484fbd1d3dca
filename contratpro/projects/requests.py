"""What the views of a report begin with: the one of that number."""

from collections.abc import Iterable

from django.http import Http404

from contratpro.models.reports import DepositedReport


def report_or_404(reports: Iterable[DepositedReport], number: int) -> DepositedReport:
    for report in reports:
        if report.number == number:
            return report
    raise Http404
