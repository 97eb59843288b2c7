"""WordPress's own export (WXR 1.0 to 1.2), read as a stream.

WordPress writes it in wp-admin/includes/export.php. What its words mean here is decided in this file: which statuses
are drafts, which kinds are left out.
"""

import email.utils
import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _

from transfer.importers import Unreadable
from transfer.importers.xml_text import XMLText
from transfer.records import Article, Attachment, Author, Comment, LeftOut, Mended, Record, Site, Term

DEEPEST = 50  # elements within each other; an export has six
STATUSES = {"publish": "published", "future": "published", "draft": "draft", "pending": "draft", "private": "draft"}
ABANDONED = {"trash", "auto-draft"}
COMMENT_STATUSES = {"1": "approved", "0": "pending", "spam": "spam", "trash": "trash", "post-trashed": "trash"}
TAXONOMIES = {"category": "category", "post_tag": "tag", "tag": "tag"}
INTERNAL_TAXONOMIES = {"", "post_format", "nav_menu"}
CUT_OFF = {
    errors.codes[problem]
    for problem in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}
# A year that has a place in an address, in any time zone.
YEARS = range(1001, 2999)


def read(path: Path) -> Iterator[Record]:
    """Yield what the export at `path` holds, in its order; the site first. The whole file is never in memory.

    Raises `Unreadable`, or OSError when the file itself cannot be read.
    """
    with path.open("rb") as file:
        text = XMLText(file)
        try:
            yield from records(text)
        except ParseError as error:
            raise Unreadable(in_words(error)) from error
        except DefusedXmlException as error:
            raise Unreadable(_("it declares a document type or entities, which no WordPress export does")) from error
        if text.dropped:
            yield Mended(characters=text.dropped)


def in_words(error):
    line, column = error.position
    if error.code == errors.codes[errors.XML_ERROR_NO_ELEMENTS] and (line, column) == (1, 0):
        return _("it is empty")
    if error.code in CUT_OFF:
        return _("it ends in the middle, at line %(line)d: the export was cut off") % {"line": line}
    return _("it is not well-formed XML at line %(line)d, column %(column)d") % {"line": line, "column": column + 1}


