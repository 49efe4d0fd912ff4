"""Sentences of supervisors and employees, put together by a small grammar.

{first} is the person, {customers} and {work} are what the family of jobs calls them, the rest is drawn.
"""

from synthetic.names import MIDDLE

FAMILIES = {  # family: customers, work
    "Clerks and records": ("customers", "documents"),
    "Finance": ("taxpayers", "accounts"),
    "Courts and law": ("parties", "case files"),
    "Law enforcement": ("residents", "calls"),
    "Detention": ("people in custody and their families", "rounds"),
    "Public works": ("residents", "work orders"),
    "Emergency services": ("patients", "runs"),
    "Probation": ("families", "cases"),
    "Health": ("clients", "visits"),
    "Community services": ("visitors", "requests"),
    "Planning": ("applicants", "permits"),
    "Technology": ("offices", "tickets"),
    "Human resources": ("employees", "requests"),
}
USUAL = ("residents", "requests")
MONTHS = ("October", "November", "December", "January", "February", "March", "April", "May", "June")
COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")

# element: what is said at a high, a middle and a low level
SAID = {
    "Courtesy and listening": (
        (
            "{first} hears people out and finds the question behind the question.",
            "In {month} an upset caller was thanking {first} after ten minutes.",
            "{customers} ask for {first} by name.",
        ),
        (
            "{first} greets people at once and stays polite when the line is long.",
            "{first} is courteous in nearly every contact.",
            "{customers} are listened to before they are answered.",
        ),
        (
            "{first} interrupted people on busy days, and {count} of them complained in {month}.",
            "When the line is long {first} answers before the question is finished.",
        ),
    ),
    "Timeliness and follow-up": (
        (
            "{first} finished {work} ahead of the published time in most weeks.",
            "Calls to {first} are returned the same day, also in {month} when we were short of people.",
            "{first} warns {customers} before a delay reaches them.",
        ),
        (
            "{first} met the published time in nearly all {work}.",
            "Messages were answered within a business day.",
            "When a date could not be kept, {first} said so in time.",
        ),
        (
            "Follow-up depended on reminders; {count} messages were left for a week in {month}.",
            "{first} met the published time in about two of three {work}.",
        ),
    ),
    "Solving problems and complaints": (
        (
            "{first} found why the same complaint kept coming and got the cause removed in {month}.",
            "Difficult cases are settled within policy and the person is called afterwards.",
            "{count} hard cases came to {first} this year and none had to go further.",
        ),
        (
            "{first} solves usual problems on the first contact and hands over the rest with the facts.",
            "Each open problem had somebody looking after it.",
        ),
        (
            "{first} passed problems on without the facts, so {customers} had to tell them again.",
            "{count} people were sent away without a next step.",
        ),
    ),
    "Equal treatment and clear language": (
        (
            "{first} rewrote the notice that {customers} misread most, and the calls about it stopped in "
            "{month}.",
            "{first} noticed who needed an interpreter before anybody asked.",
        ),
        (
            "{first} explains steps and fees in plain words, and everybody gets the same answer.",
            "Help was arranged whenever it was asked for.",
        ),
        ("{first} falls back on office language, and {customers} leave with the wrong form.",),
    ),
    "Service to other departments": (
        ("Other offices name {first} as the reason that their month-end goes well.",),
        ("{first} kept agreed dates with other offices and gave notice when one was in doubt.",),
        ("Other offices had to ask {count} times for the same answer.",),
    ),
    "Accuracy of the work": (
        (
            "Of {tens} {work} that I checked, one had an error, and {first} had found it already.",
            "{first} changed the check before filing, and that kind of error has not come back since "
            "{month}.",
        ),
        (
            "Work was right the first time in nearly all {work} that I checked.",
            "{first} is open about errors and puts them right the same day.",
        ),
        (
            "In {month} {count} of 40 {work} had to be done again, and others found the errors.",
            "Errors of the same kind came back after we had talked about them.",
        ),
    ),
    "Knowledge of the job": (
        (
            "Colleagues bring {first} the rare cases, and {first} has written down how {count} of them "
            "are done.",
            "{first} knew the new rules in {month} before they were in force.",
        ),
        (
            "{first} knows the job and looks up what is rare before answering.",
            "{first} learned the changes of the year without difficulty.",
        ),
        ("{first} still needs help with what is less common, and guessed in {count} cases.",),
    ),
    "Records and confidentiality": (
        ("{first} put the shared folder in order in {month}, and others can work from it without asking.",),
        (
            "Records are complete and filed within two days.",
            "{first} asks before giving out what may be private.",
        ),
        ("Records were late or incomplete in {count} of the months that I looked at.",),
    ),
    "Teamwork and reliability": (
        (
            "{first} held the team together in {month}, when {count} of us were out.",
            "{first} sees where help is needed and is there before being asked.",
        ),
        (
            "{first} is on time, prepared, and covers for others when asked.",
            "Colleagues can rely on what {first} promises.",
        ),
        ("{first} was late without notice {count} times since {month}.",),
    ),
    "Learning and development": (
        (
            "{first} taught {count} colleagues what the spring class was about.",
            "{first} asked for training that the office needed and brought it back to us.",
        ),
        ("Required training was done on time and shows in the work.",),
        ("Two required classes were late, and little has changed in the work since.",),
    ),
    "Service results of the team": (
        ("The team of {first} met its standards in every month since {month}, and knows why.",),
        ("The team met its published standards in ten months of twelve and acted on the misses.",),
        ("Standards were missed in {count} months, and the causes were not looked for.",),
    ),
    "Owning complaints to the end": (
        ("{first} calls the customer, settles it, and tells the team what was learned.",),
        ("Each complaint had an answer within five days and a note of what was changed.",),
        ("{count} complaints were answered late, two of them after a second letter.",),
    ),
    "Coaching and developing people": (
        ("{count} people of {first} have grown into harder work this year.",),
        ("{first} talks with each person about the work every month.",),
        ("Talks about the work happen mainly when something went wrong.",),
    ),
    "Planning and assigning work": (
        ("{first} planned {month} so well that the peak passed without overtime.",),
        ("Counters and shifts were covered and the load was fairly shared.",),
        ("Load was uneven, and two shifts stood open in {month}.",),
    ),
    "Fair and timely evaluations": (
        ("Nobody on the team heard anything new at the rating: it had been said when it happened.",),
        ("Plans and ratings were on time, with facts that the reviewer could follow.",),
        ("{count} evaluations were late, and some levels rested on nothing.",),
    ),
    "Safety at work": (
        ("{first} had a hazard removed in {month} that the crew had walked past for years.",),
        ("{first} works safely, wears what is required and reports hazards at once.",),
        ("{first} took shortcuts when nobody looked, once with a near miss.",),
    ),
    "Service results of the department": (
        ("Results rose through the year, and the published figures show it.",),
        ("The department met nine of ten of its published standards and reported on the rest.",),
        ("Standards stand on paper; the Court saw no figures since {month}.",),
    ),
    "Listening to customers and acting on it": (
        ("{first} changed the intake together with the people who use it, and measured that it helped.",),
        ("Two changes this year rest on what {customers} said.",),
        ("Opinions of {customers} are collected and filed.",),
    ),
    "Partnership with other departments": (
        ("{first} led the joint work of {count} departments to a result.",),
        ("{first} keeps agreements with other departments and talks early.",),
        ("Differences with other departments came to the Court {count} times.",),
    ),
    "Leading people": (
        ("Good people stay, and others ask to come to this department.",),
        ("Goals are clear, decisions are fair, and poor work is dealt with.",),
        ("Goals are vague, and poor work was left alone since {month}.",),
    ),
    "Better ways of working": (
        ("{count} services became quicker this year, and two other departments have taken over how.",),
        ("One service became quicker, with the figures to show it.",),
        ("Ideas were talked about, and little changed.",),
    ),
    "Budget stewardship": (
        ("{first} found a lasting saving and cost no service by it.",),
        ("Spending stayed within the budget, and forecasts came on time.",),
        ("The budget held only after corrections by others in {month}.",),
    ),
    "Law and policy": (
        ("Risks were found and settled before the audit in {month} did.",),
        ("Duties set by law were met on time, and findings are settled.",),
        ("{count} findings of the last audit came back.",),
    ),
    "County-wide duties": (
        ("{first} led the shelter in the March storm.",),
        ("{first} took part in the county’s committees when asked, and prepared.",),
        ("{first} takes part now and then.",),
    ),
}
PROOF = (
    (
        "I saw it myself in {month}, and it was the same in every month that I looked at.",
        "Two colleagues and {count} {customers} said the same without being asked.",
        "The figures of {month} show it: nobody else in the unit came near.",
        "When {month} brought twice the usual {work}, nothing was late and nothing came back.",
        "We now show new people how {first} does it.",
    ),
    (
        "I checked in {month} and found nothing to add.",
        "That was steady through the year.",
        "It was so in {month}, and it is so now.",
    ),
    (
        "We talked about it in {month} and wrote down what has to change.",
        "I gave an example each time it happened, {count} times in all.",
        "It got better for some weeks after {month} and then slipped again.",
        "{customers} noticed, and so did the colleagues who had to do it over.",
    ),
)
NEXT = (
    (
        "Next year {first} should teach it to the others.",
        "I want {first} to lead the work on this for the whole unit.",
        "I have nothing to ask for here but that it goes on.",
    ),
    (
        "Next year I would like to see the same on the busiest days.",
        "The next step is to help a new colleague with it.",
        "Good work; please keep it up.",
    ),
    (
        "By January we look at it together each week, with the list that we agreed on.",
        "{first} will take the spring class, and I will sit in once a month.",
        "I expect the standard to be met by the progress review, and I will help.",
    ),
)
PROGRESS = {
    "on_track": (
        "We went through the plan element by element. {first} is where the plan asks, and in service "
        "ahead of it.",
        "Half a year in, {work} are on time and {customers} are well served. We agreed to change nothing.",
        "{first} meets the plan. We talked about the new forms and who covers Fridays.",
    ),
    "mixed": (
        "Service is where it should be. Accuracy is not yet: {count} {work} came back. We check together "
        "each Monday.",
        "{first} is on track in most elements. Follow-up needs a list; {first} keeps one from now on.",
    ),
    "behind": (
        "We went through {count} examples of late follow-up. {first} will close each day’s list before "
        "leaving.",
        "The standard is not met yet. We wrote down what has to change by June, and talk every two weeks.",
    ),
}
EVIDENCE = (
    (
        "{month} {day}: a letter of thanks, the second this year.",
        "{month} {day}: {tens} {work} in one day, all right at the check.",
        "{month} {day}: an upset caller became a thankful one; I was in the room.",
        "{month} {day}: the guide that {first} wrote was taken over by the unit next door.",
        "{month} {day}: stayed until the last of the line was served.",
        "Figures of {month}: {tens} {work}, none late.",
        "{month} {day}: found an error of another office before it did harm.",
    ),
    (
        "{month} {day}: checked {tens} {work} and found one to put right.",
        "{month} {day}: helped out for a colleague for two days.",
        "Figures of {month}: within the standard.",
    ),
    (
        "{month} {day}: a complaint by phone, the facts of which proved true.",
        "{month} {day}: {count} of 40 {work} had to be done again.",
        "{month} {day}: agreed on a list at the end of each day; kept for two weeks.",
        "{month} {day}: a message of the week before was still unanswered.",
        "{month} {day}: came forty minutes late without a call.",
    ),
)
JOURNAL = (
    "{first} stayed until the last of the line was served, twenty minutes past closing.",
    "A caller praised {first} for explaining the fee twice without a sigh.",
    "{first} found an error in a batch of another unit and told them before it went out.",
    "{tens} {work} by noon, all right at the check.",
    "{first} covered the front desk for two colleagues without being asked.",
    "{first} wrote a one-page guide for the new form. The others use it already.",
    "A complaint about waiting time; {first} called the person back within the hour and settled it.",
    "{first} showed a new colleague the whole process, start to end.",
    "{first} noticed that two notices said different things, and had one taken down.",
)
JOURNAL_OF_TROUBLE = (
    "Second late return this month. We agreed on a list at the end of the day.",
    "Talked with {first} about returning calls the same day.",
    "{count} {work} came back from the check. We went through them together.",
    "A caller had to explain the same thing three times. I spoke with {first} about notes.",
    "Late again without a call. {first} knows that this has to change.",
)
SUMMARIES = (
    (
        "A very good year. {first} is somebody whom {customers} trust and whom colleagues learn from.",
        "{first} made this unit better. Next year I want to find larger work for {first}.",
    ),
    (
        "A good year. {first} does what the job asks, and does it reliably.",
        "Solid work through the year. Next year we work on the busiest days.",
        "{first} can be relied on. I would like to see more follow-up without reminders.",
    ),
    (
        "A hard year. What has to change is written down, and I will help {first} with it.",
        "{first} can do this job. The standard has to be met by the progress review.",
    ),
)
SELF = (
    "I think I did what the plan asked, and on busy days more.",
    "I learned most from the hard cases in {month}.",
    "I would like to be quicker in following up; the list helps.",
    "I helped {count} new colleagues this year.",
    "My {work} were on time nearly always.",
    "I listened more and explained less, and people noticed.",
)
COMMENTS = (
    "Thank you for the talk.",
    "I agree with most of it.",
    "I see the second element differently, and said why.",
    "I would like to take the spring class.",
)
WAIVERS = (
    "On military leave when progress reviews were due.",
    "The supervisor’s position stood open in March.",
    "On medical leave from January to May.",
)
SHORTEST = 40  # words that the highest and lowest levels need


