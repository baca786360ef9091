"""Trying a search: what was understood, and why each page stands where it does."""

from django.urls import reverse

from resources.models import GuidePage, VideoPage
from search.engines.base import SearchRequest
from search.explaining import Obstacle, Reason, explain
from search.models import PromotedAnswer, SearchCount, Synonym
from search.service import search
from tests.security.site import SiteCase, guide, index_of, publish

TRY = "search_try:index"


def titles(found):
    return [item.document.title for item in found.first]


class Explaining(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        Synonym.every.all().delete()
        cls.titled = guide("Le quorum", year=2026)
        cls.summed = publish(
            GuidePage(title="Convoquer", summary="Atteindre le quorum à temps.", year=2019),
            index_of("guide"),
        )
        cls.other = guide("Servir un buffet")

    def test_scores_are_those_of_the_search_itself(self):
        for query in ("quorum", "quorum buffet", "vidéo quorum", '"le quorum"', "quorom"):
            hits = search(SearchRequest(query=query, locale="fr")).hits
            told = explain(query, "fr").first
            assert [(h.page_id, h.score) for h in hits] == [
                (item.document.pk, item.parts.score) for item in told
            ]

    def test_it_says_in_which_field_each_word_was_found_and_how_often(self):
        first, second = explain("quorum", "fr").first
        assert first.document.title == "Le quorum"
        (word,) = first.said
        assert (word.typed, word.fields) == ("quorum", {"title"})
        (where,) = word.ways[0].where
        assert (where.times, where.weight) == (1, 6.0)
        assert where.counts > 0
        assert second.said[0].fields == {"summary"}

    def test_words_that_a_page_does_not_say_are_named(self):
        found = explain("quorum licorne", "fr")
        assert found.first[0].missing == ("licorne",)
        assert found.first[0].parts.coverage < 1

    def test_synonyms_come_with_their_rule(self):
        rule = Synonym.objects.create(words="gueuleton", targets="buffet")
        found = explain("gueuleton", "fr")
        ways = [way for word in found.understood for way in word.ways if way.rule]
        assert [(way.text, way.rule) for way in ways] == [("buffet", rule)]
        assert titles(found) == ["Servir un buffet"]
        assert found.first[0].said[0].ways[0].rule == rule

    def test_typing_mistakes_and_types_are_said(self):
        publish(
            VideoPage(title="Film du quorum", summary="x", no_transcript_reason="x"),
            index_of("video"),
        )
        assert explain("quorom", "fr").result.suggestion == "quorum"
        found = explain("vidéo quorum", "fr")
        assert found.result.requested_types == ("video",)
        assert found.first[0].parts.requested > 1

    def test_a_page_that_stands_lower_is_compared_with_the_first(self):
        found = explain("quorum", "fr", self.summed.pk)
        assert found.asked.place == 2
        assert {reason for reason, _word in found.reasons} == {Reason.TITLE, Reason.AGE}

    def test_a_page_says_which_words_it_lacks(self):
        found = explain("quorum buffet", "fr", self.other.pk)
        assert (found.asked.missing, found.obstacle) == (("quorum",), None)
        alone = explain("quorum", "fr", self.other.pk)
        assert alone.obstacle is Obstacle.WORDS
        assert alone.asked.missing == ("quorum",)

    def test_a_page_that_the_search_cannot_show_says_why(self):
        draft = guide("Le quorum en brouillon")
        draft.unpublish()
        assert explain("quorum", "fr", draft.pk).obstacle is Obstacle.ABSENT
        english = self.titled.copy_for_translation(index_of("guide", "en").locale)
        english.save_revision().publish()
        assert explain("quorum", "en", self.titled.pk).obstacle is Obstacle.ELSEWHERE

    def test_a_page_that_says_the_words_in_another_order_lacks_the_phrase(self):
        apart = guide("Un buffet à servir")
        assert explain('"servir un buffet"', "fr", apart.pk).obstacle is Obstacle.PHRASE

    def test_nothing_typed_explains_nothing(self):
        for query in ("", "?!", "le la"):
            assert explain(query, "fr").understood == () or explain(query, "fr").first == ()


class Screen(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.page = guide("Le quorum")
        cls.lower = guide("Préparer la salle")

    def setUp(self) -> None:
        self.sign_in("chief")

    def test_an_editor_sees_words_promotions_results_and_reasons(self):
        PromotedAnswer.objects.create(queries="quorom", page=self.lower)
        address = reverse(TRY)
        told = {"query": "quorom", "locale": "fr", "page": self.lower.pk}
        page = self.client.get(address, told).content.decode()
        for said in ("quorum", "Réponses promues", "Préparer la salle", "Pourquoi pas", "titre"):
            assert said in page, said
        assert "Pourquoi elle est à cette place" in page

    def test_the_screen_opens_empty_and_bears_any_text(self):
        assert self.client.get(reverse(TRY)).status_code == 200
        for query in ("", "<script>x</script>", "a" * 400, "\x00", "?"):
            response = self.client.get(reverse(TRY), {"query": query, "locale": "fr"})
            assert response.status_code == 200
            assert "<script>x" not in response.content.decode()
        assert self.client.get(reverse(TRY), {"query": "x", "locale": "xx"}).status_code == 200

    def explained(self, query, locale="fr"):
        page = self.client.get(reverse(TRY), {"query": query, "locale": locale})
        return page.content.decode().replace("\xa0", " ")

    def test_words_that_say_nothing_show_nothing_and_it_says_so(self):
        told = self.explained("le la")
        assert "0 résultat" in told
        assert "Rien à chercher" in told
        assert "montre tout" not in told
        exact = self.explained("« le la »")
        assert "entre guillemets" in exact
        assert "montre tout" not in exact

    def test_words_are_shown_as_people_write_them(self):
        guide("L’ordre du jour de l’assemblée générale")
        guide("Assemblées et vidéos")
        for query in ("assemblée ordre du jour", "assemblé", "vidéo", "ordre du jour assemblee"):
            for locale in ("fr", "en"):
                asked = {"query": query, "locale": locale}
                found = self.client.get(reverse(TRY), asked).context["found"]
                said = [word for item in found.first for word in item.said]
                ways = [way.text for word in (*found.understood, *said) for way in word.ways]
                for stem in ("ordr", "vide", "ordr jour", "ordre jour"):
                    assert stem not in ways, (query, locale)
                folded = {way for way in ways if way.startswith("assemblee")}
                assert folded <= {"assemblee"} & {*query.split()}, (query, locale)

    def test_trying_counts_nothing(self):
        self.client.get(reverse(TRY), {"query": "quorum", "locale": "fr"})
        assert not SearchCount.objects.exists()
