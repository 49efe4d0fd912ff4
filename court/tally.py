"""What a vote means. Pure, so that the page can say it before anything is recorded."""

from typing import NamedTuple

QUORUM = 3  # Texas Local Government Code 81.006(a): three members of the five


class Tally(NamedTuple):
    ayes: int
    nays: int
    present: int

    @property
    def adopted(self):
        """More for than against; a tie fails."""
        return self.ayes > self.nays

    @property
    def words(self):
        outcome = "Adopted" if self.adopted else "Failed"
        if not self.nays:
            return f"{outcome}, {self.ayes} to none" if self.ayes else "No votes"
        return f"{outcome}, {self.ayes} to {self.nays}"


def count(answers):
    """Tally answers ("aye", "nay", "abstain", "absent")."""
    answers = list(answers)
    return Tally(answers.count("aye"), answers.count("nay"), sum(answer != "absent" for answer in answers))
