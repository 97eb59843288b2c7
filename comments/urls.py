from django.urls import path

from comments import views
from comments.mail import views as mail_views

app_name = "comments"
urlpatterns = [
    path("<path:path>/comment/<int:post_id>/", views.submit, name="submit"),
    path("comments/moderate/<str:token>/", mail_views.moderate, name="moderate"),
    path("comments/follow/<str:token>/", mail_views.follow, name="follow"),
    path("comments/unfollow/<str:token>/", mail_views.unfollow, name="unfollow"),
    path("avatars/<slug:key>", views.avatar, name="avatar"),
]
