"""Reading a WordPress export, whatever its texts hold."""

import datetime
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transfer import wxr
from transfer.importers import Unreadable
from transfer.importers.wordpress import read
from transfer.records import Article, Attachment, Author, Comment, LeftOut, Mended, Site, Term

NEVER, NEVER_IN_MAIL = "0000-00-00 00:00:00", "Mon, 30 Nov -0001 00:00:00 +0000"
MORNING = datetime.datetime(2011, 10, 27, 7, 30, tzinfo=datetime.UTC)


@pytest.fixture
def records_of(tmp_path):
    def records_of(text):
        file = tmp_path / "export.xml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(read(file))

    return records_of


@pytest.fixture
def article_of(records_of):
    def article_of(*args, **fields):
        (article,) = [record for record in records_of(wxr.export(wxr.item(*args, **fields))) if type(record) is Article]
        return article

    return article_of


def test_an_export_gives_its_site_its_people_and_its_terms(records_of):
    text = wxr.export(
        wxr.category("arts", "Arts &amp; lettres"),
        wxr.category("gravure", "Gravure", parent="arts", description="Le <em>burin</em>."),
        wxr.tag("l%c3%a9ger", "Léger"),
    )
    assert records_of(text) == [
        Site(title="Le Merle", tagline="Chants du soir", address="http://merle.example"),
        Author(login="zoe", email="zoe@merle.example", name="Zoé", number=1),
        Term(kind="category", slug="arts", name="Arts & lettres"),
        Term(kind="category", slug="gravure", name="Gravure", description="Le burin.", parent="arts"),
        Term(kind="tag", slug="léger", name="Léger"),
    ]


def test_a_post_comes_with_all_that_is_told_of_it(article_of):
    terms = [
        ("category", "arts", "Arts"),
        ("post_tag", "encre", "Encre"),
        ("post_format", "post-format-aside", "Aside"),
    ]
    article = article_of(
        7,
        title="L&#039;aube &amp; <em>après</em>",
        content="<p>Un</p>\n\n]]> deux",
        excerpt="Un <b>matin</b>",
        post_name="aube",
        post_modified_gmt="2012-01-02 03:04:05",
        terms=terms,
        meta={"_thumbnail_id": "9"},
        menu_order=3,
        comment_status="closed",
    )
    assert article == Article(
        kind="post",
        number=7,
        guid="http://merle.example/?p=7",
        title="L'aube & après",
        slug="aube",
        address="http://merle.example/2011/10/27/post-7/",
        body="<p>Un</p>\n\n]]> deux",
        excerpt="Un matin",
        status="published",
        date=MORNING,
        changed=datetime.datetime(2012, 1, 2, 3, 4, 5, tzinfo=datetime.UTC),
        author="zoe",
        terms=(Term(kind="category", slug="arts", name="Arts"), Term(kind="tag", slug="encre", name="Encre")),
        menu_order=3,
        comments_open=False,
        lead=9,
    )


@pytest.mark.parametrize(
    ("status", "password", "expected"),
    [
        ("publish", "", ("published", "")),
        ("future", "", ("published", "")),
        ("draft", "", ("draft", "")),
        ("pending", "", ("draft", "pending")),
        ("private", "", ("draft", "private")),
        ("publish", "sésame", ("draft", "password")),
        ("acf-disabled", "", ("draft", "acf-disabled")),
    ],
)
def test_only_what_everybody_could_read_is_published(article_of, status, password, expected):
    article = article_of(7, status=status, post_password=password)
    assert (article.status, article.hidden_by) == expected


def test_the_trash_and_what_is_no_text_are_left_out(records_of):
    text = wxr.export(
        wxr.item(1, status="trash"), wxr.item(2, status="auto-draft"), wxr.item(3, post_type="nav_menu_item")
    )
    assert [record.what for record in records_of(text) if type(record) is LeftOut] == [
        "trash",
        "auto-draft",
        "nav_menu_item",
    ]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"post_date_gmt": "2011-10-27 07:30:00"}, MORNING),
        ({"post_date_gmt": NEVER, "post_date": "2011-10-27 09:30:00"}, MORNING.replace(hour=9, tzinfo=None)),
        ({"post_date_gmt": "", "post_date": "", "pubDate": "Thu, 27 Oct 2011 07:30:00 +0000"}, MORNING),
        ({"post_date_gmt": NEVER, "post_date": "", "post_modified_gmt": "2011-10-27 07:30:00"}, MORNING),
        ({"post_date_gmt": "2011-02-30 00:00:00", "post_date": "9999-12-31 23:59:59"}, None),
        ({"post_date_gmt": "hier", "post_date": "-0001-11-30 00:00:00", "pubDate": NEVER_IN_MAIL}, None),
    ],
)
def test_the_surest_date_is_taken_and_an_impossible_one_is_none(article_of, fields, date):
    assert article_of(7, **fields).date == date


