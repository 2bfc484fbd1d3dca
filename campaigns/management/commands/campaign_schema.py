import json
from typing import Any

from django.core.management.base import BaseCommand

from campaigns.document.schema import CampaignDocument


class Command(BaseCommand):
    help = "Write the JSON Schema of campaign files on stdout: fixtures/campaigns/schema.json is made by it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(
            json.dumps(CampaignDocument.model_json_schema(), indent=2, ensure_ascii=False)
        )
