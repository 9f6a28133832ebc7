"""The table of every number of the rules. `settings.py` reads it."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a number counts."""

    DAYS = "days"
    MONTHS = "months"
    INTERVALS = "intervals"
    POINTS = "points"
    NUMBERS = "numbers"
    SHARE = "share"
    SCORE = "score"
    PEOPLE = "people"
    CYCLES = "cycles"
    PLACES = "places"


class Edge(StrEnum):
    """Which day is the first on which a limit in days or months has been passed: the day itself, or the day after."""

    ON = "on"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Setting:
    """One number: default, least and most in `unit`; `sentence` says what it does, `source` where it comes from."""

    key: str
    default: float
    unit: Unit
    least: float
    most: float
    sentence: str
    source: str
    edge: Edge = Edge.ON


_D, _M = Unit.DAYS, Unit.MONTHS
_PUBLISHED_NOWHERE = "Ours: no published rule names a number of days."
_MONTHLY = "IHI collaboratives: director and team each score monthly. The margin is ours."
_ELFT = "East London NHS Foundation Trust, January 2020: 3.0 is expected within three months of 2.5."
_SCALE = "IHI, Assessment Scale for Collaboratives"

STATE_ROWS = (
    Setting("quiet_days", 30, _D, 7, 365, "Days without a sign of life until a project counts as quiet.",
            _PUBLISHED_NOWHERE),
    Setting("stalled_days", 60, _D, 14, 730, "Days without a sign of life until it counts as stalled.",
            _PUBLISHED_NOWHERE),
    Setting("dormant_days", 120, _D, 30, 1095, "Days stalled until it counts as dormant and the hub decides.",
            _PUBLISHED_NOWHERE),
    Setting("no_cycle_days", 45, _D, 14, 365, "Days in Deliver with no PDSA cycle started or closed.",
            "Ours: half of IHI's 90 days for an interim goal."),
    Setting("no_first_cycle_days", 45, _D, 14, 365, "Days after the aim is agreed within which a first test starts.",
            "Ours: half of IHI's 90 days for an interim goal.", Edge.AFTER),
    Setting("same_step_days", 60, _D, 14, 365, "Days in the same step with nothing entered in it.",
            _PUBLISHED_NOWHERE),
    Setting("stay_understand_days", 60, _D, 14, 730, "Days in Understand until a project counts as long there.",
            _PUBLISHED_NOWHERE),
    Setting("stay_co_design_days", 60, _D, 14, 730, "Days in Co-design until it counts as long there.",
            _PUBLISHED_NOWHERE),
    Setting("stay_deliver_days", 180, _D, 30, 1095, "Days in Deliver until it counts as long there.",
            "ACR Learning Network: a score of 3.0 to 4.0 is expected after about six months."),
    Setting("study_days", 14, _D, 1, 90, "Days a finished test may wait for its Study.",
            "NHS Education for Scotland: tests are reviewed daily, weekly or fortnightly.", Edge.AFTER),
    Setting("aim_passed_days", 0, _D, 0, 180, "Days after the date in the aim within which it is evaluated.",
            "Lancashire Improvement Method, Sustain: evaluate. The number is ours.", Edge.AFTER),
)  # fmt: skip

NUMBER_ROWS = (
    Setting("overdue_intervals", 1.5, Unit.INTERVALS, 1, 6,
            "Times its own interval a measure may go without a number until it counts as overdue.", "Ours."),
    Setting("overdue_least_days", 3, _D, 1, 31,
            "Days every measure is given, so that a daily one may rest over a weekend.", "Ours."),
    Setting("missing_points", 3, Unit.NUMBERS, 1, 12,
            "Numbers in a row missing from a measure until the project counts as stalled.", "Ours."),
    Setting("missing_points_monthly", 2, Unit.NUMBERS, 1, 12,
            "The same for a measure with a number each month or quarter.", "Ours."),
    Setting("missing_least_days", 7, _D, 1, 60,
            "Days without a number every measure is given, however many are missing, so that a daily one may rest.",
            "Ours: a holiday is not a stalled project."),
)  # fmt: skip

SUPPORT_ROWS = (
    Setting("coach_contact_days", 42, _D, 7, 365, "Days without contact with the coach.", _MONTHLY),
    Setting("coach_review_days", 45, _D, 7, 365, "Days between coach reviews where no date was agreed.", _MONTHLY,
            Edge.AFTER),
    Setting("barrier_days", 14, _D, 1, 180, "Days a barrier may stay open before the sponsor is asked.",
            "SaTH programme office, May 2019: steering groups work in sprints of two weeks."),
    Setting("sponsor_days", 30, _D, 7, 365, "Days a barrier may stay with the sponsor.",
            "ELFT and Life QI: the sponsor is in touch monthly.", Edge.AFTER),
    Setting("score_waiting_months", 3, _M, 1, 24, "Months a project may stay at 2.5 without reaching 3.0.", _ELFT),
    Setting("score_unchanged_days", 90, _D, 30, 730,
            "Days the progress score may stay the same while no chart shows a signal.",
            "IHI: interim goals are set for 90 days.", Edge.AFTER),
    Setting("score_exempt", 4.5, Unit.SCORE, 3, 5, "From this score on nobody is asked for more PDSA cycles.",
            f"{_SCALE}: 4.5 is sustainable improvement."),
    Setting("score_ask_months", 1, _M, 1, 12, "Months until a team is asked for its score again.",
            f"{_SCALE}: scored monthly."),
)  # fmt: skip

