from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from blog import uploads
from blog.models import Media

from .ownership import OwnedAdmin


class MediaForm(forms.ModelForm):
    upload = forms.FileField(label=_("file"), help_text=_("A picture, sound, film, PDF, office document or archive."))

    class Meta:
        model = Media
        fields = ["title", "alt", "caption", "credit"]

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload.size > uploads.MOST_BYTES:
            raise ValidationError(_("Larger than %(limit)s MB."), params={"limit": uploads.MOST_BYTES // 1024**2})
        self.prepared = uploads.prepare(upload.name, upload.read())
        return upload


class ChangeMediaForm(MediaForm):
    upload = None


@admin.register(Media)
class MediaAdmin(OwnedAdmin, admin.ModelAdmin):
    owner_field = "uploaded_by"
    list_display = ["thumbnail", "title_or_name", "alt", "size_in_words", "uploaded_by", "uploaded_at"]
    list_display_links = ["thumbnail", "title_or_name"]
    list_select_related = ["uploaded_by"]
    list_per_page = 50
    date_hierarchy = "uploaded_at"
    search_fields = ["title", "alt", "caption", "file"]

    def get_urls(self):
        thumbnail = self.admin_site.admin_view(self.thumbnail_view)
        return [path("<int:pk>/thumbnail/", thumbnail, name="blog_media_thumbnail"), *super().get_urls()]

    def thumbnail_view(self, request, pk):
        """A small copy of a picture, for a form that knows its number alone."""
        media = get_object_or_404(self.get_queryset(request), pk=pk)
        if not (media.is_picture and self.has_view_permission(request)):
            raise Http404
        return redirect(self.small(media))

    def small(self, media):
        """The address of the smallest copy of a picture, or of the picture while there are none."""
        picture = media.as_picture()
        return next((variant.url for variant in picture.variants if variant.type == "image/webp"), picture.url)

    def get_queryset(self, request):
        # Everybody who writes may show any picture; only their own may they change.
        return admin.ModelAdmin.get_queryset(self, request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, form=ChangeMediaForm if obj else MediaForm, **kwargs)

    def get_fields(self, request, obj=None):
        words = ["title", "alt", "caption", "credit"]
        return ["shown", "address", *words, "where_used"] if obj else ["upload", *words]

    def get_readonly_fields(self, request, obj=None):
        return ["shown", "address", "where_used"] if obj else []

    def save_model(self, request, obj, form, change):
        if change:
            return super().save_model(request, obj, form, change)
        stored = uploads.store(
            form.cleaned_data["upload"].name,
            form.prepared,
            title=obj.title,
            alt=obj.alt,
            caption=obj.caption,
            credit=obj.credit,
            uploaded_by=request.user,
        )
        obj.__dict__.update(stored.__dict__)
        return None

    def delete_queryset(self, request, queryset):
        for media in queryset:  # one by one, so that the files go too
            media.delete()

    @admin.display(description=_("file"))
    def thumbnail(self, media):
        if not media.is_picture:
            return media.content_type
        small = self.small(media)
        return format_html('<img class="picture-thumbnail" src="{}" alt="{}" loading="lazy">', small, media.alt)

    @admin.display(description=_("title"), ordering="title")
    def title_or_name(self, media):
        return str(media)

    @admin.display(description=_("size"), ordering="size")
    def size_in_words(self, media):
        kilobytes = f"{max(1, round(media.size / 1024))} KB"
        return f"{media.width} × {media.height}, {kilobytes}" if media.is_picture else kilobytes

    @admin.display(description=_("file"))
    def shown(self, media):
        if media.is_picture:
            return format_html('<img class="picture-shown" src="{}" alt="{}">', media.file.url, media.alt)
        return format_html('<a href="{}">{}</a>', media.file.url, media.file.name)

    @admin.display(description=_("to show it in a text"))
    def address(self, media):
        mark = "!" if media.is_picture else ""
        return format_html("<code>{}[{}]({})</code>", mark, media.alt or media.title, media.file.url)

    @admin.display(description=_("used in"))
    def where_used(self, media):
        posts = media.posts.all() | media.led_posts.all()
        links = ((post.get_preview_url(), post.title) for post in posts.distinct())
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "–"
