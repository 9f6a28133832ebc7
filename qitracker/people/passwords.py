"""Passwords: argon2id, long enough, not among the common ones. Nothing leaves this machine to check one."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

# OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane is its first choice.
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# Compared with when the account is unknown, so that both answers take as long.
NOBODY = HASHER.hash("no such person")
SHORTEST = 12  # NCSC and Cyber Essentials: 12 characters where there is no second factor
LONGEST = 128
OURS = ("qitracker", "qi tracker", "improvement", "lancashire", "hospital")
EASIEST = 2  # zxcvbn's score: below 2, fewer than a million guesses (Wheeler, USENIX Security 2016)


def why_not(password: str, *, name: str = "", email: str = "") -> str | None:
    """The sentence that says what is wrong with a new password, or None."""
    plain = normal(password)
    if len(plain) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Three words that do not belong together work well."
    if len(plain) > LONGEST:
        return f"Use at most {LONGEST} characters."
    low = plain.lower()
    if zxcvbn(plain[:72])["score"] < EASIEST:
        return "This password is easy to guess. Choose another."
    own = [part for part in (*name.lower().split(), email.split("@", maxsplit=1)[0].lower(), *OURS) if len(part) > 3]
    if any(part in low and len(low) - len(part) < 8 for part in own):
        return "This password is too close to your name or to the name of this system. Choose another."
    return None


def hashed(password: str) -> str:
    """The hash to store. Slow on purpose: never inside a transaction."""
    return HASHER.hash(normal(password))


def is_right(password: str, stored: str | None) -> bool:
    """Whether the password fits; takes as long when there is none to compare with."""
    try:
        HASHER.verify(stored or NOBODY, normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def normal(password: str) -> str:
    """The same password from every keyboard."""
    return unicodedata.normalize("NFC", password)
