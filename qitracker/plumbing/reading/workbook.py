"""What must be true of an XLSX file before a reader opens it, and the one sheet that is wanted, by itself.

A workbook is a ZIP of XML. 500 KB can unpack to gigabytes, and two cells at opposite corners of a sheet make a
reader reserve a rectangle of 17 thousand million cells (measured: 3.3 GB for two cells, then the process is
killed). So: the declared sizes are checked first, then only the parts that are needed are unpacked, each counted
while it unpacks, then the sheet's outline is walked with the standard library's parser; only a file made anew
from those parts goes to the fast reader.
"""

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from qitracker.plumbing.reading.outline import Outline, broken, parser, too_big
from qitracker.plumbing.reading.unreadable import Unreadable, quoted

# ASVS 5.0, 5.2.3: the unpacked size is checked before unpacking. A year of a ward's figures unpacks to under 1 MB.
MOST_UNPACKED = 50 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_RATIO = 100  # real sheets pack 5 to 20 times, DEFLATE can do 1,032
RATIO_FROM = 1024 * 1024  # below this size no ratio does harm
# ECMA-376 part 2, annex C allows no other; bzip2 and LZMA would be unpacked without a limit on what comes out.
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
LONGEST_TAG = 256 * 1024  # with the text after it; a tag of two million attributes takes a parser 350 MB (measured)
MOST_TAGS = 3_000_000  # in one part; MOST_CELLS cells need about a third of it
PERCENT_FORMATS = frozenset({9, 10})  # ECMA-376 part 1, section 18.8.30: 0% and 0.00%


@dataclass(frozen=True, slots=True)
class OneSheet:
    """A workbook remade with one sheet in it: `content` for the reader, `position` of the sheet among all sheets.

    `percents` are the cells shown with a % sign, as (row, column), both counted from 0.
    """

    content: bytes
    name: str
    position: int
    percents: frozenset[tuple[int, int]]


def only_sheet(content: bytes, wanted: str | None) -> OneSheet:
    """Check a workbook and return it with nothing but the wanted sheet (None: the first that is not hidden).

    Raises Unreadable: not a workbook, protected, too large packed or unpacked, no such sheet, cells out of bounds.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _only_sheet(_Parts.of(packed), wanted)
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise broken() from error
    except (ValueError, KeyError, IndexError, UnicodeError) as error:
        if isinstance(error, Unreadable):
            raise
        raise broken() from error


def _only_sheet(parts: "_Parts", wanted: str | None) -> OneSheet:
    sheets = _sheets(parts.read("xl/workbook.xml"))
    position, name, relation = _chosen(sheets, wanted)
    targets = _targets(parts.read("xl/_rels/workbook.xml.rels"))
    sheet_path = targets[relation]
    lengths = _text_lengths(parts.read("xl/sharedstrings.xml")) if parts.has("xl/sharedstrings.xml") else []
    percents = _percent_styles(parts.read("xl/styles.xml")) if parts.has("xl/styles.xml") else frozenset()
    outline = Outline(lengths, percents)
    outline.walk(parts.read(sheet_path))
    kept = (
        "[content_types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/sharedstrings.xml",
    )
    remade = parts.remade([*kept, "xl/styles.xml", sheet_path])
    return OneSheet(remade, name, position, frozenset(outline.percent_cells))


@dataclass(slots=True)
class _Parts:
    """The parts of a packed workbook by lower-case name, unpacked on demand and counted."""

    packed: zipfile.ZipFile
    infos: dict[str, zipfile.ZipInfo]
    unpacked: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, packed: zipfile.ZipFile) -> "_Parts":
        infos = packed.infolist()
        if len(infos) > MOST_ENTRIES:
            raise too_big(
                f"This workbook has {len(infos):,} parts inside, and the most we can read is {MOST_ENTRIES:,}"
            )
        if sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise too_big(f"This workbook unpacks to more than {MOST_UNPACKED // 2**20} MB")
        for info in infos:
            if info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
                raise too_big("This workbook is packed far more tightly than a real one")
            if info.flag_bits & 0x1:
                raise _protected()
            if info.compress_type not in _PACKINGS:
                raise broken()
        by_name = {info.filename.replace("\\", "/").casefold(): info for info in infos}
        if len(by_name) != len(infos) or "xl/workbook.xml" not in by_name:
            raise broken()
        return cls(packed, by_name)

    def has(self, name: str) -> bool:
        return name in self.infos

    def read(self, name: str) -> bytes:
        """One part. What it declares is not believed: it is unpacked with a limit on what may come out."""
        if name not in self.unpacked:
            room = MOST_UNPACKED - sum(map(len, self.unpacked.values()))
            with self.packed.open(self.infos[name]) as stream:
                content = stream.read(room + 1)
            if len(content) > room:
                raise too_big(f"This workbook unpacks to more than {MOST_UNPACKED // 2**20} MB")
            if b"\x00" in content:  # UTF-16 and worse: the walk and the reader could see different things
                raise broken()
            if any(
                content.find(b"<", at, at + LONGEST_TAG) < 0 for at in range(0, len(content) - LONGEST_TAG, LONGEST_TAG)
            ):
                raise broken()
            if content.count(b"<") > MOST_TAGS:
                raise too_big("This workbook has too many cells")
            self.unpacked[name] = content
        return self.unpacked[name]

    def remade(self, names: list[str]) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as target:
            for name in dict.fromkeys(names):
                if self.has(name):
                    target.writestr(self.infos[name].filename, self.read(name))
        return made.getvalue()


def _protected() -> Unreadable:
    return Unreadable(
        "This workbook is protected with a password. Save it without one and upload it again", "protected"
    )


def _sheets(workbook: bytes) -> list[tuple[str, str, str]]:
    """Each sheet's name, state and relation id, in order."""
    sheets: list[tuple[str, str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))

    parser(start).Parse(workbook, True)
    return sheets


def _chosen(sheets: list[tuple[str, str, str]], wanted: str | None) -> tuple[int, str, str]:
    for position, (name, state, relation) in enumerate(sheets):
        if name == wanted or (wanted is None and state == "visible"):
            return position, name, relation
    if wanted is None:
        raise broken()
    names = ", ".join(quoted(name) for name, _, _ in sheets[:10])
    raise Unreadable(f"There is no sheet {quoted(wanted)} in this workbook. It has {names}", "no_sheet")


def _targets(relations: bytes) -> dict[str, str]:
    """The part each relation of the workbook points at, by lower-case name."""
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
            targets[attributes["Id"]] = target.casefold()

    parser(start).Parse(relations, True)
    return targets


def _text_lengths(shared: bytes) -> list[int]:
    """How many characters each shared text has."""
    lengths: list[int] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            lengths.append(0)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    reader = parser(start)
    reader.CharacterDataHandler = text
    reader.Parse(shared, True)
    return lengths


def _percent_styles(styles: bytes) -> frozenset[int]:
    """The cell styles that show a number with a % sign."""
    custom: set[int] = set()
    formats: list[int] = []
    within: list[str] = []

    def end(_name: str) -> None:
        within.pop()

    def start(name: str, attributes: dict[str, str]) -> None:
        within.append(name)
        if name == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.|\[[^]]*\]', "", attributes.get("formatCode", "")):
            custom.add(int(attributes["numFmtId"]))
        if name == "xf" and "cellXfs" in within[-2:]:
            formats.append(int(attributes.get("numFmtId", "0")))

    parser(start, end).Parse(styles, True)
    return frozenset(style for style, number in enumerate(formats) if number in custom | PERCENT_FORMATS)
