"""Refusals of the use cases: one class, stable codes, data for the sentence. `wording` makes the
sentence.
"""


class Refused(Exception):
    """A command that cannot be done; `code` is stable, `data` fills the sentence that a front end
    shows.
    """

    def __init__(self, code: str, /, **data: object) -> None:
        super().__init__(code, data)
        self.code, self.data = code, data


class BadInput(Refused):
    """Something typed that cannot be understood: bad usage on the command line, a field's error in
    a form.
    """
