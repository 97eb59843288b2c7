"""What grows outside, and what is done to it."""

import math
from itertools import pairwise

from . import textures
from .press import BLANK, HEIGHT, INK, MOSS, OCHRE, PLUM, ROSE, SCALE, SLATE, SOLID, VERMILION, WIDTH, Plate, Press
from .shapes import arc, between, blob, curve, down_to, ridge, sweep, turned


def pruned(seed):
    """A fence between two gardens: roses in crowds on this side, five cut stumps and a pair of secateurs on that."""
    press = Press(seed, paper="#f8eedb")
    chance = press.random
    sky = Plate(SOLID)
    textures.sky(sky, chance, 0, 620, lines=30, thick=19, long=(200, 600))
    bush = curve(
        [
            (-40, 900),
            (-30, 420),
            (90, 250),
            (260, 170),
            (430, 210),
            (520, 330),
            (640, 360),
            (720, 520),
            (700, 700),
            (730, 900),
        ],
        steps=10,
    )
    fields = ridge(chance, 0, WIDTH, 700, 34, waves=3)
    heads = crowd(chance, bush)
    for x, y, size in heads:
        sky.disc(x, y, size * 0.97, BLANK)
    sky.polygon(bush, BLANK)
    sky.polygon(down_to(fields, HEIGHT), BLANK)
    press.print(sky, SLATE)
    corn = Plate()
    corn.polygon(down_to(fields, 900))
    for row in range(15):
        y = 712 + row * 12
        corn.stroke(sweep(640, y + row * 2, 1000, chance.uniform(-16, 30), 10, steps=20), 4 + row * 0.3, BLANK)
    corn.polygon(bush, BLANK)
    corn.rectangle(0, 868, WIDTH, HEIGHT, BLANK)
    press.print(corn, OCHRE)
    red, green, black = Plate(), Plate(), Plate()
    knocked = Plate()
    for x, y, size in heads:
        outline = blob(chance, x, y, size, unrest=0.07)
        knocked.polygon(outline)
        rose_head(red, x, y, size, outline, chance)
    green.polygon(bush)
    for _ in range(620):
        x, y = chance.uniform(-20, 720), chance.uniform(170, 900)
        leaf(green, x, y, chance.uniform(20, 32), chance.uniform(0, 360))
    grass = ridge(chance, 0, WIDTH, 872, 10, waves=7)
    green.polygon(down_to(grass, HEIGHT))
    textures.slope(green, chance, grass, 190, strokes=330, width=(3, 6), long=(14, 40), fall=1.5)
    bed = Plate()
    bed.polygon(down_to(curve([(850, 905), (1000, 868), (1240, 858), (1500, 872), (1640, 900)], steps=10), 985))
    green.without(bed)
    green.without(knocked)
    press.print(green, MOSS)
    press.print(red, VERMILION)

    earth = Plate()
    earth.add(bed)
    for _ in range(70):
        earth.stroke(sweep(chance.uniform(850, 1590), chance.uniform(880, 975), chance.uniform(16, 54), 0, 4), 4, BLANK)
    earth.disc(1030, 946, 40, BLANK)
    press.print(earth, PLUM)

    fence(black, chance, 640, 1000)
    for x, high in ((930, 84), (1070, 100), (1210, 70), (1350, 96), (1490, 78)):
        stump(black, chance, x, 900, high)
    secateurs(black, 1230, 470)
    press.print(black, INK)
    fallen = Plate()
    rose_head(fallen, 1030, 946, 36, blob(chance, 1030, 946, 36, unrest=0.07), chance)
    for x, y in ((1110, 966), (1150, 950), (960, 972)):
        fallen.polygon(blob(chance, x, y, 13, down=7))
    spring = curve([(1262, 560), (1286, 574), (1262, 588), (1288, 602), (1264, 616)], steps=5)
    fallen.line(spring, 7)
    press.print(fallen, VERMILION)
    return press.sheet


def crowd(chance, bush):
    """Return places for roses, (x, y, size), on a bush and none on another."""
    shape, heads = Plate(), []
    shape.polygon(bush)
    for _ in range(1500):
        x, y, size = chance.uniform(0, 720), chance.uniform(190, 860), chance.uniform(30, 54)
        on_bush = shape.image.getpixel((int(x * SCALE), int(y * SCALE)))
        if on_bush and all(math.hypot(x - hx, y - hy) > (size + other) * 1.02 for hx, hy, other in heads):
            heads.append((x, y, size))
    return heads[:34]


