"""Forms that nobody would fill in, drawn by hypothesis: the names of the fields, and what comes in them."""

from hypothesis import strategies as st

from resources.reports.questionnaire.merging import names_of
from tests import campaigns

SHAPES = (campaigns.every_type(), campaigns.default_questionnaire())
NAMES = sorted({name for shape in SHAPES for question in shape for name in names_of(question)})
LIKELY = (
    "on", "yes", "no", "un", "deux", "autre", "kept", "1", "4", "18:30", "14/05/2026", "12,50 €",
    "-1", "1e9", "99999999999999999999", "\u202e12", "a\u200bb", "\x00", "\ud800", "e\u0301", "🎉",
    "Z\u0335\u0335\u0335", "’OR 1=1--", "<script>alert(1)</script>", "٣", "²", "½", "NaN", "\r\n",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(LIKELY), st.text(max_size=30), st.text("0123456789:/,. ", max_size=9)
)
FIELDS = st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=12)),
    st.lists(TEXTS, min_size=1, max_size=3),
    max_size=12,
)
SEEN = st.one_of(st.text(max_size=40), st.just('{"q-text": 1}'), st.just("[" * 5000), st.just("{}"))
