"""A story leaves nothing to the next one, which gets its browser."""

from activities.models import UnsavedAnswer
from tests.browser.conftest import leave_as_new, session_cookie
from tests.browser.support.steps import HUGE, happened
from tests.factories import ActivityFactory, RoundFactory

WORDS = "Sex lyktor är bytta."
TYPED_UNHEARD = "(field, words) => { field.value = words; }"  # so that the page first sees it as it is left
STORE = "() => { sessionStorage.setItem('before', ''); localStorage.setItem('before', ''); }"
STORED = "() => [sessionStorage, localStorage].map((storage) => storage.getItem('before'))"


def test_neither_words_that_were_not_saved_nor_anything_else(live_server, agreement, huge_rep, open_page):
    RoundFactory()
    activity = ActivityFactory(on_track=True)
    page = open_page(activity.get_absolute_url(), HUGE)
    sent = []
    page.context.on("request", lambda request: sent.append((request.method, request.url)))
    page.evaluate(STORE)
    assert page.evaluate(STORED) == ["", ""]
    happened(page).evaluate(TYPED_UNHEARD, WORDS)

    assert leave_as_new(page)

    page.context.add_cookies([session_cookie(HUGE, live_server.url)])
    page.goto(activity.get_absolute_url())
    assert happened(page).input_value() == ""
    assert page.evaluate(STORED) == [None, None]
    assert not UnsavedAnswer.objects.exists()
    assert [method for method, _ in sent if method == "POST"] == []
