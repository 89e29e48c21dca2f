"""What the lessons say of their worked examples, asked of the names that a lesson leaves behind."""

import recon


def proof(left):
    """The bank is proven, the forged copy contradicts itself, and the cash book has nothing to prove it with."""
    assert left["bank"].outcome == "proven"
    assert left["breaks"].empty
    assert recon.read(left["forged"]).outcome == "inconsistent"
    assert recon.read(left["cash_file"]).outcome == "unprovable"


def once(left):
    """Simple adding overstates, and the shop's own transfers have both of their ends."""
    assert left["naive"].sum() > 1.2 * left["books"].effective.total
    assert next(c.outcome for c in left["books"].checks if c.id == "evidence_transfers") == "pass"


def control(left):
    """The form alone gives the answer of the first exercise."""
    found = left["interview"].ledger.value("credit_sales")
    assert left["lesson"].check("credit_sales", found / 100).outcome == "right"


def articulation(left):
    """A loan called a sale lifts profit and lowers debts by itself, and breaks no tie."""
    honest, dressed = left["honest"], left["dressed"]
    assert dressed.ledger.value("net_profit") - honest.ledger.value("net_profit") == 3_000_000
    debts = [made.statements.line("balance_sheet", 47).amount for made in (honest, dressed)]
    assert debts[0] - debts[1] == 3_000_000
    for made in (honest, dressed):
        ties = [c.outcome for c in made.checks if c.group == "articulation"]
        assert ties
        assert "fail" not in ties


def disguise(left):
    """The second costume closes, and only its interest tells."""
    assert recon.read(left["folder"] / "statements" / "bank.csv").outcome == "proven"
    genuine, forged = (
        {c.outcome for c in recon.rebuild(left[name], left["LANGUAGE"]).checks if c.id.startswith("interest_")}
        for name in ("shop_folder", "folder")
    )
    assert genuine == {"pass"}
    assert forged
    assert "pass" not in forged


def need(left):
    """Next to no need, however good the client."""
    found = left["books"].need
    assert found.method("regulator").limit < found.requested.amount / 10
    assert found.capacity.coverage is not None
    assert found.verdict in ("reduce", "decline")


CLAIMS = {1: proof, 2: once, 4: control, 5: articulation, 7: disguise, 8: need}
