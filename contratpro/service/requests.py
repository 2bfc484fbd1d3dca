"""What the views of an information meeting begin with: the meeting, for whom it exists."""

from django.http import Http404

from accounts.models import User
from contratpro.models import InformationMeeting
from contratpro.students.permissions import can_handle
from contratpro.students.selectors import meeting_by_ref


def handled_meeting_or_404(user: User, ref: str) -> InformationMeeting:
    meeting = meeting_by_ref(ref)
    if meeting is None or not can_handle(user, meeting.year):
        raise Http404
    return meeting