class Words:
    """What one person’s supervisor writes: seeded, in the words of the job’s family."""

    def __init__(self, human, family, random):
        customers, work = FAMILIES.get(family, USUAL)
        self.random = random
        self.slots = {"first": called(human.name.first), "customers": customers, "work": work}

    def say(self, sentence):
        draw = self.random
        slots = self.slots | {"month": draw.choice(MONTHS), "day": draw.randint(1, 28)}
        slots |= {"count": draw.choice(COUNTS), "tens": 10 * draw.randint(2, 9)}
        text = sentence.format(**slots)
        return text[0].upper() + text[1:]

    def one_of(self, sentences):
        return self.say(self.random.choice(sentences))

    def narrative(self, element, level):
        """Short in the middle; at least `SHORTEST` words where the level asks for reasons."""
        tone = tone_of(level)
        said = SAID.get(element, SAID["Accuracy of the work"])[tone]
        if level in (3, 4):
            return self.one_of(said) + (f" {self.one_of(PROOF[tone])}" if self.random.random() < 0.4 else "")
        pool = [*self.random.sample(said, len(said)), *self.random.sample(PROOF[tone], len(PROOF[tone]))]
        parts, words = [], 0
        last = self.one_of(NEXT[tone])
        for sentence in pool:
            parts.append(self.say(sentence))
            words += len(parts[-1].split())
            if words + len(last.split()) >= SHORTEST:
                break
        return " ".join([*parts, last])

    def evidence(self, level):
        return self.one_of(EVIDENCE[tone_of(level)])


def called(first):
    """What colleagues call somebody: the nickname in quotes, or the first name without a middle one."""
    if "“" in first:
        return first.split("“")[1].rstrip("”")
    words = first.split()
    return words[0] if words[-1] in MIDDLE.split() else first


def tone_of(level):
    """0 for what is said at high levels, 1 in the middle, 2 at low ones."""
    return 0 if level >= 4 else 1 if level == 3 else 2
