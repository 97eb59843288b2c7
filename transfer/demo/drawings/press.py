"""A small printing press: plates that hold tones, inks that darken what lies under them, paper that shows through.

A picture is printed as a linocut or a risograph print is: one plate an ink, each a little out of register, grey tones
broken into dots, edges that the gouge left uneven, specks where the ink did not take. Everything follows from a seed:
the same seed prints the same picture, to the last pixel. Pillow does all the work on whole images; nothing here loops
over the pixels of a sheet.
"""

import math
import random
from functools import cache

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067  # pixels of the finished picture, and the units of everything that is drawn
SCALE = 2  # plates are cut this much larger, so that their edges come out smooth
SOLID, BLANK = 255, 0

PAPER = "#f6efdf"
INK = "#1e1b16"
VERMILION = "#bd3217"
NIGHT = "#21405f"
SLATE = "#7f9aa6"
SEA = "#2c6e6a"
MOSS = "#66763a"
OCHRE = "#dd9f31"
SAND = "#e6cd9b"
ROSE = "#e79f86"
PLUM = "#6b3a55"

# What a tone becomes, for each tone: tables are made once, pictures are made of hundreds of them.
TONES = range(256)
ONLY_SOLID = [BLANK] * 255 + [SOLID]
ANY = [BLANK] + [SOLID] * 255
EDGE = [max(0, min(255, (tone - 128) * 4 + 128)) for tone in TONES]

DOT = 22  # side of the tile of dots, in pixels of a plate: two dots, so a screen at 45°
LINE = 14  # distance between the lines of a line screen


