"""What the process is told from outside is checked before anything starts, and every mistake is named at once."""

import os
import subprocess
import sys

import pytest

from config.environment import ROOT, BadEnvironmentError, Environment

KEY = "A" * 43 + "="
INTRODUCTION = "Rentrée cannot start, mend these variables:"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eight", "Input should be a valid integer, unable to parse string as an integer"),
        ("PORT", "0", "Input should be greater than or equal to 1"),
        ("PORT", "65536", "Input should be less than or equal to 65535"),
        ("BASE_URL", "rentree.example", "should start with one of http://, https://"),
        ("BASE_URL", "https://", "names no machine"),
        (
            "BASE_URL",
            "https://school.example/rentree",
            "should stop at the machine's name, without a path",
        ),
        ("DEBUG", "perhaps", "Input should be a valid boolean, unable to interpret input"),
        ("DEMO", "perhaps", "Input should be a valid boolean, unable to interpret input"),
        (
            "DATABASE_URL",
            "mysql://db/rentree",
            "should start with one of postgres://, postgresql://, sqlite://",
        ),
        ("DATABASE_URL", "postgres://db", "names no database"),
        ("REDIS_URL", "localhost:6379", "should start with one of redis://, rediss://"),
        (
            "EMAIL_URL",
            "mail.example",
            "should start with one of demo://, smtp://, smtp+ssl://, smtp+tls://, smtps://",
        ),
        (
            "EMAIL_URL",
            "demo://",
            "keeps every message on a page of the demonstration: not without DEMO",
        ),
        ("MAIL_FROM", "the school", "holds no e-mail address"),
        ("SECRET_KEY", "short", "should have at least 50 characters, or be left out"),
        (
            "ENCRYPTION_KEYS",
            f"{KEY},short",
            "number 2 is no key, expected 32 bytes in URL-safe base64",
        ),
        ("TRUSTED_PROXIES", "-1", "Input should be greater than or equal to 0"),
        ("WEB_WORKERS", "0", "Input should be greater than or equal to 1"),
        ("API_CALLS_A_MINUTE", "0", "Input should be greater than or equal to 1"),
        (
            "WEB_WORKERS",
            "2",
            "several web workers count their sign-in attempts in Redis: set REDIS_URL",
        ),
    ],
)
def test_a_bad_value_is_refused_in_words(name, value, sentence):
    with pytest.raises(BadEnvironmentError) as refused:
        Environment.read({name: value})
    assert str(refused.value) == f"{INTRODUCTION}\n  {name}: {sentence}"


def test_every_mistake_is_told_at_once():
    with pytest.raises(BadEnvironmentError) as refused:
        Environment.read({"PORT": "x", "DEBUG": "x", "REDIS_URL": "x", "TRUSTED_PROXIES": "x"})
    named = [line.split(":")[0].strip() for line in str(refused.value).splitlines()[1:]]
    assert named == ["PORT", "DEBUG", "REDIS_URL", "TRUSTED_PROXIES"]


def test_debug_is_refused_where_strangers_visit():
    with pytest.raises(BadEnvironmentError, match="DEBUG: shows the code to visitors"):
        Environment.read({"DEBUG": "1", "BASE_URL": "https://rentree.example"})


def test_a_password_in_an_address_is_not_repeated():
    with pytest.raises(BadEnvironmentError) as refused:
        Environment.read({"DATABASE_URL": "mysql://rentree:hunter2@db/rentree"})
    assert "hunter2" not in str(refused.value)


def test_an_empty_variable_is_as_good_as_none():
    assert Environment.read({"PORT": "", "DEBUG": "", "SECRET_KEY": ""}) == Environment.read({})


def test_without_any_variable_everything_is_embedded():
    environment = Environment.read({})
    assert environment.model_dump() == {
        "PORT": 8000,
        "BASE_URL": "http://127.0.0.1:8000",
        "DEBUG": False,
        "DEMO": False,
        "VAR_DIR": ROOT / "var",
        "DATABASE_URL": f"sqlite:///{ROOT}/var/rentree.sqlite3",
        "REDIS_URL": "",
        "EMAIL_URL": "smtp://localhost:25",
        "MAIL_FROM": "Rentrée <ne-pas-repondre@localhost>",
        "SECRET_KEY": "",
        "ENCRYPTION_KEYS": "",
        "TRUSTED_PROXIES": 0,
        "WEB_WORKERS": 1,
        "API_CALLS_A_MINUTE": 120,
    }


@pytest.mark.parametrize("yes", ["1", "true", "t", "yes", "y", "on", "ON"])
def test_the_demonstration_keeps_its_mail(yes):
    assert Environment.read({"DEMO": yes}).EMAIL_URL == "demo://"


def test_several_web_workers_share_redis():
    environment = Environment.read({"WEB_WORKERS": "4", "REDIS_URL": "redis://cache:6379/0"})
    assert environment.WEB_WORKERS == 4


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path):
    environment = Environment.read({"VAR_DIR": str(tmp_path / "new")})
    key = environment.secret_key
    assert len(key) >= 64
    assert Environment.read({"VAR_DIR": str(tmp_path / "new")}).secret_key == key
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o077 == 0


def test_encryption_keys_are_separated_by_commas():
    environment = Environment.read({"ENCRYPTION_KEYS": f"{KEY}, {KEY}"})
    assert environment.encryption_keys == (KEY, KEY)
    assert Environment.read({}).encryption_keys == ()


def test_a_bad_variable_stops_the_command_without_a_traceback(tmp_path):
    bad = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "PORT": "eight"}
    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=bad,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines() == [
        INTRODUCTION,
        "  PORT: Input should be a valid integer, unable to parse string as an integer",
    ]


def test_the_readme_tells_every_variable():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    told = [
        line.split("`")[1]
        for line in lines
        if line.startswith("| `") and line.split("`")[1].isupper()
    ]
    assert sorted(told) == sorted(Environment.model_fields)
