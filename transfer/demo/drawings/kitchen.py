"""What is made of what grows."""

import math

from .press import BLANK, HEIGHT, INK, OCHRE, PLUM, ROSE, SEA, SOLID, VERMILION, WIDTH, Plate, Press
from .shapes import arc, blob, box, curve, down_to, sweep, turned


def bread(seed):
    """A loaf on a checked cloth before a window at dawn."""
    press = Press(seed, paper="#f8eedb")
    chance = press.random
    wall = Plate(SOLID)
    pane = box(980, 80, 1460, 560)
    for line in range(46):
        x = line * 36 + chance.uniform(-4, 4)
        wall.stroke([(x, -20 + step * 92) for step in range(9)], 4, BLANK)
    wall.rectangle(950, 50, 1490, 590, BLANK)
    wall.polygon([(920, 590), (1520, 590), (1520, 622), (920, 622)], BLANK)
    wall.rectangle(0, 690, WIDTH, HEIGHT, BLANK)
    loaf = curve([(250, 770), (262, 610), (400, 480), (640, 420), (880, 470), (1030, 600), (1050, 770)], steps=12)
    knocked = Plate()
    knocked.polygon(loaf)
    hills = curve([(980, 470), (1080, 420), (1190, 470), (1330, 410), (1460, 460)], steps=8)
    view = Plate()
    view.polygon(down_to(hills, 560), 190)
    view.polygon(down_to(curve([(980, 520), (1120, 500), (1290, 530), (1460, 510)], steps=8), 560))
    wall.add(view)
    wall.without(knocked)
    press.print(wall, SEA)

    dawn = Plate()
    dawn.shade(10, 190, 80, 560)
    frame = Plate()
    frame.polygon(pane)
    dawn.within(frame)
    dawn.disc(1150, 372, 74)
    dawn.polygon(down_to(hills, 600), BLANK)
    dawn.without(knocked)
    press.print(dawn, ROSE, rough=0.4)

    cloth = Plate()
    for row in range(8):
        near, far = 700 + row * row * 5.4 + row * 16, 700 + (row + 1) ** 2 * 5.4 + (row + 1) * 16
        for column in range(-14, 30):

            def at(line, y):
                return 800 + (line - 8) * 112 * (1 + (y - 700) / 520)

            tone = (SOLID if column % 2 else 110) if row % 2 else (110 if column % 2 else BLANK)
            if tone:
                cloth.polygon(
                    [
                        (at(column, near), near),
                        (at(column + 1, near), near),
                        (at(column + 1, far), far),
                        (at(column, far), far),
                    ],
                    tone,
                )
    board = [(120, 756), (1180, 756), (1270, 850), (60, 850)]
    plank = Plate()
    plank.polygon([*board[:3], (1270, 884), (60, 884), board[3]])
    plank.ellipse(1240, 815, 120, 36)
    cloth.without(plank)
    cloth.without(knocked)
    press.print(cloth, VERMILION)

    crust = Plate()
    crust.polygon(loaf)
    ears(crust, chance)
    wood = Plate()
    wood.add(plank)
    wood.without(knocked)
    for line in range(9):
        wood.stroke(sweep(80 + chance.uniform(0, 60), 772 + line * 13, 1120, 0, 3, steps=20), 2.6, BLANK)
    wood.disc(1268, 815, 14, BLANK)
    crust.add(wood)
    press.print(crust, "#c47f35")
    shade = Plate()
    shade.polygon(
        curve(
            [(250, 770), (258, 690), (330, 640), (520, 690), (760, 720), (960, 690), (1044, 700), (1050, 770)], steps=10
        ),
        150,
    )
    press.print(shade, PLUM, rough=0.4)

    black = Plate()
    black.line([(60, 884), (1270, 884)], 6)
    for bar in ([(980, 320), (1460, 320)], [(1220, 80), (1220, 560)], [*pane, pane[0]]):
        black.line(bar, 9)
    black.polygon(loaf, BLANK)
    black.line([*loaf, loaf[0]], 6)
    knife(black, 1130, 900)
    for _ in range(16):
        black.polygon(
            blob(
                chance, chance.uniform(900, 1120), chance.uniform(800, 860), chance.uniform(3, 7), unrest=0.4, corners=6
            )
        )
    press.print(black, INK)
    return press.sheet


