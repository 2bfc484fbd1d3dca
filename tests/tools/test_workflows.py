"""The page of workflows is drawn from the tables of moves, all of them."""

import ast

from tests.test_consistency import modules
from tools.workflows import AGGREGATES, PAGE, page


def test_the_page_is_what_the_tables_say():
    is_drawn = PAGE.read_text(encoding="utf-8") == page()
    assert is_drawn, "run tools/workflows.py: a table of moves has changed"


def test_every_table_of_moves_is_drawn():
    tables = {
        (path.removesuffix(".py").replace("/", "."), target.id)
        for path, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.endswith("_MOVES")
    }
    drawn = {(aggregate.module, aggregate.table) for aggregate in AGGREGATES}
    assert sorted(tables - drawn) == [], "add to AGGREGATES of tools/workflows.py"
    assert sorted(drawn - tables) == [], "AGGREGATES of tools/workflows.py has tables that are gone"


def test_a_row_begins_in_a_state_of_its_table():
    for aggregate in AGGREGATES:
        states = {str(state) for state, _ in aggregate.moves} | {
            str(state) for state in aggregate.moves.values()
        }
        assert {state for _, state in aggregate.begins} <= states
