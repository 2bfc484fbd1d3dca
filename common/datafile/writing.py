"""A document is written: as a file, as what a version stores; and what a file of its kind may hold."""

import hashlib
import json
from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML

from common.datafile.values import FILE, StoredDocument


def to_yaml(document: BaseModel) -> str:
    """The document as a file; reading that file gives the same document."""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 110
    yaml.allow_unicode = True
    out = StringIO()
    yaml.dump(
        document.model_dump(mode="json", by_alias=True, exclude_defaults=True, context=FILE), out
    )
    return out.getvalue()


def schema_of(kind: type[BaseModel]) -> str:
    """The JSON Schema of such files, for an editor to check one while it is typed."""
    return json.dumps(kind.model_json_schema(), indent=2, ensure_ascii=False)


def canonical(document: BaseModel) -> dict[str, Any]:
    """The form that a version stores: parts are lists, in the order of the file."""
    return document.model_dump(mode="json", by_alias=True, exclude_none=True)


def digest(stored: dict[str, Any]) -> str:
    """SHA-256 of the canonical form as JSON, with sorted keys and no space."""
    text = json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def says_the_same(stored: Any, document: StoredDocument) -> bool:
    """Whether a stored version says what a document says.

    It is read by today's schema: a key that a later release adds to it is no change of the document.
    """
    return canonical(type(document).from_stored(stored)) == canonical(document)
