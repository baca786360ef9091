"""How an address is read: what counts, what is left out, what is named as a problem."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from resources.facets import (
    FACETS,
    LARGEST_SIZE,
    LAST_RESULT,
    MOST_VALUES,
    SORTS,
    Selection,
    last_page,
    parse,
)


def read(address, locale="fr"):
    return parse(QueryDict(address), locale)


def problems(address):
    return [problem.parameter for problem in read(address).problems]


def test_an_empty_address_is_the_plain_first_view():
    selection = read("")
    assert selection == Selection()
    assert not selection.is_filtered
    assert selection.effective_sort == "recent"


def test_the_values_of_one_facet_add_up():
    assert read("type=guide&type=video&type=guide").filters == {"type": ("guide", "video")}


def test_any_other_parameter_given_twice_counts_once_the_last():
    selection = read("q=vote&q=quorum&sort=recent&sort=alpha&page=2&page=3")
    assert (selection.query, selection.sort, selection.page) == ("quorum", "alpha", 3)
    assert selection.problems == ()


def test_an_unknown_parameter_is_ignored():
    assert read("utm_source=x&couleur=bleu&q=vote") == read("q=vote")


def test_an_empty_value_is_no_filter():
    assert read("type=&theme=+&page=&size=&sort=") == Selection()


@pytest.mark.parametrize(
    "address",
    [
        "type=livre", "step=hier", "language=xx", "use=rien", "year=24", "year=20245", "year=²²²²",
        "year=-999", "theme=a b", "theme=" + "x" * 81, "organisation=%3Cb%3E", "format=p.df",
        "page=0", "page=-1", "page=1.5", "page=x", "page=501", "page=99999999999999999999",
        "size=0", "size=101", "size=٣", "sort=prix",
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_named(address):
    name = address.partition("=")[0]
    assert problems(address) == [name]
    assert read(address).filters == {}


def test_pages_stop_where_results_do():
    assert problems("size=100&page=100") == []
    assert problems("size=100&page=101") == ["page"]


def test_the_last_page_that_a_list_links_to_can_be_read():
    for size in range(1, LARGEST_SIZE + 1):
        last = last_page(10**9, size)
        assert problems(f"size={size}&page={last}") == []
        assert problems(f"size={size}&page={last + 1}") == ["page"]
        assert read(f"size={size}&page={last}").offset < LAST_RESULT


def test_thirty_values_fit_in_all():
    address = "&".join(f"theme=t{n}" for n in range(MOST_VALUES)) + "&type=guide"
    assert problems(address) == ["theme"]
    assert sum(map(len, read(address).filters.values())) == MOST_VALUES


def test_a_person_who_follows_an_old_link_is_served_without_what_is_wrong():
    selection = read("type=livre&theme=vote").lenient()
    assert selection.problems == ()
    assert selection.filters == {"theme": ("vote",)}


def test_removing_a_value_goes_back_to_the_first_page():
    selection = read("type=guide&type=video&page=3&q=vote").without("type", "guide")
    assert (selection.filters, selection.page, selection.query) == ({"type": ("video",)}, 1, "vote")
    assert selection.without("type", "video").filters == {}


def test_the_list_of_one_type_keeps_its_type():
    selection = read("type=video&theme=vote").only_type("guide")
    assert selection.engine_filters == {"type": {"guide"}, "theme": {"vote"}}
    assert selection.parameters() == "theme=vote"


names = st.sampled_from([*FACETS, "q", "sort", "page", "size", "autre"])
values = st.one_of(
    st.text(max_size=12), st.sampled_from(["guide", "2024", "avant", "fr", "3", *SORTS, "a-b"])
)


@given(st.lists(st.tuples(names, values), max_size=40))
def test_any_address_is_read_and_says_the_same_again(pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    selection = parse(query).lenient()
    again = parse(QueryDict(selection.parameters()))
    assert again.problems == ()
    assert again.parameters() == selection.parameters()
    assert (again.filters.keys(), again.page, again.size) == (
        selection.filters.keys(), selection.page, selection.size,
    )  # fmt: skip
