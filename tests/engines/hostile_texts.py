"""What nobody types by chance: the fixed texts and numbers, and how others are made from them."""

from typing import Any

from hypothesis import strategies as st

from resources.facets import FACETS, SORTS

LETTERS = "\u0627\u0644\u062c\u0645\u0639\u064a\u0629"  # right to left
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"  # one emoji of seven

TEXTS = (
    # Nothing, or nearly.
    "", " ", "\t\r\n", "-", "_", "____", ".", "...", "'", "’", "l’", "d'", "«»", "« »", '""', "()",
    # The syntax of FTS5.
    '"', '"""quorum', "quorum*", "^quorum", "title_stems:quorum", "{title_stems words} : quorum",
    "- words : x", "NEAR(quorum vote, 5)", "NEAR(", "quorum NEAR/3 vote", "a AND b OR c NOT d",
    "AND", "NOT NOT NOT", "OR OR", "quorum + vote", "search_fts MATCH 'x'", "rank", "quorum AND",
    # The syntax of tsquery and of PostgreSQL.
    "quorum & vote | !pouvoir", "quorum <-> vote", "quorum <2> vote", "quorum:*", "quorum:ABCD",
    "':1A", "'quorum':3", "$$quorum$$", "E'\\047'", "quorum\\", "a\\'b", "::tsquery", "|| ''",
    # The syntax of Lucene and of Elasticsearch.
    "title:(quorum^4)", "quorum~2", '"quorum vote"~10', "[2020 TO 2026]", "{* TO *}", "_exists_:x",
    "/.*(a+)+$/", "quo?um", "*:*", "*", "**", "?", "+quorum -vote", "&& || !", "_all", "_source",
    '{"query": {"match_all": {}}}', '{"script": "1/0"}', "[[[[", "{{7*7}}", "${7*7}", "#{7*7}",
    # Quotes that do not close, and brackets.
    '"quorum', "«quorum", "quorum»", '“quorum„ "vote', '"a" "b" "c" "d" "e" "f"', "(" * 5_000,
    '"' * 10_000, "'" * 10_000, '"vote ' * 60, "«" * 200, '"une personne, une voix" ' * 9,
    " ".join(f'"{word} pour chacun de nous"' for word in ("un", "deux", "six", "neuf", "dix")),
    # What does not show, or shows elsewhere.
    "\x00", "quorum\x00vote", "\x01\x02\x1b[31m", "\x7f", "\ud800", "\udfff quorum \ud800\ud800",
    "\u202equorum\u202c", "\u2066quorum\u2069", "quo\u200brum", "quo\u00adrum", "\ufeffquorum",
    "\u200d" * 300, "\u2028\u2029", "\ue000\uf8ff", "\uffff\ufffe", "\u0301" * 500,
    "q" + "\u0301" * 500 + "uorum", "\u0345" * 200, "\u1160\u3164",
    # What becomes something else, or longer.
    "\ufdfd", "\ufdfa" * 300, "\ufb03" * 200, "\u00df" * 200, "\u0130stanbul", "\u2460\u2461\u2462",
    "\uff51\uff55\uff4f\uff52\uff55\uff4d", "\u017ftatuts", "\u1e9e", "\u2167", "\u00bd", "k\u212a",
    "\uff02quorum\uff02", "\u037e", "\u1fef", "\u2044", "\uff0aOR\uff0a", "\ufe6b",
    # Other writings.
    LETTERS, f"{LETTERS} quorum {LETTERS}", "\u4f4f\u5b85\u5408\u4f5c\u793e", "\u0e01\u0e33",
    FAMILY, FAMILY * 40, "\U0001f1eb\U0001f1f7", "\u2764\ufe0f", "\U000e0041", "\U0001d56a" * 50,
    # Numbers.
    "0", "-1", "1e400", "NaN", "Infinity", "9" * 5_000, "\u0663\u0664", "\u00b2\u00b3", "0x1F",
    "2026", "1.234,56", "\u0967\u0968", "\U0001d7d8", "1/0",
    # Long ones.
    "a" * 10_000, "é" * 10_000, "a " * 5_000, "a.b." * 2_000, "l'" * 2_000 + "AG", "-" * 10_000,
    " ".join(f"mot{number}" for number in range(500)), "quorum " * 500, "x" * 100_000,
    "votequorum " * 16, "quorumvote " * 17, "quorun " * 16, "coopérative " * 16, "q" * 64 + "uorum",
    # For another program than a search.
    "'; DROP TABLE search_searchdocument; --", "' OR '1'='1", "1) UNION SELECT 1, sql FROM x --",
    "%' OR 1=1 /*", "\\'; SELECT pg_sleep(9); --", "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "<![CDATA[x]]>", "]]>", "&#0;", "&amp;",
    "../../../../etc/passwd", "..\\..\\boot.ini", "file:///etc/passwd", "http://[::1]/", "//", "|id",
    "$(id)", "`id`", "%s %d {} {0.__class__} \\", "%00", "%", "%zz", "%u0041", "%c0%ae", "\r\nSet-Cookie: a",
    "(a+)+$", "((a*)*)*b", "a" * 60 + "!", "null", "None", "undefined", "true", "__proto__",
)  # fmt: skip

