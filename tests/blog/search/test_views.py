"""The search page, as a reader meets it."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.models import Post
from blog.search import index
from tests.factories import CategoryFactory, CommentFactory, PageFactory, PostFactory, TagFactory
from tests.pages import links, parse, parse_xml, text_of, with_class

pytestmark = pytest.mark.django_db

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture
def blog(db):
    arts = CategoryFactory(name="Arts")
    prints = CategoryFactory(name="Gravure", parent=arts)
    sciences = CategoryFactory(name="Sciences")
    PostFactory(title="Le burin", body="Un outil <vif> & net.", categories=[prints, arts], published_at=at(2011))
    PostFactory(title="La gouge", body="Comme le burin.", categories=[arts], published_at=at(2012))
    PostFactory(title="Le compas", body="Ni burin ni gouge.", categories=[sciences], published_at=at(2012))
    PageFactory(title="L’atelier", body="On y vient voir.", published_at=at(2010))
    CommentFactory(post=Post.objects.get(title="Le compas"), body="Et le **trusquin** ?")
    index.rebuild()


def at(year):
    return datetime.datetime(year, 6, 1, 10, 0, tzinfo=datetime.UTC)


def titles(response):
    return [text_of(result.find(".//h2")) for result in with_class(parse(response), "search-result")]


def count(response):
    (told,) = with_class(parse(response), "search-count")
    return text_of(told)


def limits(response):
    (nav,) = with_class(parse(response), "search-limits")
    return [text_of(item) for item in nav.iter("li")]


def test_a_reader_who_has_asked_nothing_yet_is_offered_a_way_in(client, blog):
    page = parse(client.get("/search/"))
    (form,) = [form for form in page.iter("form") if form.get("role") == "search"]
    (field,) = [field for field in form.iter("input") if field.get("name") == "q"]
    (label,) = [label for label in form.iter("label") if label.get("for") == field.get("id")]
    assert text_of(label)
    assert "/category/arts/" in links(page)
    assert "/2012/06/la-gouge/" in links(page)


def test_results_say_how_many_and_show_where(client, blog):
    response = client.get("/search/", {"q": "burin "})
    assert titles(response) == ["Le burin", "La gouge", "Le compas"]
    assert count(response) == "3 texts found"
    marks = [text_of(mark) for mark in parse(response).iter("mark")]
    assert marks == ["burin"] * 3
    places = [text_of(place) for place in with_class(parse(response), "search-place")]
    assert "Un outil & net." in places[0]
    assert "/2011/06/le-burin/" in links(parse(response))


def test_the_words_stand_in_the_field_and_in_the_title_as_they_were_typed(client, blog):
    response = client.get("/search/", {"q": '"burin" <b>'})
    page = parse(response)
    (field,) = [field for field in page.iter("input") if field.get("name") == "q"]
    assert field.get("value") == '"burin" <b>'
    assert text_of(page.find(".//title")).startswith('Search: "burin" <b>')


def test_what_only_a_comment_says_is_shown_as_a_comment(client, blog):
    response = client.get("/search/", {"q": "trusquin"})
    assert titles(response) == ["Le compas"]
    (place,) = with_class(parse(response), "search-place")
    assert text_of(place).startswith("In the comments:")
    assert text_of(place.find(".//mark")) == "trusquin"


def test_a_page_is_found_and_shows_no_date(client, blog):
    response = client.get("/search/", {"q": "atelier"})
    assert titles(response) == ["L’atelier"]
    assert "/l-atelier/" in links(parse(response))
    assert not with_class(parse(response), "byline")


def test_results_are_narrowed_by_category_with_what_is_filed_below_it(client, blog):
    response = client.get("/search/", {"q": "burin "})
    assert limits(response) == ["Arts 2", "Sciences 1", "2012 2", "2011 1"]
    assert "/search/?q=burin+&category=arts" in links(parse(response))
    narrowed = client.get("/search/", {"q": "burin ", "category": "arts"})
    assert titles(narrowed) == ["Le burin", "La gouge"]
    assert count(narrowed) == "2 texts found"
    assert limits(narrowed) == ["Gravure 1", "2012 1", "2011 1"]
    assert "/search/?q=burin+" in links(parse(narrowed))


def test_results_are_narrowed_by_year_and_the_other_years_stay_in_reach(client, blog):
    response = client.get("/search/", {"q": "burin ", "year": "2012"})
    assert titles(response) == ["La gouge", "Le compas"]
    assert limits(response) == ["Arts 1", "Sciences 1", "2012 2", "2011 1"]
    (current,) = [a for a in parse(response).iter("a") if a.get("aria-current") == "true"]
    assert text_of(current) == "2012"


def test_a_limit_is_kept_when_other_words_are_sent(client, blog):
    page = parse(client.get("/search/", {"q": "burin ", "category": "arts", "year": "2012"}))
    kept = {field.get("name"): field.get("value") for field in page.iter("input") if field.get("type") == "hidden"}
    assert kept == {"category": "arts", "year": "2012"}


def test_many_results_come_in_pages_that_link_to_each_other(client):
    for number in range(25):
        PostFactory(title=f"Burin {number}", published_at=timezone.now() - datetime.timedelta(days=number))
    index.rebuild()
    first = client.get("/search/", {"q": "burin"})
    assert len(titles(first)) == 10
    assert "/search/?q=burin&page=2" in links(parse(first))
    last = client.get("/search/", {"q": "burin", "page": 3})
    assert len(titles(last)) == 5
    assert count(last) == "25 texts found, page 3 of 3"
    assert parse(last).find(".//ol[@class='search-results']").get("start") == "21"
    assert len({*titles(first), *titles(client.get("/search/", {"q": "burin", "page": 2})), *titles(last)}) == 25


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "abc"}, {"page": "0"}, {"page": "-1"}, {"page": "99999"}, {"page": "9" * 30}, {"page": "1\x00"},
        {"category": "rien"}, {"category": "\x00"}, {"category": "arts\x00"}, {"category": "a" * 5000},
        {"year": "20"}, {"year": "abcd"}, {"year": "9" * 30}, {"year": "٢٠١١"}, {"year": "-2011"},
    ],
)  # fmt: skip
def test_a_page_category_or_year_that_is_none_is_a_designed_404(client, blog, asked):
    response = client.get("/search/", {"q": "burin", **asked})
    assert response.status_code == 404
    assert with_class(parse(response), "lost")


def test_a_reader_who_finds_nothing_is_offered_another_spelling_and_a_way_on(client, blog):
    page = parse(client.get("/search/", {"q": "burrin"}))
    (suggestion,) = with_class(page, "search-suggestion")
    assert text_of(suggestion) == "Did you mean burin?"
    assert suggestion.find("a").get("href") == "/search/?q=burin"
    assert with_class(page, "empty")
    assert "/category/arts/" in links(page)


def test_a_reader_who_finds_much_is_not_told_how_to_spell(client, blog):
    assert not with_class(parse(client.get("/search/", {"q": "burin"})), "search-suggestion")


def test_a_reader_who_finds_nothing_within_a_limit_may_look_everywhere(client, blog):
    page = parse(client.get("/search/", {"q": "compas", "category": "arts", "year": "2011"}))
    assert "/search/?q=compas" in links(with_class(page, "empty")[0])


def test_a_query_that_is_too_long_is_told_and_kept(client, blog):
    response = client.get("/search/", {"q": "burin " * 2000})
    assert response.status_code == 400
    assert "12000 characters; 200 are possible" in count(response)
    (field,) = [field for field in parse(response).iter("input") if field.get("name") == "q"]
    assert field.get("value") == "burin " * 2000
    assert field.get("aria-invalid") == "true"


def test_only_minus_words_ask_for_nothing_and_that_is_told(client, blog):
    response = client.get("/search/", {"q": "-burin"})
    assert response.status_code == 200
    assert "minus" in count(response)
    assert not titles(response)


AWKWARD = [
    '"', '"burin', '" "', "««burin", "burin AND", "OR", "NOT burin", "NEAR(burin gouge)", "burin*", "*", "^burin",
    "title:burin", "{title}: burin", "burin'", "'; DROP TABLE blog_post; --", "burin & | ! <-> :*", "(", "))((", "\\",
    "burin\x00gouge", "\ud800", "\udfff burin", "🎉", "‮nirub", "שָׁלוֹם", "%", "_", "%_%", "\u202e", "-", "--", "-\"",
    "a " * 100, "é" * 200, "-x " * 66, "\r\n\t", "�", "﷽", "1" * 200, "𝕓𝕦𝕣𝕚𝕟",
]  # fmt: skip


@pytest.mark.parametrize("typed", AWKWARD)
def test_nothing_that_can_be_typed_is_an_error(client, blog, typed):
    assert client.get("/search/", {"q": typed.encode("utf-8", "surrogatepass")}).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("\"«»“”-−*:&|!<>()'’\\ abé"), max_size=200))
def test_no_text_at_all_is_an_error(client, typed):
    assert client.get("/search/", {"q": typed}).status_code == 200


def test_what_is_not_published_leaks_nowhere(client, blog):
    secret = {"categories": [CategoryFactory(name="Secrets")], "tags": [TagFactory(name="Caché")]}
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    PostFactory(title="Xylophone", body="Le trésor.", published_at=tomorrow, **secret)
    PostFactory(title="Xylophone brouillon", body="Le trésor.", status=Post.Status.DRAFT, **secret)
    index.rebuild()
    for typed in ["xylophone", "xilophone", "tresor", "trezor", "burin", "secrets", ""]:
        page = parse(client.get("/search/", {"q": typed}))
        assert "ylophone" not in text_of(page).replace(typed, "")
        assert not any("ylophone" in link for link in links(page) if "q=xylophone" not in link)
        assert "Secrets" not in text_of(page)


def test_search_pages_are_kept_out_of_search_engines(client, blog):
    for address in ["/search/", "/search/?q=burin", "/search/?q=-x"]:
        page = parse(client.get(address))
        assert [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "robots"] == ["noindex"]


def test_every_page_leads_to_search_and_tells_browsers_of_it(client, blog):
    page = parse(client.get("/"))
    assert "/search/" in links(page)
    (link,) = [link for link in page.iter("link") if link.get("rel") == "search"]
    assert link.get("type") == "application/opensearchdescription+xml"
    response = client.get(link.get("href"))
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    description = parse_xml(response)
    assert description.find(f"{OPENSEARCH}ShortName").text == "Causerie"
    assert description.find(f"{OPENSEARCH}Url").get("template") == "http://127.0.0.1:8000/search/?q={searchTerms}"


def test_somebody_who_is_lost_may_look_for_it(client, blog):
    page = parse(client.get("/burin-perdu/"))
    (form,) = [form for form in page.iter("form") if form.get("role") == "search"]
    assert form.get("action") == "/search/"
    (field,) = [field for field in form.iter("input") if field.get("name") == "q"]
    assert field.get("value") == ""


def test_a_blogs_long_name_is_cut_for_browsers(client):
    from blog.models import SiteSettings

    SiteSettings(title="Les très riches heures & <autres>").save()
    name = parse_xml(client.get("/opensearch.xml")).find(f"{OPENSEARCH}ShortName").text
    assert name == "Les très riches "[:16]


def test_what_a_search_costs_does_not_grow_with_the_blog(client, django_assert_max_num_queries):
    category = CategoryFactory()
    for _ in range(3):
        CommentFactory(post=PostFactory(title="Un burin", categories=[category]), body="burin")
    index.rebuild()
    with django_assert_max_num_queries(25) as few:
        client.get("/search/", {"q": "burin "})
    for number in range(100):
        PostFactory(title="Un burin", categories=[category, CategoryFactory()], body=f"gouge{number}")
    index.rebuild()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/search/", {"q": "burin "})
