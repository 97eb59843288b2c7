"""Wood type: fat slab capitals, drawn with a ruler and a compass."""

from .press import BLANK, SOLID, Plate
from .shapes import arc

SLAB = 0.11  # of the height: how thick the serifs are
STEM = 0.27  # of the width: how thick the uprights are

STEMS = {  # uprights: the middle of each, in shares of the width
    "A": [], "C": [], "D": [0.24], "E": [0.27], "G": [], "H": [0.2, 0.8], "I": [0.5], "L": [0.27], "N": [0.18, 0.82],
    "O": [], "P": [0.26], "T": [0.5], "U": [0.2, 0.8],
}  # fmt: skip


def letter(plate: Plate, name, left, top, width, height, tone=SOLID):
    """Draw the capital `name` into a box. What lies inside its bowls is cut out again."""
    ground = BLANK if tone else SOLID
    if name == "É":
        accent = height * 0.15
        plate.polygon(
            [
                (left + width * 0.46, top + accent),
                (left + width * 0.58, top - accent * 0.35),
                (left + width * 0.8, top - accent * 0.1),
                (left + width * 0.6, top + accent),
            ],
            tone,
        )
        name, top, height = "E", top + accent * 1.35, height - accent * 1.35
    bottom, right = top + height, left + width
    slab, stem = height * SLAB, width * STEM

    def bar(x1, y1, x2, y2):
        plate.rectangle(left + x1 * width, y1, left + x2 * width, y2, tone)

    for middle in STEMS[name]:
        plate.rectangle(left + middle * width - stem / 2, top, left + middle * width + stem / 2, bottom, tone)
    if name in "HNU":
        for middle in STEMS[name]:
            for y in (top, bottom - slab):
                if not (name == "U" and y > top):
                    bar(middle - 0.2, y, middle + 0.2, y + slab)
    if name == "I":
        bar(0.18, top, 0.82, top + slab)
        bar(0.18, bottom - slab, 0.82, bottom)
    if name in "EL":
        bar(0.06, bottom - slab, 0.94, bottom)
        bar(0.8, bottom - height * 0.3, 0.94, bottom)
        bar(0.06, top, 0.94 if name == "E" else 0.6, top + slab)
    if name == "E":
        bar(0.8, top, 0.94, top + height * 0.26)
        bar(0.3, top + height * 0.45, 0.72, top + height * 0.55)
        bar(0.62, top + height * 0.37, 0.72, top + height * 0.63)
    if name == "T":
        bar(0.03, top, 0.97, top + slab)
        bar(0.03, top, 0.15, top + height * 0.28)
        bar(0.85, top, 0.97, top + height * 0.28)
        bar(0.24, bottom - slab, 0.76, bottom)
    if name == "H":
        bar(0.2, top + height * 0.45, 0.8, top + height * 0.55)
    if name == "N":
        plate.polygon(
            [
                (left + width * 0.06, top),
                (left + width * 0.34, top),
                (left + width * 0.94, bottom),
                (left + width * 0.66, bottom),
            ],
            tone,
        )
    if name == "A":
        plate.polygon(
            [
                (left + width * 0.36, top),
                (left + width * 0.64, top),
                (left + width * 0.95, bottom),
                (left + width * 0.64, bottom),
                (left + width * 0.45, top + height * 0.2),
                (left + width * 0.2, bottom),
                (left + width * 0.08, bottom),
            ],
            tone,
        )
        plate.rectangle(left + width * 0.24, top + height * 0.62, left + width * 0.7, top + height * 0.72, tone)
        bar(0, bottom - slab, 0.34, bottom)
        bar(0.54, bottom - slab, 1, bottom)
    if name in "OCG":
        middle = (left + width / 2, top + height / 2)
        plate.ellipse(*middle, width * 0.47, height * 0.51, tone)
        plate.ellipse(*middle, width * 0.19, height * 0.39, ground)
        if name in "CG":
            plate.rectangle(left + width * 0.66, top + height * 0.36, right, top + height * 0.62, ground)
            bar(0.76, top + height * 0.04, 0.92, top + height * 0.36)
        if name == "G":
            bar(0.5, top + height * 0.56, 0.99, top + height * 0.66)
            bar(0.64, top + height * 0.56, 0.91, bottom - height * 0.03)
    if name == "D":
        plate.polygon(
            [
                (left + width * 0.24, top),
                *arc(left + width * 0.46, top + height / 2, width * 0.5, -90, 90, down=height / 2),
                (left + width * 0.24, bottom),
            ],
            tone,
        )
        plate.polygon(
            [
                (left + width * 0.38, top + slab),
                *arc(left + width * 0.44, top + height / 2, width * 0.25, -90, 90, down=height / 2 - slab),
                (left + width * 0.38, bottom - slab),
            ],
            ground,
        )
        bar(0.02, top, 0.4, top + slab)
        bar(0.02, bottom - slab, 0.4, bottom)
    if name == "U":
        plate.polygon(arc(left + width / 2, bottom - height * 0.3, width * 0.435, 0, 180, down=height * 0.32), tone)
        plate.rectangle(left + width * 0.335, top + slab, left + width * 0.665, bottom - height * 0.3, ground)
        plate.polygon(arc(left + width / 2, bottom - height * 0.31, width * 0.165, 0, 180, down=height * 0.2), ground)
