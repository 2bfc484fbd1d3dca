"""docs/requirements.md says of each requirement what is done, and names tests that name it."""

import ast
import re
from functools import cache

from config.environment import ROOT

PAGE = (ROOT / "docs" / "requirements.md").read_text("utf-8")
DEMANDED, DONE = PAGE.split("\n## 9. ")
ROW = re.compile(r"^\| (R-[A-Z]+-\d+) \| (.*?) \| (.*?) \|$", re.MULTILINE)
STATES = ("done", "in part: ", "not done: ")
PROOFS = [
    (key, proof) for key, _, tests in ROW.findall(DONE) for proof in re.findall(r"`(.+?)`", tests)
]


def test_every_requirement_has_its_line_in_order():
    demanded = [key for key, *_ in ROW.findall(DEMANDED)]
    assert len(demanded) > 60
    assert [key for key, *_ in ROW.findall(DONE)] == demanded


def test_a_state_says_what_stays_open_and_what_is_done_is_proved():
    wrong = [
        key
        for key, state, tests in ROW.findall(DONE)
        if not state.startswith(STATES)
        or (state.startswith(("done", "in part")) and "`" not in tests)
    ]
    assert not wrong


def test_each_test_exists_and_names_what_it_proves():
    assert len(PROOFS) > 60
    assert [(key, proof) for key, proof in PROOFS if not names(proof, key)] == []


def names(proof: str, key: str) -> bool:
    path, _, name = proof.partition("::")
    said, tests = functions_of(path)
    if name:
        said = tests[name]
    return re.search(rf"{key}\b", said) is not None


@cache
def functions_of(path: str) -> tuple[str, dict[str, str]]:
    """A module of tests, and each of its tests with what decorates it and what the module says of them all."""
    source = (ROOT / "tests" / path).read_text("utf-8")
    module, lines = ast.parse(source), source.splitlines()
    said = ast.get_docstring(module) or ""
    return source, {
        node.name: "\n".join([said, *lines[first_line(node) - 1 : node.end_lineno]])
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef)
    }


def first_line(test: ast.FunctionDef) -> int:
    return min([test.lineno, *(part.lineno for part in test.decorator_list)])
