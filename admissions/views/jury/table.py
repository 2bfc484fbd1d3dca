"""What every screen of a stage begins with: who studies what, in which list, in which order."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from accounts.requests import PersonRequest
from admissions.forms.jury import TO_DECIDE, JuryFilter
from admissions.models import Candidacy
from admissions.selectors.sealed.benches import Bench, bench_of
from admissions.selectors.sealed.candidacies import NAME, ORDERS, WAITING, Place, at_stage, in_order, place_of
from admissions.selectors.sealed.counts import stage_or_none
from campaigns.models import Selection, Stage


@dataclass(frozen=True, slots=True)
class Table:
    """A stage before someone, with the filters that the address keeps from page to page."""

    bench: Bench
    stage: Stage
    asked: QueryDict
    found: JuryFilter

    @property
    def rows(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.found.qs
        return found

    @property
    def order(self) -> str:
        asked = self.asked.get("order", NAME)
        return asked if asked in ORDERS else NAME

    @property
    def ordered(self) -> QuerySet[Any]:
        return in_order(self.rows, self.order)

    @property
    def query(self) -> str:
        """The filters, without the page."""
        kept = self.asked.copy()
        kept.pop("page", None)
        for name in [name for name, value in kept.items() if not value and name != "decision"]:
            del kept[name]
        return kept.urlencode()

    @property
    def where(self) -> dict[str, str]:
        selection = self.stage.selection
        return {"slug": selection.campaign.slug, "selection": selection.key, "stage": self.stage.key}

    def address(self, name: str, **words: str) -> str:
        query = self.query
        return reverse(name, kwargs=self.where | words) + (f"?{query}" if query else "")

    def place(self, ref: str) -> Place | None:
        return place_of(ref, self.rows, self.order)

    def next_to_decide(self, candidacy: Candidacy) -> str | None:
        """After that one in the list, what is not recorded yet; at the end of the list, from its beginning."""
        place = place_of(candidacy.ref, self.rows.filter(WAITING | Q(pk=candidacy.pk)), self.order)
        if place and place.next:
            return place.next
        others = in_order(self.rows.filter(WAITING).exclude(pk=candidacy.pk), self.order)
        first: str | None = others.values_list("ref", flat=True).first()
        return first


def table_or_404(request: PersonRequest, slug: str, selection: str, stage: str) -> Table:
    """The stage as `request.user` studies it; 404 if they study nothing of its selection."""
    selected = Selection.objects.select_related("campaign").filter(campaign__slug=slug, key=selection).first()
    bench = bench_of(request.user, selected) if selected else None
    if bench is None or selected is None:
        raise Http404
    row = stage_or_none(selected, stage)
    if row is None:
        raise Http404
    asked = _asked(request)
    return Table(bench, row, asked, JuryFilter(asked, at_stage(bench, row), bench=bench, stage=row))


def _asked(request: HttpRequest) -> QueryDict:
    """At first, what is to be decided."""
    asked = request.GET.copy()
    asked.setdefault("decision", TO_DECIDE)
    asked.setdefault("order", NAME)
    return asked
