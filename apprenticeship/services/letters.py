"""A letter to the candidate, about one candidacy."""

from admissions.dossier.mails import about
from admissions.models import Candidacy
from notifications.mails import Context, Refs
from notifications.queue import Message


def letter(candidacy: Candidacy, kind: str, refs: Refs | None = None, *, key: str = "") -> list[Message]:
    """Told once, or once for each key; none to someone without an account."""
    user = candidacy.application.person.user
    if user is None:
        return []
    return [
        Message(
            kind=kind,
            dedupe_key=f"{kind}:{key or candidacy.ref}",
            to=user.email,
            language=user.language,
            refs={"candidacy": candidacy.ref, **(refs or {})},
            school_id=candidacy.programme.school_id,
            about=candidacy.application.ref,
        )
    ]


def said_of(candidacy: Candidacy) -> Context:
    """What every such letter says: the dossier, its campaign, the programme."""
    return {**about(candidacy.application, ()), "programme": candidacy.programme.title}
