"""What the three feed specifications demand, as assertions on a parsed feed."""

import datetime
import re
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LANGUAGE = "{http://purl.org/dc/elements/1.1/}language"
REPLY = "{http://purl.org/syndication/thread/1.0}in-reply-to"
XHTML = "{http://www.w3.org/1999/xhtml}"

CHANNEL_ELEMENTS = set(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs "
    "cloud ttl image rating textInput skipHours skipDays item".split()
)
ITEM_ELEMENTS = set("title link description author category comments enclosure guid pubDate source".split())
EXTENSIONS = (ATOM, CONTENT, CREATOR, LANGUAGE, XHTML)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def assert_absolute(address):
    parts = urlsplit(address)
    assert parts.scheme in ("http", "https"), address
    assert parts.netloc, address


def assert_once(parent, *names):
    for name in names:
        assert len(parent.findall(name)) == 1, name


def assert_rss(rss):
    """RSS 2.0 (rssboard.org/rss-specification), and the RSS profile where that leaves a choice."""
    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    (channel,) = rss
    assert channel.tag == "channel"
    assert_once(channel, "title", "link", "description", "lastBuildDate")
    assert_absolute(channel.findtext("link"))
    assert parsedate_to_datetime(channel.findtext("lastBuildDate"))
    assert_allowed(channel, CHANNEL_ELEMENTS)
    (own,) = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert_absolute(own.get("href"))
    guids = [item.findtext("guid") for item in channel.findall("item")]
    assert len(set(guids)) == len(guids)
    for item in channel.findall("item"):
        assert_allowed(item, ITEM_ELEMENTS)
        assert_once(item, "title", "link", "guid", "pubDate", CONTENT)
        assert item.findtext("title") or item.findtext("description")
        assert_absolute(item.findtext("link"))
        assert item.find("guid").get("isPermaLink") == "false"
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
        assert item.find("author") is None  # it would have to be an e-mail address
        assert len(item.findall("enclosure")) <= 1
        for enclosure in item.findall("enclosure"):
            assert_absolute(enclosure.get("url"))
            assert re.fullmatch(r"[1-9]\d*", enclosure.get("length"))
            assert re.fullmatch(r"[\w.+-]+/[\w.+-]+", enclosure.get("type"))


def assert_allowed(parent, names):
    for child in parent:
        assert child.tag in names or child.tag.startswith(EXTENSIONS), child.tag


def assert_atom(feed):
    """RFC 4287 § 4.1.1, 4.1.2, 3.2, 3.3, 4.2.6, 4.2.7."""
    assert feed.tag == f"{ATOM}feed"
    assert_once(feed, f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated")
    entries = feed.findall(f"{ATOM}entry")
    ids = [feed.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in entries)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+", found) for found in ids)
    for part in (feed, *entries):
        assert RFC_3339.fullmatch(part.findtext(f"{ATOM}updated"))
        links = part.findall(f"{ATOM}link")
        alternates = [link for link in links if link.get("rel", "alternate") == "alternate"]
        assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(alternates) == 1
        for link in links:
            assert_absolute(link.get("href"))
        for category in part.findall(f"{ATOM}category"):
            assert category.get("term")
    assert "self" in [link.get("rel") for link in feed.findall(f"{ATOM}link")]
    for entry in entries:
        assert_once(entry, f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated", f"{ATOM}author", f"{ATOM}content")
        assert_once(entry.find(f"{ATOM}author"), f"{ATOM}name")
        assert entry.find(f"{ATOM}author/{ATOM}email") is None
        assert entry.find(f"{ATOM}content").get("type") == "html"
        published = entry.findtext(f"{ATOM}published")
        assert RFC_3339.fullmatch(published)
        moments = [datetime.datetime.fromisoformat(text) for text in (published, entry.findtext(f"{ATOM}updated"))]
        assert moments == sorted(moments)


def assert_json_feed(feed):
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    for key in ("home_page_url", "feed_url"):
        assert_absolute(feed[key])
    assert feed.get("next_url") != feed["feed_url"]
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        assert None not in item.values()
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert_absolute(item["url"])
        assert "author" not in item  # 1.0's name for it
        assert all(author.get("name") for author in item["authors"])
        for key in ("date_published", "date_modified"):
            assert RFC_3339.fullmatch(item[key])
        for attachment in item.get("attachments", []):
            assert_absolute(attachment["url"])
            assert attachment["mime_type"]
            assert attachment["size_in_bytes"] > 0
