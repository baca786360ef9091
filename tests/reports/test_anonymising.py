"""Names leave the texts: those the hub knows for sure, those that look like names as a proposal."""

import pytest

from resources.reports.anonymising import Known, Replacement, left_in, proposed, replaced

KNOWN = Known(
    own=["Les Toits Bleus"],
    towns=["Rennes"],
    regions=["Bretagne"],
    people=["Camille Le Goff", "Camille"],
    others=["Coopérative des Roseaux", "L’Habitat d’Émeraude"],
)


def without_names(text: str) -> str:
    return replaced(text, proposed([text], KNOWN))


def test_the_names_of_the_house_leave():
    text = "Chez Les Toits Bleus, à Rennes, en Bretagne, Camille a ouvert la séance."
    assert without_names(text) == (
        "Chez notre coopérative, à notre ville, en notre région, une personne a ouvert la séance."
    )


@pytest.mark.parametrize(
    "written",
    ["LES TOITS BLEUS", "les toits bleus", "Toits Bleus", "les Toits-Bleus", "Les\u00a0Toits Bleus",
     "Les To\u00adits Bleus"],
)  # fmt: skip
def test_however_it_is_written(written):
    assert "oits" not in without_names(f"Nous, {written}, avons osé.")


@pytest.mark.parametrize("written", ["Roseaux", "la coopérative des roseaux", "Habitat d'Emeraude"])
def test_another_co_op_is_found(written):
    assert left_in(f"Comme {written} avant nous.", KNOWN.never)


def test_a_common_word_is_no_name():
    assert not left_in("Nous avons planté des roseaux au bord de l’eau.", KNOWN.never)
    assert not left_in("Une rennesque histoire", KNOWN.never)


def test_people_and_places_are_proposed():
    found = {
        r.name for r in proposed(["Avec Mme Durand, nous étions au Palais des Congrès."], KNOWN)
    }
    assert any("Durand" in name for name in found)
    assert any("Palais" in name for name in found)


def test_the_words_of_the_trade_are_not():
    text = "Nous avons tenu l’AG en mai. Le CA et les SCIC ont voté. Merci à tous."
    assert proposed([text], KNOWN) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Julien a ouvert la séance.", "Julien"),
        ("Merci à tous. Aïcha et Samir ont tenu la buvette.", "Aïcha"),
        ("Jean-Marc, du conseil, a présenté les comptes.", "Jean-Marc"),
        ("« Sandrine Morel nous a raconté son arrivée. »", "Sandrine Morel"),
        ("Pierre a lu le rapport.", "Pierre"),
        ("Oumarou n’a pas pu venir.", "Oumarou"),
        ("Bilan :\n- Nathalie tient la caisse", "Nathalie"),
    ],
)
def test_a_first_name_that_begins_a_sentence_is_proposed(text, name):
    found = proposed([text], KNOWN)
    assert Replacement(name, "une personne") in found
    assert name not in without_names(text)


def test_common_words_that_begin_sentences_are_not():
    text = (
        "Chacun a pu parler. Personne n’a quitté la salle. Tout est allé vite. Pierre angulaire de"
        " la soirée, le repas. Claire et courte, la convocation a plu. Beaucoup ont chanté. Rien ne"
        " manquait. L’animation a duré. Certains ont voté. Cela est nouveau. Préparer en amont aide."
        " Résultat, deux fois plus de monde ! Une heure a suffi. Aucun n’a protesté. Quelqu’un a"
        " filmé. Ça a pris. Celui qui parle est écouté. Voter est simple. Marine ou citadine, la"
        " salle compte. Tenir l’heure est un art. Y aller en car a aidé. Où est la salle ? Bien."
    )
    assert proposed([text], KNOWN) == []


def test_a_replacement_begins_a_sentence():
    assert replaced("Rennes a gagné.", [Replacement("Rennes", "notre ville")]) == (
        "Notre ville a gagné."
    )


def test_what_is_left_says_where():
    (left,) = left_in("Le soir, chez Les Toits Bleus, on danse.", ["Les Toits Bleus"])
    assert left.name == "Les Toits Bleus"
    assert "chez Les Toits Bleus, on" in left.place
