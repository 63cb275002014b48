#!/usr/bin/env python3
"""Makes the two embedded fonts from Debian's Noto Sans CJK.

Needs fonttools and Debian's package fonts-noto-cjk. Run it in this folder:

    python3 subset.py /usr/share/fonts/opentype/noto

It takes the simplified Chinese face of the Regular and the Bold collection,
keeps the characters named in wanted(), turns the cubic outlines into quadratic
ones (a glyf table is what PDF embeds most simply and what every rasteriser
reads), drops hinting and layout tables, and writes NotoSansSC-Regular.ttf.gz and
NotoSansSC-Bold.ttf.gz. The same input gives the same bytes.
"""

import gzip
import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, newTable

SIMPLIFIED_CHINESE_FACE = 2
OUTLINE_TOLERANCE = 1.0  # font units of 1/1000 em
FIXED_TIMESTAMP = 3786912000  # 2024-01-01 in seconds since 1904


def gb2312():
    """Every character of GB 2312."""
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                yield ord(bytes([lead, trail]).decode("gb2312"))
            except UnicodeDecodeError:
                continue


def wanted():
    """The code points to keep, where the font has them."""
    blocks = [
        (0x0020, 0x007E),  # Basic Latin
        (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B
        (0x02B0, 0x02FF),  # spacing modifier letters
        (0x0370, 0x03FF),  # Greek
        (0x0400, 0x045F),  # Cyrillic
        (0x1E00, 0x1EFF),  # Latin Extended Additional
        (0x2010, 0x205E),  # general punctuation
        (0x2070, 0x209C),  # superscripts and subscripts
        (0x20A0, 0x20BF),  # currency
        (0x2100, 0x214F),  # letterlike symbols
        (0x2150, 0x218B),  # number forms
        (0x2190, 0x21FF),  # arrows
        (0x2200, 0x22FF),  # mathematical operators
        (0x2300, 0x23FF),  # technical
        (0x2460, 0x24FF),  # enclosed numbers
        (0x2500, 0x257F),  # box drawing
        (0x25A0, 0x26FF),  # shapes and symbols
        (0x2713, 0x2717),  # ticks and crosses
        (0x3000, 0x303F),  # CJK punctuation
        (0x3040, 0x30FF),  # kana
        (0xFF01, 0xFF65),  # full-width forms
        (0xFFE0, 0xFFE6),  # full-width signs
        (0xFFFD, 0xFFFD),  # replacement character
    ]
    keep = set(gb2312())
    for first, last in blocks:
        keep.update(range(first, last + 1))
    return keep


def to_quadratic(font):
    """Replaces the CFF outlines by a glyf table."""
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    table = newTable("glyf")
    table.glyphOrder = order
    table.glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, OUTLINE_TOLERANCE, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    for name in order:
        table.glyphs[name].recalcBounds(table)
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(table.glyphs[name], "xMin", 0))
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements "
        "maxSizeOfInstructions maxComponentElements maxPoints maxContours maxCompositePoints "
        "maxCompositeContours maxComponentDepth"
    ).split():
        setattr(profile, field, 0)
    profile.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def make(folder, weight):
    collection = TTCollection(str(folder / f"NotoSansCJK-{weight}.ttc"))
    font = collection.fonts[SIMPLIFIED_CHINESE_FACE]
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    to_quadratic(font)
    font.recalcTimestamp = False
    font["head"].created = FIXED_TIMESTAMP
    font["head"].modified = FIXED_TIMESTAMP
    plain = io.BytesIO()
    font.save(plain)
    Path(f"NotoSansSC-{weight}.ttf.gz").write_bytes(gzip.compress(plain.getvalue(), 9, mtime=0))


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: subset.py FOLDER-OF-NOTO-CJK")
    for weight in ("Regular", "Bold"):
        make(Path(sys.argv[1]), weight)


if __name__ == "__main__":
    main()
