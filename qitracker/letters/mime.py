"""A letter as a mail: plain text and HTML, headers that cannot be added to."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from qitracker.config import Settings
from qitracker.letters.writing import on_one_line
from qitracker.models import Letter


class Unsendable(ValueError):  # noqa: N818  (named for what a page says)
    """No mail can be made of this letter; the text says why."""


def mail_of(letter: Letter, settings: Settings, choices: str) -> EmailMessage:
    """The letter as it leaves. `choices` is the address of the page on which the reader can stop it.

    The same letter is the same mail, Message-ID included, however often it is made. Raises Unsendable where the reader
    has left since, or the address cannot be one.
    """
    if not letter.person.is_active:
        raise Unsendable("The person has left.")
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = Address(display_name="QI tracker", addr_spec=settings.mail.sender)
        mail["To"] = Address(display_name=on_one_line(letter.person.name), addr_spec=letter.person.email)
    except (ValueError, MessageError, IndexError) as problem:
        raise Unsendable("The e-mail address cannot be used.") from problem
    mail["Subject"] = on_one_line(letter.subject)
    mail["Date"] = format_datetime(letter.made_at)
    mail["Message-ID"] = f"<{letter.id}@{urlsplit(settings.address).hostname}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office reply, please
    mail["List-Unsubscribe"] = f"<{choices}>"  # RFC 2369: a page with the choices, after signing in
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    return mail
