from common.rules.refusals import Refusal, Verdict


class DomainError(Exception):
    """A command was refused by a rule; carries every reason as a code with its figures."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = refusals

    @classmethod
    def of(cls, code: str, **params: object) -> "DomainError":
        return cls(Refusal(code, params))


class NotAllowedError(DomainError):
    """The actor may not do this to that object."""


def require(verdict: Verdict) -> None:
    """Raise NotAllowedError unless the verdict allows."""
    if not verdict:
        raise NotAllowedError(*verdict.refusals)
