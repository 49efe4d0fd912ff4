class Refused(Exception):
    """An act that is not allowed or not possible now. The message is a sentence for the person who tried.

    `details` is what a command tells besides, ready for JSON: the cells of a file that can't be read, say.
    """

    def __init__(self, message, *, details=None):
        super().__init__(message)
        self.details = details or {}


class NotYours(Refused):
    """This person may not do it; somebody else may."""
