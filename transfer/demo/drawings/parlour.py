"""Where people talk: two armchairs, a kettle, a box of buttons."""

import math

from . import textures
from .press import BLANK, HEIGHT, INK, NIGHT, OCHRE, PLUM, ROSE, SEA, SLATE, VERMILION, WIDTH, Plate, Press
from .shapes import arc, curve, sweep, turned


def interrupting(seed):
    """Two armchairs, and above them two speeches that overlap."""
    press = Press(seed, paper="#f7ecd6")
    chance = press.random
    blue, red = Plate(), Plate()
    bubble(blue, 590, 330, 400, 258, tail=(330, 660))
    bubble(red, 1010, 370, 400, 258, tail=(1290, 680))
    for line in range(7):
        y = 200 + line * 44
        blue.line(
            curve([(310 + step * 26, y + chance.uniform(-8, 8)) for step in range(10 if line != 6 else 6)], steps=5),
            7,
            BLANK,
        )
        y += 40
        start = 860 if line in (0, 6) else 830
        red.line(
            curve(
                [(start + 240 + step * 22, y + chance.uniform(-8, 8)) for step in range(9 if line != 6 else 4)], steps=5
            ),
            7,
            BLANK,
        )
    press.print(blue, SLATE)
    press.print(red, ROSE)
    floor = Plate()
    floor.ellipse(800, 965, 720, 88)
    for ring in (0.86, 0.7, 0.52):
        band = arc(800, 965, 720 * ring, 0, 360, steps=120, down=88 * ring)
        floor.line(band, 5, BLANK)
    floor.rectangle(0, 1060, WIDTH, HEIGHT, BLANK)
    press.print(floor, OCHRE)
    black, seat = Plate(), Plate()
    armchair(black, seat, 330, 930, 1)
    armchair(black, seat, 1270, 930, -1)
    # Between them a small table, a pot, two cups that grow cold.
    black.ellipse(800, 800, 150, 26)
    black.line([(800, 800), (800, 950)], 15)
    for foot in (-74, 74):
        black.line(curve([(800, 918), (800 + foot * 0.6, 932), (800 + foot, 968)], steps=6), 11)
    pot(black, 800, 782)
    for side in (-96, 92):
        black.polygon([(800 + side - 22, 762), (800 + side + 22, 762), (800 + side + 14, 794), (800 + side - 14, 794)])
        black.ring(800 + side + 24, 776, 11, 5)
    press.print(seat, PLUM)
    press.print(black, INK)
    return press.sheet


def bubble(plate, x, y, across, down, tail):
    plate.ellipse(x, y, across, down)
    root = (x + (tail[0] - x) * 0.5, y + down * 0.62)
    plate.polygon(
        [
            (root[0] - 74, root[1] - 20),
            *curve(
                [(root[0] - 74, root[1]), ((root[0] + tail[0]) / 2 - 20, (root[1] + tail[1]) / 2 + 24), tail], steps=6
            ),
            (root[0] + 84, root[1] + 20),
        ]
    )


def armchair(black, seat, x, foot, way):
    """Draw an armchair that looks to the right (`way` 1) or to the left (-1)."""

    def at(points):
        return [(x + way * px, foot + py) for px, py in points]

    seat.polygon(
        at(
            curve(
                [
                    (-190, -60),
                    (-212, -250),
                    (-190, -400),
                    (-120, -436),
                    (-60, -400),
                    (-44, -250),
                    (60, -214),
                    (150, -210),
                    (178, -180),
                    (180, -60),
                ],
                steps=8,
            )
        )
    )
    for button in ((-130, -340), (-120, -270), (-150, -300), (-92, -316)):
        seat.disc(*at([button])[0], 9, BLANK)
    for row in range(5):
        seat.stroke(at([(-20 + step * 34, -196 + row * 26 - step) for step in range(6)]), 5, BLANK)
    arm = at(
        curve(
            [(-120, -40), (-134, -180), (-96, -238), (20, -240), (110, -226), (140, -180), (120, -130), (106, -40)],
            steps=8,
        )
    )
    black.polygon(arm)
    black.line(
        at(curve([(-100, -66), (-108, -170), (-80, -210), (20, -212), (90, -200), (108, -174)], steps=8)), 4, BLANK
    )
    scroll = at([(96, -182)])[0]
    black.disc(*scroll, 40)
    black.ring(*scroll, 26, 4, BLANK)
    black.disc(*scroll, 8, BLANK)
    black.polygon(at([(-196, -62), (184, -62), (176, -22), (-186, -22)]))
    for leg in (-170, 150):
        black.polygon(at([(leg - 14, -24), (leg + 14, -24), (leg + 5, 22), (leg - 5, 22)]))


