"""Small pictures made on the spot."""

import io

from PIL import Image


def encoded(kind, width, height, *, mode="RGB", color=None, **options):
    output = io.BytesIO()
    Image.new(mode, (width, height), color).save(output, kind, **options)
    return output.getvalue()


def jpeg(width=60, height=40, **options):
    return encoded("JPEG", width, height, color=(190, 50, 23), **options)


def png(width=60, height=40, **options):
    return encoded("PNG", width, height, **options)
