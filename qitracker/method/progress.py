"""How far a measure's level has come from where the aim started to where it should go."""

from enum import StrEnum


class ProgressState(StrEnum):
    """Progress towards an aim, judged on levels (averages of a phase), never on a single point."""

    NO_DATA = "no_data"
    NO_CHANGE_YET = "no_change_yet"
    IMPROVED_NOT_MET = "improved_not_met"
    MET = "met"
    WORSE = "worse"
