"""A reader who looks for something, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from blog.search import index
from tests.browser.axe import faults
from tests.browser.content import make_blog
from tests.factories import CommentFactory, PostFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["/search/", "/search/?q=fleuve", "/search/?q=flueve", "/search/?q=zzz", "/search/?q=-x", "/category/", "/tag/"]


@pytest.fixture
def blog(db):
    post = make_blog()
    CommentFactory(post=post, body="Un mot que seul un lecteur dit : trusquin.")
    for number in range(12):
        PostFactory(title=f"Barque {number}", body="Une barque.")
    index.rebuild()
    return post


def told(page, words):
    page.locator("#search-count", has_text=words).wait_for()


def titles(page):
    return page.locator(".search-result h2")


def test_results_come_as_one_types_and_the_address_follows(arrive, blog):
    page = arrive()
    page.goto("/search/")
    page.get_by_role("searchbox").press_sequentially("barq", delay=20)
    told(page, "12 texts found")
    expect(titles(page)).to_have_count(10)
    expect(page).to_have_url(re.compile(r"/search/\?q=barq$"))
    expect(page).to_have_title(re.compile("^Search: barq"))
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("searchbox").fill("trusquin")
    told(page, "1 text found")
    expect(page.locator(".search-place mark")).to_have_text(["trusquin"])
    page.get_by_role("searchbox").fill("")
    told(page, "")
    page.get_by_role("heading", name="Published lately").wait_for()


def test_the_last_words_typed_win_over_a_slow_answer(arrive, blog):
    page = arrive()
    page.goto("/search/")
    held = []
    page.route("**/search/?q=ba", lambda route: held.append(route))
    page.get_by_role("searchbox").fill("ba")
    page.wait_for_timeout(600)
    page.get_by_role("searchbox").fill("trusquin")
    told(page, "1 text found")
    assert len(held) == 1
    expect(page).to_have_url(re.compile("q=trusquin$"))


def test_a_failing_network_leaves_the_form_to_be_sent(arrive, blog):
    page = arrive()
    page.goto("/search/?q=barque")
    page.route("**/search/?q=trusquin", lambda route: route.abort(), times=1)
    page.get_by_role("searchbox").fill("trusquin")
    page.wait_for_timeout(600)
    expect(titles(page)).to_have_count(10)
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    page.get_by_role("searchbox").press("Enter")
    told(page, "1 text found")


def test_everything_works_without_javascript(arrive, blog):
    page = arrive(javascript=False)
    page.goto("/")
    page.get_by_role("link", name="Search").first.click()
    page.get_by_role("searchbox").fill("barque")
    page.get_by_role("button", name="Search").click()
    told(page, "12 texts found")
    page.get_by_role("link", name="Next").click()
    told(page, "12 texts found, page 2 of 2")
    expect(titles(page)).to_have_count(2)


def test_the_keyboard_alone_leads_from_the_front_page_to_a_result(arrive, blog):
    page = arrive()
    page.goto("/")
    link = page.get_by_role("link", name="Search").first
    for _ in range(10):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("searchbox").wait_for()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("trusquin")
    page.keyboard.press("Enter")
    told(page, "1 text found")
    page.get_by_role("link", name="Éloge de la marge").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/marge/")


def test_axe_finds_nothing_where_one_looks_for_something(arrive, blog):
    page, found = arrive(bypass_csp=True), []
    for address in PAGES:
        page.goto(address)
        found += faults(page)
    assert found == []


@pytest.mark.parametrize("width", [320, 768])
def test_no_page_of_the_search_has_to_be_pushed_sideways(arrive, blog, width):
    page = arrive(width=width)
    for address in [*PAGES, blog.get_absolute_url()]:
        page.goto(address)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, address
