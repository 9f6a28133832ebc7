"""Measure (a definition), series (one place, one group: points, phases, notes, target), point (one period)."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.models.base import LARGEST, Base, Identified, words_of
from qitracker.models.people import Person
from qitracker.models.projects import OfProject, Versioned
from qitracker.models.units import Unit
from qitracker.spc import Chart, Direction, RuleSet


class Measure(Identified, Versioned, OfProject, Base):
    """What is counted and how: two people who read it get the same number."""

    __tablename__ = "measure"

    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[MeasureKind] = mapped_column(words_of(MeasureKind))
    data_type: Mapped[DataType] = mapped_column(words_of(DataType))
    chart: Mapped[Chart] = mapped_column(words_of(Chart))
    direction: Mapped[Direction] = mapped_column(words_of(Direction))
    rhythm: Mapped[Rhythm] = mapped_column(words_of(Rhythm))
    unit: Mapped[str] = mapped_column(String(40))  # "%", "per 1,000 bed days", "minutes"
    multiply: Mapped[float] = mapped_column(default=1.0)  # 100 for %, 1000 for per 1,000
    decimals: Mapped[int] = mapped_column(default=1)
    numerator: Mapped[str] = mapped_column(String(300), default="")
    denominator: Mapped[str] = mapped_column(String(300), default="")
    inclusions: Mapped[str] = mapped_column(String(1000), default="")
    exclusions: Mapped[str] = mapped_column(String(1000), default="")
    definitions: Mapped[str] = mapped_column(String(2000), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    sampling: Mapped[str] = mapped_column(String(300), default="")
    collector: Mapped[str] = mapped_column(String(120), default="")
    limits_of_data: Mapped[str] = mapped_column(String(1000), default="")
    position: Mapped[int] = mapped_column(default=0)
    rules: Mapped[RuleSet] = mapped_column(words_of(RuleSet), default=RuleSet.PROVOST_MURRAY)
    only_rises: Mapped[bool] = mapped_column(default=False)  # training and the like: a rise is no news
    made_at: Mapped[datetime]

    series: Mapped[list["Series"]] = relationship(order_by="Series.position", back_populates="measure")

    __table_args__ = (
        CheckConstraint(f"multiply > 0 AND multiply <= {LARGEST}", name="multiply_range"),
        CheckConstraint("decimals BETWEEN 0 AND 4", name="decimals_range"),
    )

    @property
    def takes_counts(self) -> bool:
        """Whether a point has a numerator and a denominator rather than one value."""
        return self.data_type in {DataType.PROPORTION, DataType.RATE}


class Series(Identified, Versioned, OfProject, Base):
    """One measure for one place and one group of people. Its latest analysis is stored with it."""

    __tablename__ = "series"

    measure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measure.id"), index=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    group: Mapped[str] = mapped_column(String(120), default="")  # empty: everyone
    position: Mapped[int] = mapped_column(default=0)
    target: Mapped[float | None]
    target_by: Mapped[date | None]
    # The latest analysis and what lists need of it, written in the transaction of the points.
    analysis: Mapped[str | None] = mapped_column(Text, deferred=True)
    n_points: Mapped[int] = mapped_column(default=0)
    last_on: Mapped[date | None]
    variation: Mapped[str] = mapped_column(String(30), default="not_enough_data")
    signal_since: Mapped[date | None]  # the first point of the signal that `variation` names
    gain_since: Mapped[date | None]  # the first point of the gain that the finding speaks of, also in a new phase
    is_watched: Mapped[bool] = mapped_column(default=True)  # after the project has closed

    measure: Mapped[Measure] = relationship(back_populates="series")
    place: Mapped[Unit] = relationship()
    points: Mapped[list["Point"]] = relationship(order_by="Point.on", passive_deletes="all")
    decisions: Mapped[list["ChartDecision"]] = relationship(order_by="ChartDecision.on", passive_deletes="all")
    targets: Mapped[list["Target"]] = relationship(order_by="Target.on", passive_deletes="all")
    notes: Mapped[list["Note"]] = relationship(order_by="Note.on", passive_deletes="all")

    __table_args__ = (
        Index("uq_series_place_group", "measure_id", "unit_id", "group", unique=True),
        CheckConstraint(f"abs(target) <= {LARGEST}", name="target_finite"),
    )


class Target(Base):
    """A target that holds from a day on, for a series whose target changes."""

    __tablename__ = "target"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("series.id"))
    on: Mapped[date]
    value: Mapped[float]

    __table_args__ = (
        Index("uq_target_on", "series_id", "on", unique=True),
        CheckConstraint(f"abs(value) <= {LARGEST}", name="value_finite"),
    )


class Point(Base):
    """One period of one series: a value, or a numerator and a denominator."""

    __tablename__ = "point"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("series.id"))
    on: Mapped[date]  # the first day of the period
    value: Mapped[float | None]
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    subgroup: Mapped[list[Any] | None]  # the single values behind a mean, where several are taken at a time

    __table_args__ = (
        Index("uq_point_on", "series_id", "on", unique=True),
        CheckConstraint("(value IS NULL) <> (numerator IS NULL)", name="one_shape"),
        CheckConstraint("(numerator IS NULL) = (denominator IS NULL)", name="both_parts"),
        CheckConstraint(f"abs(value) <= {LARGEST}", name="value_finite"),
        CheckConstraint(f"numerator >= 0 AND numerator <= {LARGEST}", name="numerator_range"),
        CheckConstraint(f"denominator > 0 AND denominator <= {LARGEST}", name="denominator_range"),
    )


class DecisionKind(StrEnum):
    FREEZE = "freeze"  # the baseline ends with this point
    PHASE = "phase"  # a new phase starts with this point
    LEAVE_OUT = "leave_out"  # this point is drawn, but left out of the sums


class ChartDecision(Identified, Base):
    """Something a person decided about the chart: on which point, why, who."""

    __tablename__ = "chart_decision"

    series_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("series.id"))
    kind: Mapped[DecisionKind] = mapped_column(words_of(DecisionKind))
    on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    by: Mapped[Person] = relationship()

    __table_args__ = (Index("uq_chart_decision_on", "series_id", "kind", "on", unique=True),)


class Note(Identified, Base):
    """Something that happened, to be read on the chart."""

    __tablename__ = "note"

    series_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("series.id"), index=True)
    on: Mapped[date]
    text: Mapped[str] = mapped_column(String(200))
    changes_measurement: Mapped[bool] = mapped_column(default=False)  # the way of counting changed
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    by: Mapped[Person] = relationship()


class Upload(Identified, Base):
    """What somebody pasted or uploaded, kept until they have checked it: nothing typed is lost."""

    __tablename__ = "upload"

    series_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("series.id"), index=True)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(200))
    grid: Mapped[list[Any]]
    saved_at: Mapped[datetime | None]
