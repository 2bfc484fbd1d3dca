"""The guards of the tests bite."""

import socket

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template import Context, engines
from django.template.base import Origin

from config.environment import ROOT
from tests.guards import reading_writes_nothing

OURS = str(ROOT / "templates" / "page.html")


def render(source: str, origin: str) -> str:
    engine = engines["django"].engine
    template = engine.from_string(source)
    template.origin = Origin(origin)
    return template.render(Context({}))


def test_an_undefined_variable_in_our_templates_fails():
    with pytest.raises(AssertionError, match="which is undefined"):
        render("{{ nobody.name }}", OURS)


def test_an_undefined_variable_may_have_a_default_or_be_asked_for():
    assert render("{{ x|default:'none' }}{% if x %}yes{% else %}no{% endif %}", OURS) == "noneno"


def test_templates_of_others_are_left_alone():
    assert render("[{{ nobody.name }}]", "elsewhere/page.html") == "[]"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        ("UPDATE common_job SET attempts = 1", True),
        ('INSERT INTO "common_job" (kind) VALUES (1)', True),
        ('DELETE FROM "common_job"', True),
        ("DELETE FROM django_session", False),
        ("SELECT 1", False),
    ],
)
def test_a_page_that_is_read_writes_nothing(rf, sql, refused):
    def page(_request):
        with connection.cursor() as cursor:
            cursor.execute(sql)
        return HttpResponse()

    guarded = reading_writes_nothing(page)
    if refused:
        with pytest.raises(AssertionError, match="a page that only reads wrote"):
            guarded(rf.get("/"))
    else:
        assert guarded(rf.get("/")).status_code == 200


def test_nothing_outside_is_reached():
    with socket.socket() as client, pytest.raises(AssertionError, match="tried to reach"):
        client.connect(("192.0.2.1", 80))
