"""The commands, thin."""

import gc

# Modules and rows read stay until the end: to go through them for garbage after every few hundred new ones, as Python
# does, takes a fortieth of a run.
gc.set_threshold(100_000)
