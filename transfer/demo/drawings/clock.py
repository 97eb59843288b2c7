"""A clock that is in no hurry."""

import math

from .press import BLANK, HEIGHT, INK, MOSS, ROSE, SOLID, VERMILION, Plate, Press
from .shapes import arc, box, curve, turned


def cuckoo_clock(seed):
    """A cuckoo clock with one hand only; the bird is out and shrugs."""
    press = Press(seed, paper="#f8eedb")
    chance = press.random
    house = [(520, 420), (800, 190), (1080, 420), (1040, 760), (560, 760)]
    roof = [(440, 450), (800, 140), (1160, 450), (1108, 486), (800, 226), (492, 486)]
    knocked = Plate()
    knocked.polygon(house)
    knocked.polygon(roof)
    leaves, red = Plate(), Plate()
    for leaf in garland():
        vine_leaf(leaves, *leaf)
    bird(red, 800, 350, outline=False)
    red.polygon([(770, 196), (800, 110), (830, 196), (800, 220)])
    red.disc(800, 120, 18)
    for plate in (leaves, red):
        knocked.add(plate)
    wall = Plate(SOLID)
    for column in range(21):
        x = column * 80 + 10
        for row in range(15):
            y = row * 80 + (column % 2) * 40 - 10
            wall.polygon(turned(box(x - 9, y - 9, x + 9, y + 9), x, y, 45), BLANK)
            wall.disc(x, y + 26, 2.6, BLANK)
        wall.line([(x + 40, 0), (x + 40, HEIGHT)], 2.4, BLANK)
    wall.without(knocked)
    press.print(wall, ROSE)

    wood = Plate()
    wood.polygon(house)
    wood.disc(800, 570, 138, BLANK)
    wood.rectangle(740, 282, 860, 396, BLANK, radius=50)
    for line in range(44):
        x = 530 + line * 13
        if not 640 < x < 960:
            wood.stroke([(x + chance.uniform(-2, 2), 440 + step * 60) for step in range(6)], 3, BLANK)
        wood.stroke([(x, 716 + step * 9) for step in range(5)], 3, BLANK)
    for shutter in (688, 866):
        wood.rectangle(shutter, 286, shutter + 48, 392, BLANK)
        wood.rectangle(shutter + 4, 290, shutter + 44, 388)
        for slat in range(6):
            wood.line([(shutter + 10, 302 + slat * 15), (shutter + 38, 302 + slat * 15)], 4, BLANK)
    for plate in (leaves, red):
        wood.without(plate)
    press.print(wood, "#9a6a3c")
    press.print(leaves, MOSS)

    black = Plate()
    black.polygon(roof)
    for tile in range(16):
        for side in (-1, 1):
            share = tile / 15
            x, y = 800 + side * (14 + 316 * share), 190 + 276 * share
            black.line([(x, y - 22), (x + side * 12, y + 18)], 3, BLANK)
    for leaf in garland():
        vine_leaf(black, *leaf, tone=BLANK)
    black.rectangle(740, 282, 860, 396, radius=50)
    black.ring(800, 570, 146, 15)
    for hour in range(12):
        angle = math.radians(hour * 30)
        x, y = 800 + math.cos(angle) * 112, 570 + math.sin(angle) * 112
        black.disc(x, y, 10 if hour % 3 else 15)
        black.disc(x, y, 4, BLANK if hour % 3 == 0 else SOLID)
    angle = math.radians(-48)
    hand = [(800 + math.cos(angle) * reach, 570 + math.sin(angle) * reach) for reach in (-26, 92)]
    black.line(hand, 10)
    tip = hand[1]
    black.disc(*tip, 17)
    black.disc(*tip, 8, BLANK)
    black.disc(800, 570, 15)
    black.rectangle(540, 750, 1060, 786, radius=6)
    for tooth in range(13):
        black.polygon([(546 + tooth * 39, 786), (585 + tooth * 39, 786), (566 + tooth * 39, 816)])
    bob = (926, 985)
    black.line([(800, 786), bob], 7)
    black.disc(*bob, 54)
    black.ring(*bob, 40, 4, BLANK)
    vine_leaf(black, bob[0] - 22, bob[1] + 18, 58, -40, BLANK)
    for x, foot in ((650, 1010), (724, 930)):
        for link in range(int((foot - 850) / 17) + 3):
            black.ring(x, 800 + link * 17, 8, 4)
        cone(black, x, foot)
    bird(black, 800, 350, outline=True)
    press.print(black, INK)
    press.print(red, VERMILION)
    return press.sheet


