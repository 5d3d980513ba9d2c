"""The numbers of the formula of scores (`[scoring]` of a plan), and the grades. Pure.

What a plan leaves out, or a plan without the table, has the defaults of `Rules`.
"""

import json
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from tracker.i18n import N_

_EXACT = Decimal("1e-12")  # what division leaves beyond it is no tie-breaker


class Band(NamedTuple):
    """A grade (xếp loại) from so many points on, named in both languages."""

    least: Decimal
    name: str
    name_en: str


class Rules(NamedTuple):
    """The numbers of the formula; bands from the highest to the lowest.

    `min_counted` is the fewest counted tasks for a rank; `top_share`, from 0 to 1, is the part of
    the ranked units of a block that may be proposed for the top grade.
    """

    max_points: Decimal = Decimal(100)
    late_factor: Decimal = Decimal("0.5")
    measure_cap: Decimal = Decimal(1)
    bonus_cap: Decimal = Decimal(10)
    penalty_cap: Decimal = Decimal(20)
    decimals: int = 1
    min_counted: int = 3
    top_share: Decimal = Decimal("0.25")
    bands: tuple[Band, ...] = (
        Band(Decimal(90), N_("Excellent"), "Excellent"),
        Band(Decimal(80), N_("Good"), "Good"),
        Band(Decimal(65), N_("Fair"), "Fair"),
        Band(Decimal(50), N_("Average"), "Average"),
        Band(Decimal(0), N_("Weak"), "Weak"),
    )

    def rounded(self, points: Decimal) -> Decimal:
        """Return points as they are published: halves up."""
        return points.quantize(_EXACT).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)


def rules(text: str) -> Rules:
    """Type the rules of a plan (`Campaign.scoring`); what it does not say has its default."""
    held = json.loads(text or "{}")
    usual = Rules()
    bands = [
        Band(Decimal(str(band["min"])), band["name"], band.get("name_en") or band["name"])
        for band in held.get("band") or ()
    ]

    def number(name: str) -> Decimal:
        return Decimal(str(held.get(name, getattr(usual, name))))

    return Rules(
        max_points=number("max_points"),
        late_factor=number("late_factor"),
        measure_cap=number("measure_cap"),
        bonus_cap=number("bonus_cap"),
        penalty_cap=number("penalty_cap"),
        decimals=int(number("decimals")),
        min_counted=int(number("min_counted")),
        top_share=number("top_share"),
        bands=tuple(sorted(bands, reverse=True)) or usual.bands,
    )
