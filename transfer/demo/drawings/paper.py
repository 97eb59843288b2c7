"""Sheets that curl, sheets that were inked."""

import math

from .press import BLANK, INK, NIGHT, OCHRE, SEA, SLATE, SOLID, VERMILION, WIDTH, Plate, Press
from .shapes import arc, box, curve, sweep


def grain_of_paper(seed):
    """A sheet that lies in waves and curls at its end, its fibres all running one way."""
    press = Press(seed)
    chance = press.random
    front = curve(
        [
            (120, 860),
            (300, 770),
            (500, 790),
            (720, 905),
            (940, 880),
            (1100, 760),
            (1180, 640),
            (1190, 520),
            (1130, 440),
            (1060, 470),
        ],
        steps=16,
    )
    lean = (330, -330)
    back = [(x + lean[0], y + lean[1]) for x, y in front]
    flat = front.index((1180, 640)) + 14  # here the sheet turns over, and shows its other side
    sheet = Plate()
    sheet.polygon(front[: flat + 1] + back[flat::-1])
    curl = Plate()
    curl.polygon(front[flat:] + back[: flat - 1 : -1])
    sheet.add(curl)

    ground = Plate(SOLID)
    for line in range(70):
        y = 30 + line * 15.2
        ground.stroke(
            sweep(
                -60 + chance.uniform(-40, 40), y, WIDTH + 160, chance.uniform(-6, 6), chance.uniform(-5, 5), steps=24
            ),
            3.4,
            BLANK,
        )
    ground.without(sheet)
    press.print(ground, SEA)
    shadow = Plate()
    shadow.polygon(
        [(60, 900), *[(x + 20, y + 80) for x, y in front[:80]], (1240, 820), (1560, 560), (1500, 330), (440, 600)], 170
    )
    shadow.without(sheet)
    press.print(shadow, NIGHT, screen="lines")

    hollow, lines = Plate(), Plate()
    for index in range(flat):
        (x, y), (nx, ny) = front[index], front[index + 1]
        steep = (ny - y) / ((nx - x) or 1)
        if steep > 0.08:
            hollow.polygon([front[index], front[index + 1], back[index + 1], back[index]], min(190, int(steep * 260)))
    hollow.polygon(front[flat:] + back[: flat - 1 : -1], 150)
    for _ in range(520):
        x, y = front[chance.randrange(flat)]
        fibre(lines, chance, x, y, lean)
    press.print(hollow, OCHRE, rough=0.4)
    lines.within(sheet)
    inside = Plate()
    for _ in range(90):
        x, y = front[chance.randrange(flat, len(front))]
        fibre(inside, chance, x, y, lean)
    inside.within(curl)
    lines.add(inside)
    lines.line(front, 5)
    lines.line(back[: flat - 20], 3)
    lines.line(back[flat:], 3.5)
    for end in (front[0], front[-1], front[flat]):
        lines.line([end, (end[0] + lean[0], end[1] + lean[1])], 3.5)
    press.print(lines, INK, rough=0.6)
    arrow = Plate()
    arrow.line([(400, 745), (610, 535)], 9)
    arrow.polygon([(640, 505), (626, 562), (583, 519)])
    press.print(arrow, VERMILION)
    return press.sheet


def fibre(plate, chance, x, y, lean):
    start, long = chance.uniform(0, 0.93), chance.uniform(0.03, 0.13)
    bend = chance.uniform(-3, 3)
    shares = [min(0.99, start + long * step / 3) for step in range(4)]
    plate.stroke(
        [(x + lean[0] * share + bend * (step % 2), y + lean[1] * share) for step, share in enumerate(shares)],
        chance.uniform(2.2, 4),
    )


