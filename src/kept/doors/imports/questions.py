"""Why an import stops and asks, or passes one cell by: each carries what happened and what to do next."""


class Question(Exception):
    """The file can be read in two ways and nothing in it settles which; `answers` are the flags that do."""

    def __init__(self, text: str, remedy: str, answers: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.remedy = remedy
        self.answers = answers


class Unknown(Exception):
    """The file is not one this import knows, or its columns could not be recognised. Nothing was read."""

    def __init__(self, text: str, remedy: str) -> None:
        super().__init__(text)
        self.text = text
        self.remedy = remedy


class Unreadable(Exception):
    """One cell cannot be read; the caller adds the line and makes it a rejection."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy
