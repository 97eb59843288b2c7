"""Headings, anchors, tables: what a page needs around a text."""

import pytest

from blog.rendering import contents, render
from tests.blog.rendering.texts import LIBRARY, parsed, shown


def outline(html):
    return [
        (element.tag, "".join(element.itertext()), element.get("id"))
        for element in parsed(html).iter()
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
    ]


def test_headings_stand_below_the_pages_own():
    assert [tag for tag, *_ in outline(shown("# A\n\n## B\n\n###### C"))] == ["h2", "h3", "h6"]
    assert [tag for tag, *_ in outline(shown("## A\n\n### B"))] == ["h2", "h3"]
    assert [tag for tag, *_ in outline(shown("<h1>A</h1>\n\n<h3>B</h3>", "wordpress"))] == ["h2", "h4"]


@pytest.mark.parametrize("source_format", ["markdown", "wordpress"])
def test_each_heading_has_an_anchor_of_its_own_and_is_a_link_to_it(source_format):
    source = "<h2>L’été à <em>Paris</em></h2>\n\n<h2>L’été à Paris</h2>\n\n<h3>!?</h3>\n\n<h2 id='mien'>Autre</h2>"
    html = shown(source, source_format)
    assert [(words, anchor) for _, words, anchor in outline(html)] == [
        ("L’été à Paris", "text-l-été-à-paris"),
        ("L’été à Paris", "text-l-été-à-paris_1"),
        ("!?", "text-"),
        ("Autre", "text-mien"),
    ]
    for heading in (element for element in parsed(html).iter() if element.tag in ("h2", "h3")):
        assert heading.find("a").get("href") == f"#{heading.get('id')}"


def test_a_heading_that_is_a_link_already_stays_one():
    html = shown("## Voir [ici](https://a.example/)")
    assert html == '<h2 id="text-voir-ici">Voir <a href="https://a.example/">ici</a></h2>'


def test_a_heading_of_a_picture_alone_has_no_anchor():
    assert "headerlink" not in shown("## ![](/media/2011/10/icon.png)")


def test_two_elements_never_share_an_id():
    html = shown('<p id="a">1</p><p id="a">2</p><h2 id="a">3</h2>\n\n<h2>A</h2>', "wordpress")
    ids = [element.get("id") for element in parsed(html).iter() if element.get("id")]
    assert len(ids) == len(set(ids)) >= 2


def test_only_the_outer_of_two_tables_scrolls():
    html = shown("<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>", "wordpress")
    assert html.count('<div class="table-scroll" tabindex="0">') == 1
    assert html.startswith("<div")
    assert html.endswith("</table></div>")


def test_what_holds_nothing_leaves_no_gap():
    assert shown("<p></p><p> </p><p>a</p><ul><li></li><li>b</li></ul>", "wordpress").replace("\n", "") == (
        "<p>a</p><ul><li>b</li></ul>"
    )


LONG = "## A\n\nx\n\n### A1\n\nx\n\n#### A1a\n\n### A2\n\nx\n\n## B & <i>c</i>\n"


def test_a_table_of_contents_has_two_levels():
    tree = contents(shown(LONG))
    assert [(top.words, [low.words for low in top.below]) for top in tree] == [("A", ["A1", "A2"]), ("B & c", [])]
    assert tree[0].below[1].anchor == "text-a2"
    anchors = {element.get("id") for element in parsed(shown(LONG)).iter()}
    assert {top.anchor for top in tree} <= anchors


def test_a_text_with_few_headings_has_no_table_of_contents():
    assert contents(shown("## A\n\n## B")) == []
    assert contents(shown("Du texte.")) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("### A\n\n## B\n\n## C", ["A", "B", "C"]),  # begins too low
        ("#### A\n\n#### B\n\n#### C", ["A", "B", "C"]),
        ("## A\n\n## B\n\n## ![](/media/2011/10/icon.png)\n\n## C", ["A", "B", "C"]),  # one of no words
    ],
)
def test_a_table_of_contents_bears_with_its_author(source, words):
    assert [top.words for top in contents(shown(source))] == words


def test_only_a_long_text_carries_its_table_of_contents():
    words = "Some words of it. " * 60  # 240
    parts = [f"## Part {number}\n\n{words}" for number in range(1, 4)]
    long = render("\n\n".join(parts), "markdown", language="en", find_media=LIBRARY.get)
    assert [(heading["words"], heading["anchor"]) for heading in long.contents] == [
        ("Part 1", "text-part-1"),
        ("Part 2", "text-part-2"),
        ("Part 3", "text-part-3"),
    ]
    short = render("\n\n".join(part[:300] for part in parts), "markdown", language="en", find_media=LIBRARY.get)
    assert short.contents == []
    two = render("\n\n".join(parts[:2]) + words * 2, "markdown", language="en", find_media=LIBRARY.get)
    assert two.contents == []
