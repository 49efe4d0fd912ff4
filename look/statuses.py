"""The look of each state: kind (colour) and Lucide icon. One place, so that a state looks alike everywhere.

Keys are the values of the apps' `State` choices; where two apps use one value, it means and looks the same.
The word is the choice's label; kinds are good, accent, warn, bad, and idle for what needs nobody.
"""

LOOKS = {
    # documents, schedules, plans, cycles
    "draft": ("idle", "circle-dashed"),
    "opening": ("accent", "loader-circle"),
    "open": ("accent", "circle-dot"),
    "hr_review": ("accent", "user-round-search"),
    "head_approval": ("accent", "pen-line"),
    "published": ("good", "circle-check"),
    "adopted": ("good", "circle-check"),
    "in_force": ("good", "circle-check"),
    "superseded": ("idle", "archive"),
    "closed": ("idle", "archive"),
    # evaluations
    "planning": ("warn", "pencil-line"),
    "planned": ("accent", "pen-line"),
    "under_way": ("idle", "circle-dot-dashed"),
    "not_begun": ("idle", "circle-dashed"),
    "rating": ("warn", "pencil-line"),
    "rated": ("accent", "user-round-search"),
    "returned": ("warn", "undo-2"),
    "approved": ("accent", "circle-check"),
    "released": ("accent", "pen-line"),
    "signed": ("good", "pen-line"),
    "of_record": ("good", "circle-check"),
    # imports, runs, batches
    "uploaded": ("accent", "file-up"),
    "discarded": ("idle", "archive"),
    "queued": ("idle", "circle-dashed"),
    "waiting": ("idle", "circle-dashed"),
    "running": ("accent", "loader-circle"),
    "done": ("good", "circle-check"),
    "failed": ("bad", "octagon-alert"),
    "cancelled": ("idle", "circle-x"),
    "stale": ("warn", "history"),
    "applying": ("accent", "loader-circle"),
    "applied": ("good", "circle-check"),
    "refused": ("bad", "octagon-alert"),
    # awards and certification
    "awarded": ("good", "circle-check"),
    "raised": ("idle", "trending-up"),
    "below": ("idle", "circle-minus"),
    "left_out": ("idle", "circle-minus"),
    "ready": ("good", "circle-check"),
    "blocked": ("bad", "octagon-alert"),
    "held_back": ("bad", "octagon-alert"),
    "not_eligible": ("idle", "circle-minus"),
    "not_asked": ("idle", "circle-dashed"),
    "asked": ("accent", "pen-line"),
    "certified": ("good", "stamp"),
    "exception": ("warn", "file-pen-line"),
    "void": ("bad", "octagon-alert"),
    "coming": ("accent", "clock"),
    "revoked": ("idle", "undo-2"),
    "ended": ("idle", "archive"),
    "lapsed": ("idle", "archive"),
    "paid": ("good", "circle-check"),
    # proposals
    "sent": ("accent", "send"),
    "accepted": ("good", "circle-check"),
    # overtime on lump sums
    "kept": ("good", "circle-check"),
    "computed": ("good", "circle-check"),
    "exempt": ("idle", "circle-minus"),
    "earlier": ("idle", "archive"),
    "unknown": ("warn", "circle-question-mark"),
    "mixed": ("warn", "circle-question-mark"),
    "no_row": ("warn", "file-search"),
    "row_refused": ("bad", "octagon-alert"),
    "missing": ("warn", "calendar-x"),
    # dates
    "due": ("warn", "clock"),
    "overdue": ("bad", "clock-alert"),
}
