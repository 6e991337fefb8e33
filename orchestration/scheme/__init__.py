"""Schemes of review and allocation (`data/policies/<jurisdiction>/schemes`): read and checked."""
