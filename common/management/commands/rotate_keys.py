from argparse import ArgumentParser
from time import sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.secrets.keys import RotationUnderWayError
from common.secrets.rotation import rotate_keys

SHOWN = 10  # how many of the secrets that no key reads are named


class Command(BaseCommand):
    help = "Put all that is kept encrypted under a new key. Stopped halfway, type it again: it goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--same-key",
            action="store_true",
            help="make no new key: encrypt what is still plain, renew what an older key holds",
        )
        parser.add_argument(
            "--drop-old",
            action="store_true",
            help="drop the older keys once nothing needs them; copies of the database from before are then unreadable",
        )

    def handle(self, *_args: Any, same_key: bool, drop_old: bool, **_options: Any) -> None:
        try:
            renewal = rotate_keys(
                new_key=not same_key, drop_old=drop_old, say=self.stdout.write, wait=sleep
            )
        except RotationUnderWayError:
            raise CommandError("Another rotation is under way.") from None
        if renewal.unreadable:
            places = "\n".join(f"  {place}" for place in renewal.unreadable[:SHOWN])
            raise CommandError(
                f"No key reads {len(renewal.unreadable)} of these secrets, left as they were:\n{places}"
            )
