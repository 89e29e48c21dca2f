"""An error: this run, or this file, cannot go on, and one sentence says why and what to do."""

from recon.core.source import Source


class ReconError(Exception):
    """Stops a run with one clear message; the sentence stands in ``templates/words`` under ``error.<code>``.

    Attributes:
        code: key of the sentence.
        source: where the trouble was seen.
        params: values for the sentence. Never a password.
    """

    def __init__(self, code: str, source: Source | None = None, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.source = source or Source()
        self.params = params
