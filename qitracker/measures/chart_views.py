"""The page of one series: its finding, its chart, its numbers; and the same as picture, data and specification."""

import json
import logging
import uuid
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, make_response, render_template, request

from qitracker.charts.numbers import show_number
from qitracker.charts.picture import ChartFailed
from qitracker.charts.point_words import average_word, shown_words
from qitracker.charts.rule_sets import RULE_SETS
from qitracker.charts.sizes import Width
from qitracker.charts.spc_spec import Spec
from qitracker.charts.words import ENOUGH, rule_sentence
from qitracker.measures import drawing, naming, queries, saying
from qitracker.measures.kinds import CHARTS
from qitracker.measures.room import measures
from qitracker.measures.stored import against_first_phase, fresh, stored
from qitracker.measures.suggestion_views import open_advice
from qitracker.measures.targets import targets_of
from qitracker.method.measures import DataType
from qitracker.method.roles import Permission
from qitracker.models import ChartDecision, Series
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.plumbing import clock
from qitracker.plumbing.reading.csv_out import csv_text
from qitracker.spc import Analysis

log = logging.getLogger("qitracker")

SHOWN = 12  # rows of the table before "all"
FOLDED = 300  # up to here the other rows wait folded on the page; beyond, they are a page of their own
MOST = 100_000
BASELINE = "baseline"
FAILED = "The chart cannot be drawn at the moment. Its numbers are in the table."


@dataclass(frozen=True, slots=True)
class Seen:
    """An analysis and what is said about it; both None where neither can be told, and the page stands."""

    analysis: Analysis | None
    said: saying.Said | None


@measures.get("/series/<uuid:series_id>/")
@needs(Permission.READ_PROJECT)
def show(series_id: uuid.UUID) -> Any:
    series = scope.find(Series, reader(), series_id)
    measure = series.measure
    siblings = queries.series_of(measure)
    decisions = queries.decisions_of(series)
    cycles = queries.cycles_of(series)
    against = _against()
    show_all = bool(request.args.get("all")) or series.n_points <= FOLDED
    seen = _look(series, decisions, against, most_rows=MOST if show_all else SHOWN)
    rows = seen.said.rows if seen.said else ()
    shown = rows if request.args.get("all") else rows[:SHOWN]
    return render_template(
        "measures/show.html",
        project=series.project,
        series=series,
        measure=measure,
        siblings=[(one, naming.name_among(one, list(siblings))) for one in siblings],
        has_groups=_has_groups(siblings),
        caption=naming.caption_of(measure),
        about=naming.about(series),
        words=naming.words_of(measure),
        said=seen.said,
        analysis=seen.analysis,
        against=against,
        shown=shown,
        folded=rows[len(shown) :],
        n_rows=seen.said.n_rows if seen.said else 0,
        bare=[] if seen.said else list(reversed(queries.points_of(series))),
        rule_book=_rule_book(seen.analysis),
        rules=_rules_in_words(series, seen.analysis),
        line_word=average_word(seen.analysis.chart) if seen.analysis else "average",
        advice=() if against else open_advice(series, seen.analysis, decisions),
        definition=naming.definition_of(measure),
        show_number=show_number,
        decisions=[(one, saying.decision_words(one, naming.words_of(measure))) for one in decisions],
        notes=queries.notes_of(series),
        linked=[one for one in cycles if one.is_linked],
        others=[one for one in cycles if not one.is_linked],
        may_add=scope.may_on(reader(), series.project, Permission.ADD_POINTS),
        may_edit=scope.may_on(reader(), series.project, Permission.EDIT_PROJECT),
    )


@measures.get("/series/<uuid:series_id>/chart.json")
@needs(Permission.READ_PROJECT)
def chart_json(series_id: uuid.UUID) -> Any:
    """The specification: for the page it fits its box, as a download it stands by itself."""
    series = scope.find(Series, reader(), series_id)
    is_download = bool(request.args.get("download"))
    spec = _spec(series, responsive=not is_download)
    if spec is None:
        return _answer(json.dumps({"error": FAILED}), "application/json", status=503)
    name = f"{drawing.file_name(series)}.vl.json" if is_download else None
    return _answer(json.dumps(spec, allow_nan=False), "application/json", name=name)


@measures.get("/series/<uuid:series_id>/chart.svg")
@needs(Permission.READ_PROJECT)
def chart_svg(series_id: uuid.UUID) -> Any:
    return _picture(scope.find(Series, reader(), series_id), "svg", "image/svg+xml")


@measures.get("/series/<uuid:series_id>/chart.png")
@needs(Permission.READ_PROJECT)
def chart_png(series_id: uuid.UUID) -> Any:
    return _picture(scope.find(Series, reader(), series_id), "png", "image/png")


