"""The terms of a text: French and English words without accents, elisions, empty words and endings. Pure.

A term stands for all the forms of a word: *L’imprimerie*, *les imprimeries*. One set of endings serves both languages,
so that a blog in two languages needs no guess; it only has to send the forms of a word to the same term, which need
not be a word itself. Nouns and adjectives matter most, since they say what a text is about.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

EMPTY = frozenset(
    """
    ai aie aient ailleurs ainsi ait aller alors apres assez au aucun aucune aujourd aupres auquel aura aurait auront
    aussi autant autour autre autres aux auxquelles auxquels avaient avais avait avant avec avez avoir avons ayant
    beaucoup bien bon bonne ce ceci cela celle celles celui cependant certain certaine certaines certains ces cet cette
    ceux chaque chez chose choses comme comment contre dans de deja depuis dernier derniere derriere des desormais
    desquels dessous dessus deux devait devant devoir devra devrait dire dit dois doit doivent donc dont du duquel elle
    elles en encore enfin ensuite entre envers est et etaient etais etait etant ete etes etions etre eu eut eux faire
    fais faisait fait faites faut fois font fut grand grande grands guere hors hui ici il ils jadis jamais je jusqu
    jusque la laquelle le lequel les lesquelles lesquels leur leurs loin lors lorsqu lorsque lui ma maintenant mais
    malgre me meme memes mes mettre mien mieux moi moins mon ne neanmoins ni nos notre nous on ont or ou outre par parce
    parfois parmi partout pas pendant petit petite petits peu peut peuvent peux plus plusieurs plutot point pour
    pourquoi pourtant pouvait pouvoir premier premiere presque pu puis puisqu puisque qu quand quant que quel quelle
    quelles quelqu quelque quelques quels qui quoi quoique rien sa sais sait sans sauf savoir se selon sera serait
    seront ses seul seule seulement si sien sinon soi soient soit sommes son sont sous souvent suis sur surtout ta tant
    tel telle telles tels tes toi ton toujours tous tout toute toutefois toutes tres trois trop tu un une va vais vers
    veut veux voici voila voir vois voit vont vos votre voulait vouloir vous vraiment vu
    about above actually after again all almost already also although always am an and another any anyone anything are
    aren as at away back be because been before behind being below between both but by can cannot could couldn did didn
    do does doesn doing don done down during each either else enough etc even ever every few for from further gave get
    gets getting give given go goes going gone got had hadn has hasn have haven having he her here hers him himself his
    how however if in indeed instead into is isn it its itself just know least less let like ll made make makes making
    many may maybe me might mine more most much must my myself neither never new no nor not nothing now of off often on
    once one only onto or other others otherwise our ours out over own perhaps put quite rather re really said same saw
    say says see seen several shall she should shouldn since so some someone something soon still such take taken than
    that the their theirs them themselves then there these they thing things this those though through thus to together
    too toward towards two under unless until up upon us use used using usually ve very via want was wasn way ways we
    well were weren what whatever when where whether which while who whole whom whose why will with within without won
    would wouldn yet you your yours yourself
    """.split()
)
LONGEST_TERM = 100  # characters
WORD = re.compile(r"[^\W\d_][\w+#]*|[0-9]{2,}")
ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ]")


def endings(keep, becomes, listed):
    """Return (ending, what it becomes, letters that must stay before it) of each ending."""
    return [(ending, becomes, keep) for ending in listed.split()]


# finir, finie, finissait; photographie, photography
IN_I = "issement issaient issait issai issant issante issent issez iraient irait irai iront irez ira ir ie i y"
# Of a word in the singular; the longest first.
ENDINGS = sorted(
    [
        *endings(5, "", "ent"),
        *endings(5, "", IN_I),
        *endings(3, "i", IN_I),
        *endings(3, "t", "trice teur"),
        *endings(2, "teur", "trice"),
        *endings(2, "ien", "ienne"),
        *endings(4, "al", "ail"),
        *endings(4, "", "ateur atrice ation ion erie ement ite ity ly euse eur eux eu aise iere ier ere ante ant"),
        *endings(4, "", "aient ait ai iez eraient erait erai eront erez era"),
        *endings(3, "", "ingly edly ing ed er ee ez"),
    ],
    key=lambda rule: -len(rule[0]),
)


def terms(text: str) -> list[str]:
    """Return the terms of `text` in their order: “L’imprimerie, les imprimeries” gives the same term twice."""
    return [term for term, _ in said(text)]


def said(text: str) -> Iterator[tuple[str, str]]:
    """Yield each term of `text` with the word that it was, in small letters and with its accents."""
    for word in WORD.findall(ELISION.sub(" ", unicodedata.normalize("NFC", text.lower()))):
        word = word[:LONGEST_TERM]
        if term := term_of(word):
            yield term, word


@lru_cache(maxsize=50_000)
def term_of(word: str) -> str:
    """Return the term of a word in small letters; nothing for a word that says nothing."""
    plain = unicodedata.normalize("NFKD", word.replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))[:LONGEST_TERM]
    return "" if len(plain) < 2 or plain in EMPTY else stem(plain)


def stem(word: str) -> str:
    """Return `word`, without accents, less its endings: of number, gender and person, and the commonest of nouns."""
    word = singular(word)
    for ending, becomes, keep in ENDINGS:
        if word.endswith(ending) and len(word) >= keep + len(ending):
            word = word.removesuffix(ending) + becomes
            break
    word = word.removesuffix("e")
    if word.endswith("v"):  # actif, active; lives, life
        word = word[:-1] + "f"
    if len(word) > 3 and word.endswith("s"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bcdfgklmnprtz":
        word = word[:-1]
    return word


def singular(word: str) -> str:
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > 5:
        return word[:-2] + "l"  # journaux
    if len(word) <= 3 or word.endswith("ss") or (word.endswith("eux") and len(word) > 6):
        return word  # bus, class, heureux
    return word[:-1] if word[-1] in "sx" else word
