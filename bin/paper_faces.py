"""The fonts of printed papers: static TrueType instances of the same faces the pages have, for typst."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer


@dataclass(frozen=True)
class Cut:
    """One instance: the package's short name, the file's subset, the axes, and what it is called afterwards."""

    of: str  # "inter" or "newsreader"
    part: str  # "latin", "latin-ext", "greek", "cyrillic"
    axes: dict[str, float]
    family: str
    weight: int

    @property
    def file(self) -> str:
        return f"{self.family.lower().replace(' ', '-')}-{self.weight}.ttf"


TEXT, DISPLAY = 16, 44  # optical sizes
LETTERS = range(0x20, 0x250)  # of the Latin scripts; of the others all that the file has
CUTS = [
    *(Cut("inter", "latin", {"wght": weight}, "Inter", weight) for weight in (400, 600)),
    *(Cut("inter", "latin-ext", {"wght": weight}, "Inter Ext", weight) for weight in (400, 600)),
    Cut("inter", "greek", {"wght": 400}, "Inter Greek", 400),
    Cut("inter", "cyrillic", {"wght": 400}, "Inter Cyrillic", 400),
    *(Cut("newsreader", "latin", {"opsz": TEXT, "wght": weight}, "Newsreader", weight) for weight in (400, 500)),
    Cut("newsreader", "latin-ext", {"opsz": TEXT, "wght": 400}, "Newsreader Ext", 400),
    Cut("newsreader", "latin", {"opsz": DISPLAY, "wght": 390}, "Newsreader Display", 400),
    Cut("newsreader", "latin-ext", {"opsz": DISPLAY, "wght": 390}, "Newsreader Display Ext", 400),
]
FEATURES = ["kern", "liga", "calt", "locl", "tnum", "lnum", "ccmp", "mark", "mkmk"]
NAMES = (1, 2, 3, 4, 6, 16, 17, 21, 22, 25)


def cut(font: TTFont, one: Cut) -> bytes:
    """The instance as TrueType: its axes pinned, its hints dropped, called by its own family name."""
    held = io.BytesIO()
    instancer.instantiateVariableFont(font, one.axes).save(held)
    held.seek(0)
    settled = TTFont(held, recalcTimestamp=False)
    _call(settled, one)
    options = subset.Options(hinting=False, layout_features=FEATURES, notdef_outline=True, name_IDs=["*"])
    cutter = subset.Subsetter(options)
    wanted = [each for each in settled.getBestCmap() if "latin" not in one.part or each in LETTERS or each >= 0x2000]
    cutter.populate(unicodes=wanted)
    cutter.subset(settled)
    settled.flavor = None
    out = io.BytesIO()
    settled.save(out)
    return out.getvalue()


def _call(font: TTFont, one: Cut) -> None:
    if "STAT" in font:
        del font["STAT"]  # it would say that the instance is still one of many
    font["OS/2"].usWeightClass = one.weight
    style = {400: "Regular", 500: "Medium", 600: "SemiBold"}[one.weight]
    names = font["name"]
    for number in NAMES:
        names.removeNames(nameID=number)
    whole = f"{one.family} {style}"
    for number, said in {1: one.family, 2: style, 3: whole, 4: whole, 6: whole.replace(" ", "-")}.items():
        names.setName(said, number, 3, 1, 0x409)


def letters(fonts: Iterable[bytes]) -> str:
    """What all of these can print together, as lines of first and last letter in hexadecimal."""
    known = sorted(set().union(*(TTFont(io.BytesIO(font)).getBestCmap() for font in fonts)))
    lines: list[list[int]] = []
    for each in known:
        if lines and each == lines[-1][1] + 1:
            lines[-1][1] = each
        else:
            lines.append([each, each])
    return "".join(f"{first:x} {last:x}\n" for first, last in lines)
