"""A data file is read: from YAML to plain data that remembers its lines, then to a document or to all its mistakes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from common.datafile.mistakes import QUOTES, Mistake, Path, from_validation

Document = TypeVar("Document", bound=BaseModel)
ByLine = list[tuple[int, str]]  # what is wrong, in the order of the file
Look = Callable[[Document | None, Any], Iterable[Mistake]]
Upgrade = Callable[[dict[Any, Any]], tuple[dict[Any, Any], list[Mistake]]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Plain data, the line of each of its parts, and what is wrong with its form."""

    data: Any
    lines: dict[Path, int]
    mistakes: list[Mistake] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of a part, or of what should hold it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def by_line(self, mistakes: Iterable[Mistake]) -> ByLine:
        return sorted(
            {(mistake.line or self.line(mistake.path), mistake.message) for mistake in mistakes}
        )


def as_written(data: dict[Any, Any]) -> tuple[dict[Any, Any], list[Mistake]]:
    return data, []


def read(
    text: str,
    kind: type[Document],
    look: Look[Document],
    *,
    called: str,
    upgrade: Upgrade = as_written,
) -> tuple[Document | None, ByLine]:
    """The document that a file describes, or all that is wrong with it by line.

    1. The text becomes plain data, with the line of each of its parts.
    2. `upgrade` has the data in today's form; where it can't, its form is all that is said to be wrong.
    3. The data becomes a document of that kind, part by part.
    4. `look` says what the whole says that its parts don't: it is given the document, None if a part is wrong, and
       the data. `called` is what such a file is ("a campaign"), for one that holds no parts by key.
    """
    parsed = parse(text)
    if not isinstance(parsed.data, dict):
        form = Mistake((), f"is not {called}, expected its parts by key")
        return None, parsed.by_line(parsed.mistakes or [form])
    data, unknown_form = upgrade(parsed.data)
    if unknown_form:
        return None, parsed.by_line([*parsed.mistakes, *unknown_form])
    document, mistakes = validate(kind, data)
    mistakes = [*parsed.mistakes, *mistakes, *look(document, data)]
    return (None, parsed.by_line(mistakes)) if mistakes else (document, [])


def parse(text: str) -> Parsed:
    """Read YAML 1.2. A mistake of form that hides the rest comes alone."""
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(StringIO(text))
        if root is None:
            return Parsed(None, {}, [Mistake((), "is empty")])
        reader = _Reader(yaml.constructor)
        return Parsed(reader.read(root, (), ()), reader.lines, reader.mistakes)
    except YAMLError as error:
        return Parsed(None, {}, [_unreadable(error)])


def validate(kind: type[Document], data: Any) -> tuple[Document | None, list[Mistake]]:
    """The document that the data describes, or what keeps it from being one."""
    try:
        return kind.model_validate(data), []
    except ValidationError as error:
        return None, from_validation(error, kind, data)


@dataclass(slots=True)
class _Reader:
    """Turns YAML nodes into plain data and notes where each part stands."""

    constructor: SafeConstructor
    lines: dict[Path, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def read(self, node: Node, path: Path, above: tuple[Node, ...]) -> Any:
        if node in above:
            raise MarkedYAMLError(problem="an anchor holds itself", problem_mark=node.start_mark)
        if isinstance(node, MappingNode):
            return self._mapping(node, path, (*above, node))
        if isinstance(node, SequenceNode):
            return [
                self._item(item, (*path, index), (*above, node))
                for index, item in enumerate(node.value)
            ]
        return self._scalar(node)

    def _mapping(self, node: MappingNode, path: Path, above: tuple[Node, ...]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key, line = self._scalar(key_node), key_node.start_mark.line + 1
            if key in found:
                self.mistakes.append(
                    Mistake((*path, key), f"key '{key}' is there twice, expected once", line)
                )
                continue
            self.lines[*path, key] = line
            found[key] = self.read(value_node, (*path, key), above)
        return found

    def _item(self, node: Node, path: Path, above: tuple[Node, ...]) -> Any:
        self.lines[path] = node.start_mark.line + 1
        return self.read(node, path, above)

    def _scalar(self, node: Node) -> Any:
        if not isinstance(node, ScalarNode):
            raise MarkedYAMLError(problem="a key is not a word", problem_mark=node.start_mark)
        try:
            value = self.constructor.construct_object(node)
        except ValueError:
            return node.value  # 2022-02-31: no such day, which the schema says better
        if isinstance(value, datetime):
            return datetime.fromisoformat(value.isoformat())
        return value


def _unreadable(error: YAMLError) -> Mistake:
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        said = " ".join(str(error.problem or error.context).split())
        hint = f" ({QUOTES})" if said.startswith(("mapping values", "expected ','")) else ""
        return Mistake((), f"not readable as YAML: {said}{hint}", line=mark.line + 1 if mark else 1)
    return Mistake((), f"not readable as YAML: {' '.join(str(error).split())}", line=1)
