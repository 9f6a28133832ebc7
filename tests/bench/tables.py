"""Tables as text: the same on a terminal and in a Markdown page."""

import sys
from collections.abc import Iterable, Sequence
from statistics import median

HUNDRED = 100


def say(line: str = "") -> None:
    """One line, at once: somebody is waiting."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table with its title. Columns of numbers stand on the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    columns = list(zip(headings, *cells, strict=True))
    widths = [max(len(cell) for cell in column) for column in columns]
    right = [all(_is_number(cell) for cell in column[1:]) for column in columns]

    def line(row: Sequence[str]) -> str:
        placed = (
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        )
        return f"| {' | '.join(placed)} |"

    rule = (f"{'-' * (width - 1)}{':' if to_right else '-'}" for width, to_right in zip(widths, right, strict=True))
    say(f"\n### {title}\n")
    say(line(headings))
    say(f"| {' | '.join(rule)} |")
    for row in cells:
        say(line(row))
    say()


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "").isdigit()


def ms(seconds: float) -> str:
    """A time in milliseconds, with as many digits as mean something."""
    return f"{seconds * 1000:.1f}" if seconds < 0.1 else f"{seconds * 1000:.0f}"


def middle(times: Sequence[float]) -> float:
    return median(times)


def share(times: Sequence[float], percent: int) -> float:
    """The time that so many percent of the answers kept within (nearest rank)."""
    ordered = sorted(times)
    return ordered[max(0, -(-len(ordered) * percent // HUNDRED) - 1)]


def met(is_met: bool) -> str:
    return "met" if is_met else "MISSED"
