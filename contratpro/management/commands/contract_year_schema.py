from typing import Any

from django.core.management.base import BaseCommand

from common.datafile.writing import schema_of
from contratpro.year.document.schema import YearDocument


class Command(BaseCommand):
    help = "Write the JSON Schema of these files on stdout: fixtures/contratpro/schema.json is made by it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(schema_of(YearDocument))
