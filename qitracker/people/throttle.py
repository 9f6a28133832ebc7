"""Guessing is slowed per account and per address, in a table all workers share. Nobody is locked out for good.

A shared hospital address is one address to us, so its limit is wide. An account's own limit does not apply to
an address it has signed in from before: whoever guesses elsewhere cannot keep its owner out.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, func, select

from qitracker.models import SignInTry, db

WINDOW = timedelta(minutes=15)
PER_ACCOUNT_AND_ADDRESS = 10  # wrong tries in the window
PER_ACCOUNT = 20  # from all new addresses together
PER_ADDRESS = 200
KNOWN_FOR = timedelta(days=90)


def account_of(email: str) -> str:
    """The account's key: a hash, so that mistyped passwords in the e-mail box are not kept readable."""
    return sha256(email.strip().lower().encode("utf-8", "replace")).hexdigest()


def is_too_many(email: str, address: str, now: datetime) -> bool:
    """Whether a further try must wait."""
    account, since = account_of(email), now - WINDOW
    wrong = (SignInTry.at > since) & SignInTry.succeeded.is_(False)
    mine = _count(wrong, SignInTry.account == account, SignInTry.address == address)
    all_of_account = _count(wrong, SignInTry.account == account)
    all_of_address = _count(wrong, SignInTry.address == address)
    if mine >= PER_ACCOUNT_AND_ADDRESS or all_of_address >= PER_ADDRESS:
        return True
    return all_of_account >= PER_ACCOUNT and not _is_known(account, address, now)


def note(email: str, address: str, now: datetime, *, succeeded: bool) -> None:
    """Write the try down, and forget what no rule asks about any more."""
    db.session.execute(delete(SignInTry).where(SignInTry.at < now - KNOWN_FOR))
    db.session.add(SignInTry(account=account_of(email), address=address[:64], at=now, succeeded=succeeded))


def _is_known(account: str, address: str, now: datetime) -> bool:
    found = select(SignInTry.id).where(
        SignInTry.account == account, SignInTry.address == address, SignInTry.succeeded, SignInTry.at > now - KNOWN_FOR
    )
    return db.session.scalar(found.limit(1)) is not None


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(SignInTry).where(*conditions)) or 0
