"""Somebody who reads at twice the size on a telephone (WCAG 2.2, 1.4.4)."""

import pytest

from blog.models import Category
from tests.browser.content import make_blog
from tests.factories import CategoryFactory, PageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What stands out on the right, to be told which it is; what an element of its own cuts or scrolls is no fault.
STANDING_OUT = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
    .filter((element) => !element.closest("pre, table, .breadcrumbs, .visually-hidden"))
    .map((element) => `${element.localName}.${element.className} ${Math.round(element.getBoundingClientRect().right)}`);
}"""


@pytest.mark.parametrize("width", [320, 390])
def test_twice_the_text_needs_no_pushing_sideways_on_a_telephone(arrive, width):
    post = make_blog()
    PageFactory(title="Correspondance", slug="correspondance")
    post.categories.add(CategoryFactory(name="Bibliothèques", parent=Category.objects.get(name="Villes")))
    page = arrive(width=width)
    found = {}
    for address in ["/", post.get_absolute_url(), "/search/", "/search/?q=fleuve", "/archive/", "/category/villes/"]:
        page.goto(address)
        page.locator("html").evaluate("html => { html.style.fontSize = '200%'; }")
        too_wide = page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if too_wide:
            found[address] = page.evaluate(STANDING_OUT)
    assert found == {}
