"""A mail server on this machine, that keeps what it takes and refuses what it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


@dataclass
class Sink:
    """Answers by recipient, to the address and to the text; the line is cut before or after the text is taken."""

    taken: list[EmailMessage] = field(default_factory=list)
    to_recipient: dict[str, str] = field(default_factory=dict)
    to_data: dict[str, str] = field(default_factory=dict)
    drops_before: list[str] = field(default_factory=list)  # each entry is one cut
    drops_after: list[str] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _
    ) -> str:
        answer = self.to_recipient.get(address, OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.sessions.add(id(session))
        to = envelope.rcpt_tos[0]
        if _next(self.drops_before, to):
            server.transport.close()
            return OK
        answer = self.to_data.get(to, OK)
        if answer == OK:
            self.taken.append(
                message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default)
            )
        if _next(self.drops_after, to):
            server.transport.close()
        return answer

    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.taken]


def _next(cuts: list[str], to: str) -> bool:
    if to not in cuts:
        return False
    cuts.remove(to)
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(sink: Sink, port: int = 0) -> Iterator[int]:
    """Serve `sink` on a port of this machine, which is given."""
    controller = Controller(sink, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
