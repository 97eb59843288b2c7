"""Pingback's XML-RPC, of which only `pingback.ping` is spoken: system.multicall and its like multiply work. Pure.

https://www.hixie.ch/specs/pingback/pingback, http://xmlrpc.com/spec.md.
"""

from xml.sax.saxutils import escape

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

MOST_BYTES = 16 * 1024
NO_SUCH_METHOD, NOT_WELL_FORMED, BAD_PARAMETERS = -32601, -32700, -32602  # xmlrpc-epi's common numbers
GENERIC, TARGET_CANNOT_BE_USED, BUSY = 0, 0x21, 0x31


class Fault(Exception):
    def __init__(self, code: int, words: str):
        super().__init__(words)
        self.code = code


def ping_of(body: bytes) -> tuple[str, str]:
    """Return (source, target) of a call of `pingback.ping`. Raises `Fault`."""
    if len(body) > MOST_BYTES:
        raise Fault(NOT_WELL_FORMED, "That is too long.")
    try:
        call = ElementTree.fromstring(body, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Fault(NOT_WELL_FORMED, "This is no XML-RPC.") from error
    if call.tag != "methodCall" or (call.findtext("methodName") or "").strip() != "pingback.ping":
        raise Fault(NO_SUCH_METHOD, "Only pingback.ping is spoken here.")
    values = [
        "".join((value if value.find("string") is None else value.find("string")).itertext()).strip()
        for value in call.findall("params/param/value")
    ]
    if len(values) != 2:
        raise Fault(BAD_PARAMETERS, "pingback.ping has a source and a target.")
    return values[0], values[1]


def answer(words: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<methodResponse><params><param><value><string>'
        f"{escape(words)}</string></value></param></params></methodResponse>\n"
    )


def fault(found: Fault) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<methodResponse><fault><value><struct>'
        f"<member><name>faultCode</name><value><int>{found.code}</int></value></member>"
        f"<member><name>faultString</name><value><string>{escape(str(found))}</string></value></member>"
        "</struct></value></fault></methodResponse>\n"
    )
