"""A map, a crossing."""

import math

from PIL import Image, ImageChops, ImageFilter

from . import textures
from .press import BLANK, HEIGHT, INK, MOSS, NIGHT, OCHRE, SCALE, SEA, SLATE, SOLID, VERMILION, WIDTH, Plate, Press
from .shapes import arc, box, curve, down_to, sweep, turned

NOWHERE = (1052, 540)  # where the village stands that does not


def map_of_nowhere(seed):
    """A map with its contour lines, a path in red, and a ring around a village that is not there."""
    press = Press(seed)
    chance = press.random
    heights = relief(chance)

    wood = Plate()
    wood.image.paste(heights.point(lambda height: 60 if height > 150 else BLANK))
    high = Plate()
    high.image.paste(heights.point(lambda height: 150 if height > 196 else BLANK))
    wood.add(high)
    press.print(wood, OCHRE, rough=0)

    river = curve(
        [
            (-60, 300),
            (150, 390),
            (330, 330),
            (520, 430),
            (640, 600),
            (850, 640),
            (1010, 800),
            (1240, 830),
            (1420, 960),
            (1680, 1010),
        ]
    )
    water = Plate()
    for index, (x, y) in enumerate(river):
        water.disc(x, y, 12 + index * 0.24)
    water.polygon(curve([(1060, 800), (1150, 735), (1290, 745), (1350, 820), (1270, 890), (1130, 880)], closed=True))
    for line in range(5):
        water.stroke(sweep(1120 + line * 18, 785 + line * 20, 150, 0, 4), 5, BLANK)
    bridge = river[52]
    press.print(water, SEA)

    lines = Plate()
    lines.image.paste(contours(heights, 13, 4))
    heavy = Plate()
    heavy.image.paste(contours(heights, 52, 6))
    lines.add(heavy)
    lines.without(water)
    press.print(lines, MOSS, rough=0.6)

    black = Plate()
    forest(black, chance, heights, water)
    village(black, chance, 395, 620, 15)
    village(black, chance, 1310, 330, 12)
    black.line([(bridge[0] - 34, bridge[1] + 26), (bridge[0] + 34, bridge[1] - 26)], 5)
    road = curve(
        [(-20, 760), (180, 700), (395, 640), (bridge[0], bridge[1]), (760, 380), (1010, 330), (1310, 350), (1640, 250)]
    )
    black.line(road, 7)
    white = Plate()
    white.line(road, 3)
    black.without(white)
    rose(black, 1440, 190, 96)
    for fold in (400, 800, 1200):
        for y in range(0, HEIGHT, 30):
            black.line([(fold, y), (fold, y + 9)], 1.4)
    black.line([(0, 533), (WIDTH, 533)], 1.2)
    press.print(black, INK, rough=0.5)

    red = Plate()
    path = curve([(395, 650), (470, 780), (640, 860), (800, 800), (880, 730), (960, 590), (1000, 560)], steps=14)
    for index in range(0, len(path) - 5, 7):
        red.line(path[index : index + 5], 8)
    x, y = NOWHERE
    red.ring(x, y, 62, 9)
    red.ring(x + 4, y + 2, 76, 4)
    red.line([(x - 13, y - 13), (x + 13, y + 13)], 7)
    red.line([(x + 13, y - 13), (x - 13, y + 13)], 7)
    press.print(red, VERMILION)
    return press.sheet


def relief(chance):
    """Return the heights of a country that nobody has seen, as greys."""
    size = (9, 6)
    rough = Image.frombytes("L", size, bytes(chance.randrange(20, 236) for _ in range(size[0] * size[1])))
    return rough.resize((WIDTH * SCALE, HEIGHT * SCALE), Image.Resampling.BICUBIC).filter(ImageFilter.BoxBlur(9))


