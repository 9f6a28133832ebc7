"""Started and closed by month as plain SVG: attributes only, as a strict content security policy wants it."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from qitracker.hub.flow_numbers import Month
from qitracker.method.dates import month_in_words

WIDTH, HEIGHT, LEFT, BOTTOM = 720, 200, 30, 28
STARTED, CLOSED, INK, GRID = (
    "#005eb8",
    "#768692",
    "#212b32",
    "#d8dde0",
)  # the product's blue and greys, over 3:1 on white
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def draw(months: Sequence[Month]) -> Markup:
    """Two bars a month, started and beside it closed; empty where nothing began or closed."""
    most = max((max(one.started, one.closed) for one in months), default=0)
    if not most:
        return Markup()
    step = next((step for step in STEPS if most <= 4 * step), -(-most // 4))
    top = -(-most // step) * step
    plot, wide = HEIGHT - BOTTOM - 10, (WIDTH - LEFT) / len(months)

    def y(n: float) -> float:
        return 10 + plot * (1 - n / top)

    parts = [
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y(n):.1f}" y2="{y(n):.1f}" stroke="{GRID}"/>'
        f'<text x="{LEFT - 6}" y="{y(n) + 4:.1f}" text-anchor="end" font-size="12" fill="{INK}">{n}</text>'
        for n in range(0, top + 1, step)
    ]
    for place, one in enumerate(months):
        x = LEFT + place * wide
        for n, offset, colour in ((one.started, 0.1, STARTED), (one.closed, 0.5, CLOSED)):
            if n:
                height = y(0) - y(n)
                parts.append(
                    f'<rect x="{x + offset * wide:.1f}" y="{y(n):.1f}" width="{0.36 * wide:.1f}" '
                    f'height="{height:.1f}" fill="{colour}"/>'
                )
        if one.first.month in {1, 7}:
            parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 8}" font-size="12" fill="{INK}">{one.first:%b %Y}</text>')
    label = (
        f"Projects started and closed in each month from {month_in_words(months[0].first)} to "
        f"{month_in_words(months[-1].first)}. The numbers are in the table below."
    )
    return Markup(  # noqa: S704 (our own numbers, the label escaped)
        f'<svg class="hub-bars" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(label)}" font-family="Arial, Helvetica, sans-serif">{"".join(parts)}</svg>'
    )
