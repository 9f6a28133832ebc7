"""The `qitracker` command: what an administrator or an analyst does without a browser."""

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qitracker.config import INSTANCE, ROOT, settings_from

if TYPE_CHECKING:
    from flask import Flask


@click.group(context_settings={"max_content_width": 100})
def main() -> None:
    """QI tracker: improvement work in hospitals, from a first idea to a signal on a chart."""


@main.command()
def migrate() -> None:
    """Bring the database to the tables this version needs (made if it is missing)."""
    from qitracker.plumbing.migrating import upgrade

    INSTANCE.mkdir(parents=True, exist_ok=True)
    upgrade(settings_from(os.environ).database_url)
    click.echo("The database is up to date.")


@main.command()
@click.option("--port", default=lambda: int(os.environ.get("PORT", "8000")), type=int, show_default="8000, or PORT")
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address to listen on.")
def serve(port: int, bind: str) -> None:
    """Serve with gunicorn: two workers of four threads."""
    _serve(port, bind)


@main.command("first-administrator")
@click.option("--organisation", required=True, help="The organisation's name.")
@click.option("--name", required=True, help="The administrator's name.")
@click.option("--email", required=True, help="Their e-mail address.")
def first_administrator(organisation: str, name: str, email: str) -> None:
    """Make the organisation and its first administrator. The password is asked for, or read from standard input."""
    from qitracker.people.first import make_first_administrator

    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    problem = make_first_administrator(_app(), organisation, name, email, password)
    if problem:
        raise click.ClickException(problem)
    click.echo(f"{name} can sign in as {email.lower()} and invite everybody else.")


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Copy the database to TARGET while it is in use, and check the copy."""
    from qitracker.plumbing.backups import BackupFailed, back_up

    try:
        click.echo(back_up(settings_from(os.environ).database_url, target))
    except BackupFailed as problem:
        raise click.ClickException(str(problem)) from problem


@main.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--replace", is_flag=True, help="The database that is there is moved aside, not deleted.")
def restore(source: Path, replace: bool) -> None:
    """Put a backup in place of the database. Stop the server first."""
    from qitracker.plumbing.backups import BackupFailed, put_back

    try:
        click.echo(put_back(settings_from(os.environ).database_url, source, replace=replace))
    except BackupFailed as problem:
        raise click.ClickException(str(problem)) from problem


@main.command()
def rebuild() -> None:
    """Analyse every series again and store the results; says how many had differed."""
    from qitracker.measures.analysing import rebuild_all

    app = _app()
    with app.app_context():
        n_series, n_changed = rebuild_all()
    click.echo(f"{n_series} series analysed, {n_changed} had differed from what was stored.")


@main.command()
def spc() -> None:
    """Read series as JSON lines, write analyses as JSON lines (qitracker/spc/README.md)."""
    from qitracker.spc.command import run

    sys.exit(run(sys.stdin.buffer, sys.stdout))


@main.command()
@click.option("--fresh", is_flag=True, help="Start over: what was entered is lost.")
@click.option("--load-only", is_flag=True, help="Load the demonstration and do not serve.")
def demo(fresh: bool, load_only: bool) -> None:
    """Serve the demonstration on 127.0.0.1, loading it first where there is none."""
    from qitracker.demo.loading import prepare

    port = int(os.environ.get("PORT", "8000"))
    environment = {
        "QITRACKER_DATABASE_URL": f"sqlite:///{INSTANCE / 'demo.db'}",
        "QITRACKER_DEMO": "yes",
        "QITRACKER_SECURE_COOKIES": "no",
        "QITRACKER_ORGANISATION": "Demonstration hospital",
    }
    os.environ.update({name: os.environ.get(name, value) for name, value in environment.items()})
    for line in prepare(settings_from(os.environ), fresh=fresh):
        click.echo(line)
    if load_only:
        return
    click.echo(f"\nOpen http://127.0.0.1:{port} and sign in. Ctrl+C stops the server; what you enter is kept.\n")
    sys.stdout.flush()
    _serve(port, "127.0.0.1")


def _app() -> "Flask":
    from qitracker.app import create_app  # here, so that `qitracker spc` starts without Flask

    return create_app(settings_from(os.environ))


def _serve(port: int, bind: str) -> None:
    command = [
        sys.executable, "-m", "gunicorn", "wsgi:app", "--chdir", str(ROOT), "--bind", f"{bind}:{port}",
        "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning",
        "--graceful-timeout", "30", "--no-control-socket",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606 (our own interpreter, our own arguments)


if __name__ == "__main__":
    main()
