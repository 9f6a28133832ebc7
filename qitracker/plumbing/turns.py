"""Writers of an SQLite database take turns: one of each process at a time, and who waits looks every two milliseconds.

SQLite's own waiting looks again after 1, 2, 5, 10, and at last each 100 ms (sqliteDefaultBusyCallback in its main.c),
and whoever happens to look first is next: with eight threads that write, one form in some thousand waited the whole
five seconds, and meanwhile nobody wrote for a third of the time (docs/adr/0002-database.md).
"""

import threading
import time

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

LOOK_EVERY = 0.002  # seconds; a write takes some ten milliseconds, a look twenty microseconds
MINE = "has the turn"


class Turns:
    """The line of one process at one database. Each process of a server has its own."""

    def __init__(self, engine: Engine, busy_ms: int) -> None:
        self._turn = threading.Lock()
        self._busy_ms = busy_ms
        event.listen(engine, "checkin", self._give_back)

    def begin(self, connection: Connection, wait_ms: int) -> None:
        """BEGIN IMMEDIATE. Raises OperationalError when the database is still locked after `wait_ms`.

        The turn is given back when the connection goes back to its pool, which is after the commit.
        """
        until = time.monotonic() + wait_ms / 1000
        if not connection.info.get(MINE):
            connection.info[MINE] = self._turn.acquire(timeout=wait_ms / 1000)
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
        try:
            while not self._has_begun(connection, is_last=time.monotonic() >= until):
                time.sleep(LOOK_EVERY)
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={self._busy_ms}")

    def _has_begun(self, connection: Connection, *, is_last: bool) -> bool:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if is_last or "locked" not in str(error.orig):  # a full disk does not get better by waiting
                raise
            return False
        return True

    def _give_back(self, _connection: object, record: object) -> None:
        if getattr(record, "info", {}).pop(MINE, False):
            self._turn.release()
