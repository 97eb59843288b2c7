"""Wood type, and the case where the small type sleeps."""

import math

from . import textures
from .lettering import letter
from .press import BLANK, HEIGHT, INK, OCHRE, SLATE, SOLID, VERMILION, WIDTH, Plate, Press
from .shapes import box, curve, sweep, turned


def shell(seed):
    """Wood type says “éloge de la coquille”, and where the Q should stand there is a shell."""
    press = Press(seed)
    chance = press.random
    black, grey, ochre, red = Plate(), Plate(), Plate(), Plate()
    gap = 15
    rows = [("ÉLOGE", 30, 330), ("DE*LA", 360, 250), ("COQUILLE", 625, 412)]
    for word, top, height in rows:
        width = (WIDTH - 2 * 30 - gap * (len(word) - 1)) / len(word)
        for index, name in enumerate(word):
            left = 30 + index * (width + gap)
            right, bottom = left + width, top + height
            inset = (width * 0.14, height * 0.11)
            face = (left + inset[0], top + inset[1], width - 2 * inset[0], height - 2 * inset[1])
            if name == "Q":
                red.rectangle(left, top, right, bottom, radius=7)
                scallop(red, left + width / 2, top + height * 0.77, width * 0.42, height * 0.56)
            elif name == "*":
                ochre.rectangle(left, top, right, bottom, radius=7)
                fleuron(ochre, left + width / 2, top + height / 2, height * 0.36)
            elif (index + top) % 3 == 0:
                grey.rectangle(left, top, right, bottom, radius=7)
                letter(black, name, *face)
            elif (index + top) % 3 == 1:
                black.rectangle(left, top, right, bottom, radius=7)
                letter(black, name, *face, tone=BLANK)
            else:
                black.rectangle(left, top, right, bottom, radius=7)
                black.rectangle(left + 7, top + 7, right - 7, bottom - 7, BLANK, radius=4)
                letter(black, name, *face)
    for plate in (grey, ochre, red):
        scratches(plate, chance, 26)
    scratches(black, chance, 60)
    press.print(grey, SLATE)
    press.print(ochre, OCHRE)
    press.print(red, VERMILION)
    press.print(black, INK)
    return press.sheet


def scallop(plate, x, hinge, across, high):
    """Cut a scallop shell, its hinge below."""
    fan = []
    ribs = 9
    for rib in range(ribs):
        start, end = -165 + rib * 150 / ribs, -165 + (rib + 1) * 150 / ribs
        for step in range(7):
            angle = math.radians(start + (end - start) * step / 6)
            reach = 1 + 0.05 * math.sin(math.pi * step / 6)
            fan.append((x + math.cos(angle) * across * reach, hinge + math.sin(angle) * high * reach))
    plate.polygon(
        [
            (x - across * 0.34, hinge),
            (x - across * 0.3, hinge + high * 0.15),
            (x + across * 0.3, hinge + high * 0.15),
            (x + across * 0.34, hinge),
        ],
        BLANK,
    )
    plate.polygon([(x - across * 0.2, hinge + high * 0.06), *fan, (x + across * 0.2, hinge + high * 0.06)], BLANK)
    for rib in range(1, ribs):
        angle = math.radians(-165 + rib * 150 / ribs)
        plate.stroke(
            [
                (x + math.cos(angle) * across * share, hinge + math.sin(angle) * high * share)
                for share in (0.12, 0.3, 0.5, 0.7, 0.86, 0.97)
            ],
            across * 0.085,
            SOLID,
        )
    for ring in (0.46, 0.72):
        plate.line(
            [
                (x + math.cos(math.radians(a)) * across * ring, hinge + math.sin(math.radians(a)) * high * ring)
                for a in range(-160, -19, 6)
            ],
            across * 0.025,
            SOLID,
        )