def test_comments_come_with_their_state_kind_and_parent(article_of):
    article = article_of(
        7,
        comments=[
            wxr.comment(1, comment_author="D&#039;Arc", body="<b>Oui</b>\n\nnon", comment_user_id=1),
            wxr.comment(2, comment_approved="0", comment_parent=1),
            wxr.comment(3, comment_approved="spam", comment_type="pingback", comment_date_gmt="0000-00-00 00:00:00"),
            wxr.comment(4, comment_approved="post-trashed", comment_type=""),
        ],
    )
    first, second, third, fourth = article.comments
    assert first == Comment(
        number=1,
        name="D'Arc",
        email="camille@example.org",
        ip="192.0.2.1",
        body="<b>Oui</b>\n\nnon",
        status="approved",
        user=1,
        date=datetime.datetime(2011, 10, 27, 8, 30, tzinfo=datetime.UTC),
    )
    assert (second.status, second.parent) == ("pending", 1)
    assert (third.status, third.kind) == ("spam", "pingback")
    assert third.date == datetime.datetime(2011, 10, 27, 10, 30)
    assert (fourth.status, fourth.kind) == ("trash", "comment")


@pytest.mark.parametrize(
    ("address", "attached", "path"),
    [
        ("http://merle.example/wp-content/uploads/2011/10/a%20b.jpg", "2011/10/a b.jpg", "2011/10/a b.jpg"),
        ("http://merle.example/wp-content/uploads/sites/2/2011/10/a.jpg", "2011/10/a.jpg", "sites/2/2011/10/a.jpg"),
        ("http://merle.files.example/2011/10/a.jpg", "2011/10/a.jpg", "2011/10/a.jpg"),
        ("http://[", "", ""),
        ("", "", ""),
    ],
)
def test_a_file_is_known_by_its_place_below_the_uploads_folder(records_of, address, attached, path):
    meta = {"_wp_attached_file": attached, "_wp_attachment_image_alt": "Un &amp; deux"}
    text = wxr.export(wxr.attachment(9, "x", attachment_url=address, guid="", meta=meta, post_parent=7))
    (file,) = [record for record in records_of(text) if type(record) is Attachment]
    assert (file.path, file.alt, file.parent) == (path, "Un & deux", 7)


def test_wxr_of_wordpress_2_is_read_too(records_of):
    text = wxr.export(
        "<item><title>Vieux</title><wp:post_id>3</wp:post_id><wp:status>publish</wp:status><category>Arts</category>"
        '<category domain="tag" nicename="encre">Encre</category></item>'
    ).replace("export/1.2/", "export/1.0/")
    (article,) = [record for record in records_of(text) if type(record) is Article]
    assert (article.title, article.terms) == ("Vieux", (Term(kind="tag", slug="encre", name="Encre"),))


def test_characters_that_no_xml_may_hold_are_dropped_and_counted(records_of):
    records = records_of(wxr.export(wxr.item(7, content="un\x0bdeux\x1f\x00trois\uffff")))
    assert records[-1] == Mended(characters=4)
    assert records[-2].body == "undeuxtrois"


def test_what_wordpress_forgets_to_escape_is_mended(records_of):
    address = "http://b.example/?a=1&b=2&eacute;&#0;&#xD800;&amp;"
    text = wxr.export(
        wxr.item(7, comments=[f"<wp:comment><wp:comment_author_url>{address}</wp:comment_author_url></wp:comment>"])
    )
    assert records_of("\n \n" + text)[-1].comments[0].url == "http://b.example/?a=1&b=2é\ufffd\ufffd&"


def test_a_mended_file_keeps_its_cdata_as_it_is(article_of):
    body = "a & b &eacute; &#0;\n" * 10_000  # more than one piece of the stream
    assert article_of(7, content=body).body == body


@pytest.mark.parametrize("encoding", ["iso-8859-1", "UTF-16", "utf-8-sig"])
def test_a_declared_encoding_is_minded(records_of, encoding):
    text = wxr.export(title="Été").replace("UTF-8", encoding)
    assert records_of(text.encode(encoding))[0].title == "Été"


def test_an_export_without_items_still_has_its_site(records_of):
    assert [type(record) for record in records_of(wxr.export(authors=[]))] == [Site]


BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss><channel><title>&b;</title></channel></rss>"""
THIEF = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<rss><channel><title>&a;</title></channel></rss>"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        (" \n\x00", "empty"),
        ("Bonjour.", "not well-formed XML at line 1, column 1"),
        ("PK\x03\x04", "not well-formed"),
        ("<!DOCTYPE html><html></html>", "document type"),
        (BOMB, "document type"),
        (THIEF, "document type"),
        ("<html></html>", "not a WordPress export"),
        ("<rss><channel><title>Flux</title><item><title>x</title></item></channel></rss>", "not a WordPress export"),
        (wxr.export(wxr.item(1)).replace("wxr_version", "version"), "not a WordPress export"),
        ("<rss>" + "<a>" * 100_000, "not a WordPress export"),
        (wxr.export(wxr.item(1))[:-40], "cut off"),
        (wxr.export(wxr.item(1, content="x" * 300_000))[:200_000], "cut off|not well-formed"),
        (wxr.export().replace("</link>", ""), "not well-formed XML at line 16"),
        (wxr.export(title="Été").encode("iso-8859-1"), "line 7 holds bytes that are not UTF-8"),
        (wxr.export().replace("UTF-8", "klingon"), "klingon"),
        (wxr.export().replace("UTF-8", "zip"), "“zip”"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(records_of, text, words):
    with pytest.raises(Unreadable, match=words) as raised:
        records_of(text)
    assert "\n" not in str(raised.value)


TEXT = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    ["]]>", "<![CDATA[", "<!--", "&", "&#0;", "&#x110000;", "%00", "%ff", "0000-00-00 00:00:00", "http://[", "\x00",
     "-0", "9" * 30, "²", "<item>", "http://x.example/uploads/../../etc/passwd", "[gallery ids=']", "\ud7ff\ue000"]
)  # fmt: skip
ELEMENTS = (
    "title link guid pubDate dc:creator content:encoded excerpt:encoded wp:post_id wp:post_date wp:post_date_gmt "
    "wp:post_modified_gmt wp:comment_status wp:post_name wp:status wp:post_parent wp:menu_order wp:post_type "
    "wp:post_password wp:attachment_url wp:author_id wp:author_login wp:cat_name wp:category_nicename wp:tag_slug"
).split()


@settings(deadline=None, max_examples=150)
@given(
    fields=st.dictionaries(st.sampled_from(ELEMENTS), TEXT),
    comment=st.dictionaries(
        st.sampled_from(["comment_id", "comment_date_gmt", "comment_author_url", "comment_type"]), TEXT
    ),
    raw=TEXT,
    around=st.sampled_from(["item", "wp:author", "wp:category", "wp:tag", "wp:nonsense"]),
)
def test_no_text_in_any_field_makes_the_parser_fail_in_its_own_way(tmp_path_factory, fields, comment, raw, around):
    file = tmp_path_factory.mktemp("any") / "export.xml"
    parts = f"<{around}>{wxr.elements(fields)}{wxr.comment(1, **comment)}</{around}>"
    file.write_text(wxr.export(parts, f"<generator>{raw}</generator>"), "utf-8")
    try:
        records = list(read(file))
    except Unreadable:
        assert "<" in raw or "]]>" in raw  # in CDATA everything can be read
    else:
        assert type(records[0]) is Site


@settings(deadline=None, max_examples=150)
@given(data=st.binary(max_size=400), text=st.text(max_size=100), cut=st.integers(0, 2000))
def test_no_file_makes_the_parser_fail_in_its_own_way(tmp_path_factory, data, text, cut):
    file = tmp_path_factory.mktemp("any") / "export.xml"
    whole = wxr.export(wxr.item(1, content=text.encode("utf-8", "replace").decode())).encode()
    for content in (data, whole[:cut], whole[:cut] + data, whole[:cut] + data + whole[cut:]):
        file.write_bytes(content)
        try:
            list(read(file))
        except Unreadable as error:
            assert "\n" not in str(error)  # noqa: PT017 - reading it may as well succeed


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Z"], exclude_characters="<>&%\ufffe\uffff"),
    min_size=1,
    max_size=30,
)
BODIES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=300
)


@settings(deadline=None, max_examples=150)
@given(
    title=WORDS,
    body=BODIES,
    slug=WORDS,
    date=st.datetimes(datetime.datetime(1001, 1, 1), datetime.datetime(2998, 12, 31)),
    words=BODIES,
)
def test_what_was_written_is_what_is_read(tmp_path_factory, title, body, slug, date, words):
    file = tmp_path_factory.mktemp("any") / "export.xml"
    date = date.replace(microsecond=0)
    item = wxr.item(
        5,
        title=title,
        content=body,
        post_name=slug,
        date=f"{date:%Y-%m-%d %H:%M:%S}".rjust(19, "0"),
        comments=[wxr.comment(6, body=words)],
    )
    file.write_text(wxr.export(item), "utf-8")
    article = list(read(file))[-1]
    assert (article.title, article.body, article.slug) == (title, body, slug)
    assert article.date == date.replace(tzinfo=datetime.UTC)
    assert article.comments[0].body == words


def test_reading_takes_no_more_memory_for_more_posts(tmp_path):
    def peak(posts):
        file = tmp_path / f"{posts}.xml"
        file.write_text(wxr.export(*[wxr.item(n, content="mot " * 500) for n in range(posts)]), "utf-8")
        tracemalloc.start()
        assert sum(type(record) is Article for record in read(file)) == posts
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak(10)  # what is only made once
    assert peak(1000) < peak(100) * 1.5
