"""The scratch process: reads an order on stdin, writes a report on stdout. Started by `rehearsal.stage`."""

import json
import sys

import django


def main() -> None:
    django.setup()
    from rehearsal.campaign.play import stage  # noqa: PLC0415 -- needs the settings

    json.dump(stage(json.load(sys.stdin), sys.stderr).as_json(), sys.stdout)


if __name__ == "__main__":
    main()