def records(text):
    site, site_is_told, version = {}, False, False
    line, channel = [], None  # `line`: the names from the root down to the open element
    for event, element in iterparse(text, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            line.append(name_of(element.tag))
            if line == ["rss", "channel"]:
                channel = element
            if line[0] != "rss" or len(line) > DEEPEST:
                raise not_from_wordpress()
            continue
        name = line.pop()
        if line != ["rss", "channel"]:
            continue
        if name in ("title", "link", "description", "wp:base_blog_url"):
            site.setdefault(name, text_of(element))
        elif name == "wp:wxr_version":
            version = True
        elif make := RECORDS.get(name):
            if not version:
                raise not_from_wordpress()
            if not site_is_told:
                yield site_of(site)
                site_is_told = True
            yield from make(element)
        channel.clear()
    if not version:
        raise not_from_wordpress()
    if not site_is_told:
        yield site_of(site)


def not_from_wordpress():
    return Unreadable(_("it is not a WordPress export (Tools → Export → All content makes one)"))


@lru_cache(maxsize=1000)
def name_of(tag):
    """Return a tag's name with the usual prefix of its name space, whatever version of WXR it is of."""
    space, _brace, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    if space.startswith("http://wordpress.org/export/"):
        return f"{'excerpt' if space.rstrip('/').endswith('/excerpt') else 'wp'}:{name}"
    prefixes = {
        "": "",
        "http://purl.org/rss/1.0/modules/content/": "content:",
        "http://purl.org/dc/elements/1.1/": "dc:",
    }
    return prefixes.get(space, "other:") + name


def text_of(element):
    return "".join(element.itertext())


def fields_of(element):
    """Return {name: text} of an element's children; of several with one name, the first."""
    fields = {}
    for child in element:
        fields.setdefault(name_of(child.tag), text_of(child))
    return fields


def site_of(fields):
    address = fields.get("wp:base_blog_url") or fields.get("link", "")
    return Site(
        title=plain(fields.get("title", "")), tagline=plain(fields.get("description", "")), address=address.strip()
    )


def author(element):
    fields = fields_of(element)
    yield Author(
        login=plain(fields.get("wp:author_login", "")),
        email=fields.get("wp:author_email", "").strip(),
        name=plain(fields.get("wp:author_display_name", "")),
        first_name=plain(fields.get("wp:author_first_name", "")),
        last_name=plain(fields.get("wp:author_last_name", "")),
        number=number(fields.get("wp:author_id")),
    )


def category(element):
    fields = fields_of(element)
    yield Term(
        kind="category",
        slug=slug(fields.get("wp:category_nicename", "")),
        name=plain(fields.get("wp:cat_name", "")),
        description=plain_lines(fields.get("wp:category_description", "")),
        parent=slug(fields.get("wp:category_parent", "")),
    )


def tag(element):
    fields = fields_of(element)
    yield Term(
        kind="tag",
        slug=slug(fields.get("wp:tag_slug", "")),
        name=plain(fields.get("wp:tag_name", "")),
        description=plain_lines(fields.get("wp:tag_description", "")),
    )


def item(element):
    fields = fields_of(element)
    status = fields.get("wp:status", "").strip()
    kind = fields.get("wp:post_type", "post").strip()
    if status in ABANDONED:
        yield LeftOut(status)
    elif kind == "attachment":
        yield attachment(element, fields)
    elif kind in ("post", "page"):
        yield article(element, fields, kind, status)
    else:
        yield LeftOut(kind)


def article(element, fields, kind, status):
    published = STATUSES.get(status) == "published"
    # There is no password to give here: what had one must not be open to everybody.
    hidden_by = "password" if fields.get("wp:post_password") and published else "" if published else status
    raw_title = fields.get("title", "")
    return Article(
        kind=kind,
        number=number(fields.get("wp:post_id")),
        guid=fields.get("guid", "").strip(),
        title=plain(raw_title) or one_line(raw_title),
        slug=slug(fields.get("wp:post_name", "")),
        address=fields.get("link", "").strip(),
        body=fields.get("content:encoded", ""),
        excerpt=plain_lines(fields.get("excerpt:encoded", "")),
        status="published" if published and not hidden_by else "draft",
        hidden_by="" if hidden_by == "draft" else hidden_by,
        date=date_of(fields),
        changed=moment(fields.get("wp:post_modified_gmt"), UTC),
        author=plain(fields.get("dc:creator", "")),
        terms=tuple(terms(element)),
        parent=number(fields.get("wp:post_parent")),
        menu_order=order_of(fields),
        comments_open=fields.get("wp:comment_status", "").strip() == "open",
        lead=number(postmeta(element).get("_thumbnail_id")),
        comments=tuple(comments(element)),
    )


def attachment(element, fields):
    meta = postmeta(element)
    address = fields.get("wp:attachment_url", "").strip() or fields.get("guid", "").strip()
    return Attachment(
        number=number(fields.get("wp:post_id")),
        path=path_of(address, meta.get("_wp_attached_file", "")),
        host=host_of(address),
        title=plain(fields.get("title", "")),
        alt=one_line(html.unescape(meta.get("_wp_attachment_image_alt", ""))),
        caption=plain_lines(fields.get("excerpt:encoded", "")),
        author=plain(fields.get("dc:creator", "")),
        date=date_of(fields),
        parent=number(fields.get("wp:post_parent")),
        menu_order=order_of(fields),
        comments=sum(1 for child in element if name_of(child.tag) == "wp:comment"),
    )


def path_of(address, attached_file):
    """Return where a file stands below the uploads folder: by its address, which a multisite's folder is part of."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        path = ""
    found = path.split("/uploads/", 1)[1] if "/uploads/" in path else attached_file
    return NOT_PRINTABLE.sub("", found).strip()


def host_of(address):
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def terms(element):
    for child in element:
        if name_of(child.tag) != "category" or not child.get("nicename"):
            continue  # WXR 1.0 names each a second time, without its slug
        kind = TAXONOMIES.get(child.get("domain", ""), child.get("domain", ""))
        if kind not in INTERNAL_TAXONOMIES:
            yield Term(kind=kind, slug=slug(child.get("nicename")), name=plain(text_of(child)))


def postmeta(element):
    found = {}
    for child in element:
        if name_of(child.tag) == "wp:postmeta":
            fields = fields_of(child)
            found.setdefault(fields.get("wp:meta_key", ""), fields.get("wp:meta_value", ""))
    return found


def comments(element):
    for child in element:
        if name_of(child.tag) != "wp:comment":
            continue
        fields = fields_of(child)
        yield Comment(
            number=number(fields.get("wp:comment_id")),
            name=plain(fields.get("wp:comment_author", "")),
            email=fields.get("wp:comment_author_email", "").strip(),
            url=html.unescape(fields.get("wp:comment_author_url", "")).strip(),
            ip=fields.get("wp:comment_author_IP", "").strip(),
            body=fields.get("wp:comment_content", ""),
            kind=fields.get("wp:comment_type", "").strip() or "comment",
            status=COMMENT_STATUSES.get(fields.get("wp:comment_approved", "").strip(), "pending"),
            parent=number(fields.get("wp:comment_parent")),
            user=number(fields.get("wp:comment_user_id")),
            date=moment(fields.get("wp:comment_date_gmt"), UTC) or moment(fields.get("wp:comment_date")),
        )


RECORDS = {"wp:author": author, "wp:category": category, "wp:tag": tag, "item": item}

TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.S)
NOT_PRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")


def plain(text):
    """Return a title or name without markup, on one line: WordPress keeps them as HTML."""
    return one_line(html.unescape(TAG.sub("", text)))


def plain_lines(text):
    """Return an excerpt or caption without markup, its lines kept."""
    lines = html.unescape(TAG.sub("", text)).splitlines()
    return "\n".join(one_line(line) for line in lines).strip()


def one_line(text):
    return " ".join(NOT_PRINTABLE.sub(" ", text).split())


def slug(text):
    """Return a slug as a reader sees it: WordPress keeps any letter beyond ASCII percent-encoded."""
    return one_line(unquote(text))


def number(text):
    """Return the positive number that `text` is, or None."""
    text = (text or "").strip()
    return int(text) or None if re.fullmatch(r"[0-9]{1,18}", text) else None


def order_of(fields):
    order = fields.get("wp:menu_order", "").strip()
    return int(order) if re.fullmatch(r"-?[0-9]{1,9}", order) else 0


def date_of(fields):
    """Return when an item was published or written, of what WordPress tells the surest (a draft has no GMT date)."""
    return (
        moment(fields.get("wp:post_date_gmt"), UTC)
        or moment(fields.get("wp:post_date"))
        or rfc_2822_date(fields.get("pubDate", ""))
        or moment(fields.get("wp:post_modified_gmt"), UTC)
    )


def moment(text, zone=None):
    """Return the date and time of WordPress's `2011-10-27 07:30:00`; None for `0000-00-00 00:00:00` or nonsense."""
    if not re.fullmatch(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\s*", text or ""):
        return None
    try:
        found = datetime.fromisoformat(text.strip()).replace(tzinfo=zone)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def rfc_2822_date(text):
    if not re.search(r" [0-9]{4} ", text):  # WordPress writes the year -0001 for "never"
        return None
    try:
        found = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC) if found.year in YEARS else None
