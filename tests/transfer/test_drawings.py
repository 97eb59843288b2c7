"""The demo's pictures: the press, and what it prints."""

import io

import pytest
from PIL import Image, ImageStat

from transfer.demo import content, drawings
from transfer.demo.drawings import press, shapes


@pytest.mark.parametrize("name", drawings.PICTURES)
def test_each_picture_fills_a_sheet_with_more_than_paper(name):
    with Image.open(io.BytesIO(drawings.jpeg(name))) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1600, 1067))
        assert ImageStat.Stat(image.convert("L")).stddev[0] > 20
        assert len(image.quantize(16).getcolors()) >= 8


def test_the_same_seed_prints_the_same_picture_and_another_seed_another():
    first, second = drawings.draw("buttons"), drawings.draw("buttons")
    assert first.tobytes() == second.tobytes()
    assert drawings.PICTURES["buttons"]("another").tobytes() != first.tobytes()


def test_every_picture_that_can_be_drawn_hangs_somewhere_and_says_what_it_shows():
    figures = [figure for entry in content.read_entries() for figure in entry.figures]
    assert sorted(figure.name for figure in figures) == sorted(drawings.PICTURES)
    assert all(len(figure.alt) > 40 and len(figure.caption) > 10 for figure in figures)


@pytest.mark.parametrize("screen", ["dots", "lines"])
@pytest.mark.parametrize("tone", [40, 128, 200])
def test_a_screen_covers_as_much_paper_as_its_tone_says(screen, tone):
    _, dots = press.parted(press.Plate(tone).image, screen, press.Press("seed").hand)
    assert ImageStat.Stat(dots).mean[0] == pytest.approx(tone, abs=6)


def test_what_is_solid_is_not_broken_into_dots():
    plate = press.Plate()
    plate.rectangle(0, 0, 800, press.HEIGHT)
    solid, dots = press.parted(plate.image, "dots", press.Press("seed").hand)
    assert dots is None
    assert solid.getpixel((400, 500)) == press.SOLID
    assert solid.getpixel((1200, 500)) == press.BLANK


def test_inks_darken_what_lies_under_them():
    sheet = press.Press("seed")
    paper = sheet.sheet.getpixel((800, 500))
    sheet.print(press.Plate(press.SOLID), press.OCHRE, rough=0, shift=0)
    ochre = sheet.sheet.getpixel((800, 500))
    sheet.print(press.Plate(press.SOLID), press.NIGHT, rough=0, shift=0)
    both = sheet.sheet.getpixel((800, 500))
    assert all(over <= under for over, under in zip(ochre, paper, strict=True))
    assert all(over <= under for over, under in zip(both, ochre, strict=True))
    assert sum(both) < sum(ochre) < sum(paper)


def test_a_plate_cut_away_prints_nothing():
    plate, stencil = press.Plate(press.SOLID), press.Plate()
    stencil.disc(800, 500, 100)
    plate.without(stencil)
    assert plate.image.getpixel((1600, 1000)) == press.BLANK
    assert plate.image.getpixel((200, 200)) == press.SOLID
    plate = press.Plate(press.SOLID)
    plate.within(stencil)
    assert plate.image.getpixel((1600, 1000)) == press.SOLID
    assert plate.image.getpixel((200, 200)) == press.BLANK


def test_a_curve_goes_through_its_points():
    points = [(0, 0), (10, 20), (30, 5), (40, 40)]
    drawn = shapes.curve(points)
    assert all(min(abs(x - px) + abs(y - py) for px, py in drawn) < 1e-9 for x, y in points)
