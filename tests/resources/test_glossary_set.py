"""Three hundred annotated sentences, a hundred of them hard: how well terms are recognised.

`data/glossary_sentences.json` holds what a careful reader would link: the first use of each term,
nothing in links, headings and quotes of law, ambiguous words only where they are the term.
"""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from resources.models import GlossaryTermPage

SENTENCES = Path(__file__).parent / "data" / "glossary_sentences.json"
PRECISION, RECALL = 0.97, 0.95


def run(folder, source):
    out = folder / "found.json"
    call_command("glossary_run", str(source), str(out), stdout=StringIO())
    return json.loads(out.read_text(encoding="utf-8"))


def spans(items, names):
    return {
        (name, span["start"], span["end"], span["term"]) for name in names for span in items[name]
    }


def test_terms_are_recognised_in_the_annotated_sentences(loaded_site, tmp_path):
    sentences = json.loads(SENTENCES.read_text(encoding="utf-8"))
    hard = [item["id"] for item in sentences if item["hard"]]
    assert (len(sentences), len(hard)) == (300, 100)
    found = run(tmp_path, SENTENCES)
    wanted = {item["id"]: item["spans"] for item in sentences}
    for names in (list(wanted), hard):
        got, right = spans(found, names), spans(wanted, names)
        wrong = sorted(got ^ right)
        assert len(got & right) / len(got) >= PRECISION, wrong
        assert len(got & right) / len(right) >= RECALL, wrong


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
