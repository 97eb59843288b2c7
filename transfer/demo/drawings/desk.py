"""Paper and screens, on a desk."""

from .press import BLANK, INK, OCHRE, PLUM, SAND, SLATE, SOLID, VERMILION, WIDTH, Plate, Press
from .shapes import arc, box, curve, sweep, turned


def folded_page(seed):
    """A web page printed and folded in three like a letter, its window still showing."""
    press = Press(seed)
    chance = press.random
    panels = [
        [(470, 150), (1130, 90), (1190, 330), (500, 420)],
        [(500, 420), (1190, 330), (1120, 610), (430, 690)],
        [(430, 690), (1120, 610), (1180, 900), (470, 990)],
    ]

    def at(panel, across, down):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = panels[panel]
        top = (ax + (bx - ax) * across, ay + (by - ay) * across)
        foot = (dx + (cx - dx) * across, dy + (cy - dy) * across)
        return (top[0] + (foot[0] - top[0]) * down, top[1] + (foot[1] - top[1]) * down)

    def patch(panel, left, top, right, bottom):
        return [at(panel, left, top), at(panel, right, top), at(panel, right, bottom), at(panel, left, bottom)]

    sheet = Plate()
    for panel in panels:
        sheet.polygon(panel)
    ground = Plate(SOLID)
    for ray in range(90):
        x = ray * 36 - 800
        ground.stroke([(x + step * 110, -40 + step * 145) for step in range(9)], 4 + ray % 3, BLANK)
    ground.without(sheet)
    press.print(ground, OCHRE)
    shadow = Plate()
    shadow.polygon(
        [
            (x - 90, y + 66)
            for x, y in (
                panels[0][0],
                panels[0][1],
                panels[0][2],
                panels[1][2],
                panels[2][2],
                panels[2][3],
                panels[1][3],
                panels[0][3],
            )
        ],
        170,
    )
    shadow.without(sheet)
    press.print(shadow, PLUM, screen="lines")
    fold = Plate()
    fold.polygon(panels[1], 76)
    press.print(fold, SLATE, rough=0)
    picture = Plate()
    picture.polygon(patch(1, 0.08, 0.14, 0.5, 0.86))
    picture.disc(*at(1, 0.37, 0.4), 38, BLANK)
    picture.polygon(
        [at(1, 0.08, 0.86), at(1, 0.2, 0.46), at(1, 0.29, 0.66), at(1, 0.36, 0.56), at(1, 0.5, 0.86)], BLANK
    )
    picture.polygon(patch(0, 0.08, 0.66, 0.58, 0.78))
    picture.disc(*at(2, 0.9, 0.82), 0.1)
    press.print(picture, VERMILION)

    black = Plate()
    bar = patch(0, 0, 0, 1, 0.16)
    black.polygon(bar)
    for dot in range(3):
        black.disc(*at(0, 0.045 + dot * 0.045, 0.085), 11, BLANK)
    black.line([at(0, 0.22, 0.085), at(0, 0.82, 0.085)], 15, BLANK)
    heading = patch(0, 0.08, 0.3, 0.86, 0.42)
    black.polygon(heading)
    black.polygon(patch(0, 0.08, 0.48, 0.66, 0.58))
    for row in range(2):
        black.line([at(0, 0.08, 0.85 + row * 0.09), at(0, 0.92 - row * 0.1, 0.85 + row * 0.09)], 5)
    for row in range(7):
        black.line([at(1, 0.56, 0.16 + row * 0.11), at(1, 0.92 if row % 3 != 2 else 0.78, 0.16 + row * 0.11)], 5)
    for row in range(7):
        end = 0.92 if row not in (2, 6) else 0.6
        black.line([at(2, 0.08, 0.12 + row * 0.11), at(2, end, 0.12 + row * 0.11)], 5)
    for panel in panels:
        black.line([*panel, panel[0]], 5)
    for x, y in ((250, 250), (1370, 330), (1330, 760), (230, 760)):
        clip(black, x, y, chance.uniform(-50, 50))
    press.print(black, INK)
    return press.sheet


def clip(plate, x, y, angle):
    """A paper clip."""
    wire = [
        *arc(x, y - 50, 24, 180, 360, steps=12),
        *arc(x, y + 50, 24, 0, 180, steps=12)[:1],
        (x + 24, y + 50),
        *arc(x + 6, y + 50, 18, 0, 180, steps=10),
        (x - 12, y - 34),
        *arc(x, y - 34, 12, 180, 360, steps=10),
        (x + 12, y + 40),
    ]
    plate.line(turned(wire, x, y, angle), 7)


