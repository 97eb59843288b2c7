"""The printer’s room: the lamp, the press."""

import math

from . import textures
from .press import BLANK, HEIGHT, INK, NIGHT, OCHRE, ROSE, SEA, SOLID, VERMILION, WIDTH, Plate, Press
from .shapes import arc, box, curve, sweep, turned


def lamp(seed):
    """A lamp on a table at night: its cone of light, an open book, a cup."""
    press = Press(seed)
    chance = press.random
    cone = [(660, 330), (906, 420), (1250, 860), (180, 860)]
    pool = Plate()
    pool.polygon(cone)
    pool.ellipse(715, 860, 535, 92)

    room = Plate(SOLID)
    for line in range(58):
        x = line * 28 + chance.uniform(-5, 5)
        room.stroke([(x + chance.uniform(-2, 2), -20 + step * 110) for step in range(9)], 3.2, BLANK)
    pane = box(1130, 90, 1480, 560)
    room.polygon([(1112, 72), (1498, 72), (1498, 578), (1112, 578)], BLANK)
    room.polygon(pane)
    textures.stars(room, chance, 150, 560)
    room.disc(1380, 200, 52, BLANK)
    room.disc(1358, 188, 46)
    room.line([(1305, 90), (1305, 560)], 16, BLANK)
    room.line([(1130, 325), (1480, 325)], 16, BLANK)
    room.rectangle(0, 866, WIDTH, HEIGHT)
    for line in range(13):
        y = 884 + line * 15 + line * line * 0.5
        room.stroke(
            sweep(chance.uniform(-200, 0), y, WIDTH + 260, 0, chance.uniform(-5, 5), steps=30), 2.6 + line * 0.25, BLANK
        )
    room.without(pool)
    press.print(room, NIGHT)

    light = Plate()
    light.polygon(cone, tone=120)
    light.polygon([(700, 345), (866, 404), (1010, 860), (420, 860)], tone=70)
    light.ellipse(715, 860, 535, 92, tone=150)
    light.ellipse(715, 868, 400, 62, tone=60)
    book = Plate()
    pages(book, 690, 862)
    light.without(book)
    press.print(light, OCHRE, rough=0.5)

    black = Plate()
    shade = [(636, 322), (742, 150), (872, 196), (926, 428)]
    black.polygon([shade[0], shade[1], *arc(806, 168, 66, 200, 380), shade[2], shade[3]])
    black.stroke([(700, 300), (748, 220), (790, 170)], 12, BLANK)
    black.stroke([(740, 318), (786, 236), (810, 190)], 7, BLANK)
    black.line([(824, 130), (1046, 40), (1088, 420), (1020, 800)], 15)
    black.line([(846, 150), (1062, 66), (1072, 410)], 6)
    for joint in ((836, 140), (1050, 50), (1086, 418)):
        black.disc(*joint, 19)
        black.disc(*joint, 7, BLANK)
    black.ellipse(1020, 836, 116, 34)
    black.rectangle(1000, 770, 1040, 830)
    black.stroke(arc(1020, 832, 92, 190, 330, down=22), 5, BLANK)
    open_book(black, chance, 690, 862)
    cup(black, 330, 810)
    press.print(black, INK)
    red = Plate()
    red.polygon([(676, 812), (700, 812), (704, 950), (690, 934), (676, 952)])
    press.print(red, VERMILION)
    return press.sheet


def pages(plate, x, y):
    for side in (-1, 1):
        plate.polygon(
            [
                (x, y - 6),
                *curve(
                    [(x, y - 10), (x + side * 90, y - 58), (x + side * 200, y - 44), (x + side * 286, y - 20)], steps=8
                ),
                (x + side * 320, y + 54),
                *curve(
                    [(x + side * 320, y + 54), (x + side * 200, y + 30), (x + side * 90, y + 26), (x, y + 68)], steps=8
                ),
            ]
        )


def open_book(plate, chance, x, y):
    for side in (-1, 1):
        lower = curve(
            [(x + side * 320, y + 54), (x + side * 200, y + 30), (x + side * 90, y + 26), (x, y + 68)], steps=8
        )
        plate.line(lower, 5)
        plate.line([(px, py + 12) for px, py in lower], 5)
        plate.line(
            curve([(x, y - 10), (x + side * 90, y - 58), (x + side * 200, y - 44), (x + side * 286, y - 20)], steps=8),
            4,
        )
        plate.line([(x + side * 286, y - 20), (x + side * 322, y + 58)], 5)
        for row in range(6):
            share = (row + 1) / 7.2
            long = chance.uniform(0.72, 0.95) if row % 3 == 2 else 0.95
            line = [
                (
                    x + side * (24 + (236 + 34 * share) * t * long),
                    y - 14 + share * 72 - 44 * math.sin(math.pi * min(1, t * 0.8 + 0.1)) * (1 - share * 0.35),
                )
                for t in (0.06, 0.25, 0.5, 0.75, 1)
            ]
            plate.line(line, 3.4)
    plate.line([(x, y - 12), (x, y + 78)], 4)