SUSTAIN_ROWS = (
    Setting("check_first_months", 3, _M, 1, 24, "Months after closing until the first check that the gain lasts.",
            "Closing forms of improvement teams: checks at 3, 6 and 12 months."),
    Setting("check_second_months", 6, _M, 1, 36, "Months after closing until the second check.",
            "Closing forms of improvement teams: checks at 3, 6 and 12 months."),
    Setting("check_third_months", 12, _M, 1, 60, "Months after closing until the third check.",
            "Closing forms of improvement teams: checks at 3, 6 and 12 months."),
    Setting("check_early_days", 30, _D, 0, 60, "Days before its date from which a review counts as the check.",
            "Ours: a month, the rhythm of reviews."),
)  # fmt: skip

TELLING_ROWS = (
    Setting("tell_team_days", 0, _D, 0, 60, "Days until the team is told.", "Ours: the team sees it first."),
    Setting("tell_coach_days", 7, _D, 0, 90, "Days until the coach is told.", "Ours: a week for the team alone."),
    Setting("tell_hub_days", 14, _D, 0, 180, "Days until the hub is told.", "Ours: another week for the coach."),
    Setting("tell_sponsor_days", 7, _D, 0, 180, "Days until the sponsor is told of a barrier.",
            "ELFT: a sponsor clears the way. The number is ours."),
    Setting("pause_most_days", 90, _D, 14, 365, "Days a pause may last until it is looked at again.",
            "IHI: interim goals are set for 90 days."),
    Setting("snooze_most_days", 30, _D, 1, 180, "Days a project may be kept off the list.",
            "Ours: a month, the rhythm of reviews."),
)  # fmt: skip

SCORE_ROWS = (
    Setting("score_team", 3, Unit.PEOPLE, 1, 12, "People in the team for a score of 1.0.", f"{_SCALE}, 1.0."),
    Setting("score_baseline_points", 3, Unit.POINTS, 1, 24, "Numbers of one measure for a score of 2.0.",
            f"{_SCALE}, 2.0: baseline data are being collected. The number is ours."),
    Setting("score_studied", 1, Unit.CYCLES, 1, 12, "Tests studied for a score of 2.5.", f"{_SCALE}, 2.5."),
    Setting("score_modest_share", 0.2, Unit.SHARE, 0.05, 0.9, "Share of the way to the aim for a score of 3.0.",
            f"{_SCALE}, 3.0: about 20% of the expected result."),
    Setting("score_adopted", 1, Unit.CYCLES, 1, 12, "Changes adopted for a score of 3.0.", f"{_SCALE}, 3.0."),
    Setting("score_adopted_several", 2, Unit.CYCLES, 1, 24, "Changes adopted for a score of 3.5.",
            f"{_SCALE}, 3.5: testing and implementing go on. The number is ours."),
    Setting("score_significant_share", 0.5, Unit.SHARE, 0.1, 1, "Share of the way to the aim for a score of 4.0.",
            f"{_SCALE}, 4.0: goals at least half met."),
    Setting("score_kept_points", 8, Unit.POINTS, 3, 36, "Numbers at the new level for a score of 4.5.",
            f"{_SCALE}, 4.5: key measures begin to show that it lasts. Eight points: Provost and Murray's shift."),
    Setting("score_kept_months", 6, _M, 1, 36, "Months at the target for a score of 5.0.",
            f"{_SCALE}, 5.0. The number is ours."),
    Setting("score_spread", 1, Unit.PLACES, 1, 50, "Other places that use the change for a score of 5.0.",
            f"{_SCALE}, 5.0. The number is ours."),
)  # fmt: skip

ROWS = (*STATE_ROWS, *NUMBER_ROWS, *SUPPORT_ROWS, *SUSTAIN_ROWS, *TELLING_ROWS, *SCORE_ROWS)

MUST_RISE: tuple[tuple[str, ...], ...] = (
    ("quiet_days", "stalled_days"),
    ("tell_team_days", "tell_coach_days", "tell_hub_days"),
    ("check_first_months", "check_second_months", "check_third_months"),
    ("score_adopted", "score_adopted_several"),
    ("score_modest_share", "score_significant_share"),
)
"""Rows whose numbers must not fall from one to the next: a project is quiet before it is stalled, the team hears
first."""
