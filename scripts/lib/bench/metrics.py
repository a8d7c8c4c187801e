"""Reads the Prometheus text format."""

import re
import urllib.request

_SAMPLE = re.compile(r"^([A-Za-z_:][\w:]*)(?:\{([^}]*)\})? (\S+)")
_LABEL = re.compile(r'(\w+)="([^"]*)"')


class Metrics:
    """One scrape."""

    def __init__(self, text: str):
        self._samples = []
        for line in text.splitlines():
            match = _SAMPLE.match(line)
            if match:
                name, labels, value = match.groups()
                self._samples.append((name, dict(_LABEL.findall(labels or "")), float(value)))

    @classmethod
    def of(cls, url: str) -> "Metrics":
        """What a service says now."""
        with urllib.request.urlopen(url + "/metrics", timeout=10) as answer:
            return cls(answer.read().decode())

    def total(self, name: str, **labels: str) -> float:
        """The samples of that name with these labels, added up; 0 when there are none."""
        return sum(
            value
            for sample, found, value in self._samples
            if sample == name and all(found.get(key) == wanted for key, wanted in labels.items())
        )
