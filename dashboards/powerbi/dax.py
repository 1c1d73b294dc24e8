"""Parses the part of DAX that the model uses into tuples, and nothing else: what it does not know is an error.

("sum", column)  ("average", column)  ("rows", table)  ("distinct", column)  ("values", column)  ("measure", name)  ("value", v)  ("user",)  ("culture",)
("column", table, name)  ("filtered", table)  (operator, left, right)  ("calculate", expression, conditions)  ("if", test, yes, no)
("divide", top, bottom)  ("sumx", column, expression)  ("where", column, test)
("year before", column)  ("all", table)  ("blank", expression)  ("not", test)
("left", expression, length)
"""

import functools
import re

TOKEN = re.compile(
    r"\s*(?:(?P<column>(?P<table>'[^']+'|[A-Za-z_]\w*)\[(?P<name>[^\]]+)\])|(?P<quoted>'[^']+')|\[(?P<measure>[^\]]+)\]"
    r'|"(?P<text>[^"]*)"|(?P<number>\d+(?:\.\d+)?)|(?P<sign>\|\||&&|<>|<=|>=|[-+*/=<>(),])|(?P<word>[A-Za-z_]\w*))'
)
LEVELS = [["||"], ["&&"], ["=", "<>", "<", ">", "<=", ">=", "IN"], ["+", "-"], ["*", "/"]]


@functools.cache
def parse(text):
    """Returns the expression of a text; a ValueError says what it does not know."""
    tokens, at = [], 0
    text = text.strip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise ValueError(f"cannot read {text[at:at + 20]!r}")
        tokens.append(found)
        at = found.end()
    parser = Parser(tokens)
    made = parser.level(0)
    if parser.tokens:
        raise ValueError(f"{parser.tokens[0].group().strip()!r} is left over")
    return made


class Parser:
    """Reads tokens from the left."""

    def __init__(self, tokens):
        self.tokens = tokens

    def sign(self):
        return (self.tokens[0].group("sign") or (self.tokens[0].group("word") or "").upper()) if self.tokens else None

    def take(self, sign):
        if self.sign() != sign:
            raise ValueError(f"{sign} is missing")
        self.tokens.pop(0)

    def level(self, depth):
        if depth == len(LEVELS):
            return self.one()
        made = self.level(depth + 1)
        while self.sign() in LEVELS[depth]:
            made = (self.tokens.pop(0).group().strip().upper(), made, self.level(depth + 1))
        return made

    def one(self):
        if not self.tokens:
            raise ValueError("the expression ends too early")
        if self.sign() == "(":
            self.take("(")
            made = self.level(0)
            self.take(")")
            return made
        token = self.tokens.pop(0)
        if token.group("column"):
            return ("column", token.group("table").strip("'"), token.group("name"))
        if token.group("measure"):
            return ("measure", token.group("measure"))
        if token.group("text") is not None:
            return ("value", token.group("text"))
        if token.group("number"):
            return ("value", float(token.group("number")) if "." in token.group("number") else int(token.group("number")))
        if token.group("quoted"):
            return ("table", token.group("quoted").strip("'"))
        if token.group("word"):
            return self.call(token.group("word"))
        raise ValueError(f"{token.group().strip()!r} begins no expression")

    def call(self, word):
        if self.sign() != "(":
            return ("table", word)
        self.take("(")
        given = []
        while self.sign() != ")":
            given.append(self.level(0))
            if self.sign() != ")":
                self.take(",")
        self.take(")")
        return called(word.upper(), given)


def called(name, given):
    """Returns the call of a function."""
    kinds = [one[0] for one in given]
    constants = {"TRUE": ("value", True), "FALSE": ("value", False), "BLANK": ("value", None), "USERPRINCIPALNAME": ("user",), "USERCULTURE": ("culture",)}
    of_column = {"SUM": "sum", "AVERAGE": "average", "DISTINCTCOUNT": "distinct", "VALUES": "values"}
    of_table = {"COUNTROWS": "rows", "ISFILTERED": "filtered", "REMOVEFILTERS": "all"}
    if name in constants and not given:
        return constants[name]
    if name in of_column and kinds == ["column"]:
        return (of_column[name], given[0])
    if name in of_table and kinds == ["table"]:
        return (of_table[name], given[0][1])
    if name in ("CALCULATE", "CALCULATETABLE") and len(given) > 1:
        return ("calculate", given[0], given[1:])
    if name == "DIVIDE" and len(given) == 2:
        return ("divide", *given)
    if name == "IF" and len(given) == 3:
        return ("if", *given)
    if name == "SUMX" and kinds[:1] == ["values"] and len(given) == 2:
        return ("sumx", given[0][1], given[1])
    if name == "FILTER" and kinds[:1] == ["values"] and len(given) == 2:
        return ("where", given[0][1], given[1])
    if name == "SAMEPERIODLASTYEAR" and kinds == ["column"]:
        return ("year before", given[0])
    if name == "LEFT" and len(given) == 2 and kinds[1] == "value":
        return ("left", given[0], given[1][1])
    if name in ("ISBLANK", "NOT") and len(given) == 1:
        return ("blank" if name == "ISBLANK" else "not", given[0])
    raise ValueError(f"{name} of {kinds} is not known")


def said(made):
    """Returns the French and the English text of an expression that asks for the reader's language, or None of another."""
    asked = ("=", ("left", ("culture",), 2), ("value", "fr"))
    if made and made[:2] == ("if", asked) and all(part[0] == "value" and isinstance(part[1], str) for part in made[2:]):
        return made[2][1], made[3][1]
    return None


def columns_of(made):
    """Yields the columns that an expression names, as table and name."""
    if isinstance(made, (tuple, list)):
        if made and made[0] == "column" and len(made) == 3:
            yield made[1], made[2]
        for part in made:
            yield from columns_of(part)


def named(made, kind):
    """Yields what an expression names of a kind: "measure", "filtered" or "rows"."""
    if isinstance(made, (tuple, list)):
        if len(made) == 2 and made[0] == kind:
            yield made[1]
        for part in made:
            yield from named(part, kind)
