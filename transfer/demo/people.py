"""Who writes in the demo blog. Nobody of them exists, and `example.org` and `.example` belong to nobody (RFC 2606)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Author:
    """Somebody of the house."""

    username: str
    name: str
    biography: str
    groups: tuple[str, ...]
    website: str = ""

    @property
    def email(self):
        return f"{self.username}@example.org"


@dataclass(frozen=True)
class Visitor:
    """Somebody who comments."""

    email: str
    website: str = ""


ODILE = Author(
    username="odile",
    name="Odile Tessandier",
    biography=(
        "A corrigé pendant vingt-six ans les fautes des autres dans un quotidien de province ; fait désormais les "
        "siennes. Vit dans une maison de garde-barrière avec une presse à pédale, une chatte nommée Virgule et un "
        "différend horticole."
    ),
    groups=("Editor", "Moderator"),
)
WILF = Author(
    username="wilf",
    name="Wilf Ashby",
    biography=(
        "Imprime dans une remise au-dessus de Whitby, sur une machine plus vieille que son père. Écrit en anglais, "
        "lentement, et dessine des hérissons."
    ),
    groups=("Author",),
    website="https://slow-type.example/",
)
AUTHORS = {author.username: author for author in (ODILE, WILF)}

VISITORS = {
    "Aurélien Prat": Visitor("aurelien.prat@example.org", "https://prat-graphisme.example/"),
    "Baptiste": Visitor("baptiste@example.org"),
    "Camille R.": Visitor("camille.r@example.org"),
    "Cartouches Express": Visitor("promo@cartouches-express.example", "https://cartouches-express.example/"),
    "Didier Vasseur": Visitor("d.vasseur@example.org"),
    "Dr Quenot": Visitor("quenot@example.org", "https://quenot.example/publications/"),
    "Frère Anselme": Visitor("anselme@example.org", "https://abbaye-au-rucher.example/"),
    "Gaspard": Visitor("gaspard2009@example.org"),
    "Germaine Lescure": Visitor("germaine.lescure@example.org"),
    "Hortense P.": Visitor("hortense.p@example.org"),
    "Inès Carvalho": Visitor("ines@example.org", "https://boulangerie-carvalho.example/"),
    "Josiane Ferrier": Visitor("josiane.ferrier@example.org"),
    "Le cousin": Visitor("cousin@example.org"),
    "Le neveu": Visitor("neveu@example.org"),
    "Lucie Vandamme": Visitor("lucie.vandamme@example.org", "https://vieux-papiers.example/"),
    "Marguerite Soulier": Visitor("marguerite.soulier@example.org"),
    "Maud Ellery": Visitor("maud.ellery@example.org"),
    "Maïwenn": Visitor("maiwenn@example.org"),
    "Nour Belkacem": Visitor("nour@example.org", "https://carnet-de-bord.example/"),
    "Paul-Henri M.": Visitor("ph.m@example.org"),
    "Rachid Amrani": Visitor("rachid.amrani@example.org"),
    "Samuel Oriol": Visitor("samuel.oriol@example.org"),
    "Solène": Visitor("solene@example.org"),
    "Théo K.": Visitor("theo@example.org", "https://theo-k.example/"),
    "Ysé Le Guen": Visitor("yse.leguen@example.org"),
}
