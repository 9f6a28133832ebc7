"""How work flows: time in each stage, started and closed, what share has what, and two figures as control charts."""

from typing import Any

from flask import abort, make_response, render_template

from qitracker.charts.picture import ChartFailed, svg
from qitracker.charts.spc_chart import vega_lite
from qitracker.hub import flow_numbers, month_bars
from qitracker.hub.flow_figures import FIGURES, figure
from qitracker.hub.room import hub
from qitracker.method.roles import Permission
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.plumbing import clock


@hub.get("/flow")
@needs(Permission.READ_HUB)
def flow() -> Any:
    today = clock.today()
    months = flow_numbers.started_and_closed(reader(), today)
    return render_template(
        "hub/flow.html",
        stays=flow_numbers.stays(reader(), today),
        months=months,
        bars=month_bars.draw(months),
        shares=flow_numbers.shares(reader(), today),
        figures=[figure(key, reader(), today) for key in FIGURES],
        n_months=flow_numbers.MONTHS,
    )


@hub.get("/flow/<name>.svg")
@needs(Permission.READ_HUB)
def flow_chart(name: str) -> Any:
    """One of the two figures as a picture."""
    if name not in FIGURES:
        abort(404)
    found = figure(name, reader(), clock.today())
    if found.analysis is None:
        abort(404)
    try:
        response = make_response(svg(vega_lite(found.analysis, found.words)))
    except ChartFailed:
        return make_response("The chart cannot be drawn at the moment. Its numbers are in the table.", 503)
    response.headers["Content-Type"] = "image/svg+xml"
    return response
