"""The addresses where a coordinator plans rounds, and valid input for one."""

LIST, NEW = "/2023-2024/omgangar/", "/2023-2024/omgangar/ny/"
GOOD = {
    "label": "Läget i november",
    "as_of": "30 november 2024",
    "opens_on": "1/12 2024",
    "due_on": "2024-12-13",
}
