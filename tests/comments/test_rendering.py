"""What becomes of a visitor's words."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments import rendering

LINK = 'rel="nofollow ugc"'


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Bonjour.", "<p>Bonjour.</p>"),
        ("Un.\n\nDeux.\r\n\r\n\r\nTrois.", "<p>Un.</p>\n<p>Deux.</p>\n<p>Trois.</p>"),
        ("Un\ndeux", "<p>Un<br>\ndeux</p>"),
        (
            "<b>a</b> <em>b</em> <i>c</i> <strong>d</strong> <strike>e</strike> <cite>f</cite>",
            "<p><b>a</b> <em>b</em> <i>c</i> <strong>d</strong> <strike>e</strike> <cite>f</cite></p>",
        ),
        (
            '<abbr title="un">1</abbr> <acronym title="deux">2</acronym> <q cite="https://a.example/">3</q>',
            '<p><abbr title="un">1</abbr> <acronym title="deux">2</acronym> <q cite="https://a.example/">3</q></p>',
        ),
        ('<del datetime="2011-10-27">x</del>', '<p><del datetime="2011-10-27">x</del></p>'),
        (
            '<a href="https://a.example/" title="A">lien</a>',
            f'<p><a href="https://a.example/" title="A" {LINK}>lien</a></p>',
        ),
        (
            '<a href="https://a.example/" rel="me" onclick="x()" class="y">lien</a>',
            f'<p><a href="https://a.example/" {LINK}>lien</a></p>',
        ),
        (
            '<blockquote cite="https://a.example/">Un.\n\nDeux.</blockquote>\nTrois.',
            '<blockquote cite="https://a.example/"><p>Un.</p>\n<p>Deux.</p></blockquote>\n<p>Trois.</p>',
        ),
        # Refused tags go, their text stays.
        ('<h1>Grand</h1><img src="x" onerror="y()"> <p>mot</p> <u>u</u>', "<p>Grand <br>\nmot u</p>"),
        ("<script>alert(1)</script> fin", "<p>alert(1) fin</p>"),
        ('<a href="javascript:alert(1)">x</a>', f"<p><a {LINK}>x</a></p>"),
        ('<a href=" jAvA\tscript:alert(1)">x</a>', f"<p><a {LINK}>x</a></p>"),
        ('<a href="data:text/html,x">x</a>', f"<p><a {LINK}>x</a></p>"),
        ("J’aime <3 et 1 < 2 & 3 > 2", "<p>J’aime &lt;3 et 1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("<em>jamais fermé", "<p><em>jamais fermé</em></p>"),
        # Bare addresses.
        (
            "Voir https://a.example/b?c=1&d=2.",
            f'<p>Voir <a href="https://a.example/b?c=1&amp;d=2" {LINK}>https://a.example/b?c=1&amp;d=2</a>.</p>',
        ),
        ("(https://a.example/b_(c))", f'<p>(<a href="https://a.example/b_(c)" {LINK}>https://a.example/b_(c)</a>)</p>'),
        ("<https://a.example/>", f'<p><a href="https://a.example/" {LINK}>https://a.example/</a></p>'),
        ("www.a.example, donc", f'<p><a href="http://www.a.example" {LINK}>www.a.example</a>, donc</p>'),
        ("le nombril.La suite", "<p>le nombril.La suite</p>"),
        (
            '<a href="https://a.example/">https://b.example/</a>',
            f'<p><a href="https://a.example/" {LINK}>https://b.example/</a></p>',
        ),
        # Emoticons.
        ("Ah :) oh ;-) hé :D zut :(", "<p>Ah 🙂 oh 😉 hé 😀 zut 🙁</p>"),
        ("récré :)", "<p>récré 🙂</p>"),
        ("rire :D.", "<p>rire 😀.</p>"),
        ("http:D et (a:) et 10:(3)", "<p>http:D et (a:) et 10:(3)</p>"),
        # Code is left as it is typed.
        ("<code>if (a :) b</code> :)", "<p><code>if (a :) b</code> 🙂</p>"),
        (
            "<code><b>gras</b> https://a.example/</code>",
            "<p><code>&lt;b&gt;gras&lt;/b&gt; https://a.example/</code></p>",
        ),
        ("<code>a\n\n  b :)</code>", "<pre><code>a\n\n  b :)</code></pre>"),
        ("nul\x00 et \x07 cloche", "<p>nul et  cloche</p>"),
        ("", ""),
    ],
)
def test_a_visitor_sees_their_words_with_the_allowed_tags_alone(body, html):
    assert rendering.render(body) == html


def test_the_form_announces_the_tags_as_wordpress_did():
    assert rendering.allowed_tags() == (
        '<a href="" title=""> <abbr title=""> <acronym title=""> <b> <blockquote cite=""> <cite> <code> '
        '<del datetime=""> <em> <i> <q cite=""> <strike> <strong>'
    )


PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            "< > & \" ' <a href= javascript: <b> </b> <code> </code> <blockquote> </blockquote> <!-- --> <svg> <math> "
            "<style> </style> <script> <img src=x onerror=y()> <p> \n\n \n &lt;script&gt; &#106; https://a.example/ :) "
            "<textarea> <noscript> <iframe src=//x> <![CDATA[ ]]> <pre> </p> <a title='<img src=x>'>".split(" ")
        ),
    ),
    max_size=30,
)


@given(PIECES)
@settings(max_examples=300, deadline=None)
def test_whatever_a_visitor_sends_nothing_but_the_policy_comes_out(pieces):
    document = html5lib.parseFragment(rendering.render("".join(pieces)), namespaceHTMLElements=False)
    for element in document.iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in {*rendering.ALLOWED_TAGS, "p", "br", "pre"}
        assert set(element.attrib) <= {*rendering.ALLOWED_TAGS.get(element.tag, []), "rel"}
        assert element.get("rel", "nofollow ugc") == "nofollow ugc"
        assert ":" not in element.get("href", "") or element.get("href").lower().startswith(("http:", "https:"))


@pytest.mark.parametrize(
    "body", ["[" * 20_000, "<b>" * 6_000, "<" * 20_000, "(" * 20_000, "http://" * 2_800, "&" * 20_000]
)
def test_words_made_to_choke_the_renderer_come_out_as_text(body):
    assert rendering.render(body).startswith("<")


@pytest.mark.parametrize(
    ("body", "language", "html"),
    [
        ("Ah bon ? Oui !", "fr", "<p>Ah bon\u202f? Oui\u202f!</p>"),
        ('Il dit : "oui" ; l\'autre, non...', "fr", "<p>Il dit\u00a0: «\u00a0oui\u00a0»\u202f; l’autre, non…</p>"),
        ("<b>Vrai</b> ? :)", "fr", "<p><b>Vrai</b>\u202f? 🙂</p>"),
        ('Lis <code>a ? b : "c"</code> !', "fr", '<p>Lis <code>a ? b : "c"</code>\u202f!</p>'),
        (
            "Vois https://a.example/?b=c !",
            "fr",
            f'<p>Vois <a href="https://a.example/?b=c" {LINK}>https://a.example/?b=c</a>\u202f!</p>',
        ),
        ('<abbr title="a ? b">x</abbr> ?', "fr", '<p><abbr title="a ? b">x</abbr>\u202f?</p>'),
        ('She said "yes" ?', "en", "<p>She said “yes” ?</p>"),
        ('Sie sagt "ja" ?', "de", '<p>Sie sagt "ja" ?</p>'),
    ],
)
def test_a_comment_has_the_typography_of_its_post_but_not_in_code_and_addresses(body, language, html):
    assert rendering.render(body, language) == html


@settings(deadline=None)
@given(st.text(alphabet="<>/\"'= ab&;:!?«»@\u202e[]()-.\n", max_size=120))
def test_typography_opens_no_tag(body):
    def tags(language):
        return [element.tag for element in html5lib.parseFragment(rendering.render(body, language)).iter()]

    assert tags("fr") == tags("en") == tags("")
