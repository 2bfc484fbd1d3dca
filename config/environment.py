"""What the process is told from outside, checked before Django starts."""

import os
import secrets
from email.utils import parseaddr
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from common.secrets.keys import is_key

ROOT = Path(__file__).resolve().parent.parent
SCHEMES = {
    "BASE_URL": {"http", "https"},
    "DATABASE_URL": {"sqlite", "postgres", "postgresql"},
    "REDIS_URL": {"redis", "rediss"},
    "EMAIL_URL": {"smtp", "smtp+tls", "smtp+ssl", "smtps", "demo"},
}
SHORTEST_KEY = 50  # what Django's deployment check asks for


class BadEnvironmentError(Exception):
    """At least one variable has a value that cannot be used."""


class Environment(BaseModel):
    """Every variable that changes how Rentrée runs; README.md says what each is for."""

    model_config = ConfigDict(frozen=True)

    PORT: int = Field(8000, ge=1, le=65535)
    BASE_URL: str = ""
    DEBUG: bool = False
    DEMO: bool = False
    VAR_DIR: Path = ROOT / "var"
    DATABASE_URL: str = ""
    REDIS_URL: str = ""
    EMAIL_URL: str = ""
    MAIL_FROM: str = "Rentrée <ne-pas-repondre@localhost>"
    SECRET_KEY: str = ""
    ENCRYPTION_KEYS: str = ""
    TRUSTED_PROXIES: int = Field(0, ge=0, le=9)
    WEB_WORKERS: int = Field(1, ge=1, le=64)
    API_CALLS_A_MINUTE: int = Field(120, ge=1)

    @classmethod
    def read(cls, values: dict[str, str] | None = None) -> Self:
        """Read the process environment.

        Raises BadEnvironmentError naming every bad variable at once.
        """
        source = dict(os.environ if values is None else values)
        known = {name: source[name] for name in cls.model_fields if source.get(name)}
        try:
            return cls.model_validate(cls._with_defaults(known))
        except ValidationError as error:
            lines = [f"  {e['loc'][0]}: {e['msg']}" for e in error.errors(include_url=False)]
            message = "\n".join(["Rentrée cannot start, mend these variables:", *lines])
            raise BadEnvironmentError(message) from None

    @staticmethod
    def _with_defaults(known: dict[str, str]) -> dict[str, str]:
        var = Path(known.get("VAR_DIR", ROOT / "var")).resolve()
        demo = known.get("DEMO", "").lower() in {"1", "true", "t", "yes", "y", "on"}
        return {
            "BASE_URL": f"http://127.0.0.1:{known.get('PORT', 8000)}",
            "DATABASE_URL": f"sqlite:///{var / 'rentree.sqlite3'}",
            "EMAIL_URL": "demo://" if demo else "smtp://localhost:25",
            **known,
            "VAR_DIR": str(var),
        }

    @field_validator("BASE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")
    @classmethod
    def _known_scheme(cls, value: str, info: ValidationInfo) -> str:
        """The value itself is not repeated: it may hold a password."""
        schemes = SCHEMES[str(info.field_name)]
        if value and urlsplit(value).scheme not in schemes:
            raise _mistake(
                "should start with one of "
                + ", ".join(f"{scheme}://" for scheme in sorted(schemes))
            )
        return value

    @field_validator("BASE_URL")
    @classmethod
    def _machine_alone(cls, value: str) -> str:
        if not urlsplit(value).hostname:
            raise _mistake("names no machine")
        if urlsplit(value).path.strip("/"):
            raise _mistake("should stop at the machine's name, without a path")
        return value.rstrip("/")

    @field_validator("DATABASE_URL")
    @classmethod
    def _named_database(cls, value: str) -> str:
        if not urlsplit(value).path.strip("/"):
            raise _mistake("names no database")
        return value

    @field_validator("DEBUG")
    @classmethod
    def _debug_at_home(cls, value: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 -- pydantic's signature
        if value and urlsplit(info.data.get("BASE_URL", "")).scheme == "https":
            raise _mistake("shows the code to visitors: not with a BASE_URL in https")
        return value

    @field_validator("EMAIL_URL")
    @classmethod
    def _delivers(cls, value: str, info: ValidationInfo) -> str:
        if urlsplit(value).scheme == "demo" and not info.data.get("DEMO"):
            raise _mistake("keeps every message on a page of the demonstration: not without DEMO")
        return value

    @field_validator("MAIL_FROM")
    @classmethod
    def _address(cls, value: str) -> str:
        if "@" not in parseaddr(value)[1]:
            raise _mistake("holds no e-mail address")
        return value

    @field_validator("SECRET_KEY")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if 0 < len(value) < SHORTEST_KEY:
            raise _mistake(f"should have at least {SHORTEST_KEY} characters, or be left out")
        return value

    @field_validator("ENCRYPTION_KEYS")
    @classmethod
    def _usable_keys(cls, value: str) -> str:
        """A key itself is not repeated."""
        for number, key in enumerate(value.split(",") if value else (), 1):
            if not is_key(key.strip()):
                raise _mistake(f"number {number} is no key, expected 32 bytes in URL-safe base64")
        return value

    @field_validator("WEB_WORKERS")
    @classmethod
    def _shared_cache(cls, value: int, info: ValidationInfo) -> int:
        if value > 1 and not info.data.get("REDIS_URL"):
            raise _mistake(
                "several web workers count their sign-in attempts in Redis: set REDIS_URL"
            )
        return value

    @property
    def secret_key(self) -> str:
        """The key given, else one made once and kept beside the data."""
        if self.SECRET_KEY:
            return self.SECRET_KEY
        kept = self.VAR_DIR / "secret_key"
        if not kept.exists():
            self.VAR_DIR.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        return kept.read_text(encoding="utf-8")

    @property
    def encryption_keys(self) -> tuple[str, ...]:
        """The keys given, newest first; none if they are in their file."""
        given = self.ENCRYPTION_KEYS
        return tuple(key.strip() for key in given.split(",")) if given else ()


def _mistake(words: str) -> PydanticCustomError:
    return PydanticCustomError("environment", "{words}", {"words": words})
