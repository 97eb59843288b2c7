"""The terms of a text: French and English words without accents, elisions, empty words and endings. Pure."""

import re
import unicodedata

EMPTY = frozenset(
    """
    ai aie ainsi alors apres au aucun aucune aujourd aura aurait aussi autre autres aux avait avant avec avoir bien
    car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez comme comment dans de deja depuis des
    deux dire dit donc dont du elle elles en encore entre est et etaient etait etant ete etre eu eux faire fait faut
    fois font hui ici il ils jamais je jusqu la laquelle le lequel les lesquels leur leurs lors lorsque lui ma mais me
    meme memes mes moi moins mon ne ni non nos notre nous on ont or ou par parce pas pendant peu peut plus plusieurs
    pour pourquoi pourtant puis quand que quel quelle quelles quelque quelques quels qui quoi rien sa sans se sera
    serait ses seulement si sien soit son sont sous souvent suis sur ta te tel telle tes toi ton toujours tous tout
    toute toutes tres trop tu un une va vers voici voila votre vous vu
    a about after all also am an and any are as at be because been before being but by can could did do does doing down
    each even few for from further get got had has have having he her here hers him his how i if in into is it its just
    like make many me more most much my new no nor not now of off on once one only or other our out over own re really
    same she should so some still such than that the their them then there these they this those through time to too
    under until up us use used using very want was way we well were what when where which while who why will with would
    you your
    """.split()
)
# Of a word in the singular; the longest first. A stem keeps three letters at least.
ENDINGS = sorted(
    """
    issement ement ation ateur trice euse aient erent ante ant ion ie ee er ez ent e
    ingly edly ing ed ly y
    """.split(),
    key=len,
    reverse=True,
)
LONGEST_TERM = 100  # characters
WORD = re.compile(r"[a-z][a-z0-9+#]*|[0-9]{2,}")
ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]")


def terms(text: str) -> list[str]:
    """Return the terms of `text` in their order: “L’imprimerie, les imprimeries” gives the same term twice."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return [
        stem(word)[:LONGEST_TERM]
        for word in WORD.findall(ELISION.sub(" ", plain))
        if word not in EMPTY and len(word) > 1
    ]


def stem(word: str) -> str:
    singular = word[:-1] if word[-1] in "sx" and len(word) > 3 else word
    ending = next((end for end in ENDINGS if singular.endswith(end) and len(singular) - len(end) >= 3), "")
    return singular.removesuffix(ending).removesuffix("e").removesuffix("s")
