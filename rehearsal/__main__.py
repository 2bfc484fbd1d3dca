"""The scratch process: reads an order on stdin, writes a report on stdout. Started by `rehearsal.stage`."""

import json
import sys
from importlib import import_module

import django


def main() -> None:
    django.setup()
    order = json.load(sys.stdin)
    play = import_module(f"rehearsal.{order['play']}.play")  # needs the settings
    json.dump(play.stage(order, sys.stderr).as_json(), sys.stdout)


if __name__ == "__main__":
    main()