def notebook(seed):
    """An open notebook: handwriting on the left page, on the right a black screen with its prompt; a pencil."""
    press = Press(seed, paper="#f8efdc")
    chance = press.random
    table = Plate(SOLID)
    for line in range(64):
        y = line * 17
        table.stroke(
            sweep(-60, y + chance.uniform(-4, 4), WIDTH + 120, chance.uniform(-8, 8), chance.uniform(-8, 8), steps=24),
            chance.uniform(2, 5),
            BLANK,
        )
    for x, y in ((130, 230), (1500, 900)):
        for ring in range(5):
            table.line(arc(x, y, 20 + ring * 20, 0, 360, steps=40, down=9 + ring * 9), 4, BLANK)
    left = [(190, 210), (790, 160), (790, 900), (170, 940)]
    right = [(810, 160), (1410, 210), (1430, 940), (810, 900)]
    book = Plate()
    for page in (left, right):
        book.polygon(page)
    table.without(book)
    press.print(table, SAND)
    shadow = Plate()
    shadow.polygon([(150, 960), (800, 928), (1450, 960), (1470, 985), (800, 960), (140, 988)], 190)
    shadow.polygon([(740, 164), (790, 160), (790, 900), (740, 904)], 60)
    press.print(shadow, PLUM, screen="lines")
    rules = Plate()
    for row in range(15):
        y = 262 + row * 44
        rules.line([(206 - row, y), (774, y - 46 + row * 0.8)], 2.6)
    press.print(rules, SLATE, rough=0.6)
    margin = Plate()
    margin.line([(300, 202), (286, 934)], 3)
    pencil = (1080, 1000, -14)
    barrel(margin, *pencil)
    margin.polygon([(620, 100), (664, 96), (664, 300), (642, 276), (620, 302)])
    press.print(margin, VERMILION)

    black = Plate()
    row = 0
    while row < 13:
        y = 252 + row * 44
        x = 322
        end = 700 if row % 5 == 3 else 752
        while x < end - 40:
            wide = chance.uniform(34, 110)
            wide = min(wide, end - x)
            steps = max(4, int(wide / 9))
            word = [
                (
                    x + wide * step / steps,
                    y
                    - (x + wide * step / steps - 206) * 0.075
                    - (chance.choice([0, 14, 4, 22]) if step % 2 else chance.choice([0, 0, -9])),
                )
                for step in range(steps)
            ]
            black.line(curve(word, steps=4), 3.4)
            x += wide + 20
        row += 1 if row % 5 != 3 else 2
    black.polygon(right)
    inner = [(840, 198), (1382, 244), (1398, 902), (840, 868)]
    black.line([*inner, inner[0]], 4, BLANK)
    for row, (wide, prompt) in enumerate(
        [
            (300, True),
            (410, False),
            (360, False),
            (0, None),
            (220, True),
            (440, False),
            (390, False),
            (290, False),
            (0, None),
            (30, True),
        ]
    ):
        y, lean = 290 + row * 56, 0.075
        if prompt is None:
            continue
        x = 886
        if prompt:
            black.line([(x, y - 14), (x + 18, y + 2), (x, y + 16)], 7, BLANK)
            x += 46
        if row == 9:
            black.polygon([(x, y - 16), (x + 26, y - 14), (x + 26, y + 22), (x, y + 20)], BLANK)
            continue
        start = x
        while x < start + wide:
            word = min(chance.uniform(30, 90), start + wide - x)
            black.line([(x, y + (x - 886) * lean), (x + word, y + (x + word - 886) * lean)], 9, BLANK)
            x += word + 20
    for ring in range(17):
        y = 196 + ring * 43
        black.line(arc(800, y, 26, 150, 390, steps=14, down=14), 6)
    edges(black, *pencil)
    press.print(black, INK)
    return press.sheet


def barrel(plate, x, y, angle):
    """The painted part of a pencil that lies with its point at (x, y)."""
    plate.polygon(turned(box(x + 84, y - 30, x + 480, y + 30), x, y, angle))


def edges(plate, x, y, angle):
    """The black of that pencil: its lead and its edges, on a ground cut free."""

    def at(points):
        return turned([(x + px, y + py) for px, py in points], x, y, angle)

    plate.polygon(at([(-4, 0), (84, -36), (480, -36), (480, 36), (84, 36)]), BLANK)
    plate.polygon(at([(0, 0), (30, -11), (30, 11)]))
    plate.line(at([(30, -11), (84, -30), (84, 30), (30, 11)]), 4)
    for side in (-30, -10, 10, 30):
        plate.line(at([(84, side), (480, side)]), 4)
    plate.line(at([(480, -30), (480, 30)]), 4)
