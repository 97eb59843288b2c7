"""Pages made to hurt whoever reads them: each is read once from left to right, and never deeper than it should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.voices import entries, markup, verification

TARGET = "http://us.example/post/"
SIGNS = [
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<!",
    "<?",
    "/",
    "=",
    '"',
    "'",
    " ",
    "\n",
    "a",
    "p",
    "div",
    "x",
    "href",
    "&amp;",
    "&#0;",
]
HURTFUL = [
    "<div>",
    "<p class=h-entry>",
    "<a><p>",
    "<b>",
    "<b><i>",
    "</p>",
    "<",
    "</",
    "<!--",
    "<!",
    "<li>",
    "<a ",
    "<a href='",
    '<a x="',
    "<a b /=",
    "<a =",
    "<script>",
    "<template>",
    "<title>",
    "&amp",
    "<base href=x>",
    '<i class="p-author h-card">',
    "<td><p>",
]


@pytest.mark.parametrize("piece", HURTFUL)
def test_a_page_of_one_thing_ten_thousand_times_is_read(piece):
    page = piece * 10_000
    root = markup.parse(page)
    assert max((depth(element) for element in root.elements()), default=0) <= markup.DEEPEST
    assert root.text is not None
    entries.read(page, "http://them.example/", TARGET)
    verification.links_to("text/html", page, "http://them.example/", TARGET)


def test_a_tag_that_never_ends_is_read():
    for page in ("<a x" + " " * 50_000, "<a" + "=" * 50_000, "<a " + "/ " * 25_000, "<a x=" + "y" * 50_000):
        assert list(markup.parse(page).elements()) == []


def depth(element):
    found = 0
    while element.parent is not None:
        element, found = element.parent, found + 1
    return found


@given(st.lists(st.sampled_from(SIGNS), max_size=60).map("".join))
def test_any_page_is_read(page):
    root = markup.parse(page)
    assert all(element.name for element in root.elements())
    entries.read(page, "http://them.example/", TARGET)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<p>Two", "One Two"),
        ("<ul><li>a<li>b</ul>c", "a b c"),
        ("a<br>b &amp; c", "a b & c"),
        ("<!--x-->y<!-->z", "yz"),
        ("1 < 2 <3", "1 < 2 <3"),
        ("<script>if (a </b) {}</script >x", "x"),
        ("<title>a <b> c</title>d", "a <b> cd"),
        ("<p title='>'>x</P>", "x"),
        ("</p></div>x", "x"),
        ("<b>bo<i>th</b>x", "bothx"),
    ],
)
def test_words_are_found_where_a_browser_shows_them(html, text):
    assert markup.parse(html).text == text


def test_the_first_of_two_attributes_counts_and_entities_are_read():
    (element,) = markup.parse("<A HREF=one href=two Title='&eacute;&quot;' empty>").elements()
    assert (element.name, element.attributes) == ("a", {"href": "one", "title": 'é"', "empty": ""})
