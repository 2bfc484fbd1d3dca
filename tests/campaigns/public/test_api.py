"""The public API, as other programs call it."""

import json
from datetime import datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar, Event

from campaigns.document.values import Window
from campaigns.public.api.answers import _place
from tests.factories.admissions import PARIS
from tests.factories.campaigns import albi_2021_document, ales_2022, ales_2024_document, load

pytestmark = pytest.mark.servers

BASE = "/api/v1"
NOTICE = f"{BASE}/campaigns/ales-2022"
OPEN_DAY = datetime(2022, 2, 20, 12, 0, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def _published(db):
    ales_2022()
    with time_machine.travel(OPEN_DAY, tick=False):
        yield


def post(client, path: str, body: object, **extra):
    return client.post(path, json.dumps(body), content_type="application/json", **extra)


def test_the_campaigns(client):
    """R-CAL-1: the last second, with the offset of the campaign's zone."""
    assert client.get(f"{BASE}/campaigns").json() == [
        {
            "slug": "ales-2022",
            "title": "Admissions 2022 en formation d’ingénieur par apprentissage",
            "school": "IMT Mines Alès",
            "session": 2022,
            "opens_at": "2022-02-01T00:00:00+01:00",
            "closes_at": "2022-03-08T23:59:59+01:00",
            "state": "open",
        }
    ]


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (datetime(2022, 1, 31, 23, 59, 59, tzinfo=PARIS), "upcoming"),
        (datetime(2022, 3, 8, 23, 59, 59, tzinfo=PARIS), "open"),
        (datetime(2022, 3, 9, 0, 0, 0, tzinfo=PARIS), "closed"),
    ],
)
def test_the_state_of_a_campaign(client, at, state):
    with time_machine.travel(at, tick=False):
        assert client.get(NOTICE).json()["state"] == state


def test_a_campaign_with_its_programmes_dates_documents_and_fees(client):
    """R-PLA-1, R-CAL-3, R-CAL-7, R-APP-2."""
    told = client.get(f"{NOTICE}?lang=en").json()

    assert {
        row["code"]: (row["pool"], row["places_min"], row["places_max"])
        for row in told["programmes"]
    } == {
        "BAT-1": ("bat-1", 40, 40),
        "INFRES-SR-1": ("infres-sr-1", 22, 22),
        "INFRES-DL-1": ("infres-dl-1", 22, 22),
        "MKX-1": ("mkx-1", 40, 40),
        "BAT-2": ("bat-2", 1, 1),
        "INFRES-SR-2": ("infres-sr-2", 1, 1),
        "MKX-2": ("mkx-2", 1, 1),
    }
    dates = {row["key"]: row for row in told["calendar"]}
    assert dates["deadline"] == {
        "key": "deadline",
        "title": "Deadline for applications",
        "starts_at": None,
        "ends_at": "2022-03-08T23:59:59+01:00",
        "words": "until Tuesday 8\N{NO-BREAK SPACE}March 2022 at 23:59, Paris time",
        "status": "firm",
        "programmes": [row["code"] for row in told["programmes"]],
    }
    assert dates["term"]["status"] == "assumed"
    assert dates["y2-results"]["starts_at"] == "2022-06-01T10:00:00+02:00"
    assert dates["y2-results"]["programmes"] == ["BAT-2", "INFRES-SR-2", "MKX-2"]
    assert told["fees"] == [
        {"tier": "standard", "first": "77.00", "further": "22.00"},
        {"tier": "grant_holder", "first": "22.00", "further": "11.00"},
    ]
    assert {row["key"]: row["needed"] for row in told["documents"]}[
        "diploma-to-come"
    ] == "admission"


