from django.urls import path

from comments import views

app_name = "comments"
urlpatterns = [
    path("<path:path>/comment/<int:post_id>/", views.submit, name="submit"),
    path("avatars/<slug:key>", views.avatar, name="avatar"),
]
