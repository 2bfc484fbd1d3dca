"""The student deposits the report of the final project (R-PRO-13)."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp, note
from common.refusals import refuse_unless, require
from contratpro.models import PfeReport
from contratpro.pfe.mails import PfeNews, tell_followers
from contratpro.pfe.rules import may_deposit
from contratpro.pfe.selectors import due_of_pfe_report
from contratpro.pfe.services.locking import lock_defence
from contratpro.projects.services.depositing import Upload, keep_report
from contratpro.steps.selectors import has_step, today_of
from contratpro.steps.services import declare_step
from contratpro.students.permissions import can_act_as_student
from contratpro.vocabulary import PFE_REPORT


@transaction.atomic
def deposit_pfe_report(*, ref: str, report: Upload, actor: User, now: datetime) -> PfeReport:
    """Keep a report, in time or late. The same file deposited again changes nothing."""
    defence = lock_defence(ref)
    student = defence.student
    require(can_act_as_student(actor, student))
    refuse_unless(may_deposit(student.state, defence.state, defence.starts_at, now))
    late = today_of(student.year, now) > due_of_pfe_report(defence)
    row, is_new = keep_report(
        defence.reports, upload=report, purpose="pfe_report", late=late, now=now
    )
    if is_new:
        stamp = Stamp.of(actor, now, "", number=row.number, late=late)
        note(defence, PfeNews.DEPOSITED, stamp, source=defence.state, target=defence.state)
        if has_step(student, PFE_REPORT):
            declare_step(student=student, key=PFE_REPORT, actor=actor, now=now)
        tell_followers(defence, PfeNews.DEPOSITED, now, late=late)
    return row
