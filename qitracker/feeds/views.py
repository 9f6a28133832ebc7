"""All pages of this room: importing them hangs them on the blueprint."""

from qitracker.feeds import adding, bringing_in, checking, correcting, looking_back
from qitracker.feeds.room import feeds

PAGES = (adding, bringing_in, checking, correcting, looking_back)

__all__ = ["PAGES", "feeds"]
