"""The demo blog's pictures: prints, drawn and printed by the code in this folder.

`press` is the machine, `shapes`, `textures` and `lettering` the tools, and each other file holds a few pictures: pure
functions from a seed to a Pillow image of 1,600 × 1,067 pixels.
"""

import io
from functools import cache

from . import clock, desk, garden, kitchen, letters, paper, parlour, railways, travels, typesetting, workshop

PICTURES = {
    picture.__name__.replace("_", "-"): picture
    for picture in (
        typesetting.shell,
        typesetting.type_case,
        paper.grain_of_paper,
        paper.two_sheets,
        paper.ten_reds,
        workshop.lamp,
        workshop.platen_press,
        letters.unanswered,
        parlour.interrupting,
        parlour.kettle,
        parlour.buttons,
        garden.pruned,
        garden.february,
        kitchen.bread,
        kitchen.quinces,
        railways.night_train,
        railways.junction,
        travels.map_of_nowhere,
        travels.ferry,
        clock.cuckoo_clock,
        desk.folded_page,
        desk.notebook,
    )
}


def draw(name):
    """Return the picture called `name` ("night-train"), always the same."""
    return PICTURES[name](name)


@cache
def jpeg(name) -> bytes:
    """Return that picture as a file; a process prints each once."""
    output = io.BytesIO()
    draw(name).save(output, "JPEG", quality=84, optimize=True)
    return output.getvalue()
