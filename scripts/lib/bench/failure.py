"""Why a measurement cannot be made."""


class BenchFailure(Exception):
    """Ends the run; the message says what to do."""
