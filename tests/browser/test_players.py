"""A film from elsewhere: nobody is asked for it before the reader wants it."""

import pytest
from playwright.sync_api import expect

from tests.factories import PostFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOST = "https://www.youtube-nocookie.com"
FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def film_host(arrive):
    """Return a page of a reader for whom the film's host answers, and the list of what was asked there."""
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<p>The film</p>")

    page = arrive(elsewhere=[HOST])
    page.route(f"{HOST}/**", answer)
    return page, asked


def test_a_click_plays_the_film_in_place_and_nothing_is_asked_before(film_host):
    page, asked = film_host
    page.goto(PostFactory(body=f"Before.\n\n{FILM}\n\nAfter.").get_absolute_url(), wait_until="networkidle")
    assert asked == []
    page.get_by_role("link", name="YouTube").click()
    player = page.locator(".embed iframe")
    expect(player).to_be_focused()
    expect(page.frame_locator(".embed iframe").get_by_text("The film")).to_be_visible()
    assert asked == [f"{HOST}/embed/dQw4w9WgXcQ?autoplay=1"]
    expect(player).to_have_attribute("title", "Watch on YouTube")
    expect(player).to_have_attribute("allowfullscreen", "")
    expect(player).to_have_attribute("referrerpolicy", "strict-origin-when-cross-origin")
    width, height = player.evaluate("frame => [frame.clientWidth, frame.clientHeight]")
    assert width == page.locator(".embed").evaluate("block => block.clientWidth")
    assert height == pytest.approx(width * 9 / 16, abs=1)


def test_without_a_script_it_is_a_link_to_the_films_page(arrive):
    page = arrive(javascript=False)
    page.goto(PostFactory(body=FILM).get_absolute_url())
    expect(page.get_by_role("link", name="YouTube")).to_have_attribute("href", FILM)
