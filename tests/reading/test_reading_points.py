"""Pastes as points: which column is what, which row is what, and why."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.plumbing.reading.csv_out import csv_text
from qitracker.plumbing.reading.grid import read_text_grid
from qitracker.plumbing.reading.headings import Role, Shape
from qitracker.plumbing.reading.points import Understood, understand
from qitracker.plumbing.reading.rows import Existing, State
from qitracker.plumbing.reading.unreadable import Unreadable

TODAY = date(2026, 11, 23)
NOTHING: Existing = {}


def counts(text: str, existing: Existing = NOTHING, rhythm: str = "month", proportion: bool = True) -> Understood:
    grid = read_text_grid(text)
    return understand(grid, shape=Shape.COUNTS, rhythm=rhythm, today=TODAY, existing=existing, proportion=proportion)


def values(text: str, existing: Existing = NOTHING, rhythm: str = "day", percent: bool = False) -> Understood:
    grid = read_text_grid(text)
    return understand(grid, shape=Shape.VALUE, rhythm=rhythm, today=TODAY, existing=existing, percent=percent)


def test_a_whole_paste() -> None:
    understood = counts(
        "Month\tBirths\tPPH\tPPH %\n"
        "Jan 2025\t76\t6\t7.9%\n"
        "Feb-25\t88\t8\t9%\n"
        "01/03/2025\t1,080\t9\t1%\n"
        "\n"
        "Apr 2025\t\t\t\n"
        "May 2025\t80\t90\t\n"
        "Total\t164\t14\t\n",
        existing={date(2025, 2, 1): (8, 88), date(2025, 3, 1): (7, 1080.0)},
    )
    assert [(row.place, row.state, row.date, row.numbers) for row in understood.rows] == [
        ("Row 2", State.NEW, date(2025, 1, 1), (Decimal(6), Decimal(76))),
        ("Row 3", State.SAME, date(2025, 2, 1), (Decimal(8), Decimal(88))),
        ("Row 4", State.CHANGES, date(2025, 3, 1), (Decimal(9), Decimal(1080))),
        ("Row 6", State.SKIPPED, None, (None, None)),
        ("Row 7", State.WRONG, date(2025, 5, 1), (None, None)),
        ("Row 8", State.SKIPPED, None, (None, None)),
    ]
    n = (understood.n_new, understood.n_same, understood.n_changes, understood.n_wrong, understood.n_skipped)
    assert n == (1, 1, 1, 1, 2)
    assert understood.rows[2].old == (7, 1080.0)
    assert [row.row_number for row in understood.to_save] == [2, 4]
    assert understood.columns.account == (
        "Column A “Month” is the date",
        "Column C “PPH” is how many",
        "Column B “Births” is out of how many",
        "Column D “PPH %” is left out",
    )


COLUMNS: list[tuple[str, Shape, str]] = [
    ("Month,PPH,Births", Shape.COUNTS, "ABC"),
    ("Month,Births,PPH", Shape.COUNTS, "ACB"),
    ("Births,PPH,Month", Shape.COUNTS, "CBA"),
    ("Date,Numerator,Denominator", Shape.COUNTS, "ABC"),
    ("Date,Denominator,Numerator,%", Shape.COUNTS, "ACB"),
    ("Date,Den,Num", Shape.COUNTS, "ACB"),
    ("Week commencing,Number of patients,Number of patients with falls", Shape.COUNTS, "ACB"),
    ("Month,Number of births,Number of births with PPH", Shape.COUNTS, "ACB"),
    ("Month,Total,Met standard", Shape.COUNTS, "ACB"),
    ("Month,% compliant,Compliant,Sample", Shape.COUNTS, "ACD"),
    ("Month,Occupied bed days,Falls,Rate per 1000", Shape.COUNTS, "ACB"),
    ("month,bme_births,bme_pph,bme_pct,white_births,white_pph", Shape.COUNTS, "ACB"),
    ("Month,one,two", Shape.COUNTS, "ABC"),
    ("Month,Value", Shape.VALUE, "AB"),
    ("Month,PPH,Births,PPH %", Shape.VALUE, "AD"),
    ("Month,Falls,Rate per 1,000 bed days".replace("1,000", "1000"), Shape.VALUE, "AC"),
    ("Length of stay,Month", Shape.VALUE, "BA"),
    ("Month,anything", Shape.VALUE, "AB"),
    ("Month of the audit,Score", Shape.VALUE, "AB"),
]


@pytest.mark.parametrize(("headings", "shape", "letters"), COLUMNS)
def test_columns_by_heading(headings: str, shape: Shape, letters: str) -> None:
    titles = headings.split(",")
    dated = letters[0]
    row = [("Jan 2025" if "ABCDEF"[i] == dated else str(10 + i)) for i in range(len(titles))]
    rows = (headings, ",".join(row), ",".join(row))
    grid = read_text_grid("\n".join(rows))
    understood = understand(grid, shape=shape, rhythm="month", today=TODAY, existing={})
    assert "".join("ABCDEF"[column.index] for column in understood.columns.taken) == letters


def test_the_measures_own_words_decide() -> None:
    grid = read_text_grid("Month,Sepsis six given,Red flags\nJan 2025,1,2\nFeb 2025,2,2")
    names = {Role.NUMERATOR: "red flags", Role.DENOMINATOR: "sepsis six given"}
    understood = understand(grid, shape=Shape.COUNTS, rhythm="month", today=TODAY, existing={}, names=names)
    assert [column.name for column in understood.columns.numbers] == ["Red flags", "Sepsis six given"]


def test_another_column_that_could_be_meant_is_named() -> None:
    understood = values("Month,Mean,Median\n1/1/2025,1,2\n2/1/2025,1,2")
    assert understood.columns.cautions == ("Column C “Median” could be meant as well. Check which column was taken",)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2025-01-01,6,76\n2025-02-01,8,88", ["6", "76"]),
        ("45658\t6\t76\n45689\t8\t88", ["6", "76"]),
        ("6\t76\tJan 2025\n8\t88\tFeb 2025", ["6", "76"]),
        ("Ward 9\nReport date:\t23/11/2026\nMonth\tPPH\tBirths\nJan 2025\t6\t76\nFeb 2025\t8\t88", ["6", "76"]),
        ("\tJan 2025\tFeb 2025\tMar 2025\nPPH\t6\t8\t9\nBirths\t76\t88\t90", ["6", "76"]),
        ("PPH audit\n\n\tJan 2025\tFeb 2025\tMar 2025\nBirths\t76\t88\t90\nPPH\t6\t8\t9", ["6", "76"]),
        ("Jan 2025\tFeb 2025\n6\t8\n76\t88", ["6", "76"]),
    ],
)
def test_layouts(text: str, numbers: list[str]) -> None:
    understood = counts(text)
    assert [row.state for row in understood.rows] == [State.NEW] * len(understood.rows)
    assert [row.date for row in understood.rows][:2] == [date(2025, 1, 1), date(2025, 2, 1)][: len(understood.rows)]
    assert [str(number) for number in understood.rows[0].numbers] == numbers


def test_a_wide_paste_is_spoken_of_by_its_columns() -> None:
    understood = counts("\tJan 2025\tFeb 2025\tFeb 2025\nPPH\t6\t8\t9\nBirths\t76\t88\t90")
    assert understood.transposed
    assert understood.columns.account[1] == "Row 2 “PPH” is how many"
    assert understood.rows[0].place == "Column B"
    assert understood.rows[1].problem == "Columns C and D are both for February 2025. Keep one of them"


def test_headings_repeated_further_down_lose_no_row() -> None:
    understood = counts("Month\tPPH\tBirths\nJan 2025\t1\t9\nMonth\tPPH\tBirths\nFeb 2025\t2\t9")
    assert [row.state for row in understood.rows] == [State.NEW, State.SKIPPED, State.NEW]


ROWS: list[tuple[str, State, str]] = [
    ("Jan 2025\t6\t76", State.NEW, ""),
    ("Jan 2025\t0\t76", State.NEW, ""),
    ("Jan 2025\t76\t76", State.NEW, ""),
    ("Jan 2025\t77\t76", State.WRONG, "PPH (77) is larger than Births (76)"),
    ("Jan 2025\t-1\t76", State.WRONG, "PPH: “-1” is too small"),
    ("Jan 2025\t0\t0", State.WRONG, "Births is 0"),
    ("Jan 2025\t1.5\t76", State.WRONG, "PPH: “1.5” is not a whole number"),
    ("Jan 2025\t6\t76.5", State.WRONG, "Births: “76.5” is not a whole number"),
    ("Jan 2025\t6%\t76", State.WRONG, "PPH: “6%” is a percentage"),
    ("Jan 2025\tsix\t76", State.WRONG, "PPH: “six” is not a number"),
    ("Jan 2025\t*\t76", State.WRONG, "PPH: “*” is a hidden"),
    ("Jan 2025\tnil\t76", State.WRONG, "PPH: “nil” is a word. Enter 0"),
    ("Jan 2025\t\t76", State.WRONG, "PPH is empty"),
    ("Jan 2025\t6\tn/a", State.WRONG, "Births is empty"),
    ("Jan 2025\t\t", State.SKIPPED, "There is no number in “PPH” and “Births”"),
    ("Jan 2025\t-\tn/a", State.SKIPPED, "There is no number in “PPH” and “Births” (“-”)"),
    ("Jan 2025\t#DIV/0!\t#N/A", State.SKIPPED, "There is no number"),
    ("Dec 2026\t\t", State.SKIPPED, "There is no number"),
    ("Dec 2026\t1\t5", State.WRONG, "Month: “Dec 2026” is in the future"),
    ("30 Feb 2025\t1\t5", State.WRONG, "Month: “30 Feb 2025” is not a date"),
    ("01/31/2025\t1\t5", State.WRONG, "Month: “01/31/2025” has the month before the day. Did you mean 31/01/2025?"),
    ("\t1\t5", State.WRONG, "Month: Enter a date"),
    ("Total\t1\t5", State.SKIPPED, "This looks like a total"),
    ("Grand Total:\t1\t5", State.SKIPPED, "This looks like a total"),
    ("Average\t1\t5", State.SKIPPED, "This looks like a total"),
    ("YTD\t1\t5", State.SKIPPED, "This looks like a total"),
]


@pytest.mark.parametrize(("row", "state", "problem"), ROWS)
def test_rows(row: str, state: State, problem: str) -> None:
    last = counts(f"Month\tPPH\tBirths\nMar 2025\t1\t9\n{row}").rows[-1]
    assert last.state is state
    assert last.problem.startswith(problem)
    assert bool(last.problem) == bool(problem)


def test_a_rate_may_be_above_one_and_its_denominator_need_not_be_whole() -> None:
    understood = counts("Month\tFalls\tBed days\nJan 2025\t6\t1.5", proportion=False)
    assert understood.rows[0].numbers == (Decimal(6), Decimal("1.5"))


def test_counts_the_wrong_way_round_are_asked_about() -> None:
    understood = counts("2025-01-01,76,6\n2025-02-01,88,8")
    assert understood.n_wrong == 2
    assert understood.problems == ("“Column B” and “Column C” may be the wrong way round. Check the headings",)


PERCENTS: list[tuple[str, bool, State, bool]] = [
    ("12%", True, State.NEW, False),
    ("12", True, State.NEW, False),
    ("0.12", True, State.NEW, True),
    ("0.12%", True, State.NEW, False),
    ("0", True, State.NEW, False),
    ("1", True, State.NEW, False),
    ("0.12", False, State.NEW, False),
    ("12%", False, State.WRONG, False),
]


@pytest.mark.parametrize(("typed", "percent", "state", "caution"), PERCENTS)
def test_percent_signs(typed: str, percent: bool, state: State, caution: bool) -> None:
    understood = values(f"Date\tValue\n1/1/2025\t{typed}", percent=percent)
    assert (understood.rows[0].state, understood.n_cautions) == (state, int(caution))


RHYTHMS: list[tuple[str, str, date | None]] = [
    ("month", "31/01/2025", date(2025, 1, 1)),
    ("month", "Jan 2025", date(2025, 1, 1)),
    ("quarter", "31/12/2025", date(2025, 10, 1)),
    ("quarter", "Apr 2025", date(2025, 4, 1)),
    ("week", "05/11/2025", date(2025, 11, 5)),
    ("fortnight", "05/11/2025", date(2025, 11, 5)),
    ("day", "05/11/2025", date(2025, 11, 5)),
    ("none", "05/11/2025", date(2025, 11, 5)),
    ("none", "Nov 2025", date(2025, 11, 1)),
    ("day", "Nov 2025", None),
    ("week", "Nov 2025", None),
    ("fortnight", "Nov 2025", None),
]


@pytest.mark.parametrize(("rhythm", "typed", "counted"), RHYTHMS)
def test_rhythms(rhythm: str, typed: str, counted: date | None) -> None:
    (row,) = values(f"Date\tValue\n{typed}\t5", rhythm=rhythm).rows
    assert row.date == counted
    assert row.state is (State.WRONG if counted is None else State.NEW)


def test_a_week_that_has_a_point_already_is_that_point() -> None:
    (row,) = values("Date\tValue\n12/11/2025\t5", {date(2025, 11, 10): (4.0, None)}, rhythm="week").rows
    assert (row.date, row.state) == (date(2025, 11, 10), State.CHANGES)
    assert row.caution == "There is a point for the week of 10 November 2025 already, on 10 November 2025"


def test_two_rows_of_one_period_are_both_wrong_and_both_named() -> None:
    understood = values("Date\tValue\n3/11/2025\t4\n13/11/2025\t4\n5/11/2025\t5", rhythm="week")
    first, other, second = understood.rows
    assert (first.state, other.state, second.state) == (State.WRONG, State.NEW, State.WRONG)
    assert first.problem == second.problem == "Rows 2 and 4 are both for the week of 3 November 2025. Keep one of them"


def test_many_rows_of_one_period_are_counted_not_listed() -> None:
    understood = values("Date\tValue\n" + "\n".join(f"{day}/1/2025\t1" for day in range(1, 32)), rhythm="month")
    assert understood.n_wrong == 31
    assert understood.rows[0].problem == "Rows 2, 3, 4, 5, 6 and 26 more are all for January 2025. Keep one of them"


def test_an_american_column_is_not_half_read() -> None:
    understood = values("Date\tValue\n01/02/2025\t5\n01/31/2025\t6\n25/12/2024\t7")
    assert [(row.state, row.code) for row in understood.rows] == [
        (State.WRONG, "either_way"),
        (State.WRONG, "month_first"),
        (State.NEW, ""),
    ]


@pytest.mark.parametrize("text", ["hello", "Month\tNote\n1/1/2025\thello", "Month,PPH\nJan 2025,6", "5"])
def test_too_few_columns(text: str) -> None:
    with pytest.raises(Unreadable, match="too few columns") as refusal:
        counts(text)
    assert refusal.value.code == "columns"


def test_dates_across_have_few_rows_below() -> None:
    with pytest.raises(Unreadable, match="Copy only the row of dates"):
        counts("Jan 2025\tFeb 2025\n" + "1\t2\n" * 50)


_MONTHS = st.lists(st.integers(0, 430), min_size=1, max_size=30, unique=True).map(
    lambda months: [date(1990 + m // 12, 1 + m % 12, 1) for m in months]
)


@given(_MONTHS, st.data())
def test_counts_come_back_from_their_own_export(months: list[date], data: st.DataObject) -> None:
    pairs = [
        data.draw(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))) for _ in months
    ]
    stored: Existing = dict(zip(months, pairs, strict=True))
    text = csv_text(["Date", "Numerator", "Denominator"], [(month, *pair) for month, pair in stored.items()])
    fresh, again = counts(text), counts(text, existing=stored)
    assert {row.date: row.numbers for row in fresh.to_save} == stored
    assert again.n_same == len(stored)


@given(
    st.dictionaries(st.integers(0, 13_000), st.floats(-1e12, 1e12).filter(lambda x: not 0 < abs(x) < 1e-6), min_size=1)
)
def test_values_come_back_from_their_own_export(points: dict[int, float]) -> None:
    stored: Existing = {date(1990, 1, 1) + timedelta(days=day): (value, None) for day, value in points.items()}
    text = csv_text(["Date", "Value"], [(day, value) for day, (value, _) in stored.items()])
    understood = values(text, existing=stored)
    assert understood.n_same == len(stored) == len(understood.rows)


_CELL = st.one_of(
    st.sampled_from(
        [
            "Jan 2025",
            "Feb 2025",
            "01/31/2025",
            "5/1/2025",
            "45688",
            "12",
            "1,5",
            "7%",
            "0.5",
            "Total",
            "Month",
            "PPH",
            "",
        ]
    ),
    st.text(max_size=6),
)


@given(
    st.lists(st.lists(_CELL, min_size=1, max_size=5), min_size=1, max_size=8),
    st.sampled_from(Shape),
    st.sampled_from(["day", "week", "fortnight", "month", "quarter", "none"]),
    st.booleans(),
)
def test_any_grid_is_understood_or_refused(cells: list[list[str]], shape: Shape, rhythm: str, flag: bool) -> None:
    stored: Existing = {date(2025, 1, 1): (1, None if shape is Shape.VALUE else 5)}
    try:
        grid = read_text_grid("\n".join("\t".join(row) for row in cells))
        understood = understand(
            grid, shape=shape, rhythm=rhythm, today=TODAY, existing=stored, proportion=flag, percent=flag
        )
    except Unreadable:
        return
    assert all(bool(row.problem) == (row.state in {State.WRONG, State.SKIPPED}) for row in understood.rows)
    assert all(row.date and None not in row.numbers[: len(row.typed) - 1] for row in understood.to_save)
    saved = [row.date for row in understood.to_save]
    assert len(saved) == len(set(saved))
