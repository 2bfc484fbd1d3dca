"""Why a rule says no. Rules give codes and figures; wording belongs to the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason for which something may not be done."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may this be done?", with every reason against it."""

    refusals: tuple[Refusal, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.refusals

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict()


def refused(code: str, **params: object) -> Verdict:
    return Verdict((Refusal(code, params),))
