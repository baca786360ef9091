"""A draft is kept with its problems, and its copies get keys of their own."""

import copy

import pytest

from resources.reports.models import Campaign
from resources.reports.questionnaire.default import default_questionnaire
from resources.reports.questionnaire.twins import reworded
from tests import campaigns
from tests.reports.campaign_posts import create, edit, errors, question, section, stream, url

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def editor(admin_client):
    return admin_client


@pytest.fixture
def raw():
    return stream(default_questionnaire())


def latest(campaign):
    return Campaign.objects.get(pk=campaign.pk).get_latest_revision_as_object()


@pytest.fixture
def wrong(raw):
    """Four questions with a problem each."""
    question(raw, "lieu", "lieu")["value"]["when"] = "mode_ag ="
    question(raw, "lieu", "transport")["value"]["when"] = "mode_age = distance"
    question(raw, "ag", "type_ag")["value"]["when"] = "lieu is answered"
    question(raw, "participation", "participation")["value"]["rows"] = []
    return raw


TOLD = ("«\u00a0lieu\u00a0»", "ne peut pas être lue", "mode_age", "lignes")


def test_a_draft_is_kept_with_its_problems_and_each_is_told_in_its_place(editor, wrong):
    assert create(editor, wrong).status_code == 302
    made = Campaign.objects.get()
    assert not made.live
    assert latest(made).shape.questions["transport"].when == "mode_age = distance"
    page = editor.get(url("edit", made.pk))
    text = page.content.decode()
    assert "ne peut pas encore être publié" in text
    for words in TOLD:
        assert words in text
    told = page.context["form"].errors["sections"].as_data()[0]
    assert len(told.block_errors) == 3  # the sections that have a problem


def test_publishing_it_is_refused_with_everything_at_once(editor, wrong):
    create(editor, wrong)
    made = Campaign.objects.get()
    refused = edit(editor, made, wrong, **{"action-publish": "1"})
    told = errors(refused)
    assert len(told) == 4
    for line, words in zip(told, TOLD, strict=True):
        assert words in line
    assert not Campaign.objects.get().live


def test_what_is_public_stays_while_its_draft_has_problems(editor, raw, wrong):
    made = campaigns.campaign()
    assert edit(editor, made, wrong).status_code == 302
    made = Campaign.objects.get()
    assert made.shape.questions["type_ag"].when == ""
    assert latest(made).shape.questions["type_ag"].when == "lieu is answered"


def test_the_other_screens_open_on_such_a_draft(editor, wrong):
    create(editor, wrong)
    made = Campaign.objects.get()
    for name in ("paths", "try", "new_season", "import", "export"):
        assert editor.get(url(name, made.pk)).status_code == 200, name
    tried = editor.post(url("try", made.pk))
    assert tried.status_code == 422
    assert "mode_age" in tried.content.decode()


def test_a_campaign_that_was_only_tried_can_be_deleted_once_its_tests_are_erased(editor):
    made = campaigns.campaign()
    kept = campaigns.campaign(season=made.season - 1, slug="autre")
    for one in (made, kept):
        assert editor.post(url("try", one.pk)).status_code == 302
    editor.post(url("delete", made.pk))
    assert Campaign.objects.filter(pk=made.pk).exists()
    page = editor.get(url("try", made.pk)).content.decode()
    assert "1 réponse d’essai est gardée" in page
    assert editor.post(url("try", made.pk), {"erase": "1"}).status_code == 302
    editor.post(url("delete", made.pk))
    assert list(Campaign.objects.all()) == [kept]
    assert kept.answers.count() == 1


def test_what_was_answered_is_not_lost_by_a_draft_either(editor, raw):
    made = campaigns.campaign(live=False)
    campaigns.answer(campaigns.participant(made), {"duree": 90})
    section(raw, "horaire")["value"]["questions"].remove(question(raw, "horaire", "duree"))
    refused = edit(editor, made, raw)
    assert refused.status_code == 200
    assert "duree" in " ".join(errors(refused))


def copied(block, **values):
    """As the copy button leaves it: the same values, identifiers of its own at every level."""
    twin = copy.deepcopy(block)
    twin["value"] |= values

    def renew(part):
        part["id"] = f"copy-{part['id']}"
        for value in part["value"].values():
            for inner in value if isinstance(value, list) else ():
                renew(inner)

    renew(twin)
    return twin


def test_a_copy_gets_a_key_of_its_own_even_where_it_stands_first(editor, raw):
    create(editor, raw)
    made = Campaign.objects.get()
    original = question(raw, "horaire", "duree")
    section(raw, "coop")["value"]["questions"].insert(0, copied(original, label_fr="Durée, bis"))
    section(raw, "lieu")["value"]["questions"].append(copied(original))
    assert edit(editor, made, raw).status_code == 302
    shape = latest(made).shape
    assert shape.section("coop").questions[0].key == "duree_bis"
    assert shape.section("lieu").questions[-1].key == "duree_2"
    assert shape.section_of("duree").key == "horaire"
    rules = [rule.check for rule in shape.questions["duree_bis"].rules]
    assert rules == [check.replace("duree", "duree_bis") for check in checks(shape, "duree")]


def checks(shape, key):
    return [rule.check for rule in shape.questions[key].rules]


def test_a_copied_section_looks_at_its_own_questions(editor, raw):
    create(editor, raw)
    made = Campaign.objects.get()
    place = raw.index(section(raw, "horaire"))
    raw.insert(place + 1, copied(section(raw, "horaire")))
    assert edit(editor, made, raw, **{"action-publish": "1"}).status_code == 302
    shape = Campaign.objects.get().shape
    twin = shape.section("horaire_2")
    assert [q.key for q in twin.questions] == [
        f"{q.key}_2" for q in shape.section("horaire").questions
    ]
    assert shape.questions["horaire_raison_2"].when == "horaire_change_2"
    assert shape.questions["horaire_raison"].when == "horaire_change"


def test_a_copied_answer_gets_a_key_of_its_own(editor, raw):
    create(editor, raw)
    made = Campaign.objects.get()
    options = question(raw, "horaire", "jour")["value"]["options"]
    options.insert(0, copied(options[2], label_fr="Jour de marché"))
    options.append(copied(options[1]))
    assert edit(editor, made, raw).status_code == 302
    keys = [option.key for option in latest(made).shape.questions["jour"].options]
    assert keys[0] == "jour_marche"
    assert keys[-1] == f"{keys[1]}_2"
    assert len(keys) == len(set(keys))


def test_a_copy_takes_no_key_from_a_question_with_answers(editor, raw):
    made = campaigns.campaign()
    campaigns.answer(campaigns.participant(made), {"duree": 90})
    raw = [dict(block) for block in made.sections.raw_data]
    original = question(raw, "horaire", "duree")
    section(raw, "coop")["value"]["questions"].insert(0, copied(original, label_fr="Autre durée"))
    assert edit(editor, made, raw, **{"action-publish": "1"}).status_code == 302
    shape = Campaign.objects.get().shape
    assert shape.section_of("duree").key == "horaire"
    assert shape.section("coop").questions[0].key == "autre_duree"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("lieu = salle and not lieu is answered", "place = salle and not place is answered"),
        ("part.a.b <= part.a.c", "whole.a.b <= whole.a.c"),
        ("jour in (lieu, part) and lieu has lieu_x", "jour in (lieu, part) and place has lieu_x"),
        ("ceci n’est rien ! lieu", "ceci n’est rien ! lieu"),
        ("", ""),
    ],
)
def test_an_expression_follows_the_new_keys(text, after):
    assert reworded(text, {"lieu": "place", "part": "whole"}) == after
