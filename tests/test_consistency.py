"""What no type checker sees: names passed as strings, columns written from one place, layers at run time."""

import ast
import fnmatch
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.template.loader import get_template

from common.refusals import known_codes
from config.environment import ROOT

pytestmark = pytest.mark.servers

APPS = (
    "common",
    "accounts",
    "notifications",
    "screens",
    "companies",
    "campaigns",
    "admissions",
    "apprenticeship",
    "contratpro",
    "config",
    "rehearsal",
    "demonstration",
)
SENTENCES = {"refusals.py"}
PURE = {"rules.py", "states.py", "vocabulary.py"}
# One module moves all states, through the table of their model; a file is kept or dropped, and has no table.
STATE_WRITERS = {"common/moves.py", "common/files/services.py"}
NAMED_BY_DJANGO = {"Command"}
REFUSING = {"Refusal", "refused", "DomainError.of", "NotAllowedError.of", "ContractNote.of"}
MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(?:work|root|home/[a-z]+|Users)/|\.\./" + r"shared\b")


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the product by its path, parsed."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    }


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Each call with what is called, as it is written."""
    return ((ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def strings(node: ast.AST) -> set[str]:
    return {
        leaf.value
        for leaf in ast.walk(node)
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
    }


def test_rules_load_without_django():
    pure = [path for path in modules() if "/rules/" in path or Path(path).name in PURE]
    names = [path[:-3].replace("/", ".") for path in pure]
    program = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "    if 'django' in sys.modules: sys.exit(name)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(names) > 5


def test_every_task_that_is_sent_exists():
    current_app.loader.import_default_modules()
    sent = {
        call.args[0].value
        for tree in modules().values()
        for name, call in calls(tree)
        if name in {"nudge", "app.send_task"} and isinstance(call.args[0], ast.Constant)
    }
    sent |= {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "common.tick" in sent
    assert sent - current_app.tasks.keys() == set()


def test_every_refusal_has_a_sentence():
    known = known_codes()
    used = {
        (code, path)
        for path, tree in modules().items()
        for name, call in calls(tree)
        if name in REFUSING and call.args
        for code in codes(call.args[0], known)
    }
    unsaid = sorted((code, path) for code, path in used if code not in known)
    assert unsaid == [], "give each a sentence in the refusals.py of its app"


def codes(argument: ast.expr, known: frozenset[str]) -> set[str]:
    """The codes that an argument may be. A composed one, `f"dossier_is_{state}"`, is every known one of that shape."""
    if isinstance(argument, ast.IfExp):
        return codes(argument.body, known) | codes(argument.orelse, known)
    if isinstance(argument, ast.JoinedStr):
        shape = "".join(
            part.value if isinstance(part, ast.Constant) else "*" for part in argument.values
        )
        return set(fnmatch.filter(known, shape)) or {shape}
    return {argument.value} if isinstance(argument, ast.Constant) else set()


def test_every_sentence_is_used():
    known, said = known_codes(), set()
    for path, tree in modules().items():
        if Path(path).name not in SENTENCES:
            composed = [
                node
                for node in ast.walk(tree)
                if isinstance(node, ast.JoinedStr) and len(node.values) > 1
            ]
            said |= strings(tree)
            said |= {
                code
                for node in composed
                if isinstance(node.values[0], ast.Constant)
                for code in codes(node, known)
            }
    assert sorted(known - said) == [], "no rule or command refuses with these any more"


def test_a_state_is_written_by_one_module():
    elsewhere = [
        f"{path}:{line}"
        for path, tree in modules().items()
        if path not in STATE_WRITERS
        for line in state_writes(tree)
    ]
    assert elsewhere == [], "begin and move of common/moves.py write states"


def state_writes(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(
                isinstance(target, ast.Attribute) and target.attr == "state" for target in targets
            ):
                yield node.lineno
    for name, call in calls(tree):
        written = {keyword.arg for keyword in call.keywords} if name.endswith(".update") else set()
        if name == "setattr" or name.endswith(".bulk_update"):
            written = strings(call)
        if "state" in written:
            yield call.lineno


@pytest.mark.parametrize(
    "source",
    [
        "row.state = 1",
        "rows.filter(a=1).update(state=1)",
        "setattr(row, 'state', 1)",
        "rows.bulk_update(r, ['state'])",
    ],
)
def test_a_state_written_elsewhere_is_seen(source):
    assert list(state_writes(ast.parse(source))) == [1]


def test_only_the_row_itself_is_locked():
    """Joined rows locked by the way are how two commands end up waiting for each other."""
    unlimited = [
        f"{path}:{call.lineno}"
        for path, tree in modules().items()
        for name, call in calls(tree)
        if name.endswith("select_for_update")
        and not any(keyword.arg == "of" for keyword in call.keywords)
    ]
    assert unlimited == [], 'say select_for_update(of=("self",))'


def test_every_template_is_well_formed():
    for path in sorted((ROOT / "templates").rglob("*.*")):
        get_template(str(path.relative_to(ROOT / "templates")))


def test_a_class_has_a_name_of_its_own():
    """One word, one thing. A row and the part of a file that it is read from may share a name, and no third."""
    homes = defaultdict(list)
    for path, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.name not in NAMED_BY_DJANGO:
                homes[node.name].append(path)
    shared = {
        name: paths
        for name, paths in homes.items()
        if len(paths) > 1 and not is_row_and_part(paths)
    }
    told = [f"{name}: {', '.join(paths)}" for name, paths in shared.items()]
    assert not told, "\n".join(["give one of each another name:", *told])


def is_row_and_part(paths: list[str]) -> bool:
    return (
        len(paths) == 2
        and "/models" in "".join(paths)
        and any(path.endswith("/schema.py") for path in paths)
    )


def test_nothing_names_a_path_of_one_machine():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    named = [
        f"{path}: {found[0]}"
        for path in listed.split("\0")
        if path and (ROOT / path).is_file() and not path.startswith("static/vendor/")
        for found in MACHINE_PATHS.finditer(
            (ROOT / path).read_text(encoding="utf-8", errors="ignore")
        )
    ]
    assert named == []
