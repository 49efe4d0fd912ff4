"""What the standard elements say: the text of the library that a new county begins with."""

from typing import NamedTuple


class Element(NamedTuple):
    """`anchors` are what is seen at levels 1, 2, 3, 4 and 5."""

    kind: str
    nature: str
    is_service: bool
    standard: str
    anchors: tuple[str, str, str, str, str]


ELEMENTS = {
    # Customer service, front line
    "Courtesy and listening": Element(
        "critical",
        "skill",
        True,
        "Greets everyone within a minute of their turn, lets them finish, asks until the need is clear, "
        "and stays respectful with people who are upset.",
        (
            "Rude or dismissive more than once after coaching, with complaints that proved true.",
            "Polite when things are calm. Interrupts or answers the wrong question when it is busy.",
            "Courteous in nearly every contact. Finds out what the person needs before answering.",
            "Calms upset customers without help and notices needs that were not said.",
            "Customers ask for this person by name. Colleagues learn from how hard conversations are "
            "handled.",
        ),
    ),
    "Timeliness and follow-up": Element(
        "non_critical",
        "accomplishment",
        True,
        "Meets the published time in nine requests of ten, tells the customer when it cannot be met, and "
        "returns calls and messages within one business day.",
        (
            "Seldom meets the time. Repeated complaints with cause after coaching.",
            "Meets the time in some requests. Follow-up depends on reminders.",
            "Meets the published time in nearly every request and says so when it cannot be met.",
            "Often ahead of the published time. Follows up the same day without a reminder.",
            "Ahead of the time as a rule, warns customers before a delay, and has made the process "
            "shorter for others.",
        ),
    ),
    "Solving problems and complaints": Element(
        "non_critical",
        "skill",
        True,
        "Settles usual problems on the first contact within policy, hands over the rest with the facts "
        "written down, and closes each one with the customer.",
        (
            "Sends people away without a next step, or hides complaints.",
            "Solves what is routine. Passes on the rest without the facts that the next person needs.",
            "Solves usual problems at once and follows the rest until someone has them in hand.",
            "Settles difficult cases within policy and thanks people for telling.",
            "Finds the cause behind repeated complaints and gets it removed.",
        ),
    ),
    "Equal treatment and clear language": Element(
        "non_critical",
        "skill",
        True,
        "Gives everyone the same service, explains forms, fees and steps in plain words, and arranges an "
        "interpreter or other help where it is needed.",
        (
            "Treats people differently without reason, or refuses help that they have a right to.",
            "Falls back on office language. Overlooks needs for help until asked.",
            "Plain words, the same answer for everyone, and help arranged when it is asked for.",
            "Notices who needs another way and offers it before being asked.",
            "Has made a form, sign or message clearer for the whole office.",
        ),
    ),
    "Service to other departments": Element(
        "non_critical",
        "accomplishment",
        True,
        "Treats other offices as customers: agrees on dates, keeps nine of ten, and says early when one "
        "will be missed.",
        (
            "Other offices cannot rely on dates or answers, also after it was raised.",
            "Delivers, but often late or after several requests.",
            "Keeps agreed dates nearly always and gives notice when one is in doubt.",
            "Asks what the other office needs next and plans for it.",
            "Other departments name this work as the reason that theirs goes well.",
        ),
    ),
    # Results of the job
    "Accuracy of the work": Element(
        "critical",
        "accomplishment",
        False,
        "Finished work is right the first time in 97 of 100 items checked. Errors are reported and put "
        "right the same day.",
        (
            "Frequent errors with consequences for the public or the county, also after coaching.",
            "Right most of the time. Errors are found by others.",
            "Right the first time in nearly all items, and open about errors.",
            "Finds errors of others before they do harm.",
            "Has changed a form, check or routine so that a kind of error no longer happens.",
        ),
    ),
    "Knowledge of the job": Element(
        "non_critical",
        "skill",
        False,
        "Knows the rules, systems and fees of the job and looks up what is rare before answering.",
        (
            "Gives wrong information on ordinary matters.",
            "Knows the routine. Needs help with what is less common.",
            "Knows the job and where to look up the rest.",
            "Handles rare cases. Others come with questions.",
            "Is the one the office turns to, and has written down what others need to know.",
        ),
    ),
    "Records and confidentiality": Element(
        "non_critical",
        "skill",
        False,
        "Records are complete and filed within two business days. Private information goes only to those "
        "entitled to it.",
        (
            "Private information was given out, or records lost, through carelessness.",
            "Records are often late or incomplete.",
            "Complete and on time. Asks before giving out what may be private.",
            "Keeps records that others can work from without asking.",
            "Has made keeping or finding records safer or quicker for the office.",
        ),
    ),
    "Getting the work done": Element(
        "non_critical",
        "accomplishment",
        False,
        "Finishes the share of work agreed for the period and says by noon when a day's work will not be "
        "done.",
        (
            "Falls far short of the share without reason.",
            "Needs reminders to finish.",
            "Finishes the agreed share and gives notice when something comes between.",
            "Finishes early and takes on more when others are short.",
            "Carries extra load over months without loss of quality.",
        ),
    ),
    "Cash handling and balancing": Element(
        "non_critical",
        "accomplishment",
        False,
        "The drawer balances each day, differences above $5.00 are reported the same day, receipts are "
        "always given.",
        (
            "Unexplained differences again and again, or rules for cash ignored.",
            "Differences are explained late or only when asked.",
            "Balances nearly always, and reports differences the same day.",
            "Balances all year and helps others to trace differences.",
            "Has made handling money safer for the office.",
        ),
    ),
    "Safety at work": Element(
        "critical",
        "skill",
        False,
        "Follows the safety rules of the job, wears what is required, and reports hazards and near "
        "misses the same day.",
        (
            "Puts people at risk, or hides an accident.",
            "Knows the rules. Takes shortcuts when nobody looks.",
            "Works safely and reports hazards at once.",
            "Speaks up when others are at risk and helps new people to work safely.",
            "Has removed a hazard for the whole crew.",
        ),
    ),
    "Care of equipment and property": Element(
        "non_critical",
        "skill",
        False,
        "Checks equipment before use, keeps it clean and reports defects the same day.",
        (
            "Damages or loses property through carelessness.",
            "Checks are skipped. Defects are found by the next user.",
            "Checks, cleans and reports as the rules ask.",
            "Prevents breakdowns by noticing early.",
            "Has lengthened the life of equipment or saved money with a better routine.",
        ),
    ),
    "Teamwork and reliability": Element(
        "non_critical",
        "skill",
        False,
        "Comes on time and prepared, covers for others when asked, keeps promises to colleagues.",
        (
            "Absent or late without notice again and again, or works against the team.",
            "Does own work. Helps when told to.",
            "Reliable, and helps when asked.",
            "Sees where help is needed and gives it.",
            "Holds the team together in hard weeks.",
        ),
    ),
    "Learning and development": Element(
        "non_critical",
        "skill",
        False,
        "Completes required training on time and uses it in the work.",
        (
            "Refuses required training.",
            "Training is late, or changes little in the work.",
            "Trained on time, and it shows in the work.",
            "Looks for training that the office needs.",
            "Teaches others what was learned.",
        ),
    ),
    # Supervisors
    "Service results of the team": Element(
        "critical",
        "accomplishment",
        True,
        "The team meets its published service standards in nine months of twelve. Misses are explained, "
        "with what is done about them.",
        (
            "Standards are missed most months and nothing is done.",
            "Standards are met at times. Causes of misses are not looked for.",
            "The team meets its standards nearly always and acts on misses.",
            "Results rise over the year, and the team knows why.",
            "Other teams take over how this one works.",
        ),
    ),
    "Owning complaints to the end": Element(
        "non_critical",
        "skill",
        True,
        "Each complaint about the team has an answer within five business days, and a note of what was "
        "changed.",
        (
            "Complaints are left lying or turned against the customer.",
            "Answers come late or without a look at the cause.",
            "Answered on time, with what was changed.",
            "Calls the customer, settles it, and tells the team what was learned.",
            "Complaints of one kind have stopped because the cause was removed.",
        ),
    ),
    "Coaching and developing people": Element(
        "critical",
        "skill",
        False,
        "Talks with each employee about the work at least once a month, gives praise and correction when "
        "the thing happens, and agrees on training.",
        (
            "Avoids or mistreats people. Problems grow until others step in.",
            "Talks about the work mainly when something went wrong.",
            "Regular talks, fair correction, training agreed.",
            "People grow into harder work.",
            "Has raised people who now lead elsewhere in the county.",
        ),
    ),
    "Fair and timely evaluations": Element(
        "non_critical",
        "accomplishment",
        False,
        "Plans, progress reviews and ratings are done by their due dates, with facts for every high and "
        "low level.",
        (
            "Ratings are missing or rest on nothing.",
            "Late, or levels without facts.",
            "On time, with facts that the reviewer can follow.",
            "Employees hear nothing new at the rating, since it was said when it happened.",
            "Other raters learn from how these are written.",
        ),
    ),
    "Planning and assigning work": Element(
        "non_critical",
        "skill",
        False,
        "Work is shared out by skill and load, counters and shifts are covered, and plans for absence "
        "are in place.",
        (
            "Services close or stop for lack of planning.",
            "Covers gaps as they come. Load is uneven.",
            "Covered and fairly shared.",
            "Plans ahead for peaks, and they pass without overtime.",
            "Has found a way to do more with the same people.",
        ),
    ),
    # Department heads
    "Service results of the department": Element(
        "critical",
        "accomplishment",
        True,
        "The department publishes its service standards, meets them in nine of ten measures, and reports "
        "on them to the Commissioners Court.",
        (
            "No standards, or results that are withheld.",
            "Standards stand on paper. Results are not used.",
            "Standards are met nearly always, and reported openly.",
            "Results rise, and the public can see it.",
            "The department is shown to others as the way to do it.",
        ),
    ),
    "Listening to customers and acting on it": Element(
        "non_critical",
        "accomplishment",
        True,
        "Collects customers' opinions all year and makes at least two changes that rest on them.",
        (
            "Does not want to know.",
            "Collects opinions and files them.",
            "Two changes a year that rest on what customers said.",
            "Measures whether the changes helped.",
            "Redesigns a service together with the people who use it.",
        ),
    ),
    "Partnership with other departments": Element(
        "non_critical",
        "skill",
        True,
        "Keeps agreements with other departments and settles differences without calling in the Court.",
        (
            "Works against other departments.",
            "Cooperates when told to.",
            "Keeps agreements and talks early.",
            "Starts joint work that serves customers better.",
            "Leads a joint effort of the county to a result.",
        ),
    ),
    "Leading people": Element(
        "critical",
        "skill",
        False,
        "Sets goals that people know, fills posts with care, deals with poor work, and protects those "
        "who report wrongs.",
        (
            "People are mistreated, or wrongs covered up.",
            "Goals are vague. Poor work is left alone.",
            "Clear goals, fair decisions, poor work dealt with.",
            "Good people stay and others want to come.",
            "Has built leaders for the whole county.",
        ),
    ),
    "Better ways of working": Element(
        "non_critical",
        "accomplishment",
        False,
        "At least one service of the department became quicker, clearer or cheaper during the year, with "
        "figures.",
        (
            "Stands in the way of change that the county has decided.",
            "Ideas are talked about, and little changes.",
            "One improvement with figures.",
            "Several improvements, and staff bring their own.",
            "A change that other departments have taken over.",
        ),
    ),
    "Budget stewardship": Element(
        "critical",
        "accomplishment",
        False,
        "Spending stays within the adopted budget, forecasts come on time, and purchases follow the rules.",
        (
            "Overspends without leave, or breaks purchasing rules.",
            "Within budget only after corrections by others.",
            "Within budget, forecasts on time.",
            "Finds savings that do not cost service.",
            "Has made a lasting saving for the county.",
        ),
    ),
    "Law and policy": Element(
        "non_critical",
        "accomplishment",
        False,
        "The duties that law sets for the office are met on time. Audit findings are settled by their dates.",
        (
            "Duties set by law are missed.",
            "Met late, or after reminders. Findings return.",
            "Met on time, findings settled.",
            "Risks are found and settled before an audit does.",
            "Advises other offices on how to comply.",
        ),
    ),
    "County-wide duties": Element(
        "additional",
        "accomplishment",
        False,
        "Takes part in committees, emergencies and projects of the whole county when asked.",
        (
            "Refuses without reason.",
            "Takes part now and then.",
            "Takes part when asked and prepares.",
            "Carries a part of the work.",
            "Leads it.",
        ),
    ),
}
