"""Nothing that an author pastes, or a hostile export holds, may run on a reader's screen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.rendering import plain_text, render, sanitising
from tests.blog.rendering.corpus import HTML, MARKDOWN, WORDPRESS, attacks, entries
from tests.blog.rendering.texts import LIBRARY, assert_harmless, reparsed, shown


@pytest.mark.parametrize(("attack", "source_format"), list(attacks()))
def test_no_attack_gets_through(attack, source_format):
    assert_harmless(shown(attack, source_format))
    assert_harmless(reparsed(shown(attack, source_format)))
    assert_harmless(shown(f"Un **mot**.\n\n{attack}\n\n## Titre\n\n| a |\n|-|\n| {attack} |\n", source_format))


@pytest.mark.parametrize(
    ("text", "source_format"),
    [(HTML, "wordpress"), (HTML, "markdown"), (MARKDOWN, "markdown"), (WORDPRESS, "wordpress")],
)
def test_no_attack_gets_through_beside_all_the_others(text, source_format):
    assert_harmless(shown("\n".join(entries(text)), source_format))


FRAGMENTS = """
< > & " ' ` * _ # [ ] ( ) ! | - : = \\ <b> </b> <p> </p> <div> </div> <pre> </pre> <code> </code> <table> <tr> <td>
</table> <figure> </figure> <li> </ul> <h1> </h1> <h2> <svg> <math> <style> </style> <!-- --> ]]> ![a]( [^1] [^1]: ```
/media/2011/10/port.jpg /media/2011/10/film.mp4 [caption] [/caption] « » … :) &lt; &quot; &#106; &nbsp; <<a>>
https://youtu.be/abcdefghijk \ufdd0 \U0010fff0 \U0010ff00 \U0010fff5 \0 \x02
""".split()
WHOLE = entries(f"{HTML}\n{MARKDOWN}\n{WORDPRESS}")
HALVES = [half for attack in WHOLE for half in (attack[: len(attack) // 2], attack[len(attack) // 2 :])]
PIECES = st.lists(
    st.one_of(
        st.text(max_size=10),
        st.sampled_from([*WHOLE, *HALVES]),
        st.sampled_from([*FRAGMENTS, "<a href=", "<ul class=gallery>", "> ", "\n", "\n\n", "    "]),
    ),
    max_size=25,
)


@given(PIECES, st.sampled_from(["markdown", "wordpress"]), st.sampled_from(["fr", "en"]))
@settings(max_examples=300, deadline=None)
def test_whatever_an_author_writes_nothing_but_the_policy_comes_out(pieces, source_format, language):
    rendered = render("".join(pieces), source_format, language=language, find_media=LIBRARY.get)
    assert_harmless(rendered.html)
    assert_harmless(reparsed(rendered.html))
    assert rendered.media_ids <= {1, 2, 3, 4, 5, 6}


@given(PIECES)
@settings(max_examples=150, deadline=None)
def test_what_was_sanitised_once_stays_as_it_is(pieces):
    once = sanitising.clean("".join(pieces))
    assert sanitising.clean(once) == once
    assert "<" not in plain_text(once.replace("&lt;", ""))
