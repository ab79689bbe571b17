"""The pages that are looked at in the browser, by who looks."""

from tests.browser.support.steps import COORDINATOR, HUGE, OFFICIAL

FOR_ALL = ["/2023-2024/aktiviteter/?status=avviker", "/2023-2024/aktiviteter/4/", "/konto/", "/finns-inte/"]
LISTS = ["/", "/2023-2024/aktiviteter/"]

# One of every sort, which axe-core looks at too.
SORTS = {
    "nobody": [
        "/logga-in/",
        "/losenord/glomt/",
        "/tillganglighet/",
        "/personuppgifter/",
    ],
    "kriminalvard@example.com": [
        "/mitt-arbete/",
        "/2023-2024/aktiviteter/4/folj-upp/",
        *FOR_ALL,
    ],
    HUGE: [
        "/2023-2024/overenskommelse/",
        "/2023-2024/avsiktsforklaring/",
        "/2023-2024/parter/",
        "/2023-2024/parter/huddinge-kommun/",
        "/2023-2024/behov/",
        "/2023-2024/behov/?visa=luckor&per=igår",
        "/2023-2024/behov/4/",
        "/2023-2024/platser/skogas/",
        "/lagesbilder/",
        "/lagesbilder/2021/",
        "/konto/stallforetradare/",
        "/2023-2024/aktiviteter/ny/?kopiera=14",
    ],
    COORDINATOR: [
        "/2023-2024/oversikt/?per=2024-08-30",
        "/2023-2024/omgangar/",
        "/2023-2024/omgangar/ny/",
        "/2023-2024/omgangar/2024-08-31/",
        "/2023-2024/omgangar/2024-12-31/",
        "/2023-2024/omgangar/2024-08-31/stang/",
        "/2023-2024/omgangar/2024-12-31/ta-bort/",
        "/2023-2024/omgangar/2024-08-31/utskick/?mejl=sammanfattning",
        "/2023-2024/omgangar/2024-08-31/utskick/logg/",
        "/2023-2024/omgangar/2024-08-31/paminn/polisen/",
        "/2023-2024/aktiviteter/ny/",
        "/2023-2024/aktiviteter/ny/?ersatter=14",
        "/2023-2024/aktiviteter/14/redigera/",
        "/2023-2024/aktiviteter/14/delmal/",
        "/2023-2024/aktiviteter/14/medverkan/polisen/",
        "/2023-2024/aktiviteter/14/historik/",
        "/mitt-arbete/",
        "/2023-2024/parter/huge/bjud-in/",
        "/2023-2024/aktiviteter/?per=igår",
        *FOR_ALL,
    ],
    OFFICIAL: [
        "/2023-2024/rapporter/",
        "/2023-2024/rapporter/forhandsvisning/?per=2024-08-31",
        "/2023-2024/rapporter/forhandsvisning/?per=2024-08-31&part=polisen",
        *FOR_ALL,
    ],
    "ledamot@example.com": [
        "/2023-2024/oversikt/",
        "/2023-2024/arshjul/",
        "/2023-2024/arshjul/?ar=igår",
        "/kontakt/",
        "/2023-2024/rapporter/",
        *FOR_ALL,
    ],
    "admin@example.com": [
        "/losenord/byt/",
        "/administration/",
        "/administration/konton/?role__exact=reader",
        "/administration/konton/ny/",
        "/administration/konton/1/",
        "/administration/konton/importera/",
        "/administration/aktiviteter/",
        "/administration/aktiviteter/4/",
        *FOR_ALL,
    ],
}

# More of the same sorts, with other rows on them.
OTHERS = {
    "nobody": [
        "/logga-in/kod/",
        "/losenord/glomt/skickat/",
        "/losenord/nytt/1-set-password/",
        "/losenord/nytt/klart/",
        "/konto/stangt/",
    ],
    "kriminalvard@example.com": [
        "/kontakt/",
        *LISTS,
    ],
    HUGE: [
        "/2023-2024/aktiviteter/ny/",
        "/2023-2024/aktiviteter/5/redigera/",
        "/2023-2024/aktiviteter/5/historik/",
        "/2023-2024/aktiviteter/4/medverkan/huge/",
        "/konto/kalender/",
        "/2023-2024/behov/?visa=luckor&per=igår&plats=x",
        "/2023-2024/aktiviteter/4/",
        "/konto/",
        *LISTS,
    ],
    COORDINATOR: [
        "/2023-2024/oversikt/",
        "/2023-2024/oversikt/?per=igår",
        "/2023-2024/arshjul/",
        "/2023-2024/omgangar/2024-03-31/",
        "/2023-2024/omgangar/2024-08-31/redigera/",
        "/2023-2024/aktiviteter/ny/?behov=4",
        "/2023-2024/aktiviteter/?per=igår&omrade=x",
        "/losenord/byt/",
        *LISTS,
    ],
    OFFICIAL: [
        "/2023-2024/rapporter/forhandsvisning/?per=2024-09-30",
        "/2023-2024/rapporter/forhandsvisning/?per=2024-08-31&plats=varby",
        "/2023-2024/rapporter/forhandsvisning/?per=2025",
        *LISTS,
    ],
    "ledamot@example.com": [
        "/2023-2024/aktiviteter/?sok=finnsinte",
        *LISTS,
    ],
    "admin@example.com": [
        "/logga-ut/",
        "/2023-2024/aktiviteter/16/",
        "/administration/konton/",
        "/administration/konton/?q=finnsinte",
        "/administration/parter/ny/",
        "/administration/parter/importera/",
        "/administration/uppfoljningar/",
        "/administration/overenskommelser/1/",
        "/2023-2024/parter/huge/bjud-in/",
        *LISTS,
    ],
}
