"""The secrets of the second factor lie encrypted, are read if they lie plain from before, and follow a rotation."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from accounts.services import renew_second_factors
from common.secrets import keys, rotation
from common.secrets.rotation import Renewal
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def kept(user, kind: str) -> dict:
    return Authenticator.objects.get(user=user, type=kind).data


def keep(user, kind: str, data: dict) -> Authenticator:
    return Authenticator.objects.create(user=user, type=kind, data=data)


def test_what_is_set_up_lies_encrypted():
    user = make.with_second_factor(make.clerk())
    assert keys.is_encrypted(kept(user, "totp")["secret"])
    assert keys.is_encrypted(kept(user, "recovery_codes")["seed"])
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10


def test_what_was_kept_plain_is_read_then_encrypted():
    user = make.clerk()
    keep(user, "totp", {"secret": SECRET})
    codes = keep(user, "recovery_codes", {"seed": "5eed", "used_mask": 5}).wrap()
    before = codes.get_unused_codes()
    call_command("rotate_keys", "--same-key", verbosity=0)
    assert keys.decrypt(kept(user, "totp")["secret"]) == SECRET
    assert kept(user, "recovery_codes")["used_mask"] == 5
    after = Authenticator.objects.get(user=user, type="recovery_codes").wrap()
    assert after.get_unused_codes() == before


def test_codes_of_other_software_are_encrypted_one_by_one():
    user = make.clerk()
    keep(user, "recovery_codes", {"migrated_codes": ["111111", "222222"]})
    call_command("rotate_keys", verbosity=0)
    stored = kept(user, "recovery_codes")["migrated_codes"]
    assert [keys.decrypt(code) for code in stored] == ["111111", "222222"]


def test_a_rotation_puts_them_under_the_new_key(monkeypatch):
    monkeypatch.setattr(rotation, "IN_FLIGHT", 0)
    user = make.with_second_factor(make.clerk())
    secret = keys.decrypt(kept(user, "totp")["secret"])
    call_command("rotate_keys", "--drop-old", verbosity=0)
    assert len(keys.read_keys()) == 1
    assert keys.decrypt(kept(user, "totp")["secret"]) == secret


def test_what_no_key_reads_is_named_by_its_row():
    user = make.with_second_factor(make.clerk())
    keys.write_keys([keys.new_key()], rotating=False)
    renewal = Renewal()
    list(renew_second_factors(renewal))
    rows = Authenticator.objects.filter(user=user).order_by("pk")
    assert renewal.unreadable == [f"second factor {row.pk}" for row in rows]
    assert (renewal.secrets, renewal.changed) == (2, 0)


def test_going_through_them_asks_one_query_a_batch(django_assert_num_queries):
    for _ in range(3):
        make.with_second_factor(make.clerk())
    with django_assert_num_queries(6):  # two batches, the second empty, each in a savepoint
        list(renew_second_factors(Renewal()))