def test_the_calendar_feed(client):
    response = client.get(f"{NOTICE}/calendar.ics")
    events = {
        str(event["uid"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")
    }

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    tests = events["y1-tests.ales-2022@127.0.0.1"]
    assert (str(tests["dtstart"].dt), str(tests["dtend"].dt)) == ("2022-04-05", "2022-04-26")
    assert {str(event["status"]) for event in events.values()} == {"CONFIRMED", "TENTATIVE"}
    assert str(events["term.ales-2022@127.0.0.1"]["status"]) == "TENTATIVE"


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "parts"),
    [
        (OPEN_DAY, OPEN_DAY, ["DTSTART"]),
        (None, OPEN_DAY, ["DTSTART"]),
        (OPEN_DAY, OPEN_DAY + timedelta(hours=2), ["DTSTART", "DTEND"]),
    ],
)
def test_an_instant_of_the_feed_has_no_end(starts_at, ends_at, parts):
    """RFC 5545: an end is later than its start."""
    event = Event()
    _place(event, Window(starts_at, ends_at, all_day=False), PARIS)

    assert list(event) == parts


@pytest.mark.parametrize(
    ("body", "amounts", "total"),
    [
        ({"programmes": ["BAT-1"]}, ["77.00"], "77.00"),
        ({"programmes": ["BAT-1", "MKX-1", "BAT-2"]}, ["77.00", "22.00", "22.00"], "121.00"),
        ({"programmes": ["BAT-1", "MKX-1"], "grant_holder": True}, ["22.00", "11.00"], "33.00"),
        ({"programmes": ["BAT-1", "BAT-1"]}, ["77.00"], "77.00"),
    ],
)
def test_fees(client, body, amounts, total):
    """R-APP-2"""
    told = post(client, f"{NOTICE}/fees", body).json()

    assert told["currency"] == "EUR"
    assert ([line["amount"] for line in told["lines"]], told["total"]) == (amounts, total)


def test_the_nomenclature(client):
    told = {row["code"]: row for row in client.get(f"{BASE}/diplomas").json()}

    assert told["BTS-BAT"] == {
        "code": "BTS-BAT",
        "kind": "BTS",
        "speciality": "BAT",
        "option": "",
        "title": "Bâtiment",
        "level": 5,
        "valid_from": told["BTS-BAT"]["valid_from"],
        "valid_to": told["BTS-BAT"]["valid_to"],
        "replaces": told["BTS-BAT"]["replaces"],
    }


@pytest.mark.parametrize(
    ("titles", "verdicts"),
    [
        (
            [{"diploma": "BTS-BAT", "status": "expected"}],
            {"BAT-1": ("eligible", "1.1.1"), "MKX-1": ("jury", "1.2")},
        ),
        ([{"kind": "OTHER", "country": "MA", "status": "obtained"}], {"BAT-1": ("jury", "1.3")}),
        ([], {"BAT-1": ("not_eligible", ""), "BAT-2": ("not_eligible", "")}),
    ],
)
def test_eligibility(client, titles, verdicts):
    """R-ELI-1, R-ELI-6"""
    told = {
        row["code"]: row
        for row in post(client, f"{NOTICE}/eligibility", {"titles": titles}).json()["programmes"]
    }

    assert len(told) == 7
    assert {code: (told[code]["verdict"], told[code]["article"]) for code in verdicts} == verdicts


def test_reasons_are_sentences_in_the_language_asked_for(client):
    body = {"titles": [{"diploma": "BTS-BAT", "status": "obtained"}]}

    french = post(client, f"{NOTICE}/eligibility", body).json()["programmes"][0]["reasons"]
    english = post(client, f"{NOTICE}/eligibility?lang=en", body).json()["programmes"][0]["reasons"]

    assert english == ["Your diploma is in the list of this notice: BTS Bâtiment."]
    assert french == ["Votre diplôme figure dans la liste de la notice\xa0: BTS Bâtiment."]


