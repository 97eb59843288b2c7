"""WordPress's own addresses, so a blog that moves in keeps its links, feeds and readers."""

from django.urls import path, register_converter
from django.views.generic import RedirectView

from blog import feeds, media, sitemaps, views
from blog.reading_only import read_only


class Year:
    regex = "[12][0-9]{3}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{int(value):04d}"


class Month:
    regex = "0[1-9]|1[0-2]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{int(value):02d}"


class Day(Month):
    regex = "0[1-9]|[12][0-9]|3[01]"


register_converter(Year, "year")
register_converter(Month, "month")
register_converter(Day, "day")


urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("page/<int:page>/", views.Home.as_view(), name="home"),
    *feeds.feed_paths("", feeds.site_feed, "feed"),
    *feeds.feed_paths("category/<path:path>/", feeds.category_feed, "category_feed"),
    *feeds.feed_paths("tag/<slug:slug>/", feeds.tag_feed, "tag_feed"),
    *feeds.feed_paths("author/<slug:slug>/", feeds.author_feed, "author_feed"),
    path("category/<path:path>/page/<int:page>/", views.CategoryList.as_view(), name="category"),
    path("category/<path:path>/", views.CategoryList.as_view(), name="category"),
    path("tag/<slug:slug>/page/<int:page>/", views.TagList.as_view(), name="tag"),
    path("tag/<slug:slug>/", views.TagList.as_view(), name="tag"),
    path("author/<slug:slug>/page/<int:page>/", views.AuthorList.as_view(), name="author"),
    path("author/<slug:slug>/", views.AuthorList.as_view(), name="author"),
    path("archive/", views.archive, name="archive"),
    path("category/", views.categories, name="categories"),
    path("tag/", views.tags, name="tags"),
    path("search/", views.search, name="search"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("<year:year>/", views.YearList.as_view(), name="year"),
    path("<year:year>/page/<int:page>/", views.YearList.as_view(), name="year"),
    path("<year:year>/<month:month>/", views.MonthList.as_view(), name="month"),
    path("<year:year>/<month:month>/page/<int:page>/", views.MonthList.as_view(), name="month"),
    path("<year:year>/<month:month>/<slug:slug>/", views.post, name="post"),
    path("<year:year>/<month:month>/<day:day>/<slug:slug>/", views.post, name="post_with_day"),
    path("card/<int:pk>-<slug:digest>.png", views.card, name="card"),
    path("share/mastodon/<int:pk>/", views.mastodon, name="mastodon"),
    path("preview/<int:pk>/", views.preview, name="preview"),
    path("media/<path:path>", media.serve, name="media"),
    path("wp-content/uploads/<path:path>", views.legacy_upload, name="legacy_upload"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemaps.file, name="sitemap_file"),
    path("wp-sitemap.xml", RedirectView.as_view(pattern_name="sitemap", permanent=True)),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    # No slash at their end: no page can have such an address.
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("offline.html", views.offline, name="offline"),
    # Last: any other address may be a page, /about/ or /about/team/.
    path("<path:path>/", views.page, name="page"),
]
for each in urlpatterns:
    each.callback = read_only(each.callback)
