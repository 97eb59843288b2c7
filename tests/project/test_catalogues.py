"""The French catalogue is whole, compiled, and in step with the source."""

import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FRENCH = ROOT / "locale" / "fr" / "LC_MESSAGES"


def entries(text):
    """Return {(context, message, plural): [translations]} of a .po file's text, without its header."""

    def words(block, keyword):
        found = re.search(rf'^{keyword} ((?:"(?:[^"\\]|\\.)*"\s*)+)', block, re.M)
        if not found:
            return None
        joined = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', found[1]))
        return joined.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")

    found = {}
    for block in re.split(r"\n\s*\n", text):
        message = words(block, "msgid")
        if not message or block.lstrip().startswith("#~"):
            continue
        assert ", fuzzy" not in block, message
        forms = [words(block, r"msgstr"), words(block, r"msgstr\[0\]"), words(block, r"msgstr\[1\]")]
        key = (words(block, "msgctxt"), message, words(block, "msgid_plural"))
        found[key] = [form for form in forms if form is not None]
    return found


@pytest.fixture(scope="module")
def french():
    return entries((FRENCH / "django.po").read_text("utf-8"))


def test_a_french_reader_never_meets_an_untranslated_sentence(french):
    assert len(french) > 150
    assert [key for key, forms in french.items() if not all(forms)] == []


def test_what_is_compiled_is_what_was_translated(french):
    with (FRENCH / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for (context, message, plural), forms in french.items():
        if plural:
            assert [compiled.ngettext(message, plural, count) for count in (1, 2)] == forms
        else:
            assert (compiled.pgettext(context, message) if context else compiled.gettext(message)) == forms[0]


def test_french_sentences_have_french_spaces(french):
    """A no-break space stands before : and », and after «; a narrow one before ; ? and !"""
    wrong = re.compile(r" [:;?!»](?:\s|$)|«(?!\u00a0)|(?<!\u00a0)»|\w[;?!](?:\s|$)|'")
    without_markup = {key: [re.sub(r"<[^>]*>", "", form) for form in forms] for key, forms in french.items()}
    assert [form for forms in without_markup.values() for form in forms if wrong.search(form)] == []


def test_the_catalogue_is_in_step_with_the_source(french, tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip("gettext is not installed")
    tracked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in tracked.stdout.decode().splitlines():
        if name.endswith((".py", ".html", ".txt", ".po")) and (ROOT / name).exists():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "fr", "--no-location", "--no-wrap", "-v", "0"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    collected = entries((tmp_path / "locale/fr/LC_MESSAGES/django.po").read_text("utf-8"))
    assert set(collected) == set(french)
