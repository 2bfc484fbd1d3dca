"""How many examples Hypothesis tries: some for each change, ten times as many for a release."""

from typing import Any

from hypothesis import settings

LONG = "long"  # pytest --hypothesis-profile long


def register_profiles() -> None:
    settings.register_profile("short", deadline=None, max_examples=50)
    settings.register_profile(LONG, deadline=None, max_examples=500)
    settings.load_profile("short")


def tries(examples: int, **others: Any) -> settings:
    """For a property whose examples cost much, or prove little each."""
    many = settings.get_current_profile_name() == LONG
    return settings(max_examples=examples * 10 if many else examples, **others)
