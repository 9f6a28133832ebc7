"""Free text: kept as meant, or refused with what to do."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.plumbing.reading.text import clean
from qitracker.plumbing.reading.unreadable import Unreadable, quoted

KEPT = [
    ("plain", "plain"),
    ("  outer blanks \n", "outer blanks"),
    ("\u00a0no-break outside\u3000", "no-break outside"),
    ("two\r\nlines", "two\nlines"),
    ("old\rMac", "old\nMac"),
    ("slide\vsoft break", "slide\nsoft break"),
    ("line\u2028separator", "line\nseparator"),
    ("tab\tstays", "tab\tstays"),
    ("e\u0301", "\u00e9"),
    ("\u212b", "\u00c5"),
    ("", ""),
    (" \t\n", ""),
    ("\u200b\u200d\ufeff", ""),
    ("\u200b \u2060", ""),
    ("\u3164", ""),
    ("family \U0001f468\u200d\U0001f469", "family \U0001f468\u200d\U0001f469"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("\u200fשלום", "\u200fשלום"),
    ("'; DROP TABLE points; --", "'; DROP TABLE points; --"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("=1+1", "=1+1"),
    ("½ of the ward", "½ of the ward"),
]

REFUSED = [
    ("a\x00b", "control"),
    ("a\x07b", "control"),
    ("a\x1bb", "control"),
    ("a\x7fb", "control"),
    ("a\x81b", "control"),
    ("a\ud800b", "surrogate"),
    ("\udfff", "surrogate"),
    ("right\u202eleft", "reordering"),
    ("a\u202ab", "reordering"),
    ("a\u2066b\u2069", "reordering"),
    ("a" + "\u0301" * 40, "marks"),
    ("x" * 101, "too_long"),
    ("e\u0301" * 101, "too_long"),
    ("x" * 1_000_000, "too_long"),
]


@pytest.mark.parametrize(("typed", "stored"), KEPT)
def test_kept(typed: str, stored: str) -> None:
    assert clean(typed, 100) == stored


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        clean(typed, 100)
    assert refusal.value.code == code


def test_the_sentence_has_both_lengths() -> None:
    with pytest.raises(Unreadable, match=r"1,001 characters long\. Shorten it to 1,000 characters"):
        clean("x" * 1001, 1000)


def test_exactly_the_length_is_kept_also_when_it_is_composed_first() -> None:
    assert clean("e\u0301" * 100, 100) == "\u00e9" * 100
    assert clean("\u03b1\u0313\u0300\u0345" * 100, 100) == "\u1f82" * 100


def test_a_place_is_named_for_what_nobody_can_see() -> None:
    with pytest.raises(Unreadable, match=r"after “We met on the ward”"):
        clean("We met on the ward\x00", 100)


def test_a_quotation_is_one_short_visible_line() -> None:
    said = quoted("a\nb\x00\u202e" + "x" * 10_000)
    assert len(said) <= 42
    assert not any(unicodedata.category(c).startswith("C") for c in said)


@given(st.text(alphabet=st.characters(), max_size=300), st.integers(1, 200))
def test_any_text_is_cleaned_or_refused(text: str, most: int) -> None:
    try:
        stored = clean(text, most)
    except Unreadable:
        return
    assert len(stored) <= most
    assert stored == unicodedata.normalize("NFC", stored).strip()
    stored.encode("utf-8")
    assert clean(stored, most) == stored
