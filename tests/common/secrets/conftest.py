"""A folder of keys for each test, and a table with an encrypted column, which the product has none of yet."""

import pytest
from django.apps import apps
from django.db import connection, models

from common.secrets.fields import EncryptedTextField


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


@pytest.fixture
def confidence(db):
    """A model whose table goes with the test's transaction."""

    class Confidence(models.Model):
        text = EncryptedTextField(null=True)

        class Meta:
            app_label = "common"

        def __str__(self):
            return str(self.pk)

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE common_confidence (id integer PRIMARY KEY, text text)")
    yield Confidence
    del apps.all_models["common"]["confidence"]
    apps.clear_cache()
