"""What the README and the guides say is so."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

from config.environment import NOT_EMPTY

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SAID = {text.name: text.read_text("utf-8") for text in TEXTS}
WHOLE = "\n".join(SAID.values())


def code(text):
    """Return what stands in backquotes and in blocks of code."""
    return [
        *re.findall(r"```\w*\n(.*?)```", text, re.S),
        *re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S)),
    ]


CODE = code(WHOLE)


def test_each_target_of_make_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    said = {name for piece in CODE for name in re.findall(r"^make ([a-z-]+)", piece, re.M)}
    assert {"demo", "test", "screenshots"} <= said
    assert said - targets == set()


def test_each_command_exists_with_its_options():
    commands = get_commands()
    found = re.findall(r"manage\.py ([a-z_]+)([^\n`]*)", "\n".join(CODE))
    assert {"serve", "import_wordpress", "migrate"} <= {name for name, _ in found}
    for name, rest in found:
        assert name in commands, name
        options = load_command_class(commands[name], name).create_parser("manage.py", name)._option_string_actions
        assert set(re.findall(r"--[a-z-]+", rest)) <= set(options), name


def test_each_setting_is_told_and_no_other():
    table = SAID["operators.md"].split("## Settings")[1].split("\n## ")[0]
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.M))
    assert told == {*NOT_EMPTY, "TRUSTED_PROXIES"}


ADDRESS = re.compile(r"/(?!etc/|var/)[a-z0-9/.-]*")  # and no path of a file


@pytest.mark.parametrize("address", sorted({piece for piece in CODE if ADDRESS.fullmatch(piece)}))
def test_each_address_leads_somewhere(address):
    if address in ("/media/", "/static/"):  # folders: what is below is served
        return
    try:
        assert resolve(address)
    except Resolver404:
        pytest.fail(f"{address} is no address of the site")


def test_each_file_exists():
    inside = r"(?:docs|blog|comments|config|transfer|templates|tests|static|benchmarks|\.ci)/[\w./-]*"
    said = {piece for piece in CODE if re.fullmatch(inside, piece)} | set(re.findall(r"\]\((docs/[^)]+)\)", WHOLE))
    assert len(said) > 20
    assert sorted(path for path in said if not (ROOT / path).exists()) == []


def test_the_pictures_of_the_readme_are_light_and_described():
    pictures = re.findall(r"!\[([^\]]*)\]\((docs/[^)]+)\)", SAID["README.md"])
    assert len(pictures) == 5
    for words, path in pictures:
        assert len(words) > 10
        assert (ROOT / path).stat().st_size < 150_000, path
