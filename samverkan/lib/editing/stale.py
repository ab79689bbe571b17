"""The refusal of a save when somebody has saved since the form was opened."""


class Stale(Exception):
    """Something was saved in between; nothing was saved now. The message says who, when and what, in Swedish.

    `own` when it was the editor, from another tab or by going back.
    """

    def __init__(self, message: str, *, own: bool = False) -> None:
        super().__init__(message)
        self.own = own