@pytest.mark.parametrize(
    ("address", "body", "loc"),
    [
        ("fees", {}, ["body", "programmes"]),
        ("fees", {"programmes": []}, ["body", "programmes"]),
        ("fees", {"programmes": ["BAT-1", "NOPE"]}, ["body", "programmes", 1]),
        ("fees", {"programmes": ["BAT-1"], "more": 1}, ["body", "more"]),
        ("eligibility", {"titles": [{"status": "obtained"}]}, ["body", "titles", 0]),
        (
            "eligibility",
            {"titles": [{"diploma": "NOPE", "status": "obtained"}]},
            ["body", "titles", 0, "diploma"],
        ),
        (
            "eligibility",
            {"titles": [{"diploma": "BTS-BAT", "kind": "DUT", "status": "obtained"}]},
            ["body", "titles", 0, "kind"],
        ),
        (
            "eligibility",
            {"titles": [{"kind": "BTS", "status": "soon"}]},
            ["body", "titles", 0, "status"],
        ),
        ("eligibility", {"titles": [], "date_of_birth": 0}, ["body", "date_of_birth"]),
        ("eligibility", {"titles": [], "employer_agrees": "yes"}, ["body", "employer_agrees"]),
        ("eligibility", {"titles": [], "technician_years": "3"}, ["body", "technician_years"]),
        ("fees", {"programmes": ["BAT-1"], "grant_holder": "yes"}, ["body", "grant_holder"]),
    ],
)
def test_a_mistake_says_where_it_is(client, address, body, loc):
    response = post(client, f"{NOTICE}/{address}", body)

    assert response.status_code == 422
    assert [mistake["loc"] for mistake in response.json()["detail"]] == [loc]
    assert [set(mistake) for mistake in response.json()["detail"]] == [{"loc", "msg"}]


def test_what_is_not_json_is_a_mistake_too(client):
    response = client.post(f"{NOTICE}/fees", "no", content_type="application/json")

    assert (response.status_code, response.json()["detail"][0]["loc"]) == (422, ["body"])


@pytest.mark.parametrize("path", ["", "/calendar.ics"])
def test_an_unknown_campaign(client, path):
    assert client.get(f"{BASE}/campaigns/nope{path}").status_code == 404


def test_reading_is_kept_by_caches_and_sets_no_cookie(client):
    first = client.get(NOTICE)
    again = client.get(NOTICE, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=30"
    assert again.status_code == 304
    assert "Set-Cookie" not in first.headers
    assert "Vary" not in first.headers or "Cookie" not in first["Vary"]


@pytest.mark.parametrize(
    "path", ["campaigns", "campaigns/ales-2022/calendar.ics", "diplomas", "openapi.json", "docs"]
)
def test_what_is_read_may_be_asked_for_its_head_alone(client, path):
    read, head = client.get(f"{BASE}/{path}"), client.head(f"{BASE}/{path}")

    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(read.content))
    assert [head.get(name) for name in ("ETag", "Content-Type")] == [
        read.get("ETag"),
        read["Content-Type"],
    ]


def test_a_head_of_what_is_known_already_is_304_too(client):
    etag = client.get(NOTICE)["ETag"]
    assert client.head(NOTICE, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("options", "campaigns", "GET, HEAD"),
        ("delete", "campaigns/ales-2022", "GET, HEAD"),
        ("post", "openapi.json", "GET, HEAD"),
        ("get", "campaigns/ales-2022/fees", "POST"),
        ("head", "campaigns/ales-2022/eligibility", "POST"),
    ],
)
def test_another_method_is_told_which_ones_are_answered(client, method, path, allow):
    response = getattr(client, method)(f"{BASE}/{path}")

    assert (response.status_code, response["Allow"]) == (405, allow)
    if method != "head":
        assert response.json() == {
            "detail": [
                {
                    "loc": ["method"],
                    "msg": f"{method.upper()} is not answered here, expected {allow}",
                }
            ]
        }


