"""Commands as an administrator types them."""

import io

from django.core.management import call_command

WRITES = ("INSERT", "UPDATE", "DELETE")


def run(name, *arguments):
    """What a command prints, what it complains of and its exit code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(name, *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return out.getvalue(), err.getvalue(), code


def written(queries):
    return [query["sql"] for query in queries if query["sql"].startswith(WRITES)]
