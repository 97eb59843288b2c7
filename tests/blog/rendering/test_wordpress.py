"""The HTML of WordPress posts, as WordPress shows it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.rendering import wordpress

FIGURE = '<figure class="alignleft"><img src="a.jpg" />\n<figcaption>Un <em>mot</em> [b]</figcaption>\n</figure>'


def folded(html):
    return re.sub(r"\s*\n\s*", "\n", html).strip()


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Un\ndeux\n\ntrois", "<p>Un<br>\ndeux</p>\n<p>trois</p>"),
        ("Un<br />\ndeux", "<p>Un<br />\ndeux</p>"),
        ("<p>Un</p>\n<p style='x'>deux</p>", "<p>Un</p>\n<p style='x'>deux</p>"),
        ("Un <b>mot</b>\n\n<h2>Titre</h2>\nsuite", "<p>Un <b>mot</b></p>\n<h2>Titre</h2>\n<p>suite</p>"),
        ("<blockquote>Un\n\ndeux</blockquote>", "<blockquote><p>Un</p>\n<p>deux</p></blockquote>"),
        ("<div>Un</div>", "<div>Un</div>"),
        ("<ul>\n<li>Un</li>\n<li>deux</li>\n</ul>", "<ul>\n<li>Un</li>\n<li>deux</li>\n</ul>"),
        ("<td>Un\ndeux</td>", "<td>Un<br>\ndeux</td>"),
        ("Un<!--more Lire-->deux", "<p>Un</p>\n<p>deux</p>"),
        ("Un<!--nextpage-->deux", "<p>Un</p>\n<p>deux</p>"),
        ('<!-- wp:heading {"level":3} -->\n<h3>Un\ndeux</h3>\n<!-- /wp:heading -->', "<h3>Un\ndeux</h3>"),
        ("[caption id='x' align='alignleft' width=300]<img src=\"a.jpg\" /> Un <em>mot</em> [b][/caption]", FIGURE),
        ('[caption caption="Un mot"]<a href="b"><img src="a.jpg"></a>[/caption]',
         '<figure><a href="b"><img src="a.jpg"></a>\n<figcaption>Un mot</figcaption>\n</figure>'),
        ("[caption]sans image[/caption]", "<p>[caption]sans image[/caption]</p>"),
        ("[caption]sans fin", "<p>[caption]sans fin</p>"),
        ('[gallery columns="2" ids="3, 4"]',
         '<ul class=gallery>\n<li><img src="/?attachment_id=3"></li>\n<li><img src="/?attachment_id=4"></li>\n</ul>'),
        ("Un\n\n[gallery]\n\ndeux", "<p>Un</p>\n<p>deux</p>"),
        ("[unknown a=b]", "<p>[unknown a=b]</p>"),
    ],
)  # fmt: skip
def test_a_text_is_arranged_as_wordpress_does(source, html):
    assert folded(wordpress.to_html(source)) == html


def test_what_stands_in_pre_keeps_its_lines():
    assert wordpress.to_html("Un\n<pre>a\n\n  b</pre>\ndeux") == "<p>Un</p>\n<pre>a\n\n  b</pre>\n<p>deux</p>"
    assert wordpress.to_html("<PRE>a\n\nb</PRE><pre>c\n\nd") == "<PRE>a\n\nb</PRE>\n<pre>c\n<p>d</p>"


@pytest.mark.parametrize(
    "source",
    [
        "Un\n\nhttps://film.example/1?a=1&b=2\n\ndeux",
        "Un\n\n[embed width=3]https://film.example/1?a=1&b=2[/embed]\n\ndeux",
        '<!-- wp:embed -->\n<div>\nhttps://film.example/1?a=1&b=2\n</div>\n<!-- /wp:embed -->',
        "<p>https://film.example/1?a=1&b=2</p>",
    ],
)  # fmt: skip
def test_what_wordpress_embeds_from_elsewhere_is_linked(source):
    address = "https://film.example/1?a=1&b=2"
    assert f'<a href="{address}">{address}</a>' in wordpress.to_html(source)


def test_an_address_within_a_sentence_stays_text():
    assert "<a" not in wordpress.to_html("Voir https://film.example/1 demain.\n\nhttps://film.example/2 aussi")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('[audio mp3="https://b.example/a.mp3"][/audio]', "<audio src={} controls preload={}></audio>"),
        ("[video width=3 mp4='https://b.example/a.mp3' loop]", "<video src={} controls preload={}></video>"),
        ("[audio src='javascript:alert(1)']", "<p>[audio src='javascript:alert(1)']</p>"),
    ],
)  # fmt: skip
def test_sounds_and_films_can_be_played(source, html):
    assert wordpress.to_html(source) == html.format('"https://b.example/a.mp3"', '"none"')


MARKS = """
    <p> </p> <div> </div> <pre> </pre> <script> </script> <!--more--> <!-- [caption] [/caption] [gallery] [gallery <img>
    [audio [embed] <blockquote> </blockquote> <li> <br> http://x.example mot
""".split()


@settings(deadline=None)
@given(st.lists(st.sampled_from([*MARKS, "\n", "\n\n", " ", "<!-- wp:p -->"]), max_size=30).map("".join))
def test_no_word_of_a_text_is_lost(source):
    html = wordpress.to_html(source)
    assert html.count("mot") == source.count("mot")
    assert "data-kept" not in html
