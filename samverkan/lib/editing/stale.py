"""The refusal of a save when somebody has saved since the form was opened."""


class Stale(Exception):
    """Somebody has saved since the form was opened. The message says who, when and what, in Swedish.

    `own` when it was the same user, from another tab or after going back.
    """

    def __init__(self, message: str, *, own: bool = False) -> None:
        super().__init__(message)
        self.own = own
