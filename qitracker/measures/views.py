"""The pages of this room, put together: each module hangs its views on the blueprint."""

from qitracker.measures import (
    chart_views,
    decision_views,
    measure_views,
    project_views,
    suggestion_views,
    target_views,
)
from qitracker.measures.room import measures

PAGES = (project_views, measure_views, chart_views, decision_views, suggestion_views, target_views)

__all__ = ["PAGES", "measures"]
