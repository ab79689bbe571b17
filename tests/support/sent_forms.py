"""A page's forms as a browser would send them, hidden fields included."""

from html.parser import HTMLParser
from typing import Any


class Forms(HTMLParser):
    """`found`: of each form that is sent by POST its address, and a list of values by the fields' names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, list[str]]]] = []
        self._form: dict[str, list[str]] = {}
        self._text = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form":
            self._form = {}
            if given.get("method") == "post":
                self.found.append((given.get("action", ""), self._form))
        elif tag == "input" and given.get("type") != "file":
            if given.get("type") not in {"radio", "checkbox"} or "checked" in given:
                self._form.setdefault(name, []).append(value)
        elif tag == "textarea":
            self._text = name
            self._form[name] = [""]
        elif tag == "select":
            self._select = "" if "multiple" in given else name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self._form):
            self._form[self._select] = [value]

    def handle_data(self, data: str) -> None:
        if self._text:
            self._form[self._text][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""


def form_of(page: str, *, at: str = "", **typed: Any) -> dict[str, Any]:
    """The page's form with a key and the most fields, with what is typed in it. `at` is where it is sent to."""
    forms = [form for address, form in Forms(page).found if address == at and "submission" in form]
    return max(forms, key=len) | typed