def fleuron(plate, x, y, size):
    """Cut a printer's flower: four leaves and a heart."""
    for quarter in range(4):
        for side in (-1, 1):
            leaf = curve(
                [
                    (0, 0),
                    (side * size * 0.3, -size * 0.35),
                    (side * size * 0.34, -size * 0.8),
                    (side * size * 0.04, -size),
                ],
                steps=6,
            )
            back = curve([(side * size * 0.04, -size), (side * size * 0.02, -size * 0.5), (0, 0)], steps=6)
            plate.polygon(turned([(x + px, y + py) for px, py in leaf + back], x, y, quarter * 90), BLANK)
    for quarter in range(4):
        plate.disc(*turned([(x, y - size * 0.62)], x, y, 45 + quarter * 90)[0], size * 0.11, BLANK)
    plate.disc(x, y, size * 0.17, SOLID)
    plate.disc(x, y, size * 0.1, BLANK)


def scratches(plate, chance, count):
    """Cut the fine scratches that wood keeps of a century of use."""
    for _ in range(count):
        x, y = chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT)
        plate.stroke(
            sweep(x, y, chance.uniform(20, 130), chance.uniform(-6, 6), chance.uniform(-3, 3)),
            chance.uniform(1, 2.4),
            BLANK,
        )


def type_case(seed):
    """A type case seen from above: its compartments, wide for what is used much, and the sorts in them."""
    press = Press(seed)
    chance = press.random
    wood = Plate(SOLID)
    rows = [
        (60, 190, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
        (190, 330, [1, 1, 1.5, 1.5, 2.6, 1, 1, 1.5, 1, 1]),
        (330, 540, [1, 2, 2, 2.4, 3, 1.5, 1.4]),
        (540, 750, [1.3, 2.2, 2, 2.4, 2.6, 2, 1]),
        (750, 1010, [1, 2, 2.6, 1.8, 2.2, 1.6, 1.2]),
    ]
    sorts = Plate()
    cells = []
    for top, bottom, shares in rows:
        unit = (WIDTH - 120) / sum(shares)
        x = 60
        for share in shares:
            cells.append((x + 8, top + 8, x + share * unit - 8, bottom - 8))
            x += share * unit
    for cell in cells:
        wood.rectangle(*cell, tone=120, radius=4)
    odd = cells[25]
    for left, top, right, bottom in cells:
        if (left, top, right, bottom) == odd:
            continue
        area = (right - left) * (bottom - top)
        for _ in range(max(4, int(area / 2100))):
            x, y = chance.uniform(left + 30, right - 30), chance.uniform(top + 36, bottom - 34)
            size, angle = chance.uniform(15, 18), chance.gauss(0, 32)
            body = turned(box(x - size * 0.7, y - size * 1.5, x + size * 0.7, y + size * 1.5), x, y, angle)
            wood.polygon([(px + 4, py + 6) for px, py in body], SOLID)
            wood.polygon(body, BLANK)
            sorts.polygon(body, BLANK)
            sorts.polygon(turned(box(x - size * 0.7, y - size * 1.5, x + size * 0.7, y - size * 0.45), x, y, angle))
            sorts.line(turned([(x - size * 0.7, y + size * 0.95), (x + size * 0.7, y + size * 0.95)], x, y, angle), 3)
            sorts.line([*body, body[0]], 2.2)
    textures.ripples(wood, chance, 0, 58, lines=5, thick=3, share=0.5)
    textures.ripples(wood, chance, 1012, HEIGHT, lines=5, thick=3, share=0.5)
    press.print(wood, "#a8794a")
    sorts_shadow = Plate()
    sorts_shadow.add(sorts)
    press.print(sorts_shadow, INK, rough=0.6)
    red = Plate()
    left, top, right, bottom = odd
    red.rectangle(left, top, right, bottom, tone=90, radius=4)
    middle = ((left + right) / 2, (top + bottom) / 2)
    red.ellipse(*middle, 96, 74)
    scallop(red, middle[0], middle[1] + 40, 72, 92)
    press.print(red, VERMILION)
    return press.sheet
