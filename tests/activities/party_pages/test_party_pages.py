"""*Parter*: what each leads and contributes to, when it last followed up, and who speaks for it."""

from datetime import date

import pytest

from parties.models import User
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FollowUpFactory,
    MembershipFactory,
    PartyFactory,
    UnitFactory,
)
from tests.factories.activities import at_ten
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ADDRESS = "/2023-2024/parter/"


@rows
def activities(agreement, huge, polisen, huge_rep):
    """Huge leads two on track, one off track and one draft, and contributes to one of Polisen's."""
    return [
        ActivityFactory(title="Belysning", on_track=True),
        ActivityFactory(title="Lås", on_track=True),
        ActivityFactory(title="Städning", off_track=True),
        ActivityFactory(title="Utkastet", draft=True),
        ActivityFactory(title="Patrull", lead=polisen, contributors=[huge]),
        ActivityFactory(title="Intern", lead=polisen, internal=True, contributors=[huge]),
    ]


@pytest.fixture
def look(client_for):
    return lambda user, address=ADDRESS: client_for(user).get(address)


def row_of(response, slug):
    return next(row for row in response.context["rows"] if row.party.slug == slug)


def test_figures_by_state_the_worst_first_without_zeros(activities, huge_rep, look):
    row = row_of(look(huge_rep), "huge")

    assert [(figure.label, figure.count) for figure in row.figures] == [
        ("Avviker", 1),
        ("Enligt plan", 2),
        ("Utkast", 1),
    ]
    assert (row.led, row.contributed) == (4, 2)


@pytest.mark.parametrize("who", ["huge_rep", "lasare", "samordnare"])
def test_every_figure_leads_to_exactly_what_it_counts(who, activities, request, look):
    user = request.getfixturevalue(who)

    for row in look(user).context["rows"]:
        listed = look(user, f"/2023-2024/aktiviteter/?part={row.party.slug}")
        assert listed.context["page_obj"].paginator.count == row.led
        for figure in row.figures:
            address = f"/2023-2024/aktiviteter/?part={row.party.slug}&status={figure.slug}"
            assert look(user, address).context["page_obj"].paginator.count == figure.count
        page = look(user, f"{ADDRESS}{row.party.slug}/").context["page"]
        assert (len(page.leads), len(page.contributes)) == (row.led, row.contributed)
        assert page.row.figures == row.figures


def test_what_may_not_be_known_of_is_not_counted(activities, lasare, look):
    response = look(lasare)

    assert (row_of(response, "huge").led, row_of(response, "huge").contributed) == (3, 1)
    page = look(lasare, f"{ADDRESS}huge/").content.decode()
    assert "Utkastet" not in page
    assert "Intern" not in page
    assert "Patrullerar stråket." not in page.split("Medverkar i")[0]


def test_last_written_is_the_day_of_writing_of_what_stands(activities, huge, huge_rep, lasare, look):
    withdrawn = FollowUpFactory(activity=activities[0], author=huge_rep, refers_on=date(2024, 9, 20))
    FollowUpFactory(activity=activities[0], author=huge_rep, withdrawal=True, replaces=withdrawn)

    FollowUpFactory(activity=activities[1], author=huge_rep, saved_at=at_ten(date(2024, 9, 13)))

    response = look(lasare)

    assert row_of(response, "huge").last_on == date(2024, 9, 13)
    assert row_of(response, "polisen").last_on is None
    assert "Senast skrivet 13 september 2024." in look(lasare, f"{ADDRESS}huge/").content.decode()
    assert "Har inte följt upp än." in look(lasare, f"{ADDRESS}polisen/").content.decode()


def test_speakers_by_function_and_addresses_to_those_who_may_see_the_account(
    agreement, huge, huge_rep, polis_rep, samordnare, lasare, admin, look
):
    User.objects.filter(pk=huge_rep.pk).update(title="Områdesutvecklare", display_name="Ett namn")

    for user in (lasare, polis_rep, huge_rep, samordnare, admin):
        row = row_of(look(user), "huge")
        page = look(user, f"{ADDRESS}huge/").content.decode()
        may_see = user in (huge_rep, samordnare, admin)

        assert [speaker.function for speaker in row.speakers] == ["Områdesutvecklare"]
        assert [speaker.email for speaker in row.speakers] == ["huge@example.com" if may_see else ""]
        assert ("mailto:huge@example.com" in page) is may_see
        assert (f'href="/konto/stallforetradare/{huge_rep.pk}/"' in page) is (user in (huge_rep, samordnare))
        if user != huge_rep:
            assert "Ett namn" not in page


def test_closed_accounts_and_readers_do_not_speak(agreement, huge, huge_rep, lasare, look):
    huge_rep.is_active = False
    huge_rep.save()

    assert row_of(look(lasare), "huge").speakers == []
    assert row_of(look(lasare), "huddinge-kommun").speakers == []
    assert "Ingen är utsedd än." in look(lasare, f"{ADDRESS}huge/").content.decode()


def test_facts_of_a_party(agreement, huge, lasare, look):
    huge.since_year, huge.other_names = 2023, ["Hüge"]
    huge.save()
    UnitFactory(party=huge, name="Förvaltning Flemingsberg")

    page = look(lasare, f"{ADDRESS}huge/").content.decode()

    for words in ("Kommunalt bolag, part sedan 2023", "Förvaltning Flemingsberg"):
        assert words in page
    assert "Hüge" not in page  # a misspelled name serves searches and imports


def test_the_rows_themselves_with_what_the_party_does(activities, huge_rep, look):
    response = look(huge_rep, f"{ADDRESS}huge/")

    assert [each.title for each in response.context["page"].leads] == [
        "Belysning",
        "Lås",
        "Städning",
        "Utkastet",
    ]
    assert [each.title for each in response.context["page"].contributes] == ["Patrull", "Intern"]
    assert "Patrullerar stråket." in response.content.decode()


def test_only_the_parties_of_the_agreement_have_a_page_in_it(agreement, lasare, look):
    PartyFactory(slug="annan", name="En annan part")
    elsewhere = PartyFactory(slug="sedan", name="En senare part")
    MembershipFactory(agreement=AgreementFactory(next_period=True), party=elsewhere)

    assert [row.party.slug for row in look(lasare).context["rows"]] == ["huddinge-kommun", "huge", "polisen"]
    assert look(lasare, f"{ADDRESS}annan/").status_code == 404
    assert look(lasare, f"{ADDRESS}sedan/").status_code == 404
    assert look(lasare, "/2025-2026/parter/sedan/").status_code == 200


def test_an_agreement_without_parties_says_so(samordnare, look):
    AgreementFactory(next_period=True, draft=True)

    assert "Inga parter än" in look(samordnare, "/2025-2026/parter/").content.decode()


def test_those_who_may_invite_are_led_there(agreement, huge, huge_rep, samordnare, admin, lasare, look):
    led = {
        user.email: "/2023-2024/parter/huge/bjud-in/" in look(user, f"{ADDRESS}huge/").content.decode()
        for user in (samordnare, admin, huge_rep, lasare)
    }

    assert led == {samordnare.email: True, admin.email: True, huge_rep.email: False, lasare.email: False}


def test_the_list_says_what_kind_of_organisation_each_party_is(agreement, huge, polisen, lasare, look):
    page = look(lasare, ADDRESS).content.decode()

    assert [page.count(kind) for kind in ("Kommunalt bolag", "Statlig myndighet")] == [1, 1]
