"""Trains, and places where one waits for them."""

import math

from . import textures
from .press import BLANK, HEIGHT, INK, NIGHT, OCHRE, ROSE, SLATE, SOLID, VERMILION, WIDTH, Plate, Press
from .shapes import arc, curve, down_to, ridge, sweep


def night_train(seed):
    """A train with lit windows crosses a viaduct under the moon."""
    press = Press(seed)
    chance = press.random
    moon = (1205, 235, 112)
    deck = 720
    train, windows = carriages(chance, deck)
    front = 1488
    beam = Plate()
    beam.polygon([(front, deck - 62), (WIDTH, deck - 140), (WIDTH, deck - 10), (front, deck - 44)])

    far = ridge(chance, 0, WIDTH, 600, 80, waves=4)
    mist = Plate()
    mist.polygon(down_to(far, HEIGHT))
    textures.slope(mist, chance, far, 140, strokes=170, width=(4, 8), long=(40, 110), fall=0.5)
    mist.shade(190, 40, 740, HEIGHT - 100)
    mist.without(windows)
    mist.without(beam)
    press.print(mist, SLATE)

    sky = Plate(SOLID)
    textures.sky(sky, chance, 330, 650, lines=20, thick=14)
    sky.disc(*moon[:2], moon[2] + 158)
    textures.stars(sky, chance, 110, 520, away=(moon[0], moon[1], 270))
    for ring in range(6):
        start = moon[2] + 12 + ring * 24
        textures.rays(sky, chance, *moon[:2], start, start + 32, count=80 + ring * 12, width=6 - ring * 0.8)
    sky.disc(*moon, tone=BLANK)
    sky.polygon(down_to(far, HEIGHT), BLANK)
    sky.without(windows)
    press.print(sky, NIGHT)

    light = Plate()
    light.disc(*moon, tone=70)
    light.add(windows)
    beam.polygon([(front, 0), (WIDTH, 0), (WIDTH, HEIGHT), (front, HEIGHT)], BLANK)
    beam.polygon([(front, deck - 62), (WIDTH, deck - 140), (WIDTH, deck - 10), (front, deck - 44)], tone=130)
    light.add(beam)
    light.disc(front, deck - 53, 9)
    press.print(light, OCHRE)

    near = ridge(chance, 0, WIDTH, 925, 55, waves=3)
    black = viaduct(deck)
    black.polygon(down_to(near, HEIGHT))
    textures.slope(black, chance, near, 150, strokes=260)
    black.add(train)
    press.print(black, INK)
    tail = Plate()
    tail.disc(26, deck - 60, 9)
    tail.glow(26, deck - 60, 60, 170)
    press.print(tail, VERMILION, rough=0)
    return press.sheet


def carriages(chance, deck):
    """Return the plate of a train that stands on `deck`, and that of its lit windows."""
    train, windows = Plate(), Plate()
    top, bottom, long = deck - 128, deck - 14, 352

    def window(x, y, wide, high, passenger):
        train.rectangle(x, y, x + wide, y + high, BLANK, radius=5)
        windows.rectangle(x, y, x + wide, y + high, radius=5)
        if passenger:
            train.disc(x + wide / 2, y + high - 18, 8)
            train.polygon(arc(x + wide / 2, y + high, 15, 180, 360, steps=10))

    for carriage in range(3):
        x = 40 + carriage * (long + 14)
        train.rectangle(x, top, x + long, bottom, radius=14)
        train.rectangle(x - 16, bottom - 34, x + 4, bottom - 14)
        train.line([(x + 20, top + 8), (x + long - 20, top + 8)], 2.5, BLANK)
        train.line([(x + 10, bottom - 26), (x + long - 10, bottom - 26)], 3, BLANK)
        for number in range(6):
            if (carriage, number) not in [(0, 3), (1, 1), (1, 2), (2, 4)]:
                window(x + 26 + number * 52, top + 26, 38, 42, passenger=chance.random() < 0.35)
        wheels(train, [x + place for place in (44, 96, 258, 310)], deck)
    x = 40 + 3 * (long + 14)
    train.polygon(
        [
            (x, top),
            (x + 250, top),
            *curve([(x + 250, top), (x + 318, top + 34), (x + 350, bottom - 26), (x + 350, bottom)]),
            (x, bottom),
        ]
    )
    train.line([(x + 10, bottom - 26), (x + 330, bottom - 26)], 3, BLANK)
    for grille in range(9):
        train.line([(x + 40 + grille * 15, top + 32), (x + 40 + grille * 15, top + 62)], 4, BLANK)
    window(x + 246, top + 22, 46, 40, passenger=True)
    wheels(train, [x + place for place in (46, 98, 236, 288)], deck)
    wire = deck - 176
    train.line([(x + 60, top), (x + 88, top - 24), (x + 62, wire), (x + 112, wire)], 4)
    train.line([(0, wire), (WIDTH, wire)], 2.6)
    for mast in range(20, WIDTH, 420):
        train.line([(mast, deck), (mast, wire - 22)], 6)
        train.line([(mast, wire - 18), (mast + 52, wire)], 3.5)
    return train, windows


