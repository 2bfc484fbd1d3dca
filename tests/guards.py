"""What no test may let pass: undefined variables in templates, pages that write, calls to the outside."""

import re
import sys
from contextlib import ExitStack

from django.db import connections
from django.template.base import FilterExpression

from config.environment import ROOT

OWN_TEMPLATES = str(ROOT / "templates")
FORGIVING_FILTERS = {"default", "default_if_none"}
WRITING = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\W?(\w+)", re.IGNORECASE)
WRITTEN_BY_READING = {"django_session"}
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class UndefinedVariable(str):
    """Django asks whether it is true just before it would show nothing: for our templates, that is a failure."""

    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        if frame.f_code is FilterExpression.resolve.__code__:
            expression, context = frame.f_locals["self"], frame.f_locals["context"]
            template = context.render_context.template or context.template
            forgiven = FORGIVING_FILTERS & {
                getattr(function, "__name__", "") for function, _ in expression.filters
            }
            if str(template.origin.name).startswith(OWN_TEMPLATES) and not forgiven:
                raise AssertionError(
                    f"{template.origin.name} shows {expression.token!r}, which is undefined"
                )
        return False


def reading_writes_nothing(get_response):
    """A GET that changes data is a mistake: browsers, crawlers and mail scanners repeat it."""

    def refuse(execute, sql, params, many, context):
        written = WRITING.match(sql)
        assert not written or written[1] in WRITTEN_BY_READING, (
            f"a page that only reads wrote: {sql}"
        )
        return execute(sql, params, many, context)

    def middleware(request):
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(refuse))
            return get_response(request)

    return middleware


def facts_as_in_the_sample(read):
    """What a mail is written from has all that its sample has: what the catalogue shows can be sent.

    Wraps the gathering of facts.
    """

    def guarded(mail, rows):
        pairs = read(mail, rows)
        names = [set(facts) for _, facts in pairs if not isinstance(facts, Exception)]
        assert all(found >= set(mail.sample()) for found in names), mail.name
        return pairs

    return guarded


def stay_on_this_machine(connect):
    """Wraps socket.connect."""

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    return guarded
