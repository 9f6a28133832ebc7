"""What entering numbers needs to know of a series and its measure, as a value that outlives the transaction."""

import uuid
from dataclasses import dataclass

from qitracker.method.measures import DataType, Rhythm
from qitracker.models import Series
from qitracker.plumbing.reading.headings import Role, Shape
from qitracker.spc import Chart

# Counted one by one, so never with decimals. The denominator of a rate may have them: hours, bed days.
COUNTED = frozenset({DataType.PROPORTION, DataType.RATE, DataType.COUNT})


@dataclass(frozen=True, slots=True)
class Definition:
    """How one series is counted. `numerator` and `denominator` are the team's own words, '' where it gave none."""

    series_id: uuid.UUID
    project_id: uuid.UUID
    name: str
    data_type: DataType
    chart: Chart
    rhythm: Rhythm
    unit: str
    multiply: float
    numerator: str
    denominator: str

    @property
    def takes_counts(self) -> bool:
        """Whether a point is two numbers."""
        return self.data_type in {DataType.PROPORTION, DataType.RATE}

    @property
    def is_proportion(self) -> bool:
        """Whether the first number counts some of the second."""
        return self.data_type is DataType.PROPORTION

    @property
    def is_counted(self) -> bool:
        """Whether the first (or only) number is a count: whole, and 0 or more."""
        return self.data_type in COUNTED or (self.data_type is DataType.BETWEEN and self.chart is Chart.G)

    @property
    def is_several(self) -> bool:
        """Whether a point is several values taken at a time."""
        return self.data_type is DataType.SEVERAL

    @property
    def is_from_zero(self) -> bool:
        """Whether no number can be below 0: counts, and what lies between two events."""
        return self.is_counted or self.data_type is DataType.BETWEEN

    @property
    def is_above_zero(self) -> bool:
        """Whether 0 cannot be drawn either: a T chart is on the scale of a root, where 0 has no place."""
        return self.data_type is DataType.BETWEEN and self.chart is Chart.T

    @property
    def is_percent(self) -> bool:
        """Whether a single value is a percentage."""
        return not self.takes_counts and self.unit.strip().startswith("%")

    @property
    def shape(self) -> Shape:
        return Shape.COUNTS if self.takes_counts else Shape.VALUE

    @property
    def names(self) -> dict[Role, str]:
        """The team's words, by which headings are recognised."""
        return {Role.VALUE: self.name, Role.NUMERATOR: self.numerator, Role.DENOMINATOR: self.denominator}


def definition_of(series: Series) -> Definition:
    """The definition, read once from the rows."""
    measure = series.measure
    return Definition(
        series_id=series.id,
        project_id=series.project_id,
        name=measure.name,
        data_type=measure.data_type,
        chart=measure.chart,
        rhythm=measure.rhythm,
        unit=measure.unit,
        multiply=measure.multiply,
        numerator=measure.numerator,
        denominator=measure.denominator,
    )
