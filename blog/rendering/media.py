"""Puts pictures, films and sounds where a text names them, and shows nothing that lives elsewhere."""

import re

from . import pictures, recordings
from .clean_html import attributes_of, escape, is_end, name_of, pieces, start_tag
from .pictures import Picture

FIRST_SCREEN = 600  # characters of text; a picture that comes later is below what a reader sees first
RESIZED = re.compile(r"-(\d{1,4})x\d{1,4}\.\w+$")
ATTACHMENT = re.compile(r"/\?attachment_id=\d+")  # no address that a reader could follow


def place(html: str, find_media, *, lead_id=None) -> tuple[str, set[int]]:
    """Return arranged `html` with its media in their places, and the ids of those that are this site's own.

    A picture or recording that `find_media(address)` does not know becomes a link: reading a page contacts nobody but
    this site. The first picture is fetched at once where it is on the first screen and no other one, the lead
    picture `lead_id`, comes before it.
    """
    placing = Placing(find_media)
    shown = placing.walk(pieces(html))
    if placing.first_is_near and (lead_id is None or lead_id in placing.picture_ids):
        shown = shown.replace(' loading="lazy"', ' fetchpriority="high"', 1)
    return shown, placing.media_ids


class Placing:
    """One walk through a text."""

    def __init__(self, find_media):
        self.find = find_media
        self.media_ids, self.picture_ids = set(), set()  # all that the text names; what it shows
        self.first_is_near = False
        self.characters = 0
        self.caption = ""  # of a recording whose figure has none so far
        self.inside = []  # the elements that are open here and matter: a, figure, and a gallery's ul

    def walk(self, parts) -> str:
        done, place = [], 0
        while place < len(parts):
            piece = parts[place]
            if not place % 2:
                self.characters += len(piece)
                done.append(piece)
            elif (name := name_of(piece)) in ("video", "audio") and not is_end(piece):
                end = next((at for at in range(place, len(parts)) if parts[at] == f"</{name}>"), place)
                done.append(self.recording(name, parts[place : end + 1]))
                place = end
            else:
                done.append(self.tag(name, piece))
            place += 1
        return "".join(done)

    def tag(self, name, piece) -> str:
        if name == "img":
            return self.image(attributes_of(piece))
        if name == "source":
            return ""  # outside of any film
        if name == "figcaption":
            self.caption = ""
        if is_end(piece):
            if name == "figure":
                piece, self.caption = f"{self.caption}{piece}", ""
            if self.inside and self.inside[-1][0] == name:
                self.inside.pop()
            return piece
        if name == "a":
            piece = self.link(piece)
        if name in ("a", "figure") or (name == "ul" and attributes_of(piece).get("class") == "gallery"):
            self.inside.append((name, piece))
        elif name == "ul" and self.is_inside("ul"):
            self.inside.append(("ul", ""))
        return piece

    def is_inside(self, name):
        return any(open_name == name for open_name, _ in self.inside)

    def found(self, address):
        """Return what of this site's own is meant by `address`, noted, or None."""
        media = self.find(address) if address else None
        if media:
            self.media_ids.add(media.media_id)
        return media

    def link(self, tag) -> str:
        """WordPress links a picture, or a document, to its own file: to ours, then."""
        attributes = attributes_of(tag)
        if media := self.found(attributes.get("href")):
            return start_tag("a", {**attributes, "href": media.url})
        return tag

    def image(self, attributes) -> str:
        source = attributes.get("src", "")
        media = self.found(source)
        if isinstance(media, Picture):
            return self.picture(media, source, attributes)
        if media and media.is_recording:
            words = attributes.get("alt") or media.title
            if words and self.is_inside("figure"):
                self.caption = f"<figcaption>{escape(words)}</figcaption>"
            return recordings.markup(media, words=words)
        return self.elsewhere(media.url if media else source, attributes.get("alt", ""))

    def picture(self, picture, source, attributes) -> str:
        resized = RESIZED.search(source)
        width, height = pictures.shown_size(picture, attributes.get("width") or (resized and resized[1]))
        classes = attributes.get("class", "")
        if self.is_inside("figure"):  # whose own class says where it stands
            classes = " ".join(word for word in classes.split() if not word.startswith("align"))
        if not self.picture_ids:
            self.first_is_near = self.characters <= FIRST_SCREEN
        self.picture_ids.add(picture.media_id)
        gallery = self.is_inside("ul")
        markup = pictures.markup(
            picture,
            width=width,
            height=height,
            sizes=pictures.GALLERY_SIZES if gallery else pictures.sizes_in_text(width),
            alt=attributes.get("alt") or picture.alt,
            css_class=classes,
        )
        if not gallery or self.is_inside("a"):
            return markup
        markup = f"{start_tag('a', {'href': picture.url})}{markup}</a>"  # a gallery cuts its pictures
        if picture.caption and not self.is_inside("figure"):
            return f"<figure>{markup}<figcaption>{escape(picture.caption)}</figcaption></figure>"
        return markup

    def recording(self, name, parts) -> str:
        """Return what stands for a <video> or <audio> of the text, given its tags and texts."""
        attributes = attributes_of(parts[0])
        sources = [attributes_of(part).get("src") for part in parts[2::2] if part.startswith("<source")]
        addresses = [address for address in (attributes.get("src"), *sources) if address]
        words = attributes.get("title", "")
        for address in addresses:
            media = self.found(address)
            if media and not isinstance(media, Picture) and media.is_recording:
                poster = self.found(attributes.get("poster"))
                poster = poster.url if isinstance(poster, Picture) else None
                return recordings.markup(media, words=words or media.title, poster=poster)
        return self.elsewhere(addresses[0], words) if addresses else ""

    def elsewhere(self, address, words) -> str:
        if not address or ATTACHMENT.fullmatch(address) or self.is_inside("a"):
            return escape(words)
        return f"{start_tag('a', {'href': address, 'rel': 'external'})}{escape(words or address)}</a>"
