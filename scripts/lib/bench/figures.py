"""What many samples come to."""

import collections.abc
import statistics


def median(values: collections.abc.Iterable[float | None]) -> float | None:
    """Of the values that are there; None when there are none."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def median_ratio(
    ones: collections.abc.Iterable[float | None], others: collections.abc.Iterable[float | None]
) -> float | None:
    """The median of the ratios of neighbours in time: what else the machine does changes from minute to minute."""
    return median(
        one / other if one is not None and other else None for one, other in zip(ones, others, strict=True))


def rounded(value: object, digits: int = 3) -> object:
    """For JSON: numbers to so many digits after the point, also inside of lists and dictionaries."""
    if isinstance(value, float):
        return round(value, digits)
    if isinstance(value, dict):
        return {key: rounded(inner, digits) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(inner, digits) for inner in value]
    return value
