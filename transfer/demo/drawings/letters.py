"""Letters that nobody answered."""

from . import textures
from .press import BLANK, INK, OCHRE, ROSE, SEA, SLATE, SOLID, VERMILION, Plate, Press


def unanswered(seed):
    """Unanswered letters, heaped up to a range of mountains; a stamp rises behind them as a sun."""
    press = Press(seed, paper="#f8eedb")
    chance = press.random
    sky = Plate()
    sky.shade(130, 0, 0, 640)
    press.print(sky, ROSE, rough=0.4)
    stamp = Plate()
    perforated(stamp, 1090, 290, 300, 340)
    stamp.rectangle(970, 150, 1210, 430, BLANK)
    stamp.disc(1090, 290, 104)
    textures.rays(stamp, chance, 1090, 290, 112, 138, count=44, width=7, tone=SOLID)

    layers = [  # ink, where their bodies stand, and of each envelope its middle and its width
        (SLATE, 640, [(-60, 480), (330, 620), (760, 540), (1180, 560), (1530, 470)]),
        (OCHRE, 790, [(110, 540), (560, 620), (960, 500), (1390, 620)]),
        (SEA, 940, [(-130, 560), (425, 520), (1035, 660), (1655, 540)]),
    ]
    for _, foot, letters in layers:
        for middle, wide in letters:
            stamp.polygon(envelope(middle, foot, wide)[0], BLANK)
    press.print(stamp, VERMILION)
    lines = Plate()
    ahead = [Plate() for _ in layers]
    for depth in range(len(layers)):
        for later in range(depth + 1, len(layers)):
            for middle, wide in layers[later][2]:
                ahead[depth].polygon(envelope(middle, layers[later][1], wide)[0])
    for depth, (ink, foot, letters) in enumerate(layers):
        plate, marks = Plate(), Plate()
        for middle, wide in letters:
            body, flap = envelope(middle, foot, wide)
            plate.polygon(body)
            marks.polygon([(x, y) for x, y in body], BLANK)
            snow(plate, chance, flap, wide)
            marks.line(flap, 5)
            left, right, top = middle - wide / 2, middle + wide / 2, flap[0][1]
            marks.line([(left, top), (middle, top + wide * 0.3), (right, top)], 4)
        plate.without(ahead[depth])
        marks.without(ahead[depth])
        press.print(plate, ink)
        lines.add(marks)
    for x, y in ((300, 150), (390, 210), (480, 140), (240, 240)):
        bird_letter(lines, x, y, 34)
    press.print(lines, INK)
    return press.sheet


def perforated(plate, x, y, wide, high):
    """Draw a stamp with its perforated edge."""
    plate.rectangle(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
    for step in range(int(wide / 26) + 1):
        for side in (y - high / 2, y + high / 2):
            plate.disc(x - wide / 2 + step * 26 + 7, side, 8, BLANK)
    for step in range(int(high / 26) + 1):
        for side in (x - wide / 2, x + wide / 2):
            plate.disc(side, y - high / 2 + step * 26 + 3, 8, BLANK)


def envelope(middle, foot, wide):
    """Return the outline of an open envelope whose flap stands up as a peak, and the line of that flap."""
    left, right, top = middle - wide / 2, middle + wide / 2, foot - wide * 0.16
    peak = (middle, top - wide * 0.5)
    return [(left, foot + wide * 0.6), (left, top), peak, (right, top), (right, foot + wide * 0.6)], [
        (left, top),
        peak,
        (right, top),
        (left, top),
    ]


def snow(plate, chance, flap, wide):
    """Cut a snow-cap and slopes into an envelope's flap."""
    left, peak = flap[:2]
    high = left[1] - peak[1]
    cap = [peak]
    for step in range(9):
        share = 0.3 + 0.1 * (step % 2) + chance.uniform(-0.02, 0.02)
        cap.append((peak[0] + (1 - step / 4) * wide * 0.5 * share, peak[1] + high * share))
    plate.polygon(cap, BLANK)
    for _ in range(int(wide / 14)):
        share = chance.uniform(0.45, 0.95)
        across = chance.uniform(-0.9, 0.9) * share * wide * 0.5
        x, y = peak[0] + across, peak[1] + high * share
        way = 1 if across > 0 else -1
        plate.stroke([(x + way * step * 6, y + step * 6) for step in range(6)], 5, BLANK)


def bird_letter(plate, x, y, size):
    """A letter that flies: two folded wings."""
    plate.polygon([(x - size, y - size * 0.5), (x, y), (x - size * 0.2, y + size * 0.3)])
    plate.polygon([(x + size, y - size * 0.6), (x, y), (x + size * 0.3, y + size * 0.26)])