@pytest.mark.parametrize("path", ["", "nothing", "campaigns/ales-2022/nothing", "campaigns/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_the_api_does_not_have_is_told_in_json(client, method, path):
    response = getattr(client, method)(f"{BASE}/{path}")

    assert response.status_code == 404
    assert response.json() == {"detail": [{"loc": ["path"], "msg": "the API has no such address"}]}


def test_the_description_says_what_each_call_may_answer(client):
    """No status that cannot occur, none left out."""
    paths = client.get(f"{BASE}/openapi.json").json()["paths"]
    told = {
        f"{method} {path.removeprefix(BASE)}": " ".join(sorted(call["responses"]))
        for path, calls in paths.items()
        for method, call in calls.items()
    }

    assert told == {
        "get /campaigns": "200 304 422 429",
        "get /campaigns/{slug}": "200 304 404 422 429",
        "get /campaigns/{slug}/calendar.ics": "200 304 404 422 429",
        "get /campaigns/{slug}/seats": "200 304 404 429",
        "post /campaigns/{slug}/fees": "200 404 413 422 429",
        "post /campaigns/{slug}/eligibility": "200 404 413 422 429",
        "get /diplomas": "200 304 422 429",
    }


def test_an_address_has_120_calls_a_minute(client):
    answers = [
        client.get(f"{BASE}/campaigns", REMOTE_ADDR="127.0.0.9").status_code for _ in range(120)
    ]
    refused = client.get(f"{BASE}/campaigns", REMOTE_ADDR="127.0.0.9")

    assert set(answers) == {200}
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert client.get(f"{BASE}/campaigns", REMOTE_ADDR="127.0.0.8").status_code == 200


def test_the_documentation_asks_nothing_of_another_server(client):
    page = client.get(f"{BASE}/docs").content.decode()

    assert "https://" not in page
    assert "/static/ninja/swagger-ui" in page


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({"technician_years": 3, "employer_agrees": True}, "eligible"),
        ({"technician_years": 2, "employer_agrees": True}, "not_eligible"),
        ({"technician_years": 3, "employer_agrees": False}, "not_eligible"),
        ({}, "jury"),
    ],
)
def test_continuing_education_looks_at_the_experience(client, said, verdict):
    """R-ELI-4"""
    load(albi_2021_document())
    body = {"titles": [{"diploma": "BTS-BAT", "status": "obtained"}]} | said
    told = post(client, "/api/v1/campaigns/albi-2021/eligibility", body).json()["programmes"]
    assert {row["verdict"] for row in told if row["code"].endswith("-FC")} == {verdict}


TOO_MANY = (
    "too many programmes, expected 1 at most of "
    "SENMBA-APP, SENMBA-FC, SIPHASS-APP, SIPHASS-FC, SIMMA-APP, SIMMA-FC"
)
ALBI, ALES_2024 = f"{BASE}/campaigns/albi-2021", f"{BASE}/campaigns/ales-2024"


@pytest.mark.parametrize(
    ("codes", "msg", "loc"),
    [
        (
            ["SIMMA-APP", "SENMBA-APP"],
            TOO_MANY,
            ["body", "programmes"],
        ),
        (
            ["SIMMA-APP", "SIMMA-FC"],
            TOO_MANY,
            ["body", "programmes"],
        ),
        (
            ["SIMMA-CP"],
            "'SIMMA-CP' is applied to at the admissions office: write to admissions@mines-albi.fr",
            ["body", "programmes", 0],
        ),
    ],
)
def test_fees_of_what_a_dossier_may_not_choose_are_refused(client, codes, msg, loc):
    """R-PLA-3, R-APP-2, R-ELI-4"""
    load(albi_2021_document())
    response = post(client, f"{ALBI}/fees", {"programmes": codes})
    assert (response.status_code, response.json()) == (422, {"detail": [{"loc": loc, "msg": msg}]})


@pytest.mark.parametrize(
    ("codes", "grant", "total"),
    [
        (["SIMMA-APP"], False, "77.00"),
        (["SIPHASS-FC"], True, "22.00"),
        (["SIMMA-APP", "SIMMA-APP"], False, "77.00"),
    ],
)
def test_fees_of_one_option(client, codes, grant, total):
    """R-PLA-3, R-APP-2: options are not charged apart."""
    load(albi_2021_document())
    told = post(client, f"{ALBI}/fees", {"programmes": codes, "grant_holder": grant}).json()
    assert (told["total"], len(told["lines"])) == (total, 1)


def test_the_contrat_pro_is_asked_for_at_the_office(client):
    """R-ELI-4: in the words of the language asked for, with the office's address."""
    load(albi_2021_document())
    body = {"titles": [{"diploma": "BTS-BAT", "status": "obtained"}]}
    told = post(client, f"{ALBI}/eligibility?lang=en", body).json()["programmes"]
    rows = [row for row in told if row["code"].endswith("-CP")]
    asked = "The admissions office takes these applications: write to admissions@mines-albi.fr."
    assert rows == [
        {
            "code": f"{option}-CP",
            "verdict": "jury",
            "route": "",
            "article": "",
            "reasons": [asked],
            "missing": [],
        }
        for option in ("SENMBA", "SIPHASS", "SIMMA")
    ]