def wheels(plate, places, rail):
    for x in places:
        plate.disc(x, rail - 14, 18)
        plate.disc(x, rail - 14, 5, BLANK)


def viaduct(deck, span=230, pier=58):
    """Return the plate of a viaduct whose deck is at `deck`."""
    plate = Plate()
    plate.rectangle(0, deck, WIDTH, HEIGHT)
    plate.line([(0, deck + 11), (WIDTH, deck + 11)], 3, BLANK)
    radius = (span - pier) / 2
    for middle in range(span // 4, WIDTH + span, span):
        spring = deck + 46 + radius
        plate.polygon(
            [*arc(middle, spring, radius, 180, 360), (middle + radius, HEIGHT), (middle - radius, HEIGHT)], BLANK
        )
        for stone in range(9):
            angle = math.radians(190 + stone * 20)
            inner, outer = radius + 7, radius + 20
            plate.line(
                [
                    (middle + math.cos(angle) * inner, spring + math.sin(angle) * inner),
                    (middle + math.cos(angle) * outer, spring + math.sin(angle) * outer),
                ],
                2.6,
                BLANK,
            )
        for course in range(6):
            y = spring + 34 + course * 46
            plate.stroke(sweep(middle + radius + 10, y, 26), 4, BLANK)
            plate.stroke(sweep(middle + radius + 24, y + 23, 26), 4, BLANK)
    return plate


def junction(seed):
    """An empty platform: two rails run towards a low sun, a clock hangs, nobody waits."""
    press = Press(seed, paper="#f8eedb")
    chance = press.random
    far = (1010, 560)

    glow = Plate()
    glow.shade(0, 150, 60, far[1])
    glow.glow(*far, 520, 200)
    glow.rectangle(0, far[1], WIDTH, HEIGHT, BLANK)
    press.print(glow, ROSE, rough=0.5)

    sun = Plate()
    sun.disc(far[0], far[1] - 62, 150)
    for stripe in range(5):
        y = far[1] - 66 + stripe * 16
        sun.stroke(sweep(far[0] - 190, y, 380), 3 + stripe * 2.2, BLANK)
    sun.rectangle(0, far[1], WIDTH, HEIGHT, BLANK)
    press.print(sun, VERMILION)

    land = Plate()
    trees = ridge(chance, 0, WIDTH, far[1] - 20, 16, waves=6)
    land.polygon(down_to(trees, far[1] + 2))
    for x in range(0, WIDTH, 62):
        if abs(x - far[0]) > 150 and chance.random() < 0.75:
            tall = chance.uniform(26, 95) * min(1.4, abs(x - far[0]) / 420)
            land.ellipse(x, far[1] - 16 - tall * 0.5, 9 + tall * 0.1, tall * 0.62)
    ballast = Plate()
    ballast.polygon([far, (far[0] + 8, far[1]), (WIDTH, 830), (WIDTH, HEIGHT), (250, HEIGHT)])
    land.add(ballast)
    sleepers(land, far)
    press.print(land, SLATE)

    black = Plate()
    platform = [(far[0] - 6, far[1]), (0, 640), (0, HEIGHT), (330, HEIGHT)]
    for side in (430, 930, 1290, 1980):
        rail(black, far, side)
    canopy(black, far)
    bench(black, 250, 800)
    clock(black, 640, 300)
    signal(black, 1330, 620)
    for bird in range(5):
        x, y = 1150 + bird * 66 + chance.uniform(-20, 20), 190 + (bird % 3) * 36
        black.stroke([(x - 26, y - 8), (x - 10, y - 14), (x, y)], 5)
        black.stroke([(x, y), (x + 10, y - 14), (x + 26, y - 8)], 5)
    paving = Plate()
    paving.polygon(platform)
    edge = Plate()
    for line in range(15):
        share = (line / 15) ** 2
        y = far[1] + 20 + share * 480
        edge.line([(0, y + 60 * (1 - share)), (WIDTH, y)], 2 + share * 3)
    edge.within(paving)
    edge.line([(far[0] - 6, far[1]), (330, HEIGHT)], 5)
    black.add(edge)
    press.print(black, INK)

    stripe = Plate()
    stripe.polygon([(far[0] - 7, far[1] + 2), (258, HEIGHT), (212, HEIGHT)])
    stripe.rectangle(546, 780, 650, 866, BLANK)
    stripe.disc(1330, 372, 13)
    press.print(stripe, VERMILION)
    return press.sheet


def sleepers(plate, far):
    """Cut the sleepers of a track that vanishes at `far`."""
    for number in range(26):
        share = ((number + 1) / 26) ** 2.3
        y = far[1] + share * (HEIGHT - far[1] + 40)
        for left, right in ((380, 980), (1230, 2080)):
            start = far[0] + (left - far[0]) * share
            end = far[0] + (right - far[0]) * share
            plate.polygon(
                [(start, y), (end, y), (end + share * 6, y + share * 30), (start - share * 6, y + share * 30)], BLANK
            )


def rail(plate, far, foot):
    plate.polygon([(far[0] - 1, far[1]), (far[0] + 1, far[1]), (foot + 17, HEIGHT), (foot - 17, HEIGHT)])
    plate.stroke(
        [(far[0] + (foot - 4 - far[0]) * step / 8, far[1] + (HEIGHT - far[1]) * step / 8) for step in range(3, 11)],
        6,
        BLANK,
    )


def canopy(plate, far):
    """The roof of a platform, with a border of cut wood, and its posts."""
    plate.polygon([(0, 0), (760, 0), (905, 430), (0, 190)])
    for plank in range(12):
        x = plank * 70
        plate.stroke([(x + (905 - x) * step / 8 * 0.5, step * 215 / 8 * (1 + x / 1900)) for step in range(7)], 4, BLANK)
    for tooth in range(30):
        share = (tooth / 30) ** 0.72
        x, y = 905 * share, 190 + 240 * share
        size = 30 * (1 - share) + 7
        plate.polygon(
            [
                (x - size * 0.55, y - 3),
                (x + size * 0.55, y + size * 0.12),
                (x + size * 0.4, y + size),
                (x, y + size * 1.5),
                (x - size * 0.4, y + size),
            ]
        )
        plate.disc(x, y + size * 0.55, size * 0.2, BLANK)
    for x, width, foot in ((120, 26, 870), (560, 15, 716), (760, 9, 646)):
        top = 190 + 240 * x / 905
        plate.rectangle(x - width / 2, top - 10, x + width / 2, foot)
        plate.polygon(
            [
                (x - width, foot),
                (x + width, foot),
                (x + width * 1.3, foot + width * 0.7),
                (x - width * 1.3, foot + width * 0.7),
            ]
        )
        brace = width * 5
        plate.line([(x, top + brace), (x + brace * 0.8, top + brace * 0.32)], width * 0.4)
        plate.line([(x, top + brace), (x - brace * 0.8, top - brace * 0.05)], width * 0.4)
        plate.stroke(
            [(x - width * 0.22, top + 60 + step * (foot - top - 90) / 6) for step in range(7)], width * 0.2, BLANK
        )


def bench(plate, x, y):
    for slat in range(3):
        plate.rectangle(x, y - 92 + slat * 23, x + 250, y - 77 + slat * 23, radius=4)
    plate.polygon([(x - 10, y - 18), (x + 250, y - 18), (x + 268, y), (x + 8, y)])
    for leg in (x + 20, x + 236):
        plate.line([(leg, y - 92), (leg + 4, y), (leg - 8, y + 62)], 8)
        plate.line([(leg + 4, y), (leg + 26, y + 62)], 7)
    # A suitcase that somebody left, or will come back for.
    plate.rectangle(x + 300, y - 14, x + 396, y + 62, radius=8)
    plate.line([(x + 328, y - 14), (x + 330, y - 30), (x + 366, y - 30), (x + 368, y - 14)], 6)
    for strap in (322, 374):
        plate.line([(x + strap, y - 6), (x + strap, y + 54)], 4, BLANK)


def clock(plate, x, y):
    plate.line([(x, y - 120), (x, y - 70)], 8)
    plate.disc(x, y, 76)
    plate.disc(x, y, 62, BLANK)
    for hour in range(12):
        angle = math.radians(hour * 30)
        plate.line(
            [
                (x + 50 * math.cos(angle), y + 50 * math.sin(angle)),
                (x + 57 * math.cos(angle), y + 57 * math.sin(angle)),
            ],
            5 if hour % 3 == 0 else 3,
        )
    plate.line([(x, y), (x - 27, y + 18)], 8)
    plate.line([(x, y), (x + 16, y - 45)], 6)
    plate.disc(x, y, 7)


def signal(plate, x, y):
    plate.rectangle(x - 6, y - 230, x + 6, y + 20)
    plate.rectangle(x - 26, y - 290, x + 26, y - 186, radius=24)
    for lamp in (-248, -212):
        plate.disc(x, y + lamp, 13, BLANK)
