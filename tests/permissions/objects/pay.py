"""Plans, runs, proposals, certificates, releases, and what reads of them."""

from audit.models import Entry
from certification import services as certification
from compensation import services as pay
from compensation.models import PayPlan, Run
from payroll import services as payroll
from payroll.differences.finding import sum_up as sum_up_differences
from payroll.layouts import services as layouts
from payroll.layouts.examples import EXAMPLE_CSV
from payroll.models import Release
from payroll.releasing import release_here
from tests import pay_year
from tests.impact import groups
from tests.overtime import lumps
from tests.permissions.objects.about import About
from tests.proposals.conftest import Office
from tests.world import AT, ON


def computed(world):
    pay_year.rate_all(world)
    return pay_year.compute(world)


def plan_computed(world):
    plan = computed(world).plan
    return {"year": plan.fiscal_year, "version": plan.version}


def plan_beside_itself(world):
    parameters = plan_computed(world)
    return parameters | {"other_year": parameters["year"], "other": parameters["version"]}


def example_of_plan(world):
    parameters = plan_computed(world)
    example = {"says": "Full time", "case": {"basis": "annual", "rate": "45000"}, "gives": {"lump": "0.00"}}
    found = PayPlan.objects.get(fiscal_year=parameters["year"], version=parameters["version"])
    PayPlan.objects.filter(pk=found.pk).update(examples=[example])
    return parameters | {"number": 1}


def scenario_of_year_one(world):
    parameters = plan_computed(world)
    plan = PayPlan.objects.get(fiscal_year=parameters["year"], version=parameters["version"])
    plan.rules |= {"pools": {"percent": "2", "small_people": 2, "small_percent": "4"}}
    plan.save(update_fields=["rules"])
    pay.begin_scenarios(plan.pk, by=world.person("miguel"), at=AT)
    return parameters | {"letter": "A"}


READ_HER_SET = ("ruth", "miguel", "grace", "carl", "fatima")


def certificate_of_her(world):
    return {"number": pay_year.released(world) and "CC-2027-01"}


def line_to_except(world, but=()):
    pay_year.rate_all(world, but=but)
    world.rate("marisol", 4, "3.98", progress=False)
    run = pay_year.compute(world)
    pay_year.ask(world, run)
    return {"number": run.number, "code": "CC", "line_id": run.lines.get(number="10482").pk}


def set_with_exception(world):
    """Of Marisol by exception, of Denise held back."""
    world.rate("denise", 4, "3.88", signed=False)
    of_line = line_to_except(world, but=["denise"])
    certification.write_exception(
        Run.objects.get().pk,
        world.departments["CC"].pk,
        of_line["line_id"],
        reason="Her supervisor was on leave in spring.",
        by=world.person("ruth"),
        at=AT,
    )
    return {"number": of_line["number"], "code": "CC"}


def set_signed_anew(world):
    """A certificate of an exception fell with it, and what is left was signed again."""
    of_set = set_with_exception(world)
    run = Run.objects.get()
    pay_year.certify(world, run, "CC", "ruth")
    line, department = run.lines.get(number="10482"), world.departments["CC"]
    certification.withdraw_exception(run.pk, department.pk, line.pk, by=world.person("ruth"), at=AT)
    certification.note_voids(run.pk, by=world.person("miguel"), at=AT)
    pay_year.certify(world, run, "CC", "ruth")
    return of_set


def certificate_that_fell(world):
    return {"number": set_signed_anew(world) and "CC-2027-01"}


def delegated(world):
    return certification.delegate(
        [world.departments["CC"].pk],
        world.employees["stephen"].pk,
        starts_on=ON,
        last_day=ON,
        words="I am at the clerks' conference today.",
        may_except=False,
        by=world.person("ruth"),
        at=AT,
    )[0]


def plan_with_pools(world):
    return {"year": 2027, "version": Office(world).plan.version}


def sheet_of_the_clerk(world):
    return plan_with_pools(world) | {"code": "CC"}


def asked_for_second_word(world):
    run = computed(world)
    pay_year.order_release(world)
    return pay_year.release(world, run)


def release_going_on(world):
    asked = asked_for_second_word(world)
    return pay_year.give_second_word(world, asked.run, asked)


def in_months(world):
    return {"number": pay_year.released(world, rules=pay_year.LUMP_IN_MONTHS).run.number}


