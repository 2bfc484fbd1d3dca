from typing import Any

from django.core.management.base import BaseCommand

from campaigns.document.schema import CampaignDocument
from common.datafile.writing import schema_of


class Command(BaseCommand):
    help = "Write the JSON Schema of campaign files on stdout: fixtures/campaigns/schema.json is made by it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(schema_of(CampaignDocument))
