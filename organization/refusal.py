class Refused(Exception):
    """An act that is not allowed or not possible now. The message is a sentence for the person who tried."""
