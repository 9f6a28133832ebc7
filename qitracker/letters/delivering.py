"""Handing mail on: to a mail server, or as files into a folder."""

import os
import smtplib
import ssl
import uuid
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from qitracker.config import Mail, Secured

TIMEOUT = 20  # seconds a mail server may take for one step; a sweep comes every minute


class Refused(Exception):  # noqa: N818  (named for what happened)
    """This mail cannot be delivered, now (`for_good` False) or ever."""

    def __init__(self, sentence: str, *, for_good: bool) -> None:
        super().__init__(sentence)
        self.for_good = for_good


class Unreachable(Exception):  # noqa: N818  (named for what happened)
    """Nothing can be delivered at the moment; the text says why."""


class Way(Protocol):
    """How mail leaves. Entered once for many mails."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, one: BaseException | None, at: TracebackType | None
    ) -> None: ...
    def deliver(self, key: uuid.UUID, mail: EmailMessage) -> None: ...


def way_for(mail: Mail) -> Way:
    """The mail server where one is set, else the folder."""
    return Server(mail) if mail.host else Folder(mail.folder)


class Folder:
    """One .eml file a letter, named by its id: delivering it again is the same file again, never a second one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise Unreachable(f"The folder for mail cannot be made: {problem.strerror}.") from problem
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def deliver(self, key: uuid.UUID, mail: EmailMessage) -> None:
        """Write beside, then rename: a file under its name is whole."""
        whole, part = self.folder / f"{key}.eml", self.folder / f".{key}.{os.getpid()}.part"
        try:
            with part.open("wb") as file:
                file.write(mail.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            part.replace(whole)
        except OSError as problem:
            part.unlink(missing_ok=True)
            raise Unreachable(f"The mail cannot be written to its folder: {problem.strerror}.") from problem


class Server:
    """A mail server, asked for many mails over one connection."""

    def __init__(self, mail: Mail) -> None:
        self.mail = mail
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        try:
            self.connection = self._connect()
        except smtplib.SMTPAuthenticationError as problem:
            raise Unreachable("The mail server does not accept the user name or password.") from problem
        except smtplib.SMTPNotSupportedError as problem:
            raise Unreachable(
                "The mail server does not offer what the settings ask for (TLS, or signing in)."
            ) from problem
        except (OSError, smtplib.SMTPException) as problem:
            raise Unreachable("The mail server does not answer.") from problem
        return self

    def _connect(self) -> smtplib.SMTP:
        mail, context = self.mail, ssl.create_default_context()
        if mail.secured is Secured.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT, context=context)
        else:
            connection = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT)
        try:
            if mail.secured is Secured.STARTTLS:
                connection.starttls(context=context)
            if mail.user:
                connection.login(mail.user, mail.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def __exit__(self, *_: object) -> None:
        if self.connection is not None:
            try:
                self.connection.quit()
            except (OSError, smtplib.SMTPException):
                self.connection.close()

    def deliver(self, key: uuid.UUID, mail: EmailMessage) -> None:  # noqa: ARG002  (a folder needs the key)
        """Hand one mail on. A refusal with a code of 500 or more is for good (RFC 5321, 4.2.1)."""
        assert self.connection is not None
        try:
            self.connection.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refusal:
            code = max((code for code, _ in refusal.recipients.values()), default=0)
            raise Refused(f"The mail server refused the address ({code}).", for_good=code >= 500) from refusal
        except smtplib.SMTPServerDisconnected as problem:
            raise Unreachable("The mail server broke off.") from problem
        except smtplib.SMTPResponseException as refusal:
            code = refusal.smtp_code
            raise Refused(f"The mail server refused the mail ({code}).", for_good=code >= 500) from refusal
        except (ValueError, smtplib.SMTPException) as problem:
            raise Refused("The mail server cannot take this mail.", for_good=True) from problem
        except OSError as problem:
            raise Unreachable("The mail server does not answer.") from problem
