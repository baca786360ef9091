"""Captions are checked one by one, and make a transcript."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from resources.captions import as_webvtt, problems_of, read_captions, transcript_of
from resources.transcripts import passages

GOOD = """WEBVTT
Language: fr

1
00:00:01.000 --> 00:00:03.000
<v Anne>Bonjour &amp; <i>bienvenue</i>.</v>

NOTE une remarque --> pour la monteuse

00:03.500 --> 00:00:06.000 line:0
<v Anne>Nous sommes soixante.</v>

fin
00:01:13.000 --> 00:01:20.500
<v Karim>Le quorum est atteint !</v>
"""


def cue(start: str, end: str, text: str = "Oui.") -> str:
    return f"00:00:{start} --> 00:00:{end}\n{text}\n\n"


def told(*cues: str, language: str = "fr", duration: float | None = None) -> list[str]:
    with override("fr"):
        text = "WEBVTT\n\n" + "".join(cues)
        return [line.replace("\xa0", " ") for line in problems_of(text, language, duration)]


def test_good_captions_have_no_problem_and_say_what_they_say():
    assert problems_of(GOOD, "fr", 81) == []
    cues = read_captions(GOOD).cues
    assert [(cue.start, cue.end, cue.voice, cue.text) for cue in cues] == [
        (1.0, 3.0, "Anne", "Bonjour & bienvenue."),
        (3.5, 6.0, "Anne", "Nous sommes soixante."),
        (73.0, 80.5, "Karim", "Le quorum est atteint !"),
    ]


def test_each_problem_names_its_caption():
    assert told(
        cue("01.000", "03.000"),
        cue("02.000", "04.000"),
        cue("01.500", "05.000"),
        cue("09.000", "08.000"),
        cue("10.000", "11.000", "<i> </i>"),
        "00:00:12,000 --> 00:00:13.000\nUne virgule.\n\n",
        cue("50.000", "59.000"),
        duration=55,
    ) == [
        "Sous-titre 2 (0:02) : il commence avant la fin du sous-titre 1.",
        "Sous-titre 3 (0:01) : il commence avant le sous-titre 2 : remettez-les dans l’ordre.",
        "Sous-titre 4 (0:09) : il finit avant de commencer.",
        "Sous-titre 5 (0:10) : il est vide.",
        "Sous-titre 6 : ses temps sont illisibles : 00:00:12,000 --> 00:00:13.000",
        "Sous-titre 7 (0:50) : il continue après la fin de la vidéo (0:55).",
    ]


def test_a_second_after_the_end_is_forgiven():
    assert told(cue("50.000", "55.900"), duration=55) == []


@pytest.mark.parametrize("content", ["", "bonjour", "WEBVTTX\n\n", "<html>WEBVTT", "\0WEBVTT\n"])
def test_what_is_not_webvtt_is_told_so(content):
    with override("fr"):
        assert problems_of(content, "fr")[0].startswith("Ce n’est pas un fichier WebVTT")


def test_a_file_without_captions_is_refused():
    assert told() == ["Il n’y a aucun sous-titre dans ce fichier."]


def test_the_language_that_a_file_declares_is_compared():
    assert problems_of(GOOD.replace("Language: fr", "Language: fr-FR"), "fr") == []
    with override("fr"):
        assert problems_of(GOOD, "en") == [
            "Le fichier se dit en «\xa0fr\xa0», et non en «\xa0en\xa0»."
        ]


def test_a_long_list_of_problems_is_cut():
    problems = told(*[cue("01.000", "02.000")] * 60)
    assert len(problems) == 21
    assert problems[-1] == "Et 39 autres."


def test_subtitles_of_another_format_are_converted_and_checked_the_same_way():
    text = as_webvtt(
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nOui, bien sûr.\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,x00\r\nNon.\r\n"
    )
    assert read_captions(text).cues[0].text == "Oui, bien sûr."
    assert [number for number, _problem in read_captions(text).problems] == [2]


def test_the_transcript_stands_in_paragraphs_that_begin_with_their_time():
    html = transcript_of(GOOD)
    assert html == (
        "<p>0:01 – <b>Anne</b> – Bonjour &amp; bienvenue. Nous sommes soixante.</p>"
        "<p>1:13 – <b>Karim</b> – Le quorum est atteint !</p>"
    )
    assert [passage.seconds for passage in passages(html)] == [1, 73]


def test_a_long_talk_is_cut_at_the_end_of_a_sentence():
    cues = [
        cue(f"{n:02d}.000", f"{n:02d}.900", "et puis." if n % 7 == 0 else "et") for n in range(50)
    ]
    assert [p.seconds for p in passages(transcript_of("WEBVTT\n\n" + "".join(cues)))] == [0, 36]


def test_words_are_never_markup():
    html = transcript_of("WEBVTT\n\n" + cue("01.000", "02.000", "&lt;script&gt; 1 &lt; 2"))
    assert html == "<p>0:01 – &lt;script&gt; 1 &lt; 2</p>"


@given(st.text(alphabet="WEBVT\n\r 0123456789:.,->éa<v&;\0", max_size=200))
def test_any_text_is_told_or_read(text):
    for content in (text, "WEBVTT\n\n" + text, as_webvtt(text)):
        problems_of(content, "fr", 60)
        transcript_of(content)
