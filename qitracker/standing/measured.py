"""The part of the facts that numbers change: measures, how far the aim has come, which tests have data."""

from dataclasses import replace
from datetime import date, timedelta

from qitracker.findings import aim_parts, analysis_of
from qitracker.method.facts import AimFacts, CycleFacts, MeasureFacts, ProjectFacts
from qitracker.method.measures import MeasureKind, next_due, period_after
from qitracker.method.progress import Progress, ProgressState, progress
from qitracker.method.stalled.life import LifeKind
from qitracker.models import Aim, Series
from qitracker.spc import Analysis
from qitracker.standing.aiming import met_since
from qitracker.standing.gathering import Gathered
from qitracker.standing.progressing import level_and_signal

DATA_OVER_TIME = 2
"""Numbers of its measure from which a cycle has data over time: McNicholas et al. (2019) ask for more than one."""
MOVED = {ProgressState.IMPROVED_NOT_MET, ProgressState.MET}


def with_numbers(facts: ProjectFacts, found: Gathered, today: date) -> ProjectFacts:
    """These facts with what the series and the aim of a project say today; all else stays as it is."""
    n_points = {str(series.id): series.n_points for series in found.series}
    return replace(
        facts,
        aim=_aim(facts.aim, found, today),
        measures=tuple(_measure(facts, found, series) for series in found.series),
        cycles=tuple(_cycle(cycle, n_points.get(cycle.measure_key or "", 0)) for cycle in facts.cycles),
        life={**facts.life, **_life(found)},
    )


def _life(found: Gathered) -> dict[LifeKind, date]:
    """A point lives on the last day of its own period, whenever it was typed."""
    ends = [_period_end(series, series.last_on) for series in found.series if series.last_on is not None]
    return {LifeKind.POINT: max(ends)} if ends else {}


def _period_end(series: Series, last_on: date) -> date:
    return period_after(last_on, series.measure.rhythm) - timedelta(days=1)


def _cycle(cycle: CycleFacts, n_points: int) -> CycleFacts:
    return replace(cycle, has_data=True) if n_points >= DATA_OVER_TIME else cycle


def progress_of(aim: Aim, series: Series | None, today: date) -> Progress:
    """How far the aim has come, from the chart of its series."""
    return progress_from(aim, analysis_of(series) if series is not None else None, today)


def progress_from(aim: Aim, analysis: Analysis | None, today: date) -> Progress:
    """The same where the chart has been read already."""
    found = level_and_signal(analysis)
    return progress(aim_parts(aim), found.level, found.improved, today, worsened=found.worsened)


def _aim(facts: AimFacts | None, found: Gathered, today: date) -> AimFacts | None:
    """The share of the way counts from a signal on: without one the level may stand there by chance."""
    aim = found.aim
    if facts is None or aim is None:
        return None
    series = next((one for one in found.series if one.id == aim.series_id), None)
    analysis = found.analysis(series) if series else None
    come = progress_from(aim, analysis, today)
    return replace(
        facts,
        state=come.state,
        share_done=come.share if come.state in MOVED else None,
        met_since=met_since(aim_parts(aim), analysis) if come.state is ProgressState.MET else None,
    )


def _measure(facts: ProjectFacts, found: Gathered, series: Series) -> MeasureFacts:
    measure = series.measure
    return MeasureFacts(
        key=str(series.id),
        name=f"{measure.name}, {series.group}" if series.group else measure.name,
        kind=measure.kind,
        n_points=series.n_points,
        last_point=series.last_on,
        rhythm=measure.rhythm,
        next_due=next_due(series.last_on, measure.rhythm) if series.last_on else None,
        variation=series.variation,
        has_target=series.target is not None,
        signal_since=series.signal_since,
        has_gain=series.gain_since is not None,
        points_since_change=_points_since_change(found, series),
        watched=series.is_watched or facts.closed is None,
    )


def _points_since_change(found: Gathered, series: Series) -> int:
    """Points of the latest phase, of the measures that can speak for the aim: reading every chart would cost more than
    all else."""
    is_key = series.measure.kind is MeasureKind.OUTCOME or (found.aim and found.aim.series_id == series.id)
    analysis = found.analysis(series) if is_key and series.n_points else None
    if analysis is None or len(analysis.phases) < 2:
        return 0
    return analysis.phases[-1].n_points