def ears(plate, chance):
    """Cut an ear of wheat into a loaf."""
    stem = curve([(350, 690), (500, 600), (660, 540), (850, 520), (960, 560)], steps=10)
    plate.line(stem, 9, BLANK)
    for index in range(6, len(stem) - 2, 5):
        x, y = stem[index]
        ahead = stem[min(len(stem) - 1, index + 2)]
        angle = math.degrees(math.atan2(ahead[1] - y, ahead[0] - x))
        for side in (-1, 1):
            grain = curve(
                [(x, y), (x + 30, y - 24), (x + 86, y - 20), (x + 104, y), (x + 70, y + 12), (x + 24, y + 14)],
                closed=True,
                steps=5,
            )
            plate.polygon(turned(grain, x, y, angle + side * 44), BLANK)
    for _ in range(60):
        x, y = chance.uniform(330, 980), chance.uniform(480, 740)
        plate.disc(x, y, chance.uniform(1.5, 3), BLANK)


def knife(plate, x, y):
    blade = curve([(x - 560, y + 62), (x - 380, y + 30), (x - 120, y + 20), (x, y + 22)], steps=8)
    plate.polygon([*blade, (x, y + 66), (x - 300, y + 78), (x - 560, y + 62)])
    plate.stroke([(px + 20, py + 18) for px, py in blade], 6, BLANK)
    plate.polygon(
        curve(
            [(x, y + 18), (x + 80, y + 12), (x + 190, y + 22), (x + 196, y + 62), (x + 90, y + 74), (x, y + 70)],
            closed=True,
            steps=5,
        )
    )
    for rivet in (36, 96, 156):
        plate.disc(x + rivet, y + 44, 6, BLANK)


def quinces(seed):
    """Three jars of jelly on a shelf, and the quinces they come from."""
    press = Press(seed, paper="#f8eedb")
    chance = press.random
    wall = Plate(SOLID)
    for row in range(9):
        for column in range(14):
            x, y = column * 122 + (row % 2) * 61, row * 106 + 20
            motif(wall, x, y)
    wall.rectangle(0, 800, WIDTH, HEIGHT, BLANK)
    jars = [(330, 330, 470), (690, 300, 540), (1030, 250, 380)]
    fruit = [(1270, 690, 128), (1460, 716, 108), (1372, 560, 112)]
    knocked = Plate()
    for middle, wide, high in jars:
        knocked.rectangle(middle - wide / 2, 800 - high, middle + wide / 2, 800, radius=26)
        knocked.polygon(lid(middle, wide, high))
    outlines = [quince(x, y, size, chance) for x, y, size in fruit]
    for outline in outlines:
        knocked.polygon(outline)
    wall.without(knocked)
    press.print(wall, SEA)

    jelly = Plate()
    for index, (middle, wide, high) in enumerate(jars):
        level = 800 - high * (0.82 if index != 2 else 0.5)
        jelly.rectangle(middle - wide / 2 + 14, level, middle + wide / 2 - 14, 786, 190 if index else 160, radius=18)
        jelly.ellipse(middle, level, wide / 2 - 16, 15, 90)
        jelly.stroke([(middle - wide / 2 + 44, level + 40 + step * (740 - level) / 6) for step in range(6)], 20, BLANK)
    press.print(jelly, VERMILION, rough=0.5)
    gold = Plate()
    for outline, (x, y, size) in zip(outlines, fruit, strict=True):
        gold.polygon(outline, BLANK)
        inner = [(x + (px - x) * 0.955, y + (py - y) * 0.955) for px, py in outline]
        gold.polygon(inner)
        for stroke in range(7):
            gold.stroke(
                arc(x + size * 0.05, y, size * (0.84 - stroke * 0.07), 205 - stroke * 3, 285 - stroke * 8, steps=10),
                6,
                BLANK,
            )
    for index, (middle, wide, high) in enumerate(jars):
        level = 800 - high * (0.82 if index != 2 else 0.5)
        gold.rectangle(middle - wide / 2 + 14, level, middle + wide / 2 - 14, 786, 150, radius=18)
        gold.polygon(lid(middle, wide, high))
    press.print(gold, OCHRE)

    cloth = Plate()
    for middle, wide, high in jars:
        cap = Plate()
        cap.polygon(lid(middle, wide, high))
        squares = Plate()
        for row in range(16):
            for column in range(22):
                if (row + column) % 2:
                    squares.rectangle(
                        middle - 220 + column * 21,
                        800 - high - 96 + row * 21,
                        middle - 199 + column * 21,
                        800 - high - 75 + row * 21,
                    )
        squares.within(cap)
        cloth.add(squares)
    press.print(cloth, VERMILION)

    black = Plate()
    for index, (middle, wide, high) in enumerate(jars):
        outline = [
            (middle - wide / 2, 800 - high + 10),
            (middle - wide / 2, 780),
            (middle - wide / 2 + 20, 800),
            (middle + wide / 2 - 20, 800),
            (middle + wide / 2, 780),
            (middle + wide / 2, 800 - high + 10),
        ]
        black.line(outline, 8)
        cap = lid(middle, wide, high)
        black.line([*cap, cap[0]], 5)
        black.line([(middle - wide * 0.45, 800 - high + 6), (middle + wide * 0.45, 800 - high + 6)], 13)
        label(black, chance, middle + 10, 660 if index < 2 else 690, wide * 0.6)
    for outline, (x, y, size) in zip(outlines, fruit, strict=True):
        black.polygon(outline, BLANK)
        black.line([*outline, outline[0]], 5)
        black.line([(x - 4, y - size * 0.98), (x + 8, y - size * 1.25)], 9)
        for tuft in range(5):
            black.line([(x + 3, y - size * 0.93), (x - 22 + tuft * 12, y - size * (1.04 + 0.03 * (tuft % 2)))], 4)
    black.polygon(
        curve([(1380, 436), (1420, 380), (1500, 366), (1540, 396), (1480, 440), (1420, 448)], closed=True, steps=6)
    )
    black.stroke(curve([(1384, 434), (1450, 412), (1520, 396)], steps=5), 6, BLANK)
    black.rectangle(0, 800, WIDTH, 866)
    for line in range(4):
        black.stroke(sweep(chance.uniform(-60, 200), 814 + line * 13, WIDTH, 0, 3, steps=20), 3, BLANK)
    scallops(black, 866)
    for bracket in (180, 1420):
        black.polygon(
            [
                (bracket - 16, 866),
                (bracket + 16, 866),
                (bracket + 16, 1000),
                *curve([(bracket + 16, 1000), (bracket - 4, 1010), (bracket - 16, 990)], steps=6),
            ]
        )
        black.line(curve([(bracket + 10, 980), (bracket + 90, 950), (bracket + 120, 870)], steps=8), 14)
    press.print(black, INK)
    return press.sheet