def rose_head(plate, x, y, size, outline, chance):
    """Draw a rose seen from the front: a spiral of petals."""
    plate.polygon(outline)
    turn = chance.uniform(0, 360)
    for ring, share in enumerate((0.8, 0.56, 0.32)):
        for petal in range(4 - ring):
            start = turn + ring * 50 + petal * 360 / (4 - ring)
            plate.stroke(arc(x, y, size * share, start, start + 250 / (4 - ring), steps=8), size * 0.13, BLANK)
    plate.stroke(arc(x, y, size * 0.13, turn, turn + 260, steps=8), size * 0.09, BLANK)


def leaf(plate, x, y, size, angle):
    """Cut the outline and the vein of a leaf."""
    outline = [(x, y), (x + size * 0.32, y - size * 0.24), (x + size * 0.7, y - size * 0.2), (x + size, y)]
    plate.stroke(turned(curve(outline, steps=4), x, y, angle), 4.4, BLANK)
    plate.stroke(turned([(x, y), (x + size * 0.5, y + size * 0.06), (x + size * 0.9, y)], x, y, angle), 2.6, BLANK)


def fence(plate, chance, top, bottom):
    for slat in range(3):
        x = 756 + slat * 34
        plate.polygon(
            [
                (x - 13, top + 20),
                (x, top),
                (x + 13, top + 20),
                (x + 13, bottom - slat * 14),
                (x - 13, bottom - slat * 14),
            ]
        )
        plate.stroke([(x - 4 + chance.uniform(-2, 2), top + 40 + step * 46) for step in range(7)], 4, BLANK)
    for rail in (top + 74, top + 250):
        plate.rectangle(735, rail, 848, rail + 16)


def stump(plate, chance, x, foot, high):
    for lean in (-0.28, 0.05, 0.34):
        tip = (x + lean * high, foot - high * chance.uniform(0.8, 1.05))
        plate.polygon(
            [
                (x - 9 + lean * 14, foot + 6),
                (x + 9 + lean * 14, foot + 6),
                (tip[0] + 7, tip[1] - 5),
                (tip[0] - 7, tip[1] + 5),
            ]
        )
        middle = (x + lean * high * 0.6, foot - high * 0.5)
        plate.polygon([middle, (middle[0] + 14, middle[1] - 9), (middle[0] + 3, middle[1] + 9)])


def secateurs(plate, x, y):
    """A pair of secateurs, open, its blades upwards."""
    blade = curve(
        [
            (x, y),
            (x - 22, y - 70),
            (x - 8, y - 160),
            (x + 50, y - 236),
            (x + 44, y - 150),
            (x + 42, y - 70),
            (x + 30, y),
        ],
        steps=8,
    )
    hook = curve(
        [
            (x + 14, y + 6),
            (x + 66, y - 40),
            (x + 126, y - 92),
            (x + 150, y - 166),
            (x + 168, y - 92),
            (x + 128, y - 26),
            (x + 44, y + 26),
        ],
        steps=8,
    )
    plate.polygon(blade)
    plate.polygon(hook)
    plate.stroke(curve([(x - 6, y - 50), (x + 2, y - 140), (x + 40, y - 214)], steps=6), 7, BLANK)
    for way, handle in (
        (-1, [(x + 26, y), (x - 30, y + 90), (x - 66, y + 210), (x - 62, y + 300)]),
        (1, [(x + 18, y), (x + 78, y + 84), (x + 120, y + 200), (x + 122, y + 292)]),
    ):
        line = curve(handle, steps=8)
        plate.line(line, 38)
        plate.stroke([(px - way * 7, py) for px, py in line[4:]], 8, BLANK)
    plate.disc(x + 22, y, 34)
    plate.ring(x + 22, y, 21, 5, BLANK)
    plate.disc(x + 22, y, 7, BLANK)


