"""What is taught, as any data file may say it: hours by semester, tracks with their options, lines of courses."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from common.datafile.values import Count, Day, Key, Model, Section, Text


class Semester(Model):
    """So many hours of courses; those given until its last day, or from its first, are its own."""

    title: Text
    hours: Count
    since: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise PydanticCustomError("semester", "'from' is after 'until'")
        return self


class CourseLine(Model):
    """A line of the programme, as it is printed. Lines of one list with the same `choice` are alternatives."""

    title: Text
    choice: Key | None = None


Courses = Annotated[tuple[CourseLine, ...], Field(min_length=1)]


class TrackOption(Model):
    title: Text
    courses: Courses


class Track(Model):
    """What one set of students follows: one of its options, or the same courses for all."""

    options: Section[TrackOption] = {}
    courses: Courses | None = None

    @model_validator(mode="after")
    def _options_or_courses(self) -> Self:
        if bool(self.options) == bool(self.courses):
            raise PydanticCustomError("track", "expected either 'options' or 'courses'")
        return self

    def lists(self) -> Mapping[str | None, Courses]:
        """The courses of each option; under no option, where they are the same for all."""
        if self.courses:
            return {None: self.courses}
        return {key: option.courses for key, option in self.options.items()}


class Curriculum(Model):
    """`hours` is the total as it is printed: each kind of file says whether its semesters must add up to it."""

    hours: Count
    semesters: Annotated[Section[Semester], Field(min_length=1)]
    tracks: Annotated[Section[Track], Field(min_length=1)]