def pot(plate, x, foot):
    plate.polygon(
        curve(
            [
                (x - 40, foot),
                (x - 58, foot - 44),
                (x - 30, foot - 84),
                (x + 30, foot - 84),
                (x + 58, foot - 44),
                (x + 40, foot),
            ],
            closed=True,
            steps=6,
        )
    )
    plate.line(curve([(x + 50, foot - 34), (x + 84, foot - 50), (x + 96, foot - 88)], steps=6), 12)
    plate.line(curve([(x - 50, foot - 62), (x - 92, foot - 66), (x - 82, foot - 22), (x - 48, foot - 20)], steps=6), 8)
    plate.disc(x, foot - 92, 9)
    plate.stroke([(x - 34, foot - 20), (x - 40, foot - 44), (x - 26, foot - 66)], 7, BLANK)


def kettle(seed):
    """A kettle on a flame, with a clock for a belly; its steam goes up in a question mark."""
    press = Press(seed, paper="#f7ecd6")
    chance = press.random
    tiles = Plate()
    for row in range(7):
        for column in range(10):
            x, y = column * 170 - 40, row * 130 - 30
            tiles.rectangle(x, y, x + 158, y + 118, radius=5)
            if (row + column) % 2 == 0:
                for quarter in range(4):
                    leaf = curve([(0, 0), (18, -20), (0, -48), (-18, -20)], closed=True, steps=6)
                    tiles.polygon(
                        turned([(x + 79 + px, y + 59 + py) for px, py in leaf], x + 79, y + 59, quarter * 90), BLANK
                    )
    tiles.rectangle(0, 846, WIDTH, HEIGHT, BLANK)
    body = curve(
        [(520, 800), (470, 660), (540, 520), (690, 452), (880, 452), (1030, 520), (1100, 660), (1050, 800)], steps=12
    )
    knocked = Plate()
    knocked.polygon(body)
    steam_line = curve(
        [
            (1290, 470),
            (1330, 380),
            (1260, 320),
            (1290, 240),
            (1390, 200),
            (1420, 120),
            (1340, 60),
            (1240, 84),
            (1210, 150),
        ],
        steps=14,
    )
    spout = curve(
        [
            (980, 690),
            (1070, 690),
            (1150, 640),
            (1210, 520),
            (1270, 470),
            (1316, 496),
            (1270, 560),
            (1220, 690),
            (1110, 770),
            (980, 780),
        ],
        steps=8,
    )
    knocked.polygon(spout)
    for index, (x, y) in enumerate(steam_line):
        knocked.disc(x, y, 18 + 30 * math.sin(math.pi * (index + 8) / (len(steam_line) + 12)))
    tiles.without(knocked)
    press.print(tiles, SLATE)

    pan = Plate()
    pan.polygon(body)
    pan.polygon(spout)
    pan.disc(785, 640, 150, BLANK)
    pan.stroke(curve([(528, 690), (546, 590), (620, 516)], steps=8), 18, BLANK)
    for _ in range(26):
        x, y = chance.uniform(500, 1070), chance.uniform(760, 796)
        pan.stroke(sweep(x, y, chance.uniform(20, 60)), 4, BLANK)
    press.print(pan, VERMILION)

    fire = Plate()
    for flame in range(13):
        x = 585 + flame * 33
        high = 46 + 18 * math.sin(flame * 1.7)
        fire.polygon(
            curve(
                [
                    (x - 14, 866),
                    (x - 10, 866 - high * 0.5),
                    (x, 866 - high),
                    (x + 11, 866 - high * 0.45),
                    (x + 14, 866),
                ],
                steps=6,
            )
        )
    fire.disc(785, 640, 150, 60)
    press.print(fire, OCHRE)

    black = Plate()
    black.ring(785, 640, 158, 12)
    for hour in range(12):
        angle = math.radians(hour * 30)
        inner = 122 if hour % 3 else 112
        black.line(
            [
                (785 + math.cos(angle) * inner, 640 + math.sin(angle) * inner),
                (785 + math.cos(angle) * 136, 640 + math.sin(angle) * 136),
            ],
            6 if hour % 3 else 10,
        )
    black.line([(785, 640), (785 + 34, 640 - 84)], 12)
    black.line([(785, 640), (785 - 92, 640 - 50)], 8)
    black.disc(785, 640, 12)
    black.polygon([(650, 462), (920, 462), (896, 430), (674, 430)])
    black.disc(785, 408, 26)
    black.line(
        curve([(560, 520), (540, 360), (640, 262), (785, 236), (930, 262), (1030, 360), (1010, 520)], steps=12), 24
    )
    black.line(curve([(640, 284), (785, 250), (930, 284)], steps=10), 40)
    black.stroke(curve([(660, 282), (785, 248), (900, 276)], steps=10), 7, BLANK)
    black.rectangle(500, 796, 1070, 816, radius=8)
    black.rectangle(440, 866, 1130, 888, radius=8)
    for bar in range(7):
        black.line([(470 + bar * 104, 866), (470 + bar * 104, 824)], 9)
    black.rectangle(0, 910, WIDTH, HEIGHT)
    for knob in range(5):
        x = 300 + knob * 250
        black.disc(x, 990, 44, BLANK)
        black.disc(x, 990, 34)
        black.line([(x, 990), (x + (20 if knob != 2 else 0), 990 - (22 if knob != 2 else 30))], 8, BLANK)
    textures.ripples(black, chance, 914, 944, lines=3, thick=3, share=0.6)
    press.print(black, INK)
    return press.sheet