def motif(plate, x, y):
    for turn in range(3):
        petal = curve([(x, y), (x + 9, y - 16), (x, y - 36), (x - 9, y - 16)], closed=True, steps=4)
        plate.polygon(turned(petal, x, y, -50 + turn * 50), BLANK)
    plate.line([(x, y), (x, y + 24)], 3.4, BLANK)


def lid(middle, wide, high):
    """Return the outline of a cloth tied over a jar."""
    top = 800 - high
    return curve(
        [
            (middle - wide * 0.62, top + 34),
            (middle - wide * 0.47, top - 10),
            (middle - wide * 0.4, top - 58),
            (middle, top - 78),
            (middle + wide * 0.4, top - 58),
            (middle + wide * 0.47, top - 10),
            (middle + wide * 0.62, top + 34),
            (middle + wide * 0.3, top + 20),
            (middle, top + 34),
            (middle - wide * 0.3, top + 20),
        ],
        closed=True,
        steps=6,
    )


def quince(x, y, size, chance):
    """Return the lumpy outline of a quince."""
    bumps = (
        (-0.14, -0.98),
        (-0.5, -0.86),
        (-0.9, -0.3),
        (-1, 0.26),
        (-0.68, 0.8),
        (-0.16, 0.94),
        (0.4, 0.92),
        (0.9, 0.5),
        (0.98, -0.14),
        (0.66, -0.72),
        (0.3, -0.94),
    )
    return curve(
        [(x + size * (px + chance.uniform(-0.03, 0.03)), y + size * py) for px, py in bumps], closed=True, steps=8
    )


def label(plate, chance, x, y, wide):
    plate.rectangle(x - wide / 2, y - 62, x + wide / 2, y + 62, SOLID, radius=8)
    plate.rectangle(x - wide / 2 + 6, y - 56, x + wide / 2 - 6, y + 56, BLANK, radius=5)
    for row, share in ((-22, 0.72), (8, 0.5), (32, 0.6)):
        start = x - wide * share / 2
        plate.line(
            curve([(start + step * wide * share / 9, y + row + chance.uniform(-8, 8)) for step in range(10)], steps=5),
            4,
        )


def scallops(plate, top):
    for tooth in range(27):
        x = tooth * 62
        plate.polygon(arc(x, top, 31, 0, 180, steps=12))
        plate.disc(x, top + 10, 7, BLANK)
        plate.disc(x - 15, top + 4, 3.5, BLANK)
        plate.disc(x + 15, top + 4, 3.5, BLANK)