# As they stand in an address: what no encoder writes.
RAW = (
    "%", "%%", "%zz", "%u0041", "%00", "%c0%ae", "%ed%a0%80", "%ff%fe", "%f0%9f%98", "+", "&", "=",
    "a&q=b&q=c", "a&q[]=b", "a;b", "&&&===", "%26q%3Dx", "%0d%0aX:1", "#", "\u00e9", "a&a&a", "a%2",
    "a" + "&q=x" * 900, "x&" + "&".join(f"p{number}=1" for number in range(900)),
)  # fmt: skip

NUMBERS = (
    "0", "-1", "1", "2", "99", "100", "101", "500", "501", "10000", "10001", "999999999", "-0", "+1",
    "9" * 30, "9" * 5_000, "1e9", "1.5", "0x10", "NaN", "nan", "inf", "-inf", "\u0663", "\u00b2",
    "\uff11", " 1", "1 ", "1,2", "1;2", "\x00", "a", "", "None", "true", "[]", "1%00", "1'",
)  # fmt: skip

PIECES = (
    '"', "«", "»", "“", "”", "*", "^", ":", "(", ")", "{", "}", "-", "+", "~2", "\\", "/", "'", "’",
    "NEAR(", "AND", "OR", "NOT", "TO", "&", "|", "!", "<->", ":*", "\x00", "\ud800", "\u202e",
    "\u200d", "\u0301", "\ufdfa", FAMILY, LETTERS, "\u0663", "%", "%s", "quorum", "vote", "votequorum",
    "quorun", "assemblée générale", "c'est quoi", "vidéo", "l’", "AG", "C.A.", "le", "2026", "conv",
)  # fmt: skip

mixtures = st.lists(st.sampled_from(PIECES), max_size=30).flatmap(
    lambda pieces: st.sampled_from((" ", "")).map(lambda between: between.join(pieces))
)
texts = st.one_of(
    mixtures,
    st.text(st.characters(), max_size=40),
    st.sampled_from(TEXTS).flatmap(
        lambda known: mixtures.map(lambda more: f"{known[:120]} {more}")
    ),
)
numbers = st.one_of(
    st.integers(), st.floats(), st.sampled_from((10_000, 10_001, 10**30, -(10**30), 10**5_000))
)
filters = st.dictionaries(
    st.one_of(st.sampled_from(FACETS), st.text(st.characters(), max_size=8)),
    st.frozensets(st.text(st.characters(), max_size=8), max_size=3),
    max_size=3,
)


@st.composite
def requests(draw: Any) -> dict[str, Any]:
    """The fields of a `SearchRequest` of the worst kind; a plain one often, for its words alone."""
    asked = {"query": draw(texts), "facet_names": ("type", "theme")}
    if draw(st.booleans()):
        return asked
    return asked | {
        "filters": draw(filters),
        "sort": draw(st.one_of(st.sampled_from(SORTS), st.text(max_size=5))),
        "offset": draw(numbers),
        "limit": draw(numbers),
        "others": (draw(filters),),
        "facet_names": tuple(draw(st.lists(st.sampled_from((*FACETS, "@shown", "x")), max_size=4))),
    }


# Pairs of an address: known names for the most part, any value.
pairs = st.lists(
    st.tuples(
        st.sampled_from(("q", "q", "page", "size", "sort", *FACETS, "q[]", "\x00")),
        st.one_of(texts, st.sampled_from(NUMBERS)),
    ),
    max_size=5,
)