def test_where_one_applies_and_how_many_may_be_chosen(client):
    """R-PLA-3, R-ELI-4"""
    load(albi_2021_document())
    told = client.get(ALBI).json()
    assert {row["code"] for row in told["programmes"] if row["intake"] == "office"} == {
        "SENMBA-CP",
        "SIPHASS-CP",
        "SIMMA-CP",
    }
    assert [(row["at_most"], len(row["programmes"])) for row in told["choose"]] == [(1, 9)]
    assert client.get(NOTICE).json()["choose"] == []


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        (
            {"diploma": "BUT-INFO", "status": "expected", "year": 2, "date": "2025-06-30"},
            "eligible",
        ),
        ({"diploma": "BUT-INFO", "status": "expected", "year": 3}, "eligible"),
        ({"diploma": "BUT-INFO", "status": "expected", "date": "2024-06-30"}, "eligible"),
        ({"diploma": "BUT-INFO", "status": "obtained"}, "eligible"),
        (
            {"diploma": "BUT-INFO", "status": "expected", "year": 1, "date": "2026-06-30"},
            "not_eligible",
        ),
        ({"diploma": "BUT-INFO", "status": "expected"}, "jury"),
        ({"diploma": "BTS-SIO", "status": "expected", "ects": 30}, "eligible"),
    ],
)
def test_a_title_says_its_year(client, title, verdict):
    """R-ELI-2"""
    load(ales_2024_document())
    told = post(client, f"{ALES_2024}/eligibility", {"titles": [title]}).json()["programmes"]
    assert {row["verdict"] for row in told if row["code"].startswith("INFRES-SR-1")} == {verdict}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ({"diploma": "BUT-INFO", "year": 4}, "year"),
        ({"diploma": "BTS-SIO", "year": 3}, "year"),
        ({"kind": "DUT", "year": 3}, "year"),
        ({"kind": "OTHER", "year": 7}, "year"),
        ({"kind": "BUT", "year": 0}, "year"),
        ({"kind": "BUT", "year": "2"}, "year"),
        ({"kind": "BUT", "year": True}, "year"),
        ({"kind": "BUT", "year": 2.0}, "year"),
    ],
)
def test_a_year_is_one_of_its_course(client, title, name):
    """R-ELI-2"""
    body = {"titles": [{"kind": "L3", "status": "expected"}, {"status": "expected"} | title]}
    response = post(client, f"{NOTICE}/eligibility", body)
    assert response.status_code == 422
    assert [row["loc"] for row in response.json()["detail"]] == [["body", "titles", 1, name]]


@pytest.mark.parametrize(
    ("day", "status"), [("2022-02-20", 200), ("2022-02-21", 422), ("2023-01-01", 422)]
)
def test_a_title_is_not_obtained_later_than_today(client, day, status):
    """R-ELI-1: as the forms say; today in the campaign's own zone."""
    body = {"titles": [{"kind": "BTS", "status": "obtained", "date": day}]}
    response = post(client, f"{NOTICE}/eligibility", body)
    assert response.status_code == status
    if status == 422:
        assert response.json()["detail"][0]["loc"] == ["body", "titles", 0, "date"]


def test_a_year_is_described(client):
    year = client.get(f"{BASE}/openapi.json").json()["components"]["schemas"]["TitleIn"]
    [shape, _nothing] = year["properties"]["year"]["anyOf"]
    assert (shape["type"], shape["minimum"], shape["maximum"]) == ("integer", 1, 6)


def test_a_title_outside_the_nomenclature_is_for_the_jury(client):
    """R-ELI-4, R-ELI-6"""
    load(albi_2021_document())
    body = {"titles": [{"kind": "DUT", "status": "expected"}]}
    told = post(client, f"{ALBI}/eligibility", body).json()["programmes"]
    row = next(row for row in told if row["code"] == "SIMMA-APP")
    said = "La spécialité de votre diplôme ou formation est à confirmer comme scientifique ou technique."
    assert (row["verdict"], row["missing"][0]) == ("jury", said)


def test_a_body_that_is_too_large_is_refused_in_json(client):
    response = post(client, f"{NOTICE}/eligibility", {"titles": [], "padding": "x" * 1_100_000})
    assert response.status_code == 413
    assert response.json()["detail"][0]["loc"] == ["body"]
