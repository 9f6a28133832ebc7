"""Settings of a deployment, read once from the environment. docs/settings.md lists them for IT."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = Path(os.environ.get("QITRACKER_INSTANCE", ROOT / "instance"))


SHORTEST_KEY = 32  # characters of base 64: 192 bits


class SettingsError(RuntimeError):
    """A setting that cannot be used; the message says which and what it should be."""


class Secured(StrEnum):
    """How the way to the mail server is secured: from the first byte, after a word in the open, or not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """How mail leaves. Without a `host` each letter is a file in `folder`. Its repr never shows the password."""

    sender: str = "qitracker@localhost"
    folder: Path = INSTANCE / "mail"
    host: str = ""
    port: int = 587  # RFC 6409: submission
    user: str = ""
    password: str = ""
    secured: Secured = Secured.STARTTLS


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a deployment may choose. Times in minutes or hours as the names say."""

    database_url: str
    secret_key: str
    organisation_name: str = "Your organisation"
    secure_cookies: bool = True
    proxies: int = 0
    time_zone: str = "Europe/London"
    demo: bool = False
    idle_minutes: int = 30  # NHS login and CIS2 ask for a new sign-in after 30 minutes without use ...
    absolute_hours: int = 12  # ... and after 12 hours in any case
    upload_bytes: int = 5 * 1024 * 1024  # the readers of CSV and XLSX take no more
    address: str = "http://127.0.0.1:8000"  # of this program as people type it: what links in mail begin with
    mail: Mail = field(default_factory=Mail)
    queue_url: str = ""  # of Redis; without one the queue is a file in the instance folder

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def absolute(self) -> timedelta:
        return timedelta(hours=self.absolute_hours)


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings named QITRACKER_... and say plainly which one is wrong."""
    return Settings(
        database_url=database_url(environment),
        secret_key=secret(environment),
        organisation_name=environment.get("QITRACKER_ORGANISATION", "Your organisation"),
        secure_cookies=_switch(environment, "QITRACKER_SECURE_COOKIES", default=True),
        proxies=_whole(environment, "QITRACKER_PROXIES", 0),
        time_zone=_time_zone(environment),
        demo=_switch(environment, "QITRACKER_DEMO", default=False),
        idle_minutes=_whole(environment, "QITRACKER_IDLE_MINUTES", 30),
        absolute_hours=_whole(environment, "QITRACKER_ABSOLUTE_HOURS", 12),
        address=_address(environment),
        mail=mail_from(environment),
        queue_url=_queue(environment),
    )


def mail_from(environment: Mapping[str, str]) -> Mail:
    """How mail leaves. A server without the address that mail comes from is a mistake: servers refuse such mail."""
    host = environment.get("QITRACKER_SMTP_HOST", "").strip()
    sender = environment.get("QITRACKER_MAIL_FROM", "").strip()
    if host and not sender:
        raise SettingsError("QITRACKER_MAIL_FROM must name the address that mail comes from")
    name, at, domain = sender.rpartition("@")
    if sender and not (at and name and domain and sender.isascii() and sender.isprintable() and " " not in sender):
        raise SettingsError(f"QITRACKER_MAIL_FROM must be a plain e-mail address, not {sender!r}")
    secured = environment.get("QITRACKER_SMTP_SECURED", "").strip().lower() or Secured.STARTTLS.value
    if secured not in set(Secured):
        raise SettingsError(f"QITRACKER_SMTP_SECURED must be tls, starttls or none, not {secured!r}")
    return Mail(
        sender=sender or "qitracker@localhost",
        folder=Path(environment.get("QITRACKER_MAIL_FOLDER") or INSTANCE / "mail"),
        host=host,
        port=_whole(environment, "QITRACKER_SMTP_PORT", 465 if secured == Secured.TLS else 587),
        user=environment.get("QITRACKER_SMTP_USER", ""),
        password=environment.get("QITRACKER_SMTP_PASSWORD", ""),
        secured=Secured(secured),
    )


def _address(environment: Mapping[str, str]) -> str:
    said = environment.get("QITRACKER_ADDRESS", "").strip().rstrip("/") or "http://127.0.0.1:8000"
    parts = urlsplit(said)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or not said.isprintable():
        raise SettingsError(f"QITRACKER_ADDRESS must be an address such as https://qi.example.org, not {said!r}")
    return said


def _queue(environment: Mapping[str, str]) -> str:
    said = environment.get("QITRACKER_QUEUE_URL", "").strip()
    if said and not said.startswith(("redis://", "rediss://", "unix://")):
        raise SettingsError(f"QITRACKER_QUEUE_URL must be an address of Redis, not {said!r}")
    return said


def database_url(environment: Mapping[str, str]) -> str:
    """The database's address; without one, an SQLite file in the instance folder."""
    url = environment.get("QITRACKER_DATABASE_URL") or f"sqlite:///{INSTANCE / 'qitracker.db'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def secret(environment: Mapping[str, str]) -> str:
    """The key that signs cookies, from the environment or from the instance folder; never a short one."""
    named = environment.get("QITRACKER_SECRET_KEY")
    if named and len(named) < SHORTEST_KEY:
        raise SettingsError(f"QITRACKER_SECRET_KEY must have at least {SHORTEST_KEY} characters")
    return named or secret_from_file(INSTANCE / "secret_key")


def secret_from_file(path: Path) -> str:
    """The key in the file: made once, readable by the owner only, never a default."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    key = path.read_text().strip()
    if len(key) < SHORTEST_KEY:
        raise SettingsError(f"{path} must hold at least {SHORTEST_KEY} characters: delete it to have a new one made")
    return key


def _switch(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    said = environment.get(name, "").strip().lower()
    if said not in {"", "0", "1", "no", "yes", "false", "true"}:
        raise SettingsError(f"{name} must be yes or no, not {said!r}")
    return said in {"1", "yes", "true"} if said else default


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    said = environment.get(name, "").strip()
    if said and not (said.isascii() and said.isdigit()):
        raise SettingsError(f"{name} must be a whole number, not {said!r}")
    return int(said) if said else default


def _time_zone(environment: Mapping[str, str]) -> str:
    said = environment.get("QITRACKER_TIME_ZONE", "Europe/London")
    try:
        ZoneInfo(said)
    except (ValueError, KeyError, OSError) as problem:
        raise SettingsError(f"QITRACKER_TIME_ZONE must be a time zone such as Europe/London, not {said!r}") from problem
    return said
