"""The samples that travel with the package, made anew: ``python -m recon.simulate.samples``."""

import shutil
import sys
from pathlib import Path

from recon.core.knowledge import folder
from recon.simulate.build import build

#: Name of the sample's folder, its trade and its seed.
SAMPLES = (
    ("noodle-shop", "restaurant", 2025),
    ("hardware-wholesale", "wholesale", 2025),
    ("garment-workshop", "manufacturing", 2025),
)


def regenerate(target: Path) -> None:
    """Write every sample into *target*, each in its own folder, in place of what stood there."""
    for name, trade, seed in SAMPLES:
        if (target / name).exists():
            shutil.rmtree(target / name)
        build(target / name, trade=trade, seed=seed, progress=_tell)


def _tell(item: str) -> None:
    sys.stderr.write(f"{item}\n")


if __name__ == "__main__":
    regenerate(folder("samples"))