class Plate:
    """What one ink will print. Tones run from BLANK to SOLID; coordinates are pixels of the finished picture."""

    def __init__(self, tone=BLANK):
        self.image = Image.new("L", (WIDTH * SCALE, HEIGHT * SCALE), tone)
        self.pencil = ImageDraw.Draw(self.image)

    def polygon(self, points, tone=SOLID):
        self.pencil.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=tone)

    def rectangle(self, left, top, right, bottom, tone=SOLID, radius=0):
        box = [left * SCALE, top * SCALE, right * SCALE - 1, bottom * SCALE - 1]
        self.pencil.rounded_rectangle(box, radius * SCALE, fill=tone)

    def disc(self, x, y, radius, tone=SOLID):
        self.ellipse(x, y, radius, radius, tone)

    def ellipse(self, x, y, across, down, tone=SOLID):
        box = [(x - across) * SCALE, (y - down) * SCALE, (x + across) * SCALE, (y + down) * SCALE]
        self.pencil.ellipse(box, fill=tone)

    def ring(self, x, y, radius, width, tone=SOLID):
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.pencil.ellipse(box, outline=tone, width=round(width * SCALE))

    def line(self, points, width=4, tone=SOLID):
        """A line of even width with round ends and joints."""
        points = [(x * SCALE, y * SCALE) for x, y in points]
        self.pencil.line(points, fill=tone, width=max(1, round(width * SCALE)), joint="curve")
        reach = width * SCALE / 2
        for x, y in (points[0], points[-1]):
            self.pencil.ellipse([x - reach, y - reach, x + reach, y + reach], fill=tone)

    def stroke(self, points, width, tone=SOLID):
        """A gouge's stroke along `points`: it enters thin, is `width` wide in the middle and leaves thin."""
        left, right = [], []
        for index, (x, y) in enumerate(points):
            before, after = points[max(0, index - 1)], points[min(len(points) - 1, index + 1)]
            length = math.hypot(after[0] - before[0], after[1] - before[1]) or 1
            half = width / 2 * math.sin(math.pi * (index + 0.35) / (len(points) - 0.3)) ** 0.8
            across, down = -(after[1] - before[1]) / length * half, (after[0] - before[0]) / length * half
            left.append((x + across, y + down))
            right.append((x - across, y - down))
        self.polygon(left + right[::-1], tone)

    def shade(self, start, end, top=0, bottom=HEIGHT):
        """Fill the band between `top` and `bottom` with tones that go from `start` to `end`, downwards."""
        ramp = Image.linear_gradient("L").point(lambda value: start + (end - start) * value // 255)
        height = round((bottom - top) * SCALE)
        self.image.paste(ramp.resize((self.image.width, height)), (0, round(top * SCALE)))

    def glow(self, x, y, radius, tone):
        """Lay a round light on top: `tone` in its middle, nothing at its rim; where it is lighter, what was stays."""
        side = round(radius * 2 * SCALE)
        light = ImageChops.invert(Image.radial_gradient("L").resize((side, side)))
        # Pillow's gradient reaches white in the corners; at the rim of the circle it stands at 180.
        light = light.point(lambda value: max(0, value - 75) * tone // 180)
        sheet = Image.new("L", self.image.size)
        sheet.paste(light, (round((x - radius) * SCALE), round((y - radius) * SCALE)))
        self.image.paste(ImageChops.lighter(self.image, sheet))

    def within(self, other):
        """Keep only what lies on `other`, another plate."""
        self.image.paste(ImageChops.darker(self.image, other.image))

    def without(self, other):
        """Take away what lies on `other`, another plate."""
        self.image.paste(ImageChops.darker(self.image, ImageChops.invert(other.image)))

    def add(self, other):
        self.image.paste(ImageChops.lighter(self.image, other.image))


class Press:
    """A sheet of paper and the hand that prints on it. `random` is for whoever cuts the plates."""

    def __init__(self, seed, paper=PAPER):
        self.random = random.Random(seed)  # noqa: S311
        self.hand = random.Random(f"{seed}, printed")  # noqa: S311
        self.sheet = mottled(paper, self.hand)
        self.wear = wear(self.hand)

    def print(self, plate, ink, *, shift=3.0, rough=1.0, screen="dots"):
        """Print `plate` in `ink` over what the sheet holds.

        `shift`: by how much the plate may be out of register, in pixels. `rough`: how far its edges wander and how
        badly the ink takes; 0 for none. `screen`: tones become "dots" or "lines".
        """
        solid, dots = parted(plate.image, screen, self.hand)
        if rough:
            solid = cut_by_hand(solid, rough, self.hand)
        covered = ImageChops.add(solid, dots) if dots else solid
        if rough:
            worn = self.wear.transpose(self.hand.choice(TURNS)).point(faded(rough))
            covered = ImageChops.multiply(covered, worn)
        across, down = (round(self.hand.uniform(-shift, shift)) for _ in range(2))
        self.sheet = ImageChops.multiply(self.sheet, laid_on_white(moved(covered, across, down), ink))


def laid_on_white(covered, ink):
    """Return `ink` on a white sheet, as thick as `covered` says."""
    return Image.merge("RGB", [covered.point(thinned(light)) for light in ImageColor.getrgb(ink)])


@cache
def thinned(light):
    """Return what each thickness of an ink leaves of the paper's white; `light` is what the full ink leaves."""
    return [255 - thick * (255 - light) // 255 for thick in TONES]


@cache
def faded(rough):
    """Return, for each value of `wear`, how well the ink takes on a plate as rough as this."""
    return [max(0, round(255 - (255 - value) * rough)) for value in TONES]


@cache
def unsteady(rough):
    """Return, for each value of `tremble`, by how much an edge moves on a plate as rough as this."""
    return [round(128 + (value - 128) * 0.5 * rough) for value in TONES]


def moved(image, across, down):
    """Return `image` moved; what would be empty at the edge repeats the edge, as ink that runs off the sheet."""
    result = image.copy()
    result.paste(image, (across, down))
    return result


def parted(image, screen, chance):
    """Return what a plate prints, at the picture's size: its solid areas, and its tones as dots or lines (or None).

    Dots cover just as much paper as their tone says. They are a camera's work and stay round, where the gouge makes
    the edges of the solid areas.
    """
    # A tone too small for the sample is printed as a flat tint, which nobody will mind.
    sample = image.resize((WIDTH // 4, HEIGHT // 4), Image.Resampling.NEAREST)
    if not any(sample.histogram()[BLANK + 1 : SOLID]):
        return image.reduce(SCALE), None
    solid = image.point(ONLY_SOLID)
    threshold = ImageChops.offset(tiled(screen), chance.randrange(DOT), chance.randrange(DOT))
    printed = ImageChops.subtract(image, threshold).point(ANY)
    return solid.reduce(SCALE), ImageChops.subtract(printed, solid).reduce(SCALE)


@cache
def tiled(screen):
    """Return the thresholds of a screen over a whole plate."""
    if screen == "lines":
        tile = thresholds(LINE, LINE, lambda x, y: math.cos(2 * math.pi * y / LINE) + x * 1e-6)
    else:
        tile = thresholds(
            DOT,
            DOT,
            lambda x, y: math.cos(2 * math.pi * x / DOT) * math.cos(2 * math.pi * y / DOT) + (x + y * 3) * 1e-6,
        )
    sheet = Image.new("L", (WIDTH * SCALE, HEIGHT * SCALE))
    sheet.paste(tile)
    filled = tile.width
    while filled < sheet.width:
        sheet.paste(sheet.crop((0, 0, filled, tile.height)), (filled, 0))
        filled *= 2
    filled = tile.height
    while filled < sheet.height:
        sheet.paste(sheet.crop((0, 0, sheet.width, filled)), (0, filled))
        filled *= 2
    return sheet


def thresholds(width, height, shape):
    """Return a tile whose pixels, taken in the order of `shape`'s values, are spread evenly over all tones."""
    places = [(x, y) for y in range(height) for x in range(width)]
    tile = Image.new("L", (width, height))
    for rank, (x, y) in enumerate(sorted(places, key=lambda place: -shape(*place))):
        tile.putpixel((x, y), rank * 254 // (len(places) - 1))
    return tile


@cache
def grain():
    """Return a sheet of even noise, the same every time."""
    return Image.frombytes("L", (WIDTH, HEIGHT), random.Random("grain").randbytes(WIDTH * HEIGHT))  # noqa: S311


def elsewhere(image, chance):
    """Return `image` rolled to another place, so that one sheet of noise serves many plates."""
    return ImageChops.offset(image, chance.randrange(image.width), chance.randrange(image.height))


def clouds(chance, cells, shape=None):
    """Return smooth noise with about `cells` changes across the sheet; `shape(value)` turns the noise into tones."""
    size = (cells, max(2, cells * HEIGHT // WIDTH))
    small = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    return (small.point(shape) if shape else small).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


@cache
def tremble():
    """Return the noise that a hand's uneven pressure leaves along an edge."""
    return clouds(random.Random("tremble"), 260)  # noqa: S311


@cache
def specks():
    """Return where ink may miss: white points of a pixel or three."""
    return grain().filter(ImageFilter.BoxBlur(1)).point(lambda value: max(0, min(255, (value - 188) * 9)))


def cut_by_hand(covered, rough, chance):
    """Return `covered` with edges that wander by about `rough` pixels."""
    soft = covered.filter(ImageFilter.BoxBlur(1.3))
    noise = elsewhere(tremble(), chance).point(unsteady(rough))
    return ImageChops.add(soft, noise, 1, -128).point(EDGE)


# A sheet of wear turned over serves the next plate.
TURNS = [
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.ROTATE_180,
]


def wear(chance):
    """Return how well ink takes: almost everywhere fully, thinner in places, not at all at some specks."""
    uneven = clouds(chance, 7, lambda value: round(255 - value * 0.08))
    where = clouds(chance, 23, lambda value: max(0, min(255, (value - 118) * 3)))
    missed = ImageChops.multiply(elsewhere(specks(), chance), where)
    return ImageChops.subtract(uneven, missed)


def mottled(paper, chance):
    """Return a sheet of paper: its colour, with the faint clouds of its making."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), paper)
    shade = clouds(chance, 40, lambda value: 255 - value // 40)
    return ImageChops.multiply(sheet, Image.merge("RGB", [shade] * 3))
