"""Employee numbers as files spell them."""


def by_spelling(numbers):
    """Employee numbers by themselves, and without the zeros that Excel drops where only one is left so."""
    short = {}
    for number in numbers:
        short.setdefault(number.lstrip("0"), []).append(number)
    alone = {text: found[0] for text, found in short.items() if text and len(found) == 1}
    return alone | {number: number for number in numbers}
