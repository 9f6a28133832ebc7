"""A chart as a picture: SVG for a page without scripts and for print, PNG for slides and papers.

vl-convert draws offline. The SVG stands by itself, with one role and one sentence for the whole picture, no
link to anything outside, no script and no style attribute.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import vl_convert

from qitracker.charts.spc_layers import HOVER
from qitracker.charts.spc_spec import Spec

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_FORBIDDEN = frozenset({"role", "style", "class", f"{{{_XLINK}}}href", "href"})

ET.register_namespace("", SVG)


class ChartFailed(RuntimeError):  # noqa: N818  (named for what happened, as the page says it)
    """The chart could not be drawn. The page says its finding and shows its table without it."""


def svg(chart: Spec) -> str:
    """The chart as SVG, named by its ``description``. Raises ChartFailed."""
    try:
        drawn = vl_convert.vegalite_to_svg(_still(chart), allowed_base_urls=[])
        root = ET.fromstring(drawn)  # noqa: S314  (drawn by vl-convert just now, not sent by anybody)
    except (ValueError, TypeError, RuntimeError, ET.ParseError) as error:
        raise ChartFailed(f"The chart could not be drawn: {error}") from error
    for element in root.iter():
        for name in [name for name in element.attrib if name in _FORBIDDEN or name.startswith("aria-")]:
            del element.attrib[name]
    label = str(chart.get("description", "Chart"))
    root.set("role", "img")
    root.set("aria-label", label)
    title = ET.Element(f"{{{SVG}}}title")
    title.text = label
    root.insert(0, title)
    return ET.tostring(root, encoding="unicode")


def png(chart: Spec, *, scale: float = 2.0) -> bytes:
    """The chart as PNG, ``scale`` pixels to a pixel of the SVG. Raises ChartFailed."""
    try:
        return bytes(vl_convert.vegalite_to_png(_still(chart), scale=scale, allowed_base_urls=[]))
    except (ValueError, TypeError, RuntimeError) as error:
        raise ChartFailed(f"The chart could not be drawn: {error}") from error


def _still(chart: Spec) -> Spec:
    """The chart without what only a pointer needs; a picture cannot be hovered."""
    drawn: list[dict[str, Any]] = [layer for layer in chart.get("layer", []) if layer.get("name") != HOVER]
    if chart.get("width") == "container":
        raise ChartFailed("A picture needs a width: leave out responsive=True.")
    return {**chart, "layer": drawn}
