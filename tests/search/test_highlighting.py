"""Extracts: the right passage, marked, and nothing that a browser would run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyser
from search.highlighting import LENGTH, Places, extract, marked

STEMS = frozenset(analyser("fr").stems("quorum convoquer"))


def test_inflections_are_marked_as_they_are_written() -> None:
    html = marked("Les Convocations et l’expression « QUORUM ».", STEMS, "fr")
    assert html == "Les <mark>Convocations</mark> et l’expression « <mark>QUORUM</mark> »."


def test_markup_is_escaped_inside_and_outside_marks() -> None:
    html = marked("<script>quorum</script> & <img src=x onerror=quorum>", STEMS, "fr")
    assert html.replace("<mark>", "").replace("</mark>", "") == (
        "&lt;script&gt;quorum&lt;/script&gt; &amp; &lt;img src=x onerror=quorum&gt;"
    )


def test_the_passage_that_says_most_is_chosen() -> None:
    text = "Le quorum seul. " + "Rien ici. " * 60 + "Convoquer et vérifier le quorum ensemble."
    found = extract(text, STEMS, "fr")
    assert "<mark>Convoquer</mark> et vérifier le <mark>quorum</mark>" in found.html
    assert found.html.startswith("… ")


def test_a_very_long_text_is_searched_to_its_end() -> None:
    text = "Rien à voir dans cette phrase. " * 1500 + "Enfin le quorum. "
    found = extract(text, STEMS, "fr")
    assert found.found
    assert "<mark>quorum</mark>" in found.html
    assert text[found.start :].startswith("quorum")


def test_what_the_reader_typed_counts_before_what_stands_for_it() -> None:
    text = "Convoquer, convoquer encore. " + "Rien ici. " * 60 + "Enfin le quorum. "
    typed = frozenset(analyser("fr").stems("quorum"))
    assert "<mark>quorum</mark>" in extract(text, STEMS, "fr", typed).html
    assert "<mark>Convoquer</mark>" in extract(text, STEMS, "fr").html


def test_a_part_that_a_reader_can_be_sent_to_is_preferred_to_one_that_says_as_much() -> None:
    text = "Un quorum, un quorum. " + "Rien ici. " * 60 + "Ici le quorum. " + "Rien ici. " * 60
    second = text.index("Ici le")
    places = Places((second, second + 14))
    assert extract(text, STEMS, "fr").start == 3
    assert extract(text, STEMS, "fr", places=places).start > second


def test_an_offer_opens_at_such_a_part_even_when_another_says_more() -> None:
    text = "Convoquer, vérifier le quorum. " + "Rien ici. " * 600 + "Ici le quorum. "
    places = (text.index("Ici le"), len(text))
    assert extract(text, STEMS, "fr", places=Places(places)).start < 20
    assert extract(text, STEMS, "fr", places=Places(places, only=True)).start > places[0]
    assert extract(text, STEMS, "fr", places=Places((), only=True)).start == 0


def test_without_the_words_the_beginning_is_given() -> None:
    found = extract("Un début. " * 100, STEMS, "fr")
    assert not found.found
    assert found.html.startswith("Un début.")
    assert len(found.html) <= LENGTH + 1


@given(st.text(alphabet=st.characters(), max_size=400))
def test_any_text_gives_safe_html(text: str) -> None:
    for html in (
        marked(text + " quorum <", STEMS, "fr"),
        extract(text + " quorum <", STEMS, "fr").html,
    ):
        bare = html.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare
        assert html.count("<mark>") == html.count("</mark>")
