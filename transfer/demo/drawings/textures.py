"""What a gouge does to a surface: skies, slopes, water, walls."""

import math

from .press import BLANK, WIDTH
from .shapes import between, sweep


def sky(plate, chance, top, bottom, *, lines=34, thick=9, long=(120, 420), tone=BLANK):
    """Cut light into a sky: strokes that grow thicker and closer together from `top` down to `bottom`."""
    for line in range(lines):
        depth = (line + 1) / lines
        y = top + (bottom - top) * depth**0.78
        x = -chance.uniform(0, long[1])
        while x < WIDTH:
            length = chance.uniform(*long) * (0.5 + depth)
            if chance.random() < 0.35 + 0.65 * depth:
                width = thick * (0.12 + depth**1.6) * chance.uniform(0.75, 1.15)
                plate.stroke(
                    sweep(x, y + chance.uniform(-2, 2), length, chance.uniform(-3, 3), chance.uniform(-4, 4)),
                    width,
                    tone,
                )
            x += length * chance.uniform(0.8, 1.15)


def slope(plate, chance, line, depth, *, strokes=200, width=(2.5, 6), long=(18, 60), fall=0.25, tone=BLANK):
    """Cut grass or light into a slope below `line`, closest near its crest."""
    left, right = line[0][0], line[-1][0]
    for _ in range(strokes):
        x = chance.uniform(left - 20, right)
        down = chance.random() ** 1.7
        y = between(line, max(left, x)) + 9 + down * depth
        length = chance.uniform(*long) * (0.6 + down * 0.7)
        plate.stroke(
            sweep(x, y, length, -length * fall * chance.uniform(-0.4, 1), chance.uniform(1, 6)),
            chance.uniform(*width) * (0.6 + 0.5 * down),
            tone,
        )


def ripples(
    plate, chance, top, bottom, *, lines=26, thick=7, tone=BLANK, left=0, right=WIDTH, long=(40, 190), share=0.62
):
    """Cut light into water: strokes that grow longer and thicker towards the viewer."""
    for line in range(lines):
        near = (line + 1) / lines
        y = top + (bottom - top) * near**1.5
        x = left - chance.uniform(0, 120)
        while x < right:
            length = chance.uniform(*long) * (0.35 + near)
            if chance.random() < share and x > left - 60:
                plate.stroke(
                    sweep(x, y + chance.uniform(-3, 3), min(length, right - x + 40), 0, chance.uniform(-5, 5) * near),
                    thick * (0.3 + 0.9 * near) * chance.uniform(0.6, 1.1),
                    tone,
                )
            x += length * chance.uniform(1.0, 1.9)


def rays(plate, chance, x, y, inner, outer, *, count=60, width=6, tone=BLANK, start=0, end=360):
    """Cut rays around a sun, a lamp, a star."""
    for ray in range(count):
        angle = math.radians(start + (end - start) * (ray + chance.uniform(-0.25, 0.25)) / count)
        near, far = inner * chance.uniform(1, 1.12), outer * chance.uniform(0.72, 1)
        points = [
            (
                x + math.cos(angle) * (near + (far - near) * step / 6),
                y + math.sin(angle) * (near + (far - near) * step / 6),
            )
            for step in range(7)
        ]
        plate.stroke(points, width * chance.uniform(0.7, 1.2), tone)


def stars(plate, chance, count, bottom, *, away=(0, 0, 0), tone=BLANK):
    """Cut stars into a sky above `bottom`, none within away[2] of (away[0], away[1])."""
    for _ in range(count):
        x, y = chance.uniform(0, WIDTH), chance.random() ** 1.4 * bottom
        if math.hypot(x - away[0], y - away[1]) > away[2]:
            size = chance.choice([2, 2, 2.6, 3.4])
            plate.disc(x, y, size, tone)
            if size > 3:
                plate.stroke([(x - 11, y), (x, y), (x + 11, y)], 3, tone)
                plate.stroke([(x, y - 11), (x, y), (x, y + 11)], 3, tone)