@measures.get("/series/<uuid:series_id>/data.csv")
@needs(Permission.READ_PROJECT)
def data_csv(series_id: uuid.UUID) -> Any:
    """Every number with its lines and what it shows; as far as it can be told, without them where not."""
    series = scope.find(Series, reader(), series_id)
    analysis = _look(series, queries.decisions_of(series), against=False).analysis
    by_date = {} if analysis is None else {str(x): i for i, x in enumerate(analysis.x)}
    header = ["date", "value", "numerator", "denominator", "centre_line", "lower_limit", "upper_limit", "shows"]
    several = series.measure.data_type is DataType.SEVERAL
    rows: list[tuple[Any, ...]] = []
    for point in queries.points_of(series):
        i = by_date.get(point.on.isoformat())
        lines: tuple[Any, ...] = (point.value, None, None, None, "")
        if analysis is not None and i is not None:
            lines = (analysis.y[i], analysis.cl[i], analysis.lcl[i], analysis.ucl[i], shown_words(analysis, i))
        rows.append((point.on, *(_plain(cell) for cell in (lines[0], point.numerator, point.denominator, *lines[1:]))))
        if several:
            rows[-1] += ("; ".join(str(_plain(one)) for one in point.subgroup or ()),)
    body = csv_text([*header, "values"] if several else header, rows).encode("utf-8-sig")
    return _answer(body, "text/csv; charset=utf-8", name=f"{drawing.file_name(series)}.csv")


def _plain(cell: float | str | None) -> float | str | None:
    """A whole number without its ".0", as it was typed."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _look(series: Series, decisions: Any, against: bool, most_rows: int = 0) -> Seen:
    """What there is to see, with so many rows of the table.

    A fault in a stored analysis costs working it out again, not the page.
    """
    for source in (against_first_phase,) if against else (stored, fresh):
        try:
            analysis = source(series)
            return Seen(analysis, _say(series, analysis, decisions, most_rows))
        except Exception:
            log.exception("series %s cannot be said from %s", series.id, source.__name__)
    return Seen(None, None)


def _say(series: Series, analysis: Analysis | None, decisions: list[ChartDecision], most_rows: int) -> saying.Said:
    measure = series.measure
    return saying.say(
        analysis,
        naming.words_of(measure),
        decisions=decisions,
        goal=_goal(series),
        decimals=measure.decimals,
        most_rows=most_rows,
    )


def _rule_book(analysis: Analysis | None) -> list[str]:
    return [rule_sentence(rule, analysis.chart) for rule in analysis.signals] if analysis else []


def _rules_in_words(series: Series, analysis: Analysis | None) -> str:
    """Which chart this is, and whose rules it goes by: of the analysis, which may not be those chosen yet."""
    if analysis is None:
        return f"Rules: {RULE_SETS[series.measure.rules].source}."
    kind, used = CHARTS[analysis.chart].name, RULE_SETS[analysis.rules].source
    waits = f" It becomes {CHARTS[series.measure.chart].called} at {ENOUGH} numbers."
    return f"{kind}. Rules: {used}.{waits if analysis.chart is not series.measure.chart else ''}"


def _goal(series: Series) -> saying.Goal:
    """The target of the series; without one, the project's aim where it is about this series."""
    if series.target is not None:
        return saying.Goal("Target", _holds_today(series), series.target_by)
    aim = queries.aim_of(series)
    if aim is not None and aim.target is not None:
        return saying.Goal("Aim", aim.target, aim.by_date)
    return saying.Goal("Target", None, None)


def _holds_today(series: Series) -> float | None:
    """The target that holds now; where it changes later, the latest to have begun."""
    begun = [one.value for one in targets_of(series) if one.on <= clock.today()]
    return begun[-1] if begun else series.target


def _has_groups(siblings: Any) -> bool:
    """Whether two series are about the same place."""
    places = [one.unit_id for one in siblings]
    return len(set(places)) < len(places)


def _against() -> bool:
    return request.args.get("against") == BASELINE


def _width() -> Width:
    asked = request.args.get("width", "")
    return Width(asked) if asked in {one.value for one in Width} else Width.DESKTOP


def _spec(series: Series, *, responsive: bool = False, titled: bool = False) -> Spec | None:
    """The specification, or None where it cannot be made. 404 where there are no numbers to draw."""
    seen = _look(series, queries.decisions_of(series), _against())
    if seen.said is not None and seen.analysis is None:
        abort(404)
    if seen.analysis is None:
        return None
    try:
        return drawing.draw(seen.analysis, series, width=_width(), responsive=responsive, titled=titled)
    except Exception:
        log.exception("series %s cannot be drawn", series.id)
        return None


def _picture(series: Series, kind: drawing.Kind, mimetype: str) -> Any:
    is_download = bool(request.args.get("download"))
    spec = _spec(series, titled=is_download)
    if spec is not None:
        try:
            drawn = drawing.painted(spec, kind)
            return _answer(drawn, mimetype, name=f"{drawing.file_name(series)}.{kind}" if is_download else None)
        except ChartFailed as problem:
            log.warning("series %s: %s", series.id, problem)
    return _answer(FAILED, "text/plain; charset=utf-8", status=503)


def _answer(body: str | bytes, mimetype: str, *, name: str | None = None, status: int = 200) -> Response:
    response = make_response(body, status)
    response.headers["Content-Type"] = mimetype
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
