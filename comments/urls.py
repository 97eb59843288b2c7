from django.urls import path

from comments import privacy_views, views
from comments.mail import views as mail_views

app_name = "comments"
urlpatterns = [
    path("<path:path>/comment/<int:post_id>/", views.submit, name="submit"),
    path("comments/moderate/<str:token>/", mail_views.moderate, name="moderate"),
    path("comments/follow/<str:token>/", mail_views.follow, name="follow"),
    path("comments/unfollow/<str:token>/", mail_views.unfollow, name="unfollow"),
    path("comments/my-data/", privacy_views.ask, name="ask_my_data"),
    path("comments/my-data/<str:token>/", mail_views.my_data, name="my_data"),
    path("privacy/", privacy_views.notice, name="privacy"),
    path("avatars/<slug:key>", views.avatar, name="avatar"),
]
