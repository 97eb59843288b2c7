"""The three formats, on top of Django's own generators.

Beyond what Django writes of a feed, each is given `pages` ({"first": address, "next": …}: RFC 5005 § 3) and
`for_people`: XHTML for the browser of somebody who opens the feed. Beyond what Django writes of an item, see `Entries`.
"""

import datetime
import json
from html import escape

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # when a feed without entries changed


class Entries:
    """What our feeds say of each entry, and that they say the same as long as it does not change."""

    def add_item(
        self, *, content, summary, language="", picture=None, avatar=None, in_reply_to=None, enclosures=(), **of_django
    ):
        """Add an entry.

        `content` is HTML, `summary` plain text, `language` "" for the site's own, `picture` and `avatar` addresses,
        `in_reply_to` the (id, address) of what a comment answers.
        """
        super().add_item(
            content=content,
            summary=summary,
            description=escape(summary, quote=False),  # the summaries of RSS and Atom are HTML
            language=language,
            picture=picture,
            avatar=avatar,
            in_reply_to=in_reply_to,
            enclosures=enclosures,
            **of_django,
        )

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER

    def write_items(self, handler):
        super().write_items(handler)
        # After the entries, where no feed reader looks for the feed's own title.
        handler.ignorableWhitespace(self.feed["for_people"])  # SAX's way of writing what is markup already


class Rss(Entries, Rss201rev2Feed):
    """RSS 2.0 whose items carry their whole text in content:encoded (RSS content module)."""

    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for rel, address in self.feed["pages"].items():
            handler.addQuickElement("atom:link", None, {"rel": rel, "href": address})

    def add_item_elements(self, handler, item):
        # RSS wants an e-mail in <author>, and no page or feed of ours shows one: dc:creator names people.
        super().add_item_elements(handler, item)
        if item["language"]:
            handler.addQuickElement("dc:language", item["language"])
        handler.addQuickElement("content:encoded", item["content"])


class Atom(Entries, Atom1Feed):
    """RFC 4287, with what a comment answers (RFC 4685)."""

    def write(self, outfile, encoding):
        """As Django does, with the style sheets that it gives to RSS alone."""
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        for stylesheet in self.feed["stylesheets"]:
            handler.processingInstruction("xml-stylesheet", stylesheet)
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def root_attributes(self):
        return {**super().root_attributes(), "xmlns:thr": "http://purl.org/syndication/thread/1.0"}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for rel, address in self.feed["pages"].items():
            handler.addQuickElement("link", None, {"rel": rel, "href": address})

    def item_attributes(self, item):
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["in_reply_to"]:
            reference, address = item["in_reply_to"]
            handler.addQuickElement("thr:in-reply-to", None, {"ref": reference, "href": address, "type": "text/html"})
        handler.addQuickElement("content", item["content"], {"type": "html"})


class Json(Entries, SyndicationFeed):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        json.dump(without_blanks(self.document()), outfile, ensure_ascii=False)

    def document(self):
        return {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "next_url": self.feed["pages"].get("next"),
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [self.item(item) for item in self.items],
        }

    def item(self, item):
        author = {"name": item["author_name"], "url": item["author_link"], "avatar": item["avatar"]}
        return without_blanks(
            {
                "id": item["unique_id"],
                "url": item["link"],
                "title": item["title"],
                "content_html": item["content"] or item["summary"] or item["title"],  # it must not be empty
                "summary": item["summary"],
                "image": item["picture"],
                "date_published": rfc3339_date(item["pubdate"]),
                "date_modified": rfc3339_date(item["updateddate"]),
                "authors": [without_blanks(author)],
                "tags": item["categories"],
                "language": item["language"],
                "attachments": [
                    {"url": file.url, "mime_type": file.mime_type, "size_in_bytes": int(file.length)}
                    for file in item["enclosures"]
                ],
            }
        )


def without_blanks(mapping):
    """Return `mapping` without what says nothing; an empty feed still has its list of items."""
    return {key: value for key, value in mapping.items() if value or key == "items"}


FORMATS = {"": Rss, "atom": Atom, "json": Json}  # by what follows /feed/ in an address, as in WordPress
