"""Lines that a hand would draw, as lists of points."""

import math
from itertools import pairwise


def curve(points, closed=False, steps=12):
    """Return a smooth line through `points` (Catmull–Rom)."""
    count = len(points)
    whole = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    line = []
    for index in range(count if closed else count - 1):
        a, b, c, d = whole[index : index + 4]
        for step in range(steps):
            t = step / steps
            line.append(
                tuple(
                    0.5
                    * (
                        2 * b[axis]
                        + (c[axis] - a[axis]) * t
                        + (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t
                        + (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t**3
                    )
                    for axis in (0, 1)
                )
            )
    if not closed:
        line.append(points[-1])
    return line


def arc(x, y, radius, start, end, steps=40, down=None):
    """Return points of a circle (or an ellipse) from `start` to `end` degrees, 0 at three o'clock, clockwise."""
    down = radius if down is None else down
    angles = (math.radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return [(x + radius * math.cos(angle), y + down * math.sin(angle)) for angle in angles]


def ridge(chance, left, right, height, swing, waves=3, step=10):
    """Return a line of hills about `height`, `swing` high and low, from `left` to `right`."""
    parts = [
        (chance.uniform(0.6, 1.4) * (number + 1), chance.uniform(0, 6.3), 1 / (number + 1)) for number in range(waves)
    ]
    whole = sum(weight for _, _, weight in parts)
    points = []
    x = left
    while x <= right + step:
        angle = 2 * math.pi * (x - left) / (right - left)
        points.append(
            (x, height + swing * sum(math.sin(pace * angle + phase) * weight for pace, phase, weight in parts) / whole)
        )
        x += step
    return points


def down_to(points, bottom):
    """Return the area between a line and a level below it."""
    return [*points, (points[-1][0], bottom), (points[0][0], bottom)]


def blob(chance, x, y, radius, unrest=0.12, corners=9, down=None):
    """Return a round thing that is not quite a circle."""
    down = radius if down is None else down
    points = []
    for corner in range(corners):
        angle = 2 * math.pi * corner / corners
        reach = 1 + chance.uniform(-unrest, unrest)
        points.append((x + radius * reach * math.cos(angle), y + down * reach * math.sin(angle)))
    return curve(points, closed=True)


def turned(points, x, y, degrees):
    """Return `points` turned about (x, y)."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return [(x + (px - x) * cosine - (py - y) * sine, y + (px - x) * sine + (py - y) * cosine) for px, py in points]


def box(left, top, right, bottom):
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def between(points, x):
    """Return the height of a line at `x`, its points going from left to right."""
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 <= x <= x2:
            return y1 + (y2 - y1) * (x - x1) / ((x2 - x1) or 1)
    return points[-1][1]


def sweep(x, y, length, rise=0.0, bend=0.0, steps=8):
    """Return a short line for one stroke of the gouge: from (x, y) to the right, rising and bent a little."""
    return [
        (x + length * step / steps, y - rise * step / steps - bend * math.sin(math.pi * step / steps))
        for step in range(steps + 1)
    ]
