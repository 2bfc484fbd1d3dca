"""The small types that only a year's file has; `common.datafile.values` has the others."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from common.datafile.values import Words

Article = Annotated[str, Field(min_length=1, max_length=20, strict=True)]
Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Number = Annotated[Words, Field(max_length=4)]  # of a step, as it is printed: 3, 3′, A
Weeks = Annotated[int, Field(ge=1, le=60, strict=True)]
AtLeastOne = Annotated[int, Field(ge=1, le=1000, strict=True)]
SCALES = ((0, 1), (0, 1, 2))
WHOLE = 100  # hundredths: the sum of the coefficients of a mark


def _hundredths(value: Any) -> int:
    if not isinstance(value, bool) and isinstance(value, int | float | str):
        read = re.fullmatch(r"([01])(?:\.(\d{1,2}))?", str(value))
        if read:
            hundredths = int(read[1]) * WHOLE + int((read[2] or "").ljust(2, "0"))
            if 0 < hundredths <= WHOLE:
                return hundredths
    raise PydanticCustomError(
        "coefficient", "not a coefficient, expected a share of 1, for instance 0.4"
    )


# A share of 1, kept as whole hundredths.
Coefficient = Annotated[
    int,
    PlainValidator(_hundredths),
    PlainSerializer(lambda hundredths: hundredths / WHOLE, when_used="json"),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1}),
]


def _month(value: Any) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        return date.fromisoformat(f"{value}-01")
    raise PydanticCustomError("month", "not a month, expected YYYY-MM")


# A month, kept as its first day.
Month = Annotated[
    date,
    PlainValidator(_month),
    PlainSerializer(lambda day: f"{day:%Y-%m}", when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}),
]


def _known_scale(points: tuple[int, ...]) -> tuple[int, ...]:
    if points not in SCALES:
        raise PydanticCustomError("scale", "not a scale, expected [0, 1] or [0, 1, 2]")
    return points


Points = Annotated[tuple[int, ...], AfterValidator(_known_scale)]
