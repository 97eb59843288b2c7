"""Made-up people, posts and comments for tests."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from blog.models import Category, Page, Post, Tag, User
from comments.models import Comment


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"person-{number}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.org")


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category

    name = factory.Sequence(lambda number: f"Category {number}")


class TagFactory(DjangoModelFactory):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda number: f"Tag {number}")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"Post {number}")
    body = "A paragraph."
    author = factory.SubFactory(UserFactory)
    status = Post.Status.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def categories(self, create, extracted):
        if create and extracted:
            self.categories.set(extracted)

    @factory.post_generation
    def tags(self, create, extracted):
        if create and extracted:
            self.tags.set(extracted)


class PageFactory(PostFactory):
    class Meta:
        model = Page


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    post = factory.SubFactory(PostFactory)
    name = "Camille"
    email = "camille@example.org"
    body = "A thought."
    status = Comment.Status.APPROVED