def garland():
    """Return the leaves along the gable: (x, y, size, angle) of each."""
    for side in (-1, 1):
        for index in range(7):
            share = index / 6
            angle = 90 + side * (60 - 20 * share) + (30 if index % 2 else -12)
            yield 800 + side * (52 + 330 * share), 172 + 290 * share, 62, angle


def vine_leaf(plate, x, y, size, angle, tone=SOLID):
    leaf = curve(
        [
            (0, 0),
            (0.22, -0.3),
            (0.16, -0.46),
            (0.5, -0.42),
            (0.62, -0.3),
            (1.05, 0),
            (0.62, 0.3),
            (0.5, 0.42),
            (0.16, 0.46),
            (0.22, 0.3),
        ],
        closed=True,
        steps=4,
    )
    plate.polygon(turned([(x + px * size, y + py * size) for px, py in leaf], x, y, angle), tone)
    if tone:
        plate.stroke(turned([(x + size * share, y) for share in (0.1, 0.4, 0.7, 0.92)], x, y, angle), size * 0.1, BLANK)


def cone(plate, x, foot):
    """A weight in the shape of a fir cone."""
    plate.polygon(
        curve(
            [
                (x - 10, foot - 90),
                (x - 40, foot - 36),
                (x - 26, foot + 26),
                (x, foot + 48),
                (x + 26, foot + 26),
                (x + 40, foot - 36),
                (x + 10, foot - 90),
            ],
            closed=True,
            steps=6,
        )
    )
    for row in range(6):
        y = foot - 70 + row * 19
        wide = 34 - abs(row - 2.4) * 7
        for scale in range(3):
            middle = x + (scale - 1) * wide * 0.62 + (8 if row % 2 else 0) - 4
            plate.stroke(arc(middle, y - 4, wide * 0.32, 20, 160, steps=6), 5, BLANK)


def bird(plate, x, y, *, outline):
    """A bird with its wings raised as one raises one's hands; its body, or what is black of it."""
    if not outline:
        plate.ellipse(x, y + 8, 31, 37)
        plate.disc(x, y - 32, 24)
        for side in (-1, 1):
            plate.polygon(
                curve(
                    [
                        (x + side * 22, y + 12),
                        (x + side * 70, y - 6),
                        (x + side * 112, y - 58),
                        (x + side * 84, y + 12),
                        (x + side * 34, y + 34),
                    ],
                    closed=True,
                    steps=6,
                )
            )
            plate.stroke([(x + side * 40, y + 10), (x + side * 66, y - 2), (x + side * 92, y - 30)], 5, BLANK)
        return
    plate.ellipse(x, y + 8, 33, 39, BLANK)
    plate.disc(x, y - 32, 26, BLANK)
    for side in (-1, 1):
        plate.polygon(
            curve(
                [
                    (x + side * 22, y + 12),
                    (x + side * 70, y - 8),
                    (x + side * 115, y - 62),
                    (x + side * 88, y + 14),
                    (x + side * 34, y + 38),
                ],
                closed=True,
                steps=6,
            ),
            BLANK,
        )
        plate.disc(x + side * 10, y - 36, 5)
        plate.line([(x + side * 12, y + 46), (x + side * 12, y + 62)], 4)
    plate.polygon([(x - 9, y - 27), (x + 9, y - 27), (x, y - 10)])
