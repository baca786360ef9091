"""A digest tells of what anybody may read at the moment it leaves, and of nothing else."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import PageViewRestriction

from hub.core import outbox
from resources.digests import take_a_turn
from search.models import SearchDocument
from tests.alerts import a_week_passes, next_week, told, work
from tests.factories import index_of, resource

pytestmark = pytest.mark.django_db


def hide(page, how):
    if how == "withdrawn":
        page.unpublish()
    elif how == "deleted":
        page.delete()
    elif how == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif how == "section":
        PageViewRestriction.objects.create(page=index_of("guide"), restriction_type="login")
    elif how == "reserved":
        page.access = "federation"
        page.save_revision().publish()
    elif how == "unknown to the index":
        type(page).objects.filter(pk=page.pk).update(live=False)
    elif how == "ended":
        past = timezone.now() - timedelta(minutes=1)
        type(page).objects.filter(pk=page.pk).update(expire_at=past)
        SearchDocument.objects.filter(pk=page.pk).update(expires_at=past)


WAYS = ["withdrawn", "deleted", "private", "section", "reserved", "ended", "unknown to the index"]


@pytest.mark.parametrize("how", WAYS)
def test_what_is_hidden_while_the_message_waits_is_not_told(follower, how):
    video, guide = resource("video", "Le quorum en images"), resource("guide", "Le quorum secret")
    a_week_passes()
    take_a_turn()
    assert outbox.waiting("mail").count() == 1
    hide(guide, how)
    work()
    (message,) = mail.outbox
    assert told(message) == [video.title]
    assert "secret" not in message.body


@pytest.mark.parametrize("how", WAYS)
def test_a_message_with_nothing_left_to_tell_is_not_sent(follower, how):
    page = resource("guide", "Le quorum secret")
    a_week_passes()
    take_a_turn()
    hide(page, how)
    work()
    assert mail.outbox == []
    assert not outbox.waiting("mail").exists()


def test_so_it_is_when_the_mail_server_was_away_for_hours(follower, settings):
    page = resource("guide", "Le quorum secret")
    resource("video", "Le quorum en images")
    a_week_passes()
    with_mail, settings.EMAIL_BACKEND = (
        settings.EMAIL_BACKEND,
        "django.core.mail.backends.smtp.EmailBackend",
    )
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    work()
    assert outbox.waiting("mail").get().error.startswith("The mail server is away")
    page.unpublish()
    settings.EMAIL_BACKEND = with_mail
    outbox.retry(outbox.waiting("mail"))
    work()
    (message,) = mail.outbox
    assert told(message) == ["Le quorum en images"]
    assert next_week() == []


def test_what_comes_back_is_not_told_twice(follower):
    page = resource("guide", "Le quorum expliqué")
    assert len(next_week()) == 1
    page.unpublish()
    assert next_week() == []
    page.save_revision().publish()
    assert next_week() == []
