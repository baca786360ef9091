"""Links in HTML: where they may stand, first use per section, and nothing else changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.glossary.forms import Term
from resources.glossary.html import read
from resources.glossary.linking import Linker
from resources.glossary.placing import Section, first_uses, with_links

TERMS = (
    Term("quorum", "Quorum"),
    Term("ag", "Assemblée générale", "AG"),
    Term("ca", "Conseil d’administration", "CA"),
)
LINKER = Linker(TERMS, "fr")


def linked(html, section=None):
    fragment = read(html)
    matches = first_uses(fragment, LINKER, section or Section())
    return with_links(fragment, matches, lambda match: (f"[{match.term.slug}:", "]"))


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Le quorum, un quorum.</p>", "<p>Le [quorum:quorum], un quorum.</p>"),
        ("<p>Le <b>quorum</b></p>", "<p>Le <b>[quorum:quorum]</b></p>"),
        ("<p><b>assemblée</b> générale</p>", "<p>[ag:<b>assemblée</b> générale]</p>"),
        ("<p>une assemblée <b>générale</b></p>", "<p>une [ag:assemblée <b>générale</b>]</p>"),
        ("<p><b>une assemblée</b> générale</p>", "<p><b>une assemblée</b> générale</p>"),
        ("<p>une assemblée\n générale</p>", "<p>une [ag:assemblée\n générale]</p>"),
        ("<ul><li>AG</li><li>quorum</li></ul>", "<ul><li>[ag:AG]</li><li>[quorum:quorum]</li></ul>"),
        ("<p>assemblée</p><p>générale</p>", "<p>assemblée</p><p>générale</p>"),
        ("<p>assemblée<br/>générale</p>", "<p>assemblée<br/>générale</p>"),
        ("conseil&nbsp;d&#x27;administration&amp;AG", "[ca:conseil&nbsp;d&#x27;administration]&amp;[ag:AG]"),
        ("L&rsquo;AG & le quorum < 3", "L&rsquo;[ag:AG] & le [quorum:quorum] < 3"),
        ("<p>L’AG.</p><h3>L’AG</h3><p>L’AG, l’AG.</p>", "<p>L’[ag:AG].</p><h3>L’AG</h3><p>L’[ag:AG], l’AG.</p>"),
        ("<p title='quorum' class=AG>non</p><!-- quorum -->", "<p title='quorum' class=AG>non</p><!-- quorum -->"),
        ("<p>assemblée <a href='/'>générale</a></p>", "<p>assemblée <a href='/'>générale</a></p>"),
    ],
)  # fmt: skip
def test_links_stand_where_terms_do(html, shown):
    assert linked(html) == shown


@pytest.mark.parametrize(
    "tag",
    "a h1 h2 h6 blockquote q cite button label summary abbr code pre dfn th caption script style textarea".split(),
)
def test_nothing_is_linked_in(tag):
    html = f"<{tag}>Le <i>quorum</i></{tag}>"
    assert linked(html) == html
    assert linked(f"{html}<p>Le quorum</p>").endswith("<p>Le [quorum:quorum]</p>")


@pytest.mark.parametrize("role", ["button", "heading", "link"])
def test_nothing_is_linked_in_what_plays_such_a_part(role):
    html = f'<span role="{role}">quorum</span>'
    assert linked(html) == html


def test_words_of_the_law_are_left_as_they_are():
    law = "<p>Article L. 225-98 : « L’assemblée générale ne délibère que si le quorum est là. » Une AG.</p>"
    assert linked(law) == law.replace("Une AG", "Une [ag:AG]")
    assert "[quorum:" in linked("<p>L’article 8 parle de « quorum », dit le guide.</p>")


def test_a_section_may_go_on_in_another_text():
    section = Section()
    assert "[quorum:" in linked("<p>Le quorum.</p>", section)
    assert linked("<p>Le quorum.</p>", section) == "<p>Le quorum.</p>"
    assert linked("<h3>Le quorum</h3>", section) == "<h3>Le quorum</h3>"
    assert "[quorum:" in linked("<p>Le quorum.</p>", section)


def test_offsets_are_those_of_the_text_without_tags():
    fragment = read("<ul><li>L&rsquo;<b>AG</b></li><li>l’AG &amp; le\n<i>quo</i>rum</li></ul>")
    assert fragment.plain == "L’AGl’AG & le\nquorum"
    matches = first_uses(fragment, LINKER, Section())
    places = [(fragment.plain_place(m.start), fragment.plain_place(m.end)) for m in matches]
    assert [fragment.plain[start:end] for start, end in places] == ["AG", "quorum"]


PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<a href='x'>", "</a>", "<h3>", "</h3>", "<", "&", "&amp;", "&#39;",
     "&nope", "<!--", "-->", "<br>", "quorum", " AG ", "conseil", " d’", "administration", "\n", "é", "<i"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_taking_the_links_away_gives_the_text_back(html):
    assert re.sub(r"\[(?:quorum|ag|ca):(.*?)\]", r"\1", linked(html), flags=re.DOTALL) == html
