"""What an author types, and what readers see."""

import pytest

from tests.blog.rendering.texts import LIBRARY, assert_harmless, parsed, shown


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Un *mot* et **deux**.", "<p>Un <em>mot</em> et <strong>deux</strong>.</p>"),
        ("Un.\n\nDeux,\nsuite.\r\n\r\nTrois.", "<p>Un.</p>\n<p>Deux,\nsuite.</p>\n<p>Trois.</p>"),
        ("Vers  \nsuivant", "<p>Vers<br>\nsuivant</p>"),
        ("> Cité.", "<blockquote>\n<p>Cité.</p>\n</blockquote>"),
        ("- un\n- deux\n    - dedans", "<ul>\n<li>un</li>\n<li>deux<ul>\n<li>dedans</li>\n</ul>\n</li>\n</ul>"),
        ("3. trois\n4. quatre", '<ol start="3">\n<li>trois</li>\n<li>quatre</li>\n</ol>'),
        ("Terme\n: Sens", "<dl>\n<dt>Terme</dt>\n<dd>Sens</dd>\n</dl>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ('`a <b> "c"`', '<p><code>a &lt;b&gt; "c"</code></p>'),
        ('[lien](https://a.example/ "titre")', '<p><a href="https://a.example/" title="titre">lien</a></p>'),
        ("<https://a.example/>, <moi@a.example>", None),
        ("*[ONU]: Nations\n\nL’ONU", '<p>L’<abbr title="Nations">ONU</abbr></p>'),
        ("H<sub>2</sub>O <kbd>Ctrl</kbd> <mark>vu</mark>", "<p>H<sub>2</sub>O <kbd>Ctrl</kbd> <mark>vu</mark></p>"),
        (
            "# Titre {: .gallery #ici }",
            '<h2 class="gallery" id="text-ici"><a class="headerlink" href="#text-ici">Titre</a></h2>',
        ),
        ("Un.\n{: #respond .comment .h-card }", '<p id="text-respond">Un.</p>'),
        ("[ici](#respond) [haut](#)", '<p><a href="#text-respond">ici</a> <a href="#">haut</a></p>'),
        ("5 < 6 & 7 > 2 &copy; &amp;copy;", "<p>5 &lt; 6 &amp; 7 &gt; 2 © &amp;copy;</p>"),
        ("[TOC]\n\nTexte", "\n<p>Texte</p>"),
        ("nul\x00 et \x07 cloche \ud800", "<p>nul et  cloche ?</p>"),
        ("", ""),
        ("   \n\n  ", ""),
    ],
)
def test_markdown_is_read_as_its_authors_mean_it(source, html):
    if html is None:
        links = [a.get("href") for a in parsed(shown(source)).iter("a")]
        assert links == ["https://a.example/", "mailto:moi@a.example"]
    else:
        assert shown(source, language="xx") == html


def test_a_table_keeps_its_alignment_and_scrolls_alone():
    html = shown("| a | b |\n|:--|--:|\n| 1 | 2 |")
    (table,) = parsed(html).iter("table")
    assert [cell.get("class") for cell in table.iter("td")] == ["has-text-align-left", "has-text-align-right"]
    assert html.startswith('<div class="table-scroll" tabindex="0"><table>')
    assert html.endswith("</table></div>")


def test_code_is_coloured_by_classes_that_survive_and_can_be_scrolled_by_keyboard():
    html = shown("```python\ndef f(x):\n    return 'a'  # b < c\n```")
    root = parsed(html)
    (frame,) = [element for element in root.iter("div") if element.get("class") == "highlight"]
    (pre,) = frame.iter("pre")
    assert pre.get("tabindex") == "0"
    colours = {span.get("class"): "".join(span.itertext()) for span in pre.iter("span")}
    assert {"k": "return", "nf": "f", "s1": "'a'", "c1": "# b < c"}.items() <= colours.items()
    assert "".join(pre.itertext()) == "def f(x):\n    return 'a'  # b < c\n"


@pytest.mark.parametrize(
    "language", ["js", "html", "css", "sql", "bash", "json", "diff", "php", "rust", "yaml", "nope"]
)
def test_code_of_any_language_comes_out_as_it_was_typed(language):
    code = '<a href="x">&amp; "y" \'z\' « w »</a> # -- ... 1 ;\n\n  -x  +y\n'
    (pre,) = parsed(shown(f"```{language}\n{code}```", language="fr")).iter("pre")
    assert "".join(pre.itertext()) == code


def test_indented_and_inline_code_are_left_alone_by_typography():
    html = shown('    il dit "non" !\n\nl\'`l\'eau "x" !` et <kbd>a ?</kbd>', language="fr")
    assert 'il dit "non" !' in html
    assert 'l’<code>l\'eau "x" !</code> et <kbd>a ?</kbd>' in html