def corrected_later(world):
    """The run of what was released, one rating of which was raised after a grievance."""
    run = pay_year.released(world).run
    world.rate("marisol", 5, "4.60")
    return run


def difference_of_marisol(world):
    """Recovered from her, as her rating was lowered."""
    run = pay_year.released(world).run
    world.rate("marisol", 2, "2.10")
    word = {"by": world.person("carl"), "at": AT, "seen": sum_up_differences(run).seen}
    order = run.batches.get().action_id
    made = payroll.release(run.pk, order, kind=Release.Kind.DIFFERENCES, in_background=False, **word)
    batch = release_here(made)
    return {"number": batch.number, "line_id": batch.lines.get().line_id}


def corrected_to_except(world):
    """Of the County Clerk's, one that lacks the progress review."""
    run = pay_year.released(world).run
    world.rate("marisol", 5, "4.60", progress=False)
    return {"number": run.number, "line_id": run.lines.get(number="10482").pk}


def layout_of_carl(world):
    return layouts.save_layout("Tyler", EXAMPLE_CSV, by=world.person("carl"), at=AT)


def batch_and_layout(world):
    return {"number": pay_year.released(world).number, "pk": layout_of_carl(world).pk}


def letter_of_marisol(world):
    batch = pay_year.released(world)
    return {"number": batch.number, "line_id": batch.lines.get(line__number="10482").line_id}


def kept_worksheet(world):
    batch = lumps.released_lumps(world)
    return {"pk": lumps.kept(world, batch, lumps.rows_of("10482")).pk}


def weeks_of_marisol(world):
    worksheet = lumps.drafted(world)
    return {"pk": worksheet.pk, "person_id": worksheet.people.get(number="10482").pk}


SEES_PROPOSALS = ("ruth", "miguel", "grace", "carl", "fatima", "susan")
READ_HER_PAY = ("marisol", "ruth", "miguel", "grace", "carl", "fatima", "susan")


