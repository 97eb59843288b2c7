"""The text of an XML file that software wrote which does not check its XML, made fit for an XML parser.

WordPress writes control characters that were pasted into a post as they are, addresses with a bare `&`, HTML's
entities outside CDATA, and blank lines of a theme before the XML declaration. The rest of such a file is sound.
"""

import codecs
import io
import re

from django.utils.translation import gettext as _

from transfer.importers import Unreadable

CHUNK = 64 * 1024  # characters, about
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 § 2.2
SECTION = re.compile(r"(<!\[CDATA\[|\]\]>)")
REFERENCE = re.compile(r"&(?:(?:amp|lt|gt|quot|apos);|#([0-9]{1,7});|#x([0-9a-fA-F]{1,6});)?")


class XMLText:
    """Gives the text of binary `file` in pieces. `dropped` counts the characters that no XML may hold."""

    def __init__(self, file):
        self.file = file
        self.encoding = encoding_of(file)
        # Only "\n" ends a line, so that a line number is the one an editor shows.
        self.lines = io.TextIOWrapper(file, self.encoding, newline="\n")
        self.begun = self.in_cdata = False
        self.dropped = 0

    def read(self, size):
        """Return some more text, "" at the end. Lines come whole, so no mark is cut in two. `size` is not minded."""
        while text := self.some_lines():
            text, dropped = NOT_XML.subn("", text)
            self.dropped += dropped
            if not self.begun:
                text = text.lstrip("\ufeff \t\r\n")
                self.begun = bool(text)
            if text:
                return self.mend_references(text)
        return ""

    def some_lines(self):
        try:
            return "".join(self.lines.readlines(CHUNK))
        except UnicodeError as error:
            raise self.not_in_its_encoding() from error

    def mend_references(self, text):
        """Return `text` with each & outside CDATA that no XML reader would understand written as &amp;"""
        pieces = SECTION.split(text)
        for index, piece in enumerate(pieces):
            if piece == "<![CDATA[":
                self.in_cdata = True
            elif piece == "]]>":
                self.in_cdata = False
            elif not self.in_cdata and "&" in piece:
                pieces[index] = REFERENCE.sub(reference, piece)
        return "".join(pieces)

    def not_in_its_encoding(self):
        """Return the error that names the line: the decoder only knows a place in its own buffer."""
        self.file.seek(0)
        number = next((number for number, line in enumerate(self.file, 1) if not self.can_decode(line)), 0)
        return Unreadable(
            _("line %(line)d holds bytes that are not %(encoding)s, which the file says it is written in")
            % {"line": number, "encoding": self.encoding.upper()}
        )

    def can_decode(self, line):
        try:
            line.decode(self.encoding)
        except UnicodeError:
            return False
        return True


def encoding_of(file):
    """Return the encoding that the file's first bytes declare: by its mark, in its XML declaration, or UTF-8."""
    start = file.read(200)
    file.seek(0)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = re.match(rb"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""", start)
    name = declared[1].decode() if declared else "utf-8"
    try:
        "".encode(name)  # no codec of something else than text
        return codecs.lookup(name).name
    except LookupError:
        raise Unreadable(_("it is written in “%(encoding)s”, which is not known here") % {"encoding": name}) from None


def reference(match):
    decimal, hexadecimal = match.groups()
    if len(match[0]) == 1 or (
        (decimal or hexadecimal) and not in_xml(int(decimal or hexadecimal, 10 if decimal else 16))
    ):
        return "&amp;" + match[0][1:]
    return match[0]


def in_xml(code):
    """Return whether a reference may mean that character (XML 1.0 § 2.2)."""
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
