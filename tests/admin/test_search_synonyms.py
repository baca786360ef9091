"""Synonym rules, as editors write them: checked, named, and in force at the next search."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile

from search.models import ProtectedWord, Synonym
from tests.security.site import SiteCase, guide

LIST = "wagtailsnippets_search_synonym:list"
ADD = "wagtailsnippets_search_synonym:add"
FORM = "w-editor-form"


def found(client, query):
    """The titles that the public page lists."""
    return [card.title for card in client.get("/ressources/", {"q": query}).context["cards"]]


class Rules(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        Synonym.every.all().delete()
        guide("Servir un buffet")
        guide("Réunir le quorum")

    def setUp(self) -> None:
        self.sign_in("chief")

    def write(self, words, targets="", **more):
        data = {"words": words, "targets": targets, "enabled": "on", **more}
        return self.client.post(reverse(ADD), data)

    def said(self, response):
        """What the next page tells, once."""
        shown = self.client.get(response.url).context["messages"]
        return " ".join(str(message) for message in shown).replace("\xa0", " ")

    def test_a_rule_works_at_the_next_search(self):
        assert "Servir un buffet" not in found(self.client, "gueuleton")
        assert self.write("gueuleton, buffet").status_code == 302
        assert "Servir un buffet" in found(self.client, "gueuleton")

    def test_a_one_way_rule_works_one_way(self):
        guide("Un gueuleton entre voisins")
        self.write("buffet", "gueuleton")
        assert "Un gueuleton entre voisins" in found(self.client, "buffet")
        assert "Servir un buffet" not in found(self.client, "gueuleton")

    def test_a_rule_put_aside_works_no_more(self):
        self.write("gueuleton, buffet")
        rule = Synonym.objects.get()
        edit = reverse("wagtailsnippets_search_synonym:edit", args=[rule.pk])
        self.client.post(edit, {"words": rule.words, "targets": ""})
        assert "Servir un buffet" not in found(self.client, "gueuleton")

    def test_the_form_explains_the_two_kinds(self):
        page = self.client.get(reverse(ADD)).content.decode()
        assert "Mots équivalents" in page
        assert "Dans un seul sens" in page

    def test_the_form_starts_with_the_words_of_the_address(self):
        page = self.client.get(reverse(ADD), {"words": "verre,  de l’amitié\x00"})
        assert querydict_from_html(page.content.decode(), form_id=FORM)["words"] == (
            "verre  de l’amitié"
        )

    def test_a_rule_that_does_nothing_is_refused_with_the_reason(self):
        Synonym.objects.create(words="buffet, quorum, salle")
        for words, reason in [
            ("quorums, quorum", "pour le même mot"),
            ("le, la", "trop courant"),
            ("buffet, quorum", "buffet, quorum, salle"),
            ("buffet", "au moins deux"),
        ]:
            response = self.write(words)
            assert response.status_code == 200, words
            assert reason in response.content.decode(), words
        assert Synonym.objects.count() == 1

    def errors(self, words, targets=""):
        response = self.write(words, targets)
        shown = [str(told) for told in response.context["form"].errors.get("words", ())]
        return [told.replace("\xa0", " ") for told in shown]

    def test_each_refusal_says_one_thing(self):
        for words, targets in [("", ""), ("le, la", ""), ("buffet", ""), ("quorum, quorums", "")]:
            assert len(self.errors(words, targets)) == 1, words
        assert self.errors(",") == ["Une règle a besoin d’au moins un mot."]

    def test_an_edited_rule_is_refused_for_what_it_says_now(self):
        rule = Synonym.objects.create(words="buffet", targets="quorum")
        edit = reverse("wagtailsnippets_search_synonym:edit", args=[rule.pk])
        refused = self.client.post(edit, {"words": "le, la", "targets": "", "enabled": "on"})
        (told,) = refused.context["form"].errors["words"]
        assert "trop courants" in told

    def test_one_word_and_several_are_not_said_the_same_way(self):
        Synonym.objects.create(words="buffet, quorum")
        for language, several, one, shared, alone in [
            ("fr", "sont des mots trop courants", "est un mot trop courant",
             "figurent aussi dans", "figure aussi dans"),
            ("en", "are too common", "is too common a word",
             "also stand in", "also stands in"),
        ]:  # fmt: skip
            UserProfile.objects.update_or_create(
                user=self.people["chief"], defaults={"preferred_language": language}
            )
            assert several in self.errors("le, la")[0]
            assert one in self.errors("buffet, le")[0]
            assert shared in self.said(self.write("buffet, quorum, salle"))
            assert alone in self.said(self.write("buffet, fauteuil"))
            Synonym.objects.exclude(words="buffet, quorum").delete()

    def test_the_list_and_the_form_name_the_box_the_same_way(self):
        Synonym.objects.create(words="buffet, quorum")
        for name in (LIST, ADD):
            page = self.client.get(reverse(name)).content.decode()
            assert re.search(r"\bActif\b", page), name
            assert not re.search(r">\s*Active\s*<", page), name

    def test_a_rule_that_does_nothing_may_be_kept_aside(self):
        assert self.write("quorum, quorums", enabled="").status_code == 302

    def test_what_may_surprise_is_said_and_does_not_stand_in_the_way(self):
        other = Synonym.objects.create(words="buffet, pot")
        response = self.write("quorum, buffet, avec")
        assert response.status_code == 302
        said = self.said(response)
        assert reverse("wagtailsnippets_search_synonym:edit", args=[other.pk]) in said
        assert "« buffet » figure aussi dans la règle" in said
        assert "« avec » est laissé de côté" in said

    def test_words_of_no_page_and_ways_that_cross_are_said(self):
        Synonym.objects.create(words="licorne", targets="quorum")
        assert "Aucune page du site" in self.said(self.write("dragon", "chimère"))
        assert "dans l’autre sens" in self.said(self.write("quorum", "licorne"))

    def test_words_are_shown_as_text(self):
        other = Synonym.objects.create(words="<b>buffet</b>, pot")
        said = self.said(self.write("quorum, buffet"))
        assert "<b>" not in said
        page = self.client.get(reverse(LIST)).content.decode()
        assert "<b>buffet" not in page
        assert other.pk

    def test_the_list_shows_the_problems_of_each_rule_and_keeps_them_alone(self):
        Synonym.objects.create(words="quorum, quorums")
        Synonym.objects.create(words="buffet, quorum")
        Synonym.objects.create(words="licorne, dragon", enabled=False)
        page = self.client.get(reverse(LIST)).content.decode()
        assert "pour le même mot" in page
        assert "Aucune page" not in page
        alone = self.client.get(reverse(LIST), {"problems": "some"}).content.decode()
        assert "quorum, quorums" in alone
        assert "licorne" not in alone

    def test_the_list_costs_the_same_for_one_rule_and_for_fifty(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.client.get(reverse(LIST))
            return len(queries)

        Synonym.objects.create(words="quorum, buffet")
        self.client.get(reverse(LIST))
        few = cost()
        for number in range(40):
            Synonym.objects.create(words=f"quorum, mot{number}")
        assert cost() == few

    def test_the_list_is_exported_without_formulas(self):
        Synonym.objects.create(words="=1+1, quorum")
        response = self.client.get(reverse(LIST), {"export": "csv"})
        assert "'=1+1" in b"".join(response.streaming_content).decode()


class ProtectedWords(SiteCase):
    def test_a_word_is_never_corrected_from_the_next_search_on(self):
        guide("Préparer le quorum")
        self.sign_in("chief")
        assert found(self.client, "quoram") == ["Préparer le quorum"]
        add = reverse("wagtailsnippets_search_protectedword:add")
        assert self.client.post(add, {"word": "Quoram"}).status_code == 302
        assert ProtectedWord.objects.get().folded == "quoram"
        assert found(self.client, "quoram") == []

    def test_two_words_and_a_word_already_there_are_refused(self):
        ProtectedWord.objects.create(word="Quoram")
        self.sign_in("chief")
        add = reverse("wagtailsnippets_search_protectedword:add")
        for wrong, said in [
            ("deux mots", "« deux », « mots »"),
            ("Aix-en-Provence", "« Aix », « en », « Provence »"),
            ("?!", "que des signes"),
            ("quoram", "déjà protégé"),
            ("", "requis"),
        ]:
            response = self.client.post(add, {"word": wrong})
            assert response.status_code == 200
            (told,) = response.context["form"].errors["word"]
            assert said in told.replace("\xa0", " "), wrong
