from django.urls import path, register_converter

from blog.feeds import feed_paths
from comments import feeds, own_views, privacy_views, views
from comments.mail import views as mail_views
from comments.voices import views as voices


class Conversation:
    """The path of a post or page. What stands below /category/, /tag/ or /author/ is the blog's."""

    regex = r"(?!(?:category|tag|author)/).+"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(Conversation, "conversation")

app_name = "comments"
urlpatterns = [
    path("<path:path>/comment/<int:post_id>/", views.submit, name="submit"),
    path("<path:path>/comment/<int:post_id>/<int:pk>/", own_views.own, name="own"),
    path("comments/mine/<str:token>/", own_views.mine, name="mine"),
    path("comments/preview/", views.preview, name="preview"),
    path("<conversation:path>/comment-page-<int:number>/", views.page, name="page"),
    path("<conversation:path>/comment-<int:pk>/", views.permalink, name="permalink"),
    path("comments/moderate/<str:token>/", mail_views.moderate, name="moderate"),
    path("comments/follow/<str:token>/", mail_views.follow, name="follow"),
    path("comments/unfollow/<str:token>/", mail_views.unfollow, name="unfollow"),
    path("comments/my-data/", privacy_views.ask, name="ask_my_data"),
    path("comments/my-data/<str:token>/", mail_views.my_data, name="my_data"),
    path("privacy/", privacy_views.notice, name="privacy"),
    path("webmention/", voices.webmention, name="webmention"),
    path("xmlrpc.php", voices.xmlrpc, name="xmlrpc"),
    path("avatars/<slug:key>", views.avatar, name="avatar"),
    *feed_paths("comments/", feeds.site_comments, "feed"),
    *feed_paths("<conversation:path>/", feeds.post_comments, "post_feed"),
]