def test_a_footnote_leads_there_and_back():
    root = parsed(shown("Un mot[^a], encore[^a].\n\n[^a]: Une *note*.", language="fr"))
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    marks = [a for a in root.iter("a") if a.get("role") == "doc-noteref"]
    backs = [a for a in root.iter("a") if a.get("role") == "doc-backlink"]
    assert [by_id[mark.get("href")[1:]].tag for mark in marks] == ["li", "li"]
    assert [by_id[back.get("href")[1:]].tag for back in backs] == ["sup", "sup"]
    assert {back.get("aria-label") for back in backs} == {"Revenir au texte"}


@pytest.mark.parametrize("name", ["1", "note", "é", "a b", "a.b", 'a"b', "<x>"])
def test_a_footnote_may_have_any_name(name):
    html = shown(f"Un mot[^{name}].\n\n[^{name}]: Une note.")
    assert_harmless(html)
    ids = {element.get("id") for element in parsed(html).iter()}
    anchors = [a.get("href")[1:] for a in parsed(html).iter("a")]
    assert set(anchors) <= ids


def test_a_lone_picture_is_a_figure_with_its_title_as_caption():
    (figure,) = parsed(shown('![Le port](/media/2011/10/port.jpg "À l\'aube, *vu* du quai")', language="fr")).iter(
        "figure"
    )
    assert figure.find(".//img").get("alt") == "Le port"
    assert figure.find("figcaption").text == "À l’aube, *vu* du quai"


def test_a_picture_in_a_sentence_stays_there():
    html = shown("Voici ![le port](/media/2011/10/port.jpg) et la suite.")
    assert "<figure" not in html
    assert html.startswith("<p>Voici <picture>")


@pytest.mark.parametrize("between", [" ", "\n", "  \n"])
def test_several_pictures_in_one_paragraph_are_a_gallery(between):
    picture = "![Le port](/media/2011/10/port.jpg)"
    html = shown(
        between.join([picture, '![Icône](/media/2011/10/icon.png "Petite")', f"[{picture}](https://a.example/)"])
    )
    (gallery,) = [element for element in parsed(html).iter("ul") if element.get("class") == "gallery"]
    assert len(gallery.findall("li")) == 3
    assert [a.get("href") for a in gallery.iter("a")] == [
        "/media/2011/10/port.jpg", "/media/2011/10/icon.png", "https://a.example/",
    ]  # fmt: skip
    assert [caption.text for caption in gallery.iter("figcaption")] == [
        LIBRARY["/media/2011/10/port.jpg"].caption,
        "Petite",
    ]


HOSTILE_MARKDOWN = [
    *"[\"'*_#`!~|-=\\:^{",
    "> ", ">> ", "- a\n", "a\n\n", "[a](b)", "![", "[a][b]", "[a]: b\n", "[^1]", "[^a]: b\n", "*[a]: b\n", "|a",
    "a|b\n-|-\n", "```\n", "~~~a\n", "# a\n", "a\n=\n", "a\n: b\n", "**a", "***a", "`a", "``a`", "\\*", "{: a",
    "<div markdown=1>\n", "---\n", "    a\n", "1. ", "<a@b",
]  # fmt: skip
HOSTILE_HTML = [
    *"<&«>\xa0",
    "<b>", "<div>", "<ul><li>", "<a href=x>", "<a><b>", "</b>", "</p>", "<p><p>", "<iframe ", "<script>", "<svg>",
    "<!--", "<!-- > ", "<?", "<pre>", "<pre>a</pre>", "<img ", "&#x", "&amp;", "&nbsp;", "&gt;", "<figure>", "<h2>",
    "[caption]", "[gallery ids=1", "https://youtu.be/abcdefghijk\n", "www.", "a@", " 'a", "1 234 ",
]  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "source_format"),
    [(unit, "markdown") for unit in HOSTILE_MARKDOWN] + [(unit, "wordpress") for unit in HOSTILE_HTML],
)
def test_a_text_made_to_choke_the_renderer_comes_out(unit, source_format):
    # Some of these took minutes before they were counted: see `markdown.Effort` and `raw_html`.
    assert_harmless(shown((unit * 15_000)[:15_000], source_format, language="fr"))


def nested(depth):
    return "\n".join(f"{'    ' * level}- niveau {level}" for level in range(depth))


@pytest.mark.parametrize(
    "source",
    [
        nested(400),
        "> " * 3000 + "fond",
        "".join(f"{'>' * level} fond\n" for level in range(300)),
        "<div>" * 3000 + "fond",
        "*(_" * 3000 + "fond",
    ],
)
def test_a_text_nested_deeper_than_anyone_reads_keeps_its_words(source):
    html = shown(source)
    assert_harmless(html)
    assert "fond" in html or "niveau 399" in html


def test_a_long_text_keeps_every_element():
    # Beyond what anybody writes in one post, and far from what an attack needs.
    paragraph = "Un *mot*, un [lien](https://a.example/), du `code`.\n\n## Titre\n\n- un\n- deux\n\n"
    root = parsed(shown(paragraph * 500))
    assert [len(list(root.iter(tag))) for tag in ("p", "em", "code", "h2", "li")] == [500, 500, 500, 500, 1000]