PAY = {
    # compensation
    "compensation:structure_changes": About(lambda world: {"pk": world.schedule.pk}),
    "compensation:structure_raise": About(lambda world: {"pk": world.schedule.pk}),
    "compensation:structure_withdraw": About(lambda world: {"pk": world.schedule.pk}),
    "compensation:structure_export": About(lambda world: {"pk": world.schedule.pk}),
    "compensation:plan": About(plan_computed),
    "compensation:plan_effects": About(plan_computed),
    "compensation:plan_may_run": About(plan_computed),
    "compensation:plan_adopt": About(plan_computed),
    "compensation:plan_copy": About(plan_computed),
    "compensation:plan_document": About(plan_computed),
    "compensation:plan_put_in": About(plan_computed),
    "compensation:plan_compare": About(plan_beside_itself),
    "compensation:plan_example_new": About(plan_computed),
    "compensation:plan_example": About(example_of_plan),
    "compensation:plan_example_remove": About(example_of_plan),
    "compensation:scenarios_begin": About(plan_computed),
    **{
        f"compensation:scenario{act}": About(scenario_of_year_one)
        for act in (
            "",
            "_seek",
            "_keep",
            "_add",
            "_remove",
            "_take_again",
            "_propose",
            "_sheet",
            "_sheet_pdf",
        )
    },
    "compensation:run": About(lambda world: {"number": computed(world).number}),
    "compensation:run_recomputed": About(lambda world: {"number": computed(world).number}),
    "compensation:run_progress": About(lambda world: {"number": computed(world).number}),
    "reports:run_stale": About(lambda world: {"number": computed(world).number}),
    "reports:run_steps": About(lambda world: {"number": computed(world).number}),
    "compensation:run_cancel": About(lambda world: {"number": computed(world).number}),
    "compensation:run_resume": About(lambda world: {"number": computed(world).number}),
    "compensation:lines": About(lambda world: {"number": computed(world).number}),
    "compensation:lines_export": About(lambda world: {"number": computed(world).number, "kind": "csv"}),
    # proposals
    **{f"proposals:{page}": About(plan_with_pools) for page in ("plan", "used", "work_out", "accept")},
    "proposals:export": About(lambda world: plan_with_pools(world) | {"kind": "csv"}),
    "proposals:sheet": About(sheet_of_the_clerk, seen_by=SEES_PROPOSALS),
    "proposals:download": About(
        lambda world: sheet_of_the_clerk(world) | {"kind": "csv"}, seen_by=SEES_PROPOSALS
    ),
    **{
        f"proposals:{act}": About(sheet_of_the_clerk)
        for act in ("save", "scale", "send", "send_back", "read", "take")
    },
    # certification
    "certification:run": About(lambda world: {"number": computed(world).number}),
    "certification:ask": About(lambda world: {"number": computed(world).number}),
    "certification:set": About(set_with_exception, seen_by=READ_HER_SET),
    "certification:delegations": About(lambda world: {} if delegated(world) else None),
    "certification:return": About(lambda world: {"number": computed(world).number, "code": "CC"}),
    "certification:history": About(set_signed_anew, seen_by=READ_HER_SET),
    "certification:exception": About(line_to_except, seen_by=("ruth",)),
    "certification:withdraw_exception": About(line_to_except),
    "certification:withhold": About(line_to_except, seen_by=("ruth",)),
    "certification:put_back": About(line_to_except),
    "certification:certificate": About(certificate_that_fell, seen_by=READ_HER_SET),
    "certification:certificate_pdf": About(certificate_of_her, seen_by=READ_HER_SET),
    "certification:verify": About(certificate_that_fell, seen_by=READ_HER_SET),
    "certification:revoke": About(lambda world: {"pk": delegated(world).pk}),
    # payroll
    "payroll:run": About(lambda world: {"number": computed(world).number}),
    "payroll:second_word": About(lambda world: {"pk": asked_for_second_word(world).pk}),
    "payroll:release": About(lambda world: {"pk": release_going_on(world).pk}),
    "payroll:release_progress": About(lambda world: {"pk": release_going_on(world).pk}),
    "payroll:batch": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:download": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:download_in_layout": About(batch_and_layout),
    "payroll:new_layout": About(lambda world: {"kind": "fixed"}),
    "payroll:edit_layout": About(lambda world: {"pk": layout_of_carl(world).pk}),
    "payroll:default_layout": About(lambda world: {"pk": layout_of_carl(world).pk}),
    "payroll:remove_layout": About(lambda world: {"pk": layout_of_carl(world).pk}),
    "payroll:letters": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:letters_progress": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:letters_pdf": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:differences": About(lambda world: {"number": corrected_later(world).number}),
    "payroll:payments": About(in_months),
    "payroll:ask_to_certify_differences": About(lambda world: {"number": corrected_later(world).number}),
    "payroll:certify_differences": About(lambda world: {"number": corrected_later(world).number}),
    "payroll:letters_part": About(lambda world: {"number": pay_year.released(world).number, "part": 1}),
    "payroll:difference_working": About(difference_of_marisol, seen_by=READ_HER_PAY),
    "payroll:difference_exception": About(corrected_to_except, seen_by=("ruth",)),
    "payroll:withdraw_difference_exception": About(corrected_to_except),
    "payroll:letter": About(letter_of_marisol, seen_by=READ_HER_PAY),
    "payroll:letter_pdf": About(letter_of_marisol, seen_by=READ_HER_PAY),
    # overtime
    "overtime:rows_to_fill": About(
        lambda world: {"kind": "run", "number": lumps.computed_lumps(world).number}
    ),
    **{
        f"overtime:{page}": About(lambda world: {"pk": lumps.drafted(world).pk})
        for page in ("show", "match_columns", "keep", "discard", "weeks")
    },
    "overtime:payroll": About(kept_worksheet),
    "overtime:person": About(weeks_of_marisol),
    # impact
    "impact:match_columns": About(lambda world: {"pk": groups.waiting(world).pk}),
    **{
        f"impact:{page}": About(lambda world: {"pk": groups.compared(world).pk})
        for page in ("report", "export", "delete")
    },
    # reports
    "reports:award": About(
        lambda world: {"line_id": pay_year.released(world).lines.get(line__number="10482").line_id},
        seen_by=READ_HER_PAY,
    ),
    "reports:award_pdf": About(
        lambda world: {"line_id": pay_year.released(world).lines.get(line__number="10482").line_id},
        seen_by=READ_HER_PAY,
    ),
    "reports:history_entry": About(lambda world: {"entry_id": Entry.objects.first().pk}),
}
