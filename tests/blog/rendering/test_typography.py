"""Typography, in tables. `_` stands for a space that does not break, `¦` for a thin one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.rendering import sanitising
from blog.rendering.clean_html import words_of
from blog.rendering.typography import correct

NO_BREAK, NARROW = "\u00a0", "\u202f"


def visible(html):
    return html.replace(NO_BREAK, "_").replace(NARROW, "¦")


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        # Quotation marks.
        ('Il dit "non" hier', "Il dit «_non_» hier"),
        ("«mot», « mot », «  mot  »", "«_mot_», «_mot_», «_mot_»"),
        ("&lt;&lt; mot &gt;&gt; et &lt;&lt;mot&gt;&gt;", "«_mot_» et «_mot_»"),
        ('"Il a dit "non" hier"', "«_Il a dit “non” hier_»"),
        ('« Elle a dit "oui" »', "«_Elle a dit “oui”_»"),
        ('<em>"mot"</em> et "<em>mot</em>"', "<em>«_mot_»</em> et «_<em>mot</em>_»"),
        ('"un<br>deux"', "«_un<br>deux_»"),
        ('"un</p><p>"deux"', "«_un</p><p>«_deux_»"),
        ('("mot") ["mot"]', "(«_mot_») [«_mot_»]"),
        ('un écran de 12" et un " seul', 'un écran de 12" et un " seul'),
        ("“mot” et ‘mot’", "“mot” et ‘mot’"),
        # Apostrophes.
        ("l'eau, aujourd'hui, L'Été, jusqu'à", "l’eau, aujourd’hui, L’Été, jusqu’à"),
        ("l'<em>air</em>, <em>l'</em>air", "l’<em>air</em>, <em>l’</em>air"),
        ("l'« art », l'\"art\"", "l’«_art_», l’«_art_»"),
        ("5'30 et 'mot'", "5'30 et 'mot'"),
        ("l'<code>a'b</code>", "l’<code>a'b</code>"),
        # Spaces before the high signs.
        ("Quoi ! Qui ? Oui ; non : si", "Quoi¦! Qui¦? Oui¦; non_: si"),
        ("Quoi !!! Qui ?! Non ?…", "Quoi¦!!! Qui¦?! Non¦?…"),
        ("<b>Attention</b> ! <em>Si ?</em>", "<b>Attention</b>¦! <em>Si¦?</em>"),
        ('<a href="x">là</a> : ici', '<a href="x">là</a>_: ici'),
        ("« Quoi ! »", "«_Quoi¦!_»"),
        ("Fin de ligne :", "Fin de ligne_:"),
        ("Bonjour! Ça va? 10:30", "Bonjour! Ça va? 10:30"),
        ("R&amp;D ; a &amp; b ; &lt;a&gt; !", "R&amp;D¦; a &amp; b¦; &lt;a&gt;¦!"),
        # What was typed with care stays.
        (f"mot{NO_BREAK}! mot{NARROW}? «{NARROW}mot{NARROW}» 10{NO_BREAK}000", "mot_! mot¦? «¦mot¦» 10_000"),
        ("mot&nbsp;! «&nbsp;mot&nbsp;»", "mot_! «_mot_»"),
        # What is not French.
        ("Oh :) ah ;-) hé :D zut :( bof :/ (bien ;)", "Oh :) ah ;-) hé :D zut :( bof :/ (bien ;)"),
        ("https://a.example/?q=l'a;b : c", "https://a.example/?q=l'a;b_: c"),
        ("www.a.example/l'a et l'a@b-c.example !", "www.a.example/l'a et l’a@b-c.example¦!"),
        ("en CSS, !important et #!/bin/sh", "en CSS, !important et #!/bin/sh"),
        ('<code>a ? "b" : c</code> <kbd>!</kbd>', '<code>a ? "b" : c</code> <kbd>!</kbd>'),
        ("<pre>a ! <b>l'a</b></pre>l'a", "<pre>a ! <b>l'a</b></pre>l’a"),
        ('<a href="x?a=1&amp;b=2" title="l\'a !">l\'a</a>', '<a href="x?a=1&amp;b=2" title="l\'a !">l’a</a>'),
        # Dashes and dots.
        ("-- Bonjour. -- Oui -- non", "—_Bonjour. – Oui – non"),
        ("— Bonjour</p><p>– Bonsoir<br>– Salut", "—_Bonjour</p><p>–_Bonsoir<br>–_Salut"),
        ("<em>-- Bonjour</em>", "<em>—_Bonjour</em>"),
        ("Attends... quoi ?... .... .. ../a", "Attends… quoi¦?… .... .. ../a"),
        ("--option, a--b", "--option, a--b"),
        # Numbers and what they count.
        ("10 000 habitants, 1 234 567 €, 25 %, 3 km", "10¦000 habitants, 1¦234¦567_€, 25_%, 3_km"),
        ("3,141 592 et 06 12 34 56 78 et 2011 300", "3,141 592 et 06 12 34 56 78 et 2011 300"),
        ("10h30, 10 h 30, 10 h, 5 heures", "10h30, 10_h_30, 10_h, 5 heures"),
        ("n° 5, N° 12, p. 4, pp. 4-5, chap. 2", "n°_5, N°_12, p._4, pp._4-5, chap._2"),
        ("M. Dupont, Mme <b>Durand</b>, MM. X, Dr Knock", "M._Dupont, Mme_<b>Durand</b>, MM._X, Dr_Knock"),
        ("M. le maire, Mme la maire", "M. le maire, Mme la maire"),
        ("le XXIe siècle, le XIX<sup>e</sup> siècle", "le XXIe_siècle, le XIX<sup>e</sup>_siècle"),
        ("au 2e étage, le 1er, la 3ème", "au 2e étage, le 1er, la 3ème"),
        ("20 °C, 100 g, 5 min", "20_°C, 100_g, 5_min"),
        ("", ""),
    ],
)  # fmt: skip
def test_french_is_set_as_the_imprimerie_nationale_does(typed, set_as):
    assert visible(correct(typed, "fr")) == set_as
    assert visible(correct(correct(typed, "fr"), "fr-CA")) == set_as


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ('"Hello," she said. "It\'s fine."', "“Hello,” she said. “It’s fine.”"),
        ('He said "she said \'no\' twice".', "He said “she said ‘no’ twice”."),
        ('"<em>Yes</em>" and <em>"no"</em>', "“<em>Yes</em>” and <em>“no”</em>"),
        ('"One.</p><p>"Two."', "“One.</p><p>“Two.”"),
        ('"one\ntwo"', "“one\ntwo”"),
        ('("a") ["b"] a/"b"', "(“a”) [“b”] a/“b”"),
        ("don't, I'll, O'Brien, the dogs' bowls, the 1980's", "don’t, I’ll, O’Brien, the dogs’ bowls, the 1980’s"),
        ("'Twas the '90s, rock 'n' roll", "’Twas the ’90s, rock ’n’ roll"),
        ("'single' and 'in 1984'", "‘single’ and ‘in 1984’"),
        ("6'2\" tall, a 12\" record", "6'2\" tall, a 12\" record"),
        ("a -- b, c--d, e---f, g --- h, 1990--1995", "a – b, c—d, e—f, g — h, 1990–1995"),
        ("use --verbose or -x", "use --verbose or -x"),
        ("Wait... what?... 1....2", "Wait… what?… 1....2"),
        ("Mr. Smith, Dr. Who, p. 5, No. 7", "Mr._Smith, Dr._Who, p._5, No._7"),
        ("Really? Yes! :) ;-) a: b; c", "Really? Yes! :) ;-) a: b; c"),
        ('<code>"a"</code> <kbd>\'</kbd> https://a.example/it\'s', '<code>"a"</code> <kbd>\'</kbd> https://a.example/it\'s'),
        ("&lt;a href=\"x\"&gt; &amp;", "&lt;a href=\"x\"&gt; &amp;"),
    ],
)  # fmt: skip
def test_english_is_set_as_the_chicago_manual_does(typed, set_as):
    assert visible(correct(typed, "en")) == set_as
    assert visible(correct(correct(typed, "en"), "en-GB")) == set_as


def test_a_language_without_rules_is_left_alone():
    assert correct('<p>"a" ! l\'a ... &lt;&lt;</p>', "de") == '<p>"a" ! l\'a ... &lt;&lt;</p>'


FRAGMENTS = """
" ' « » “ ” ‘ ’ ! ? ; : ... … - -- --- — – <b> </b> <code> </code> <br> <p> </p> <pre> </pre> & &lt; &nbsp; < > << >> :)
;-) 10 000 h % 5 n° M. Mme A XIXe siècle l'a a@b.example https://a.example/' www.a'b (
""".split()
SPACES = [" ", "\n", "  ", NO_BREAK, NARROW, "\u2009"]
TEXTS = st.lists(st.one_of(st.text(max_size=6), st.sampled_from(FRAGMENTS), st.sampled_from(SPACES)), max_size=16).map(
    "".join
)


@given(TEXTS, st.sampled_from(["fr", "en"]))
@settings(max_examples=300, deadline=None)
def test_typography_applied_twice_changes_nothing_more(text, language):
    html = sanitising.clean(text)
    once = correct(html, language)
    assert correct(once, language) == once


SIGNS = str.maketrans("«»“”‘’—–…", '""""\'\'--.')


def letters(html):
    """Return what typography may not touch: every character but spaces, quotation marks, dashes and dots."""
    return [sign for sign in words_of(html).translate(SIGNS) if sign not in " \"'<>.-" and not sign.isspace()]


@given(TEXTS, st.sampled_from(["fr", "en"]))
@settings(max_examples=300, deadline=None)
def test_typography_loses_no_letter_and_no_tag(text, language):
    html = sanitising.clean(text)
    corrected = correct(html, language)
    assert letters(corrected) == letters(html)
    assert sanitising.nh3.clean(corrected, tags=set(sanitising.TAGS)).count("<") == html.count("<")
