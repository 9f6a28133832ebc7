"""The `qitracker` command: what an administrator or an analyst does without a browser."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qitracker.config import INSTANCE, SettingsError, settings_from

if TYPE_CHECKING:
    from flask import Flask


@contextmanager
def _in_plain_words() -> Iterator[None]:
    """What an administrator can put right ends a command with a sentence and status 1, not with a traceback."""
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

    from qitracker.plumbing.checked import BackupFailed

    try:
        yield
    except (SettingsError, BackupFailed) as problem:
        raise click.ClickException(str(problem)) from problem
    except (ArgumentError, NoSuchModuleError) as problem:
        raise click.ClickException("QITRACKER_DATABASE_URL is not an address of SQLite or PostgreSQL.") from problem
    except OperationalError as problem:
        raise click.ClickException(f"The database does not answer: {str(problem.orig).strip()}") from problem


@click.group(context_settings={"max_content_width": 100})
def main() -> None:
    """QI tracker: improvement work in hospitals, from a first idea to a signal on a chart."""
    os.umask(0o077)  # the database, its backups, the secret key: for their owner only


@main.command()
@_in_plain_words()
def migrate() -> None:
    """Bring the database to the tables this version needs.

    It is made if it is missing. An SQLite database that is behind is backed up first, to instance/backups.
    """
    from qitracker.plumbing.migrating import MigrationFailed, bring_up_to_date

    INSTANCE.mkdir(parents=True, exist_ok=True)
    try:
        click.echo(bring_up_to_date(settings_from(os.environ).database_url, INSTANCE / "backups"))
    except MigrationFailed as problem:
        raise click.ClickException(str(problem)) from problem


@main.command()
@click.option("--port", default=lambda: int(os.environ.get("PORT", "8000")), type=int, show_default="8000, or PORT")
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address to listen on.")
@_in_plain_words()
def serve(port: int, bind: str) -> None:
    """Serve with gunicorn: two workers of four threads."""
    _stop_unless_current()
    _serve(port, bind)


@main.command("first-administrator")
@click.option("--organisation", required=True, help="The organisation's name.")
@click.option("--name", required=True, help="The administrator's name.")
@click.option("--email", required=True, help="Their e-mail address.")
@_in_plain_words()
def first_administrator(organisation: str, name: str, email: str) -> None:
    """Make the organisation and its first administrator.

    The password is asked for, or read from standard input. There is no default.
    """
    from qitracker.people.first import make_first_administrator

    _stop_unless_current()
    password = _asked_twice() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    problem = make_first_administrator(_app(), organisation, name, email, password)
    if problem:
        raise click.ClickException(problem)
    click.echo(f"{name.strip()} can sign in as {email.strip().lower()} and invite everybody else.")


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
@_in_plain_words()
def backup(target: Path) -> None:
    """Back up the database to TARGET while it is in use.

    The copy is checked, and appears under that name only when it is sound.
    """
    from qitracker.plumbing.backups import back_up

    click.echo(back_up(settings_from(os.environ).database_url, target))


@main.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--replace", is_flag=True, help="The database that is there is moved aside, not deleted.")
@_in_plain_words()
def restore(source: Path, replace: bool) -> None:
    """Put a backup in place of the database.

    Stop the server first. The backup is checked, and brought up to date, before anything is moved.
    """
    from qitracker.plumbing.backups import put_back

    click.echo(put_back(settings_from(os.environ).database_url, source, replace=replace))


@main.command()
@_in_plain_words()
def rebuild() -> None:
    """Analyse every series again and store the results.

    Where each project stands is worked out anew with them. Says how many had differed from what was stored.
    """
    from qitracker.jobs.by_hand import rebuild as rebuild_everything

    _stop_unless_current()
    click.echo(rebuild_everything(_app()))


@main.command()
@_in_plain_words()
def worker() -> None:
    """Do what runs by itself, until stopped.

    Mail, reminders, the nightly look at every project. One is enough; with two nothing happens twice.
    """
    from qitracker.jobs.worker import run

    _stop_unless_current()
    run(_app(), settings_from(os.environ))


@main.command()
@click.argument("name", required=False)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is for; today by default.")
@_in_plain_words()
def job(name: str | None, day: datetime | None) -> None:
    """Run the job NAME by hand.

    Without a name: the jobs there are. It can be run again for the same day: nobody is written to twice.
    """
    from qitracker.jobs.by_hand import list_jobs, run_by_hand

    if name is None:
        for line in list_jobs():
            click.echo(line)
        return
    _stop_unless_current()
    try:
        click.echo(run_by_hand(_app(), name, day.date() if day else None))
    except ValueError as problem:
        raise click.ClickException(str(problem)) from problem


@main.command()
def spc() -> None:
    """Read series as JSON lines and answer analyses.

    qitracker/spc/README.md says what stands on a line.
    """
    from qitracker.spc.command import run

    if sys.stdin is None or sys.stdout is None:
        raise click.UsageError("It reads from standard input and writes to standard output; one of them is closed.")
    try:
        sys.exit(run(sys.stdin.buffer, sys.stdout))
    except BrokenPipeError:
        raise  # who reads has enough: click ends quietly
    except OSError as problem:
        click.echo(f"The answers cannot be written or the lines not read: {problem.strerror}.", err=True)
        # Not 1, which says that some lines were refused; and nothing more is flushed to where nothing can be written.
        os._exit(2)


@main.command()
@click.option("--fresh", is_flag=True, help="Start over: what was entered is lost.")
@click.option("--load-only", is_flag=True, help="Load the demonstration and do not serve.")
def demo(fresh: bool, load_only: bool) -> None:
    """Serve the demonstration on 127.0.0.1.

    It is loaded first where there is none.
    """
    from qitracker.demo.loading import prepare

    port = int(os.environ.get("PORT", "8000"))
    # Never the database of a real deployment, whatever the environment says: the password is known to everybody.
    os.environ.update(
        QITRACKER_DATABASE_URL=f"sqlite:///{INSTANCE / 'demo.db'}",
        QITRACKER_DEMO="yes",
        QITRACKER_SECURE_COOKIES="no",
        QITRACKER_ORGANISATION="Demonstration hospital",
        QITRACKER_PROXIES="0",
        QITRACKER_ADDRESS=f"http://127.0.0.1:{port}",
        QITRACKER_SMTP_HOST="",  # its people are invented: their mail is files to look at
        QITRACKER_MAIL_FOLDER=str(INSTANCE / "demo-mail"),
    )
    for line in prepare(settings_from(os.environ), fresh=fresh):
        click.echo(line)
    from qitracker.jobs.by_hand import run_all

    click.echo(f"\n{run_all(_app())} Mail is in {INSTANCE / 'demo-mail'}.")
    if load_only:
        return
    click.echo(f"\nOpen http://127.0.0.1:{port} and sign in. Ctrl+C stops the server; what you enter is kept.\n")
    sys.stdout.flush()
    _serve(port, "127.0.0.1")


def _app() -> "Flask":
    from qitracker.app import create_app  # here, so that `qitracker spc` starts without Flask

    return create_app(settings_from(os.environ))


def _asked_twice() -> str:
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise click.ClickException("The two passwords differ. Nothing was made.")
    return password


def _stop_unless_current() -> None:
    """The tables must be those this version needs: serving others would fail page by page."""
    from qitracker.plumbing.migrating import why_not_current

    problem = why_not_current(settings_from(os.environ).database_url)
    if problem:
        raise click.ClickException(problem)


def _serve(port: int, bind: str) -> None:
    from qitracker.plumbing.serving import is_free, serve

    if not is_free(bind, port):
        raise click.ClickException(f"Something else answers on port {port} already. Choose another: PORT={port + 1}")
    serve(_app, f"{bind}:{port}")


if __name__ == "__main__":
    main()
