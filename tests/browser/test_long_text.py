"""A reader of a long text, and of one with code."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.factories import PostFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARTS = "\n\n".join(f"## Part {number}\n\n{'Some words of it. ' * 80}" for number in range(1, 5))
CODE = "Some words.\n\n```python\ndef sum(a, b):\n    return a + b  # both\n```\n\n    plain\n"


def test_the_parts_of_a_long_text_are_beside_it_and_above_it_on_a_telephone(arrive):
    address = PostFactory(body=PARTS).get_absolute_url()
    page = arrive(javascript=False, width=1440)
    page.goto(address)
    contents, text = page.get_by_role("navigation", name="In this text"), page.locator(".prose")
    assert contents.bounding_box()["x"] + contents.bounding_box()["width"] <= text.bounding_box()["x"]
    contents.get_by_role("link", name="Part 4").click()
    expect(page.get_by_role("heading", name="Part 4")).to_be_in_viewport()
    expect(contents.get_by_role("link", name="Part 4")).to_be_in_viewport()
    page.set_viewport_size({"width": 390, "height": 844})
    assert contents.bounding_box()["y"] + contents.bounding_box()["height"] <= text.bounding_box()["y"]
    page.get_by_text("In this text").click()
    expect(contents.get_by_role("link", name="Part 4")).to_be_hidden()


def test_axe_finds_nothing_beside_a_long_text_with_code(arrive):
    page = arrive(bypass_csp=True, width=1440)
    page.goto(PostFactory(body=f"{PARTS}\n\n{CODE}", language="fr").get_absolute_url())
    found = faults(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert found + faults(page) == []


def test_code_is_copied_with_the_keyboard_and_that_is_told(arrive):
    page = arrive(permissions=["clipboard-read", "clipboard-write"])
    page.goto(PostFactory(body=CODE).get_absolute_url())
    buttons = page.get_by_role("button", name="Copy the code")
    expect(buttons).to_have_count(2)
    page.locator("pre").first.focus()
    page.keyboard.press("Tab")
    expect(buttons.first).to_be_focused()
    expect(buttons.first).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator(".article-text [role=status]")).to_have_text("Copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == "def sum(a, b):\n    return a + b  # both"


def test_where_nothing_can_be_copied_nothing_offers_it(arrive):
    address = PostFactory(body=CODE).get_absolute_url()
    without_script, without_clipboard = arrive(javascript=False), arrive()
    without_clipboard.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    for page in (without_script, without_clipboard):
        page.goto(address)
        expect(page.locator("pre").first).to_be_visible()
        expect(page.get_by_role("button", name="Copy the code")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_kinds_of_words_in_code_differ_by_day_and_by_night(arrive, theme):
    page = arrive(theme=theme)
    page.goto(PostFactory(body=CODE).get_absolute_url())
    colours = page.locator(".highlight span:is(.k, .nf, .c1)").evaluate_all(
        "words => words.map((word) => getComputedStyle(word).color)"
    )
    assert len(set(colours)) == 3
    plain = page.locator(".highlight").last.locator("code")
    assert plain.evaluate("code => getComputedStyle(code).fontStyle") == "normal"
