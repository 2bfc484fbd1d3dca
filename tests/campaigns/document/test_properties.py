"""What holds of any campaign file that is accepted."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from campaigns.document.checks import check
from campaigns.document.schema import CampaignDocument, Selection
from campaigns.editing.services.loading import load_campaign
from campaigns.models import Campaign
from campaigns.notice.rows import document_of
from campaigns.vocabulary import OutcomeKind
from common.datafile.reading import parse
from common.journal import SYSTEM
from common.rules import first_second, last_second
from tests.factories.campaigns import (
    ALBI_2021,
    ALES_2022,
    ALES_2024,
    LOADED,
    load_nomenclature,
    nomenclature,
)
from tests.properties import tries

FILES = [parse(path.read_text("utf-8")).data for path in (ALES_2022, ALES_2024, ALBI_2021)]
KNOWN = {row.code for row in nomenclature()}
ZONES = ["Europe/Paris", "America/Cayenne", "Indian/Reunion", "Pacific/Noumea"]


def rewired(file: dict, draw: st.DataObject) -> dict:
    """The same stages, their outcomes led elsewhere or made ends."""
    data = deepcopy(file)
    for selection in data["selections"].values():
        names = list(selection["stages"])
        for stage in selection["stages"].values():
            for outcome in stage["outcomes"].values():
                kind = draw.draw(st.sampled_from(["next", "accepted", "rejected"]))
                outcome |= {
                    "kind": kind,
                    "to": draw.draw(st.sampled_from(names)) if kind == "next" else None,
                }
    return data


def accepted(data: dict) -> CampaignDocument | None:
    document = CampaignDocument.model_validate(data)
    return None if check(document, data, KNOWN) else document


def ends_of(selection: Selection, draw: st.DataObject) -> tuple[list[str], OutcomeKind]:
    """The stages that someone goes through, and how it ends."""
    name, been = selection.first, []
    while True:
        been.append(name)
        assert len(been) <= len(selection.stages), been
        outcomes = selection.stages[name].outcomes
        outcome = outcomes[draw.draw(st.sampled_from(sorted(outcomes)))]
        if outcome.to is None:
            return been, outcome.kind
        name = outcome.to


@tries(50, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), file=st.sampled_from(FILES))
def test_a_selection_that_is_accepted_always_ends_and_loses_nobody(data, file):
    made = accepted(rewired(file, data)) or accepted(file)
    assert made
    for selection in made.selections.values():
        been, kind = ends_of(selection, data)
        assert len(set(been)) == len(been)
        assert kind in {OutcomeKind.ACCEPTED, OutcomeKind.REJECTED}


@contextmanager
def server_in(zone: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


@given(
    day=st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1)),
    server=st.sampled_from([*ZONES, "UTC", "Pacific/Kiritimati"]),
    zone=st.sampled_from(ZONES),
)
def test_a_deadline_does_not_depend_on_the_zone_of_the_server(day, server, zone):
    """R-CAL-1"""
    where = ZoneInfo(zone)
    with server_in(server):
        last, first = last_second(day, where), first_second(day, where)
    assert (last.astimezone(where).date(), f"{last.astimezone(where):%H:%M:%S}") == (
        day,
        "23:59:59",
    )
    assert (last + timedelta(seconds=1)).astimezone(where).date() == day + timedelta(days=1)
    assert first == last_second(day - timedelta(days=1), where) + timedelta(seconds=1)


CHANGES = st.fixed_dictionaries(
    {
        "announce_at": st.times().map(lambda at: f"{at:%H:%M}"),
        "places": st.integers(min_value=1, max_value=500),
        "euros": st.integers(min_value=0, max_value=50_000).map(
            lambda cents: f"{cents // 100}.{cents % 100:02}"
        ),
        "title": st.text(
            st.characters(categories=("L", "N", "P"), max_codepoint=0x24F), min_size=1, max_size=60
        ),
        "at_most": st.none() | st.integers(min_value=1, max_value=9),
        "rebook": st.booleans(),
    }
)


def changed(file: dict, change: dict) -> CampaignDocument | None:
    data = deepcopy(file)
    data["campaign"] |= {"announce_at": change["announce_at"], "title": {"fr": change["title"]}}
    for pool in data["pools"].values():
        pool |= {"ceiling": pool["floor"] + change["places"]}
    for tier in data["fees"]["tiers"].values():
        tier["further"] = change["euros"]
    limits = (
        {key: {"at_most": change["at_most"]} for key in data["selections"]}
        if change["at_most"]
        else {}
    )
    data["choose"] = limits
    for selection in data["selections"].values():
        for stage in selection["stages"].values():
            for test in stage.get("assessments", {}).values():
                test["rebook"] = change["rebook"] or test.get("booking") not in {"slot", "day"}
    return accepted(data)


@pytest.mark.django_db
@tries(5, suppress_health_check=list(HealthCheck))
@given(change=CHANGES, file=st.sampled_from(FILES))
def test_what_is_loaded_is_exported_equal(change, file):
    load_nomenclature()
    made = changed(file, change)
    assert made

    load_campaign(document=made, actor=SYSTEM, now=LOADED)

    assert document_of(Campaign.objects.get(slug=made.campaign.slug)) == made
