"""Where the study of dossiers begins: what was submitted enters the selections of its programmes."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from admissions.models import Application, Candidacy
from admissions.states import CandidacyAction, CandidacyState
from campaigns.models import Stage
from common.journal import Stamp
from common.moves import move_all


def enter_selections(applications: Collection[Application], stamp: Stamp) -> None:
    """Move what locked dossiers have submitted to the first stage of its selection, as the jury's list orders it."""
    submitted = Candidacy.objects.filter(
        application__in=applications, state=CandidacyState.SUBMITTED
    )
    entering = list(
        submitted.order_by("pk")
        .select_for_update(of=("self",))
        .select_related("programme__selection", "application__campaign")
    )
    by_first: dict[tuple[int, str], list[Candidacy]] = defaultdict(list)
    for candidacy in entering:
        selection = candidacy.programme.selection
        by_first[selection.pk, selection.first].append(candidacy)
    for (selection_id, key), candidacies in by_first.items():
        first = Stage.objects.get(selection=selection_id, key=key)
        move_all(candidacies, CandidacyAction.ENTER, stamp, stage=first)
    own = Application.objects.filter(pk=OuterRef("application"))
    Candidacy.objects.filter(pk__in=[row.pk for row in entering]).update(
        sort_key=Subquery(own.values("sort_key")), received_at=Subquery(own.values("received_at"))
    )
