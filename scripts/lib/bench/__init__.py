"""What scripts/bench runs: see docs/performance.md for what is measured, and why so."""
