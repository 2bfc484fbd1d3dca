"""Chance that falls the same way each time, so that two demonstrations tell the same stories."""

from random import Random


def chance(*about: object) -> Random:
    return Random("/".join(str(part) for part in about))  # noqa: S311 -- nothing secret is drawn