def contours(heights, step, width):
    """Return lines, `width` pixels of a plate wide, along every `step` of height."""
    levels = heights.point(lambda height: height // step * 5)
    across = ImageChops.difference(levels, ImageChops.offset(levels, width, 0))
    down = ImageChops.difference(levels, ImageChops.offset(levels, 0, width))
    return ImageChops.lighter(across, down).point(lambda change: SOLID if change else BLANK)


def forest(plate, chance, heights, water):
    for _ in range(420):
        x, y = chance.uniform(20, WIDTH - 20), chance.uniform(30, HEIGHT - 20)
        place = (int(x * SCALE), int(y * SCALE))
        if (
            152 < heights.getpixel(place) < 205
            and not water.image.getpixel(place)
            and math.hypot(x - 1440, y - 190) > 150  # the compass rose
            and math.hypot(x - NOWHERE[0], y - NOWHERE[1]) > 110
        ):
            size = chance.uniform(8, 13)
            plate.polygon([(x - size, y), (x + size, y), (x, y - size * 2.1)])
            plate.polygon([(x - size * 0.7, y - size), (x + size * 0.7, y - size), (x, y - size * 2.7)])
            plate.line([(x, y), (x, y + size * 0.7)], 2.4)
            plate.stroke([(x + 1, y - size * 2), (x + size * 0.3, y - size), (x + size * 0.5, y - 2)], 2.6, BLANK)


def village(plate, chance, x, y, houses):
    for _ in range(houses):
        hx, hy, size = x + chance.gauss(0, 46), y + chance.gauss(0, 32), chance.uniform(9, 17)
        plate.polygon(
            turned(box(hx - size, hy - size * 0.7, hx + size, hy + size * 0.7), hx, hy, chance.uniform(-30, 30))
        )
    plate.rectangle(x - 6, y - 40, x + 6, y + 10)
    plate.polygon([(x - 9, y - 38), (x + 9, y - 38), (x, y - 66)])
    plate.line([(x, y - 82), (x, y - 62)], 3)
    plate.line([(x - 6, y - 76), (x + 6, y - 76)], 3)


def rose(plate, x, y, size):
    """A compass rose."""
    plate.ring(x, y, size * 0.74, 3)
    plate.ring(x, y, size * 0.64, 1.6)
    for point in (1, 3, 5, 7, 0, 2, 4, 6):
        reach = size * (0.8 if point % 2 else 1.25)
        half = size * (0.11 if point % 2 else 0.15)
        plate.polygon(turned([(x, y - reach), (x + half, y - half), (x, y), (x - half, y - half)], x, y, point * 45))
        plate.polygon(
            turned([(x + 1, y - reach * 0.86), (x + half * 0.8, y - half), (x + 1, y - half * 0.4)], x, y, point * 45),
            BLANK,
        )


def ferry(seed):
    """A small ferry among tall waves, a lighthouse, gulls."""
    press = Press(seed)
    chance = press.random

    sky = Plate(SOLID)
    textures.sky(sky, chance, 40, 560, lines=30, thick=15, long=(160, 520))
    sky.disc(360, 300, 120, BLANK)
    textures.rays(sky, chance, 360, 300, 140, 235, count=64, width=8)
    sky.rectangle(0, 590, WIDTH, HEIGHT, BLANK)
    sky.polygon([(1318, 282), (1386, 282), (1404, 575), (1300, 575)], BLANK)
    for window in ((694, 486), (744, 486), (794, 486)):
        sky.rectangle(*window, window[0] + 38, window[1] + 32, BLANK)
    press.print(sky, SLATE)

    warm = Plate()
    for window in ((694, 486), (744, 486), (794, 486)):
        warm.rectangle(*window, window[0] + 38, window[1] + 32)
    warm.disc(360, 300, 104, tone=150)
    warm.disc(1352, 246, 26)
    for start, end in (((1330, 240), (900, 150)), ((1374, 240), (1640, 160))):
        warm.polygon([start, (end[0], end[1] - 60), (end[0], end[1] + 40), (start[0], start[1] + 16)], tone=90)
    press.print(warm, OCHRE)

    rows = [wave_row(chance, 610 + row * row * 9.5 + row * 46, 24 + row * 9, 150 + row * 34) for row in range(6)]
    boat = Plate()
    hull = [(560, 622), (1010, 606), (1044, 560), (1092, 552), (1052, 676), (970, 740), (640, 748), (586, 700)]
    boat.polygon(hull)
    under = Plate()
    under.polygon(down_to(rows[2][0], HEIGHT))
    red = Plate()
    red.polygon([(568, 668), (1056, 650), (1050, 676), (970, 760), (640, 760), (590, 706)])
    red.without(under)
    red.rectangle(700, 406, 752, 440)
    press.print(red, VERMILION)

    sea = Plate()
    for index, (line, crests) in enumerate(rows):
        sea.polygon(down_to(line, HEIGHT), SOLID if index % 2 else 200)
        foam(sea, chance, crests, 24 + index * 9)
    knocked = Plate()
    knocked.polygon(hull)
    knocked.without(under)
    sea.without(knocked)
    press.print(sea, SEA)
    deep = Plate()
    for index, (line, crests) in enumerate(rows):
        deep.polygon(down_to(line, HEIGHT), BLANK)
        if index in (3, 5):
            deep.polygon(down_to(line, HEIGHT), 150)
        foam(deep, chance, crests, 24 + index * 9)
    press.print(deep, NIGHT, screen="lines")

    black = Plate()
    ship(black)
    black.without(under)
    lighthouse(black, 1352)
    sand = Plate()
    sand.polygon(down_to(rows[1][0], HEIGHT))
    coast = Plate()
    coast.polygon(down_to(curve([(1130, 640), (1210, 575), (1300, 552), (1400, 556), (1500, 590), (1640, 620)]), 760))
    textures.slope(
        coast,
        chance,
        curve([(1130, 640), (1210, 575), (1300, 552), (1400, 556), (1500, 590), (1640, 620)]),
        90,
        strokes=70,
    )
    coast.without(sand)
    black.add(coast)
    for x, y, size in ((520, 210, 1.2), (640, 150, 0.9), (760, 250, 0.7), (980, 320, 0.9), (210, 470, 1.1)):
        gull(black, x, y, 40 * size)
    press.print(black, INK)
    return press.sheet


def wave_row(chance, height, swing, length):
    """Return the line of a row of waves, and where its crests are."""
    line, crests = [], []
    x = -chance.uniform(0, length)
    while x < WIDTH + length:
        wide = length * chance.uniform(0.8, 1.2)
        high = swing * chance.uniform(0.75, 1.2)
        crests.append((x + wide * 0.62, height - high, wide))
        line += [
            (x + wide * share, height - high * rise)
            for share, rise in (
                (0, 0),
                (0.16, 0.08),
                (0.34, 0.34),
                (0.5, 0.78),
                (0.62, 1),
                (0.7, 0.84),
                (0.76, 0.5),
                (0.86, 0.14),
            )
        ]
        x += wide
    return curve(line, steps=4), crests


def foam(plate, chance, crests, swing):
    """Cut foam and furrows below each crest."""
    for x, y, wide in crests:
        for furrow in range(6):
            drop = 10 + furrow * swing * 0.36
            plate.stroke(
                [
                    (
                        x - wide * (0.5 - furrow * 0.02) * (1 - step / 7) + wide * 0.03 * furrow,
                        y + drop + swing * 0.75 * (1 - step / 7) ** 1.6 + furrow * 3,
                    )
                    for step in range(7)
                ],
                3 + swing * 0.07 - furrow * 0.3,
                BLANK,
            )
        for _ in range(3):
            plate.disc(x + chance.uniform(-4, wide * 0.16), y + chance.uniform(-10, 5), chance.uniform(1.5, 3.5), BLANK)


def ship(plate):
    plate.polygon([(560, 622), (1010, 606), (1044, 560), (1092, 552), (1052, 676), (970, 740), (640, 748), (586, 700)])
    plate.line([(572, 640), (1070, 616)], 4, BLANK)
    plate.polygon([(568, 668), (1056, 650), (1050, 676), (970, 760), (640, 760), (590, 706)], BLANK)
    plate.rectangle(630, 536, 930, 622, radius=6)
    plate.rectangle(676, 470, 850, 540, radius=6)
    for port in range(6):
        plate.disc(664 + port * 46, 580, 12, BLANK)
    for pane in range(3):
        plate.rectangle(694 + pane * 50, 486, 732 + pane * 50, 518, BLANK, radius=3)
    plate.rectangle(700, 388, 752, 474)
    plate.rectangle(700, 406, 752, 440, BLANK)
    plate.line([(890, 540), (898, 380)], 6)
    plate.line([(898, 386), (1080, 556)], 2)
    plate.line([(898, 386), (700, 474)], 2)
    plate.polygon([(898, 392), (898, 424), (950, 410)])
    for x, y, size in (
        (716, 372, 22),
        (690, 346, 30),
        (648, 326, 36),
        (596, 318, 34),
        (548, 300, 28),
        (508, 288, 20),
        (474, 280, 14),
        (446, 270, 9),
    ):
        plate.disc(x, y, size)
        plate.stroke(arc(x, y, size * 0.62, 190, 300, steps=8), size * 0.2, BLANK)


def lighthouse(plate, x):
    plate.polygon([(x - 34, 282), (x + 34, 282), (x + 52, 580), (x - 52, 580)])
    for band in (0, 1, 2):
        top = 326 + band * 92
        plate.polygon(
            [
                (x - 35 - band * 5, top),
                (x + 35 + band * 5, top),
                (x + 39 + band * 5, top + 46),
                (x - 39 - band * 5, top + 46),
            ],
            BLANK,
        )
    plate.rectangle(x - 46, 272, x + 46, 286)
    plate.rectangle(x - 27, 216, x + 27, 274)
    plate.rectangle(x - 20, 224, x + 20, 268, BLANK)
    plate.line([(x, 222), (x, 270)], 4)
    plate.polygon([(x - 36, 218), (x + 36, 218), (x, 176)])
    plate.line([(x, 160), (x, 180)], 5)


def gull(plate, x, y, size):
    plate.stroke(curve([(x - size, y + size * 0.1), (x - size * 0.5, y - size * 0.35), (x, y)], steps=6), size * 0.16)
    plate.stroke(curve([(x, y), (x + size * 0.5, y - size * 0.4), (x + size, y - size * 0.05)], steps=6), size * 0.16)
