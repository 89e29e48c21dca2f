"""What people call the figures and accounts of the control system, in both languages."""

from collections.abc import Iterable

from recon.core.finding import Words
from recon.core.words import known, say
from recon.ledger.chart import positions, variables


def named(key: str) -> Words | None:
    """A variable, a position or account, or either with its end or part: ``closing.inventory``, ``paid.unrecorded``.

    None where nothing of the control system has that key.
    """
    entry = variables().get(key) or positions().get(key)
    if entry:
        return Words(entry.zh, entry.en, (key,))
    if known(f"figure.{key}"):
        return Words(say("zh-CN", f"figure.{key}"), say("en", f"figure.{key}"), (key,))
    for pattern, base in _parts(key):
        if base and known(pattern) and (inner := named(base)):
            return Words(
                say("zh-CN", pattern, name=inner.zh), say("en", pattern, name=within(inner.en)), (key,)
            )
    return None


def control(name: str) -> Words | None:
    """A control account or identity: ``wages`` is what is owed in wages, not their expense; None for any other name."""
    entry = positions().get(name)
    if entry:
        return Words(entry.zh, entry.en, (name,))
    key = f"figure_account.{name}"
    return Words(say("zh-CN", key), say("en", key), (name,)) if known(key) else None


def account(name: str) -> Words:
    """The same, or the figure of that name, or the name itself."""
    return control(name) or names([name])


def names(keys: Iterable[str]) -> Words:
    """Several keys as one list; a key that nothing has stays as it is."""
    found = [named(key) or Words(key, key, (key,)) for key in keys]
    return Words(
        "、".join(w.zh for w in found), ", ".join(within(w.en) for w in found), tuple(k for w in found for k in w.keys)
    )


def within(name: str) -> str:
    """An English name inside a sentence: its first letter small unless the word is an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _parts(key: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """An end in front of a key or a part behind it, with what is left."""
    end, _, after = key.partition(".")
    before, _, part = key.rpartition(".")
    return (f"figure_at.{end}", after), (f"figure_part.{part}", before)