def two_sheets(seed):
    """Two damp sheets: one rolls up along its fibres, the other only pouts."""
    press = Press(seed, paper="#f3e6cc")
    chance = press.random
    for left, along in ((150, True), (880, False)):
        sheet, lines = Plate(), Plate()
        width, top, high = 560, 300, 480
        lift = 150 if along else 46
        edge = [
            (left + width * t / 20, top + high - lift * (2 * t / 20 - 1) ** 2 * (1 if along else 0.8))
            for t in range(21)
        ]
        upper = [(x + 70, y - high + 60) for x, y in edge]
        sheet.polygon(edge + upper[::-1])
        ground = Plate()
        ground.polygon(
            [(x - 26, y + 44 + (lift * (2 * i / 20 - 1) ** 2) * 0.6) for i, (x, y) in enumerate(edge)]
            + [(x + 30, y + 70) for x, y in upper[::-1]],
            150,
        )
        ground.without(sheet)
        press.print(ground, SLATE, screen="lines")
        for _ in range(170):
            index = chance.randrange(1, 20)
            x, y = edge[index]
            if along:
                start = chance.uniform(0, 0.86)
                ends = (start, start + 0.04, start + 0.09)
                lines.stroke([(x + 70 * s, y + (60 - high) * s) for s in ends], 3)
            else:
                share = chance.uniform(0.04, 0.94)
                step = min(19, index + 1)
                lines.stroke(
                    [
                        (edge[i][0] + 70 * share, edge[i][1] + (60 - high) * share)
                        for i in (max(0, step - 2), step - 1, step)
                    ],
                    3,
                )
        shade = Plate()
        for index in range(13, 20) if along else range(16, 20):
            shade.polygon(
                [edge[index], edge[index + 1], upper[index + 1], upper[index]],
                26 * (index - 11) if along else 20 * (index - 14),
            )
        press.print(shade, OCHRE, rough=0.4)
        lines.line(edge, 4.5)
        lines.line(upper, 3)
        for end in (0, 20):
            lines.line([edge[end], upper[end]], 4)
        press.print(lines, INK, rough=0.7)
        red = Plate()
        if along:
            for side, turn in ((left - 6, 1), (left + width + 84, -1)):
                red.line(arc(side, top + 110, 60, 200 if turn > 0 else 340, 320 if turn > 0 else 220), 7)
                x = side + turn * 52
                red.polygon([(x - 20, top + 62), (x + 20, top + 70), (x + turn * 4, top + 104)])
        else:
            red.line([(left + 180, 850), (left + 400, 850)], 7)
            red.polygon([(left + 420, 850), (left + 386, 832), (left + 386, 868)])
            red.polygon([(left + 160, 850), (left + 194, 832), (left + 194, 868)])
        if along:
            red.line([(left + 290, 900), (left + 322, 812)], 7)
            red.polygon([(left + 329, 792), (left + 338, 832), (left + 302, 820)])
            red.polygon([(left + 283, 920), (left + 274, 880), (left + 310, 892)])
        press.print(red, VERMILION)
    return press.sheet


REDS = ["#e2522f", "#c8202a", "#a8232f", "#d9482b", "#8f1d22", "#e4633f", "#bd3217", "#b5294d", "#d2691e", "#7a2b1d"]


def ten_reds(seed):
    """Ten proofs of ten red inks, rolled out side by side; one of them is ringed."""
    press = Press(seed, paper="#f4ead6")
    chance = press.random
    pencil = Plate()
    for index, ink in enumerate(REDS):
        x, y = 110 + index % 5 * 290, 100 + index // 5 * 470
        proof = Plate()
        proof.polygon(box(x, y, x + 220, y + 330))
        for end in (y, y + 330):
            for _ in range(26):
                across = chance.uniform(x - 4, x + 224)
                deep = chance.uniform(14, 62)
                way = 1 if end == y else -1
                proof.stroke(
                    [(across + chance.uniform(-3, 3), end - way * 12 + way * deep * step / 4) for step in range(5)],
                    chance.uniform(3, 10),
                    BLANK,
                )
        for _ in range(16):
            across = chance.uniform(x + 6, x + 214)
            start = chance.uniform(y + 60, y + 250)
            proof.stroke([(across, start + step * 14) for step in range(6)], chance.uniform(1, 3), BLANK)
        press.print(proof, ink, rough=1.5, shift=5)
        for word in range(chance.randint(2, 3)):
            start = x + 14 + word * 66
            scribble = [(start + step * 6, y + 372 + chance.uniform(-9, 9)) for step in range(chance.randint(6, 9))]
            pencil.line(curve(scribble, steps=5), 2.6)
    x, y = 110 + 6 % 5 * 290 + 110, 100 + 470 + 165
    ring = [(x + math.cos(a / 10) * (168 + a * 0.5), y + math.sin(a / 10) * (212 + a * 0.35)) for a in range(-18, 62)]
    pencil.line(curve(ring, steps=3), 6)
    pencil.line([(x + 118, y - 226), (x + 150, y - 196), (x + 214, y - 290)], 7)
    press.print(pencil, INK, rough=0.8)
    return press.sheet
