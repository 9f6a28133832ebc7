"""What a person sees when something is refused or breaks: what happened, what was kept, what to do."""

import logging
import secrets
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from qitracker.models import db
from qitracker.plumbing.pages import typed_fields

log = logging.getLogger("qitracker")
MOST_FIELDS = 2000  # the longest form of ours has some sixty

SENTENCES = {
    400: ("This could not be read", "The request was not complete. Go back, and send it again."),
    403: ("You can read this, but not change it", "Ask the project's lead or your administrator if you should."),
    404: ("Page not found", "Check the address. A project that its team has made private does not show here."),
    405: ("This address does not take that", "Go back, and use the buttons on the page."),
    413: ("That is too large", "A file may have up to 5 MB, a paste up to 20,000 rows. Send it in smaller parts."),
    415: ("This kind of file cannot be read", "Use a CSV or an XLSX file."),
    429: ("Too many tries", "Wait 15 minutes, then try again."),
    500: (
        "Something went wrong on our side",
        "Nothing was saved. Try again. If it stays, tell the administrator the number below.",
    ),
    503: (
        "Not confirmed yet",
        "The system was busy. It may have been saved or not: press the button again, it is never saved twice.",
    ),
}


def install(app: Flask) -> None:
    """Answer every failure with a page of ours."""

    @app.before_request
    def refuse_floods() -> None:
        if request.method == "POST" and len(request.form) > MOST_FIELDS:
            from werkzeug.exceptions import RequestEntityTooLarge

            raise RequestEntityTooLarge

    @app.errorhandler(CSRFError)
    def page_was_open_too_long(_error: CSRFError) -> Response:
        return page(
            400,
            "This page was open too long",
            "Nothing was saved. What you typed is below: check it, and send it again.",
        )

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Any:
        if error.response is not None or (error.code or 500) < 400:
            return error.get_response()
        title, sentence = SENTENCES.get(error.code or 500, SENTENCES[400])
        return page(error.code or 500, title, sentence)

    @app.errorhandler(OperationalError)
    @app.errorhandler(InterfaceError)
    @app.errorhandler(StaleDataError)
    @app.errorhandler(IntegrityError)
    def busy(error: Exception) -> Response:
        log.warning("database not available: %s", type(error).__name__)
        response = page(503, *SENTENCES[503])
        response.headers["Retry-After"] = "2"
        return response

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        g.error_number = secrets.token_hex(4)
        log.error("error %s on %s", g.error_number, request.path, exc_info=error)
        return page(500, *SENTENCES[500])


def page(status: int, title: str, sentence: str) -> Response:
    """The error page; what was typed stands on it, so that nothing is lost."""
    db.session.rollback()
    if status >= 500 and "_login_user" not in g:
        # The page must not ask the database who is reading when it is the database that does not answer.
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # noqa: SLF001 (Flask-Login's place for it)
    kept = typed_fields(request.form) if request.method == "POST" and status != 413 else []
    html = render_template(
        "errors/error.html",
        title=title,
        sentence=sentence,
        status=status,
        kept=kept,
        number=g.get("error_number"),
        again=request.path if status in {400, 503} and kept else None,
        key=request.form.get("submission") if kept else None,
        version=request.form.get("version") if kept else None,
    )
    return make_response(html, status)