def february(seed):
    """A bare tree on snow, a crow, a low white sun."""
    press = Press(seed)
    chance = press.random
    ground = ridge(chance, 0, WIDTH, 800, 26, waves=2)
    sky = Plate(SOLID)
    textures.sky(sky, chance, 180, 800, lines=44, thick=12, long=(140, 460))
    sun = (1190, 560, 96)
    sky.disc(sun[0], sun[1], sun[2] + 70)
    for ring in range(3):
        textures.rays(
            sky,
            chance,
            sun[0],
            sun[1],
            sun[2] + 10 + ring * 20,
            sun[2] + 34 + ring * 20,
            count=58 + ring * 12,
            width=5 - ring,
        )
    sky.disc(*sun, tone=BLANK)
    sky.polygon(down_to(ground, HEIGHT), BLANK)
    tree, tips = Plate(), []
    grow(tree, chance, (560, 880), -92, 190, 52, tips, depth=9)
    tips.sort()
    apples = [(x, y + 14, 16) for x, y in (tips[len(tips) // 8], tips[len(tips) // 2], tips[-len(tips) // 6])]
    for apple in apples:
        sky.disc(*apple, tone=BLANK)
    press.print(sky, SLATE)

    light = Plate()
    light.disc(*sun, tone=100)
    press.print(light, ROSE, rough=0)
    snow = Plate()
    for row in range(9):
        y = 828 + row * 15 + row * row * 2.6
        x = -60
        while x < WIDTH:
            wide = chance.uniform(60, 150) * (0.5 + row * 0.12)
            snow.stroke(sweep(x, y + chance.uniform(-4, 4), wide, 0, -6 - row), 3 + row * 1.1)
            x += wide * chance.uniform(1.2, 2.2)
    for x in range(30, WIDTH, 148):
        y = between(ground, x)
        snow.polygon([(x - 6, y - 34), (x + 7, y - 36), (x + 8, y + 8), (x - 7, y + 8)])
    press.print(snow, SLATE)

    black = Plate()
    hedge = ridge(chance, 0, WIDTH, 786, 12, waves=9)
    for x in range(0, WIDTH, 7):
        if chance.random() < 0.75:
            y = between(ground, x)
            black.line(
                [(x, y + 2), (x + chance.uniform(-9, 9), min(y - 4, between(hedge, x) - chance.uniform(0, 26)))], 2
            )
    black.add(tree)
    for apple in apples:
        black.disc(*apple, tone=BLANK)
    black.polygon(curve([(470, 905), (520, 872), (534, 800), (586, 800), (600, 868), (670, 908)], steps=8))
    for _ in range(14):
        x, y = chance.uniform(538, 578), chance.uniform(660, 870)
        black.stroke([(x + step * chance.uniform(-0.8, 0.8), y + step * 7) for step in range(5)], 4, BLANK)
    crow(black, 880, 902, 1)
    crow(black, 1260, 960, -1.4)
    for step in range(11):
        black.disc(900 + step * 26, 930 + step * 7 + step % 2 * 10, 3.6)
    press.print(black, INK)
    red = Plate()
    for apple in apples:
        red.disc(*apple)
    press.print(red, VERMILION)
    return press.sheet


def grow(plate, chance, foot, heading, length, width, tips, depth):
    """Draw a branch and what grows from it; add to `tips` where the small branches fork."""
    if depth == 0 or width < 1.2:
        return
    x, y = foot
    bend = chance.uniform(-3, 3) if depth > 7 else chance.uniform(-8, 8)
    points = []
    for step in range(6):
        angle = math.radians(heading + bend * step)
        points.append((x, y))
        x, y = x + math.cos(angle) * length / 5, y + math.sin(angle) * length / 5
    for index, (px, py) in enumerate(points):
        plate.disc(px, py, width / 2 * (1 - 0.3 * index / 5))
    for (px, py), (nx, ny) in pairwise(points):
        plate.line([(px, py), (nx, ny)], width * 0.85)
    x, y = points[-1]
    if depth == 4:
        tips.append((x, y))
    heading += bend * 5
    if depth > 6:
        turns = (chance.uniform(-40, -22), chance.uniform(20, 40))
    else:
        turns = [
            chance.uniform(-48, -16),
            chance.uniform(14, 46),
            *([chance.uniform(-14, 14)] if chance.random() < 0.5 else []),
        ]
    for turn in turns:
        up = 0.16 * (-90 - (heading + turn))  # branches look for the light
        shorter, thinner = length * chance.uniform(0.68, 0.86), width * chance.uniform(0.56, 0.7)
        grow(plate, chance, points[-1], heading + turn + up, shorter, thinner, tips, depth - 1)


def crow(plate, x, foot, way):
    size = abs(way)
    side = 1 if way > 0 else -1

    def at(points):
        return [(x + side * px * size, foot + py * size) for px, py in points]

    plate.polygon(
        at(
            curve(
                [
                    (-78, -10),
                    (-40, -40),
                    (0, -66),
                    (34, -84),
                    (56, -92),
                    (72, -82),
                    (70, -62),
                    (52, -38),
                    (20, -20),
                    (-20, -14),
                ],
                closed=True,
                steps=6,
            )
        )
    )
    plate.polygon(at([(68, -84), (104, -72), (68, -68)]))
    plate.line(at([(4, -22), (8, 4), (18, 6)]), 4)
    plate.line(at([(22, -26), (28, 2), (38, 4)]), 4)
    plate.stroke(at(curve([(-50, -20), (-10, -36), (30, -56)], steps=5)), 5, BLANK)
    plate.disc(*at([(60, -80)])[0], 3.4 * size, BLANK)
