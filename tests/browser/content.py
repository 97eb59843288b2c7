"""A small blog with everything in it that strains a page."""

import datetime

from django.utils import timezone

from blog.models import SiteSettings
from blog.uploads import store_upload
from comments.models import Comment
from tests.factories import CategoryFactory, CommentFactory, PageFactory, PostFactory, TagFactory, UserFactory
from tests.pictures import jpeg

WORDS = "On longe le fleuve sans le regarder, et l’on s’aperçoit qu’il manquait au paysage le jour où il est caché. "
ENDLESS = "anticonstitutionnellement" * 6
TEXT = f"""{WORDS * 3}

## Un intertitre

> {WORDS}

{ENDLESS} et une note[^1].

| Époque | Marge intérieure | Marge extérieure | Usage du lecteur |
|---|---|---|---|
| 1499 | 38 mm | 71 mm | Gloses, manicules, comptes de ménage |

```python
print("une ligne de code trop longue pour tenir dans la colonne d’un écran de téléphone, vraiment trop longue")
```

- un
- deux

![Une gravure]({{picture}} "La légende.")

[^1]: Voir plus haut.
"""


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def make_blog():
    """Fill the blog and return its one long post, which has a conversation twelve deep."""
    SiteSettings(title="Le Carnet", tagline="Notes sur les villes", footer="Tous droits réservés.").save()
    author = UserFactory(display_name="Élise Marchand", is_staff=True)
    cities = CategoryFactory(name="Villes", description="Ce qu’on voit en marchant.")
    picture = store_upload("gravure.jpg", jpeg(800, 500), alt="Une gravure")
    post = PostFactory(
        title="Éloge de la marge",
        slug="marge",
        excerpt=WORDS,
        body=TEXT.format(picture=picture.file.url),
        author=author,
        categories=[cities],
        tags=[TagFactory(name="Nantes")],
        lead_picture=store_upload("fleuve.jpg", jpeg(1200, 800), alt="Un fleuve"),
    )
    PostFactory(title=f"Un titre {ENDLESS}", body=WORDS, author=author, published_at=days_ago(3))
    for number in range(10):
        PostFactory(title=f"Note {number}", body=WORDS, author=author, published_at=days_ago(10 + number))
    PageFactory(title="À propos", slug="a-propos", body=WORDS, author=author)
    answered = None
    for depth in range(12):
        answered = CommentFactory(
            post=post, parent=answered, name=f"Voix {depth}", body=f"{WORDS} {ENDLESS}", created_at=days_ago(1)
        )
    CommentFactory(post=post, name="Élise", user=author, url="https://example.org/", body="<code>if x:\n  y</code>")
    removed = CommentFactory(post=post, name="Disparue", status=Comment.Status.TRASH)
    CommentFactory(post=post, parent=removed, name="Zoé", body="Je répondais.")
    return post
