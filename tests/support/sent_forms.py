"""A page's form as a browser would send it, hidden fields included."""

from html.parser import HTMLParser
from typing import Any


class Forms(HTMLParser):
    """The forms of a page that are sent by POST: the value of each field by its name, in the page's order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self.buttons: list[set[str]] = []
        self._form: dict[str, Any] | None = None
        self._text = self._choice = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._form = {} if given.get("method") == "post" else None
            if self._form is not None:
                self.found.append(self._form)
                self.buttons.append(set())
        elif self._form is None:
            return
        elif tag == "button" and name:
            self.buttons[-1].add(name)
        elif tag == "input" and name and given.get("type") != "file":
            if given.get("type") not in {"radio", "checkbox"} or "checked" in given:
                self._form.setdefault(name, []).append(given.get("value") or "")
        elif tag == "textarea":
            self._text = name
            self._form[name] = [""]
        elif tag == "select":
            self._choice = name
        elif tag == "option" and "selected" in given:
            self._form.setdefault(self._choice, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._text:
            self._form[self._text][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._text = ""


def form_of(page: str, **typed: Any) -> dict[str, Any]:
    """The first form that has a key and none of its own buttons' names missing in `typed`, with what is typed in it."""
    forms = [form for form in Forms(page).found if "submission" in form]
    fitting = [form for form in forms if not typed or typed.keys() & form.keys()] or forms
    return fitting[0] | typed
