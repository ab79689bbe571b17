"""A coordinator at work while something fails: what is read, and what is written."""

FORM = "/2023-2024/aktiviteter/1/folj-upp/"
WRITTEN = "Vi har gått två kvällar i veckan sedan mars."
READ = ("/2023-2024/oversikt/", "/2023-2024/aktiviteter/", "/2023-2024/aktiviteter/1/", "/2023-2024/behov/")
