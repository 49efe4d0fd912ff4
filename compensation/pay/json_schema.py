"""The JSON schema of a pay plan's document, made from what reads it; published in `docs/`."""

from compensation.pay import document
from compensation.pay.case import FIGURES
from compensation.pay.case_texts import FACTS, NEEDED
from compensation.pay.codecs import DAY, TEXT, Codec, optional
from compensation.pay.rules import Band, Group, LumpSum, Members, Rules, Service, Team
from compensation.pay.written_rules import OF_A_GROUP, SHAPES
from compensation.pay.written_tables import MONTHS, SCORE, TENURE_GIVES, UNITS

FIGURE = {"type": ["string", "integer", "null"]}


def schema():
    """The schema as plain data for JSON: draft 2020-12, one definition for each part of the rules."""
    parts = {kind.__name__: _object(kind) for kind in SHAPES}
    parts |= {"Schedule": _schedule(), "Group": _group(parts[Rules.__name__]["properties"])}
    table = {"anyOf": [{"$ref": "#/$defs/Schedule"}, {"type": "null"}]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "County HR: a pay plan",
        "type": "object",
        "additionalProperties": False,
        "required": ["county_hr_pay_plan", "rules"],
        "properties": {
            "county_hr_pay_plan": {"const": document.FORMAT},
            "title": TEXT.schema,
            "rules": {"$ref": f"#/$defs/{Rules.__name__}"},
            "adopted_on": optional(DAY).schema,
            "pay_periods": {
                "type": ["object", "null"],
                "additionalProperties": False,
                "required": ["first_day"],
                "properties": {
                    "first_day": DAY.schema,
                    "days": {"type": "integer", "minimum": 7, "maximum": 31},
                },
            },
            "schedule": table,
            "raised_schedule": table,
            "further_schedules": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["schedule"],
                    "properties": {"schedule": table, "raised_schedule": table},
                },
            },
            "notices": {
                "description": "what a published notice allows an elected officer a year, by number",
                "type": ["object", "null"],
                "additionalProperties": UNITS["amount"].schema,
            },
            "examples": {"type": "array", "items": _example()},
        },
        "$defs": parts,
    }


def _object(kind):
    """The schema of one part of the rules; a part without a default is required."""
    properties = {}
    for name, shape in SHAPES[kind].items():
        if isinstance(shape, Codec):
            properties[name] = shape.schema
        elif shape in ROWS:
            properties[name] = {"type": "array", "items": {"anyOf": list(ROWS[shape]())}}
        elif shape is Group:
            properties[name] = {"type": "array", "items": {"$ref": "#/$defs/Group"}}
        else:
            properties[name] = {"$ref": f"#/$defs/{shape.__name__}"}
            if kind._field_defaults.get(name, shape) is None:
                properties[name] = {"anyOf": [properties[name], {"type": "null"}]}
    required = [name for name in SHAPES[kind] if name not in kind._field_defaults]
    return {
        "description": kind.__doc__.strip(),
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": required} if required else {}),
    }


def _group(rules):
    """Members, and the rules that a group may have otherwise."""
    own = {name: rules[name] for name in OF_A_GROUP}
    properties = {
        "name": TEXT.schema,
        "members": {"$ref": f"#/$defs/{Members.__name__}"},
        "rules": {"type": "object", "additionalProperties": False, "properties": own},
    }
    return _row(properties, list(properties)) | {"description": Group.__doc__.strip()}


def _rows():
    """A row of an award table: by level or by score, for each of what a component can give.

    With positions in the range a row has a list of values, one for each.
    """
    level = {"type": "integer", "minimum": 1, "maximum": 9}
    for gives, codec in UNITS.items():
        value = {"anyOf": [codec.schema, {"type": "array", "items": codec.schema}]}
        yield _row({"level": level, gives: value}, ["level", gives])
        score = {"from": SCORE.schema, "below": optional(SCORE).schema, gives: value}
        yield _row(score, ["from", gives])


def _service_rows():
    for gives, codec in TENURE_GIVES.items():
        yield _row({"months": MONTHS.schema, gives: codec.schema}, ["months", gives])


def _teams():
    """A team of a lump sum: one figure for all of its members, or one for each of levels 3, 4 and 5."""
    for gives in SHAPES[LumpSum]["gives"].schema["enum"]:
        unit = UNITS[gives].schema
        earned = {"anyOf": [unit, {"type": "array", "items": unit, "minItems": 3, "maxItems": 3}]}
        team = {
            "name": TEXT.schema,
            "members": {"$ref": f"#/$defs/{Members.__name__}"},
            "result": TEXT.schema,
        }
        yield _row(team | {gives: earned}, [*team, gives])


def _row(properties, required):
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": required,
    }


ROWS = {Band: _rows, Service: _service_rows, Team: _teams}


def _schedule():
    amount = {"type": ["string", "integer"]}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["grades"],
        "properties": {
            "basis": {"enum": ["annual", "hourly"]},
            "grades": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["grade"],
                    "properties": {
                        "grade": TEXT.schema,
                        "steps": {"type": "array", "items": amount},
                        "first_step": document.NUMBER.schema,
                        "numbers": {
                            "description": "of the steps, where they do not follow each other",
                            "type": "array",
                            "items": document.NUMBER.schema,
                        },
                        "minimum": amount,
                        "midpoint": {"type": ["string", "integer", "null"]},
                        "maximum": {
                            "description": "null: an open range",
                            "type": ["string", "integer", "null"],
                        },
                    },
                },
            },
        },
    }


def _example():
    facts = {name: {"description": fact.means, "type": ["string", "integer"]} for name, fact in FACTS.items()}
    gives = {"type": "object", "additionalProperties": False, "minProperties": 1}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["says", "case", "gives"],
        "properties": {
            "says": TEXT.schema,
            "case": {
                "type": "object",
                "additionalProperties": False,
                "required": [name for name in NEEDED if name != "number"],
                "properties": facts,
            },
            "gives": gives | {"properties": dict.fromkeys(FIGURES, FIGURE)},
        },
    }
