"""Which layout each account's evidence has, where it is left to chance."""

import msgspec

from recon.simulate.people import stream
from recon.simulate.profile import OwnAccount, Profile

#: Layouts by locale and by whose account it is.
LAYOUTS = {
    ("zh-CN", "owner"): ("bank_pdf", "bank_xls", "bank_csv", "bank_xlsx", "pdf_lines", "pdf_grid", "pdf_two",
                         "pdf_direction"),
    ("zh-CN", "firm"): ("company_pdf", "pdf_ledger", "pdf_direction", "bank_xlsx", "camt"),
    ("en", "owner"): ("en_columns", "en_daily", "en_ruled", "en_signed", "en_csv", "en_xlsx", "ofx"),
    ("en", "firm"): ("en_columns", "en_daily", "en_ruled", "en_signed", "en_csv", "en_xlsx", "ofx", "mt940", "camt"),
}
FILES = (1, 1, 1, 2, 4)


def laid_out(form: Profile, seed: int) -> Profile:
    """*form* with a layout and a number of files drawn for each bank account; wallets and cash boxes keep theirs."""
    rng = stream(f"{form.trade}/{seed}", "layouts")

    def chosen(account: OwnAccount) -> OwnAccount:
        if account.kind != "bank":
            return account
        layout = rng.choice(LAYOUTS[form.locale, account.holder])
        return msgspec.structs.replace(account, layout=layout, files=rng.choice(FILES))

    return msgspec.structs.replace(form, account=tuple(chosen(account) for account in form.account))
