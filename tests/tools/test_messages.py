"""The catalogues follow the code: nothing lost, nothing left over, every mistake told."""

import runpy

import polib
import pytest

from config.environment import ROOT

TOOL = str(ROOT / "tools" / "messages.py")
PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext
A = _("The address %(email)s")
B = pgettext("month", "May")
C = ngettext_lazy("%(count)s day", "%(count)s days", "count")
# Translators: shown on the receipt
D = _("Two "
      "parts")
"""
TEMPLATE = """{% load i18n %}
<div>
        {% translate "Sign in" %}
  {% blocktranslate trimmed count n=n %}
    One place
  {% plural %}
    {{ n }} places at 5 %
  {% endblocktranslate %}
      <p title="{% translate 'May' context 'month' %}">it's</p></div>
"""


@pytest.fixture
def project(tmp_path):
    """A small product: a module of accounts, a template of its, one that all share."""
    for path, content in {
        "accounts/forms.py": PYTHON,
        "templates/account/login.html": TEMPLATE,
        "templates/base.html": "{% load i18n %}{% translate 'Rentrée' %}",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def tool(project):
    """The tool, looking at the small product."""
    functions = runpy.run_path(TOOL)
    functions["main"].__globals__["ROOT"] = project
    return functions["main"]


def catalogue(project, owner):
    return polib.pofile(str(project / owner / "locale/fr/LC_MESSAGES/django.po"))


def translate(project, owner, **texts):
    po = catalogue(project, owner)
    for entry in po:
        text = texts.get(entry.msgid.split()[0], "x " + " ".join(entry.msgid.split()[1:]))
        if entry.msgid_plural:
            entry.msgstr_plural = {
                0: "un",
                1: texts.get("plural", "%(count)s" if "count" in entry.msgid else "%(n)s"),
            }
        else:
            entry.msgstr = text
    po.save()


def complaints(tool, capsys):
    capsys.readouterr()
    code = tool(["check"])
    return code, capsys.readouterr().out.splitlines()


def test_strings_go_to_the_catalogue_of_their_part(project, tool):
    assert tool(["update"]) == 0
    assert [entry.msgid for entry in catalogue(project, ".")] == ["Rentrée"]
    found = {
        (entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue(project, "accounts")
    }
    assert found == {
        (None, "The address %(email)s", ""),
        ("month", "May", ""),
        (None, "%(count)s day", "%(count)s days"),
        (None, "Two parts", ""),
        (None, "Sign in", ""),
        (None, "One place", "%(n)s places at 5 %%"),
    }
    assert (
        catalogue(project, "accounts").find("Two parts").comment
        == "Translators: shown on the receipt"
    )


def test_a_second_update_changes_nothing(project, tool):
    tool(["update"])
    path = project / "accounts/locale/fr/LC_MESSAGES/django.po"
    first = path.stat()
    tool(["update"])
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)


def test_translations_are_kept_and_what_left_the_code_goes(project, tool):
    tool(["update"])
    translate(project, "accounts", Two="Deux parties")
    module = project / "accounts/forms.py"
    module.write_text(
        module.read_text(encoding="utf-8").replace("The address", "Your address"), encoding="utf-8"
    )
    tool(["update"])
    po = catalogue(project, "accounts")
    assert po.find("Two parts").msgstr == "Deux parties"
    assert po.find("The address %(email)s") is None
    assert po.find("Your address %(email)s").msgstr == ""


def test_complete_catalogues_pass(project, tool, capsys):
    tool(["update"])
    translate(project, ".")
    translate(project, "accounts", The="L'adresse %(email)s", May="mai")
    assert complaints(tool, capsys) == (0, ["The catalogues are complete."])


def test_every_mistake_is_told(project, tool, capsys):
    tool(["update"])
    translate(project, ".", Rentrée="Rentrée")
    translate(project, "accounts", The="L'adresse %(mail)s", May="mai !", plural="des jours")
    po = catalogue(project, "accounts")
    po.find("Two parts").flags.append("fuzzy")
    po.find("Sign in").msgstr = ""
    po.append(polib.POEntry(msgid="Gone", msgstr="Parti"))
    po.save()
    (project / "templates/base.html").write_text(
        "{% load i18n %}{% translate 'Home' %}", encoding="utf-8"
    )

    accounts = "accounts/locale/fr/LC_MESSAGES/django.po"
    assert complaints(tool, capsys) == (
        1,
        [
            f"{accounts}: fuzzy 'Two parts'",
            f"{accounts}: needs a no-break space (U+00A0) before : ; ! ? » and after «, in the French of 'May'",
            f"{accounts}: obsolete 'Gone'",
            f"{accounts}: other placeholders than '%(count)s day'",
            f"{accounts}: other placeholders than 'One place'",
            f"{accounts}: other placeholders than 'The address %(email)s'",
            f"{accounts}: untranslated 'Sign in'",
            "locale/fr/LC_MESSAGES/django.po: missing 'Home'",
            "locale/fr/LC_MESSAGES/django.po: obsolete 'Rentrée'",
        ],
    )


def test_one_string_said_in_two_ways_is_told(project, tool, capsys):
    (project / "templates/base.html").write_text(
        "{% load i18n %}{% translate 'Sign in' %}", encoding="utf-8"
    )
    tool(["update"])
    translate(project, ".", Sign="Se connecter")
    translate(project, "accounts", The="L'adresse %(email)s", Sign="S'identifier")
    place = "accounts/locale/fr/LC_MESSAGES/django.po"
    assert complaints(tool, capsys) == (
        1,
        [f"{place}: 'Sign in' is said otherwise in locale/fr/LC_MESSAGES/django.po"],
    )
