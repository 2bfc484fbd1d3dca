"""The page of workflows is drawn from the tables of moves, all of them."""

import ast

from tests.test_consistency import modules
from tools.workflows import AGGREGATES, PAGE, page


def test_the_page_is_what_the_tables_say():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_table_of_moves_is_drawn():
    tables = {
        (path.removesuffix(".py").replace("/", "."), target.id)
        for path, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.endswith("_MOVES")
    }
    assert tables == {(aggregate.module, aggregate.table) for aggregate in AGGREGATES}


def test_a_row_begins_in_a_state_of_its_table():
    for aggregate in AGGREGATES:
        states = {str(state) for state, _ in aggregate.moves} | {
            str(state) for state in aggregate.moves.values()
        }
        assert {state for _, state in aggregate.begins} <= states
