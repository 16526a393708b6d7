"""Checks that look at several columns of one row, and closed lists of words, per table."""

from sipa_data.intake.checks.sentences import Check

LINE = "In Zeile {line} "
LINES = "In {count} Zeilen, zuerst in Zeile {line}, "


def _words(code: str, column: str, words: tuple[str, ...]) -> tuple[str, Check]:
    listed = ", ".join(f"'{word}'" for word in words)
    shown = ", ".join(f"„{word}“" for word in words)
    return column, Check(
        code,
        "error",
        f"{{value}} is not null and {{value}} not in ({listed})",
        LINE + "steht in der Spalte „{column}“ das Wort „{found}“; möglich sind {expected}.",
        LINES + "steht in der Spalte „{column}“ ein unbekanntes Wort („{found}“); möglich sind {expected}.",
        shown,
    )


def _compared(code: str, severity: str, column: str, wrong: str, what: str, expected: str) -> tuple[str, Check]:
    return column, Check(
        code,
        severity,  # type: ignore[arg-type]  # written as literals below
        wrong,
        f"{LINE}{what}; erwartet wird {{expected}}.",
        f"{LINES}{what}; erwartet wird {{expected}}.",
        expected,
    )


_SPAN = _compared(
    "period_reversed", "error", "period_start", "period_end < period_start",
    "endet der Zeitraum, bevor er beginnt", "ein Ende nach dem Beginn",
)  # fmt: skip
_SEX = _words("unknown_word", "sex", ("w", "m", "d"))

ROW_CHECKS: dict[str, tuple[tuple[str, Check], ...]] = {
    "incident_counts": (
        _SPAN,
        _compared(
            "cleared_above_cases", "warning", "cleared", "cleared > cases",
            "sind mehr Fälle aufgeklärt als erfasst („{found}“)",
            "höchstens so viele wie erfasst; mit Altfällen kann das stimmen",
        ),
        _compared(
            "attempts_above_cases", "error", "attempts", "attempts > cases",
            "sind mehr Versuche als Fälle angegeben („{found}“)", "höchstens so viele Versuche wie Fälle",
        ),
    ),
    "incident_events": (),
    "population": (_SEX,),
    "person_counts": (_SPAN, _SEX, _words("unknown_word", "kind", ("victim", "suspect", "repeat_suspect"))),
    "published_rates": (_SPAN,),
    "register_values": (_SPAN,),
    "denominators": (_SPAN,),
    "survey_results": (
        _compared(
            "share_outside", "error", "share", "share > 1 or lower > share or upper < share or upper > 1",
            "liegt ein Anteil außerhalb seiner Grenzen („{found}“)", "ein Anteil von 0 bis 1 zwischen seinen Grenzen",
        ),
    ),
    "targets": (_words("unknown_word", "direction", ("at_most", "at_least")),),
    "observations_on_site": (_words("unknown_word", "status", ("offen", "in Arbeit", "erledigt")),),
    "decisions": (
        _words("unknown_word", "status", ("offen", "erledigt", "verschoben")),
        _words("unknown_word", "expected_direction", ("rise", "fall")),
    ),
    "projects": (
        _compared(
            "project_reversed", "error", "end_date", "end_date < start_date",
            "endet das Projekt, bevor es beginnt („{found}“)", "ein Ende nach dem Beginn",
        ),
        _compared(
            "unknown_level", "error", "evidence_level", "evidence_level not between 1 and 3",
            "steht eine unbekannte Stufe der Grünen Liste („{found}“)", "1, 2 oder 3",
        ),
        _compared(
            "compared_with_itself", "error", "comparison_districts",
            "list_has_any(string_split(districts, ';'), string_split(comparison_districts, ';'))",
            "ist ein Bezirk mit dem Projekt zugleich Vergleichsbezirk („{found}“)", "Bezirke ohne das Projekt",
        ),
    ),
    "partners": (
        _compared(
            "partner_reversed", "error", "until", "until < since",
            "endet die Zusammenarbeit, bevor sie beginnt („{found}“)", "ein Ende nach dem Beginn",
        ),
    ),
    "project_results": (
        _words("unknown_word", "group_name", ("treated", "comparison")),
        _words("unknown_word", "measured_at", ("before", "after", "follow_up")),
        _words("unknown_word", "design", ("before_after", "with_comparison", "randomised")),
        _words("unknown_word", "direction", ("higher_is_better", "lower_is_better")),
    ),
}  # fmt: skip
