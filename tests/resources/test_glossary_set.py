"""Annotated sentences, many of them hard: how well terms are recognised.

`data/glossary_sentences.json` holds what a careful reader would link: the first use of each term,
nothing in links, headings and quotes of law, ambiguous words only where they are the term. It was
written before the rules; `data/glossary_more_sentences.json`, nearly all hard, against them;
`data/glossary_third_sentences.json` of many kinds of texts, read before any rule was mended;
`data/glossary_fourth_sentences.json` by three people who did not know the rules, half of it hard;
`data/glossary_english_sentences.json` for the terms in English.
"""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from resources.models import GlossaryTermPage

DATA = Path(__file__).parent / "data"
SENTENCES, MORE = DATA / "glossary_sentences.json", DATA / "glossary_more_sentences.json"
THIRD = DATA / "glossary_third_sentences.json"
FOURTH = DATA / "glossary_fourth_sentences.json"
ENGLISH = DATA / "glossary_english_sentences.json"
PRECISION, RECALL = 0.97, 0.95


def run(folder, source, language="fr"):
    out = folder / "found.json"
    call_command("glossary_run", str(source), str(out), locale=language, stdout=StringIO())
    return json.loads(out.read_text(encoding="utf-8"))


def spans(items, names):
    return {
        (name, span["start"], span["end"], span["term"]) for name in names for span in items[name]
    }


def measure(folder, source, only_hard, language="fr"):
    """Precision and recall of a set, and what is wrong."""
    items = json.loads(source.read_text(encoding="utf-8"))
    wanted = {item["id"]: item["spans"] for item in items if item["hard"] or not only_hard}
    got, right = spans(run(folder, source, language), wanted), spans(wanted, wanted)
    return len(got & right) / len(got), len(got & right) / len(right), sorted(got ^ right)


def test_there_are_three_hundred_sentences_and_a_hundred_hard_ones():
    sentences = json.loads(SENTENCES.read_text(encoding="utf-8"))
    assert (len(sentences), sum(item["hard"] for item in sentences)) == (300, 100)


def test_half_of_the_sentences_of_people_who_did_not_know_the_rules_are_hard():
    sentences = json.loads(FOURTH.read_text(encoding="utf-8"))
    assert (len(sentences), sum(item["hard"] for item in sentences)) == (640, 320)


@pytest.mark.parametrize(
    ("source", "only_hard"),
    [
        (SENTENCES, False), (SENTENCES, True), (MORE, True), (THIRD, False), (THIRD, True),
        (FOURTH, False), (FOURTH, True),
    ],
)  # fmt: skip
def test_terms_are_recognised_in_the_annotated_sentences(loaded_site, tmp_path, source, only_hard):
    precision, recall, wrong = measure(tmp_path, source, only_hard)
    assert precision >= PRECISION, wrong
    assert recall >= RECALL, wrong


def test_everyday_words_are_told_from_terms_in_english_too(loaded_site, tmp_path):
    assert len(json.loads(ENGLISH.read_text(encoding="utf-8"))) >= 60
    precision, recall, wrong = measure(tmp_path, ENGLISH, False, "en")
    assert precision >= PRECISION, wrong
    assert recall >= RECALL, wrong


def test_offsets_and_words_agree_in_the_set_and_in_the_answers(loaded_site, tmp_path):
    source = tmp_path / "one.json"
    source.write_text(json.dumps([{"id": 7, "html": "<p>L&#39;<b>AG</b> &amp; le quorum</p>"}]))
    assert run(tmp_path, source) == {
        "7": [
            {"start": 2, "end": 4, "text": "AG", "term": "ag"},
            {"start": 10, "end": 16, "text": "quorum", "term": "quorum"},
        ]
    }


def test_each_language_has_its_own_terms(loaded_site, client):
    for language, start in (("fr", "/glossaire/"), ("en", "/en/glossary/")):
        pages = GlossaryTermPage.objects.filter(locale__language_code=language)
        texts = "".join(client.get(page.get_url()).content.decode() for page in pages[:5])
        links = re.findall(r'class="defined" href="([^"]*)"', texts)
        assert links
        assert all(url.startswith(start) for url in links)


@pytest.mark.parametrize("written", ["", "{", "[1]", '[{"id": 1}]', '{"id": "x"}', "3"])
def test_a_file_that_is_not_a_list_of_sentences_is_named(loaded_site, tmp_path, written):
    source = tmp_path / "wrong.json"
    source.write_text(written)
    with pytest.raises(CommandError, match=r"wrong\.json is not a list"):
        run(tmp_path, source)


def test_a_file_that_cannot_be_read_or_written_is_named(loaded_site, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.json cannot be read"):
        run(tmp_path, tmp_path / "nowhere.json")
    source = tmp_path / "none.json"
    source.write_text("[]")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("glossary_run", str(source), str(tmp_path / "no" / "out.json"))