def buttons(seed):
    """A box of buttons, poured out."""
    press = Press(seed, paper="#f8efdc")
    chance = press.random
    placed = []
    plates = {ink: Plate() for ink in (NIGHT, VERMILION, OCHRE, SEA, SLATE, ROSE, PLUM)}
    lines = Plate()
    for attempt in range(2600):
        radius = max(20, 118 - attempt * 0.075) * chance.uniform(0.75, 1)
        x, y = chance.uniform(-20, WIDTH + 20), chance.uniform(-20, HEIGHT + 20)
        if any(math.hypot(x - px, y - py) < radius + other + 6 for px, py, other in placed):
            continue
        placed.append((x, y, radius))
        ink = chance.choice(list(plates))
        button(plates[ink], lines, chance, x, y, radius)
    for ink, plate in plates.items():
        press.print(plate, ink, shift=4)
    thread = curve(
        [(-40, 760), (180, 690), (360, 820), (560, 640), (760, 720), (980, 500), (1180, 640), (1380, 420), (1660, 470)],
        steps=14,
    )
    lines.line(thread, 4)
    press.print(lines, INK)
    return press.sheet


def button(plate, lines, chance, x, y, radius):
    """Draw one button, of one of five patterns."""
    plate.disc(x, y, radius)
    pattern = chance.randrange(5)
    if pattern in (0, 1):
        plate.ring(x, y, radius * 0.8, radius * 0.07, BLANK)
    if pattern == 2:
        for tooth in range(18):
            angle = math.radians(tooth * 20)
            plate.stroke(
                [
                    (x + math.cos(angle) * radius * share, y + math.sin(angle) * radius * share)
                    for share in (0.62, 0.76, 0.95)
                ],
                radius * 0.08,
                BLANK,
            )
    if pattern == 3:
        plate.disc(x, y, radius * 0.66, 140)
    if pattern == 4:
        plate.stroke(arc(x, y, radius * 0.78, 190, 290, steps=14), radius * 0.12, BLANK)
    turn = chance.uniform(0, 90)
    holes = 4 if radius > 30 else 2
    for hole in range(holes):
        hx, hy = turned([(x + radius * 0.2, y)], x, y, turn + hole * 360 / holes)[0]
        plate.disc(hx, hy, radius * 0.095, BLANK)
    if chance.random() < 0.3:
        ends = [turned([(x + radius * 0.2, y)], x, y, turn + hole * 360 / holes)[0] for hole in (0, holes // 2)]
        lines.line(ends, radius * 0.08)