def cup(plate, x, y):
    plate.polygon(
        [
            (x - 66, y - 76),
            (x + 66, y - 76),
            *curve([(x + 66, y - 76), (x + 60, y + 10), (x + 30, y + 52)], steps=8),
            (x - 30, y + 52),
            *curve([(x - 30, y + 52), (x - 60, y + 10), (x - 66, y - 76)], steps=8),
        ]
    )
    plate.ellipse(x, y - 76, 66, 15)
    plate.ellipse(x, y - 76, 55, 9, BLANK)
    plate.ring(x - 76, y - 22, 34, 11)
    plate.stroke([(x + 40, y - 50), (x + 38, y - 10), (x + 22, y + 34)], 7, BLANK)
    for wisp in (-24, 6, 30):
        plate.stroke(
            curve(
                [(x + wisp, y - 100), (x + wisp + 16, y - 136), (x + wisp - 10, y - 172), (x + wisp + 8, y - 214)],
                steps=6,
            ),
            6,
        )


def platen_press(seed):
    """A treadle press: the flywheel, the ink disc, the jaws that close on the paper."""
    press = Press(seed)
    chance = press.random
    wall = Plate(SOLID)
    for brick in range(18):
        y = brick * 46
        wall.line([(0, y), (WIDTH, y)], 3, BLANK)
        for x in range(-60 + brick % 2 * 60, WIDTH, 120):
            wall.line([(x, y), (x, y + 46)], 3, BLANK)
    for _ in range(90):
        x, y = chance.randrange(14) * 120 + chance.randrange(2) * 60, chance.randrange(18) * 46
        wall.rectangle(x + 6, y + 6, x + 112, y + 40, 140)
    wall.rectangle(0, 828, WIDTH, HEIGHT, BLANK)
    halo = Plate()
    halo.disc(760, 470, 480)
    wall.without(halo)
    press.print(wall, ROSE)
    floor = Plate()
    floor.rectangle(0, 828, WIDTH, HEIGHT)
    for board in range(9):
        y = 846 + board * board * 3.2 + board * 10
        floor.line([(0, y), (WIDTH, y)], 3, BLANK)
    for _ in range(40):
        x, y = chance.uniform(0, WIDTH), 846 + chance.randrange(8) ** 2 * 3.2
        floor.stroke(sweep(x, y + 8, 90), 3, BLANK)
    press.print(floor, SEA)

    black = Plate()
    wheel = (1010, 500, 300)
    black.ring(*wheel, 44)
    black.ring(wheel[0], wheel[1], 282, 4, BLANK)
    for spoke in range(6):
        start = spoke * 60
        bowed = [
            (
                wheel[0] + math.cos(math.radians(start + share * 26)) * 270 * share,
                wheel[1] + math.sin(math.radians(start + share * 26)) * 270 * share,
            )
            for share in (0.1, 0.3, 0.5, 0.7, 0.85, 1)
        ]
        black.line(bowed, 21)
        black.stroke(bowed, 5, BLANK)
    black.disc(*wheel[:2], 48)
    black.disc(*wheel[:2], 17, BLANK)
    # Frame: two feet, a body, a neck that carries the ink disc.
    black.polygon(
        curve([(480, 900), (520, 760), (560, 690), (600, 520), (640, 400), (700, 330)], steps=8)
        + curve([(790, 330), (800, 430), (850, 560), (930, 640), (1030, 760), (1080, 900)], steps=8)
        + [(980, 900), *curve([(930, 830), (850, 750), (780, 726), (700, 750), (630, 830), (590, 900)], steps=8)]
    )
    black.stroke(curve([(540, 860), (580, 720), (632, 560), (664, 420)], steps=8), 9, BLANK)
    black.stroke(curve([(1010, 840), (930, 720), (840, 620)], steps=8), 9, BLANK)
    black.rectangle(440, 890, 1120, 926, radius=6)
    black.disc(722, 560, 30, BLANK)
    black.disc(722, 560, 14)
    disc = turned(arc(0, 0, 168, 0, 360, down=52), 0, 0, -28)
    black.polygon([(x + 772, y + 268) for x, y in disc])
    black.polygon([(x * 0.9 + 768, y * 0.9 + 258) for x, y in disc], BLANK)
    # The bed that holds the type, and the platen that holds the paper.
    black.polygon([(566, 330), (604, 316), (690, 640), (650, 656)])
    black.polygon([(352, 470), (396, 446), (602, 676), (566, 706)])
    black.polygon([(330, 446), (414, 398), (420, 412), (340, 462)])
    black.line([(566, 700), (660, 720)], 26)
    for roller in ((622, 300), (600, 258)):
        black.disc(*roller, 25)
        black.disc(*roller, 8, BLANK)
    black.line([(640, 296), (724, 470), (722, 560)], 13)
    black.line([(722, 560), (1010, 500)], 16)
    black.line([(1010, 500), (930, 610), (860, 940)], 12)
    black.polygon([(640, 936), (880, 930), (900, 960), (650, 966)])
    black.rectangle(360, 640, 372, 926)
    black.rectangle(230, 630, 480, 648, radius=4)
    for sheet in range(9):
        black.line([(256 + sheet % 3 * 4, 622 - sheet * 8), (446 + sheet % 3 * 4, 622 - sheet * 8)], 3.4)
    press.print(black, INK)
    red = Plate()
    red.polygon([(x * 0.9 + 768, y * 0.9 + 258) for x, y in disc])
    for ring in (0.7, 0.45):
        red.line([(x * ring + 768, y * ring + 258) for x, y in disc], 3, BLANK)
    paper = [(404, 452), (414, 440), (604, 652), (594, 664)]
    red.polygon(paper)
    press.print(red, VERMILION)
    return press.sheet
