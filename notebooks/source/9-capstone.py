# %% [markdown] lang="zh"
# # 结业案件
#
# 这是一家只属于你的店（由你的 `SEED` 决定），半年的流水和一份访谈表已经放在案件文件夹里。它真的“活”过：每天开门、进货、收钱、还贷。**真相没有写在任何地方**，到最后才会重演一遍给你看。
#
# 还有一件事：访谈里有**一个**回答被吹大了。把它揪出来。
#
# 前八课的功夫，从这里起你自己用。
# %% [markdown] lang="en"
# # Capstone
#
# This business is yours alone; your `SEED` made it. Half a year of statements and an interview are in its case folder. It truly lived: opened each morning, bought, sold, repaid. **The truth is written nowhere**; at the end the business lives its life again for you to see.
#
# One thing more: **one** answer of the interview is talked up. Find it.
#
# What the eight lessons taught is yours to use from here on.
# %%
import recon
from recon import training
from recon.training import capstone, charts

LANGUAGE = "zh-CN"
SEED = 2025
lesson = training.lesson(9, SEED, LANGUAGE)
folder = capstone.business(SEED, LANGUAGE)
case = recon.open_case(folder)
[path.name for path in case.files]
# %%
form = (folder / "case.toml").read_text(encoding="utf-8")
print(*(part for part in form.split("\n\n") if part.startswith(("[case]", "[request]", "[stated]"))), sep="\n\n")
# %% [markdown] lang="zh"
# ## 第一步　建账
# 先看证据成色（第一课），再看账套全貌。
# %% [markdown] lang="en"
# ## Step 1 · Rebuild
# First how good the evidence is (lesson 1), then the books at a glance.
# %%
books = recon.rebuild(case, language=LANGUAGE)
books.files
# %%
books
# %%
books.income_statement
# %%
books.checks
# %%
months = list(books.effective.months)
sales = books.income_statement.set_index("line").loc[1, months]
charts.columns([m[5:] for m in months], {say("有效流水", "effective revenue"): [v / 100 for v in books.effective.months.values()], say("营业收入", "sales"): sales / 100}, say("每月（元）", "By month (yuan)"))
# %% [markdown] lang="zh"
# ## 第二步　四个数
# 单位：元。允许误差写在题里——证据总有看不见的角落。可以直接用账套的数，但先问自己信不信它，为什么。
# %% [markdown] lang="en"
# ## Step 2 · Four figures
# In yuan. The allowed error stands in each exercise, for evidence always has a dark corner. You may take the books' figures; but ask yourself first whether you believe them, and why.
# %%
answers = {}
lesson["effective_revenue"]
# %% part="student"
answers["effective_revenue"] = None
lesson.check("effective_revenue", answers["effective_revenue"])
# %% part="solved"
answers["effective_revenue"] = books.effective.total / 100
lesson.check("effective_revenue", answers["effective_revenue"])
# %% part="student"
answers["total_sales"] = None
lesson.check("total_sales", answers["total_sales"])
# %% part="solved"
answers["total_sales"] = books.ledger.value("total_sales") / 100
lesson.check("total_sales", answers["total_sales"])
# %% part="student"
answers["net_profit"] = None
lesson.check("net_profit", answers["net_profit"])
# %% part="solved"
answers["net_profit"] = books.ledger.value("net_profit") / 100
lesson.check("net_profit", answers["net_profit"])
# %% part="student"
answers["closing_equity"] = None
lesson.check("closing_equity", answers["closing_equity"])
# %% part="solved"
answers["closing_equity"] = books.statements.line("balance_sheet", 52).amount / 100
lesson.check("closing_equity", answers["closing_equity"])
# %% [markdown] lang="zh"
# ## 第三步　哪句话吹大了
# 看交叉检验里哪条路走偏了（第六课）。
# %% [markdown] lang="en"
# ## Step 3 · Which answer is talked up?
# See which road of the cross-verification strays (lesson 6).
# %%
lesson["lie"]
# %% part="student"
answer = None
lesson.check("lie", answer)
# %% part="solved"
roads = {"monthly_sales": "turnover_stated", "monthly_profit": "profit_stated", "good_day": "turnover_days"}
by_id = {check.id: check for check in books.checks}
off = {said: abs(float(by_id[road].difference) / float(by_id[road].actual)) for said, road in roads.items() if by_id[road].difference is not None}
answer = max(off, key=off.get)
lesson.check("lie", answer)
# %% [markdown] lang="zh"
# ## 第四步　意见
# 先看需求和能力，再写意见。`facts` 里放 `need`、`affordable` 和你要引用的数（单位：元）。若结论是不贷或无法判断，写 `verdict` 和 `reasons` 即可。
# %% [markdown] lang="en"
# ## Step 4 · The opinion
# Look at need and capacity, then write. `facts` holds `need`, `affordable` and every figure that you quote (in yuan). Where the verdict is to decline or that you cannot judge, `verdict` and `reasons` are enough.
# %%
books.need
# %% part="student"
answer = {"verdict": None, "amount": None, "term_months": None, "reasons": [], "conditions": [], "facts": {}}
lesson.check("opinion", answer)
# %% part="solved"
need = max((m.limit for m in books.need.methods if m.limit is not None), default=0) / 100
facts = {"need": need, "affordable": (books.need.capacity.affordable or 0) / 100, "sales": answers["total_sales"], "profit": answers["net_profit"], "equity": answers["closing_equity"]}
amount = min(facts["need"], facts["affordable"])
answer = {
    "verdict": "lend" if amount > 0 else "decline", "amount": amount, "term_months": 12, "facts": facts,
    "reasons": [
        say(f"半年营业收入 {facts['sales']} 元，与各路径相符", f"sales of {facts['sales']} in half a year, as the roads confirm"),
        say(f"半年净利润 {facts['profit']} 元", f"a profit of {facts['profit']} in half a year"),
        say(f"期末权益 {facts['equity']} 元", f"equity of {facts['equity']} at the end"),
    ],
    "conditions": [say("放款前核实贷款用途，并请业主更正访谈里的那个数", "verify the purpose before paying out, and have the owner correct his answer")],
}
lesson.check("opinion", answer)
# %% [markdown] lang="zh"
# ## 第五步　揭晓
# 每题都检查过之后，运行下面的单元格，这家店会重演一遍，真相摆在你的答案旁边。
# %% [markdown] lang="en"
# ## Step 5 · The truth
# Once every exercise has been checked, run the cell below: the business lives again, and the truth stands beside your answers.
# %% part="student"
lesson.progress()  # when all is done: capstone.reveal(lesson, answers)
# %% part="solved"
capstone.reveal(lesson, answers)
# %% part="solved"
truth = training.shop.own_truth(SEED).figures
names = list(capstone.TOLERANCE)
charts.columns(names, {say("你的答案", "your answer"): [answers[name] for name in names], say("真相", "truth"): [truth[name] / 100 for name in names]})
# %% [markdown] lang="zh"
# ## 最后
# 哪个数偏了？为什么？证据里缺的是什么？把这三句话写进你的笔记本——下一个客户桌上，你会先看那里。
# %% [markdown] lang="en"
# ## At last
# Which figure was off, why, and what did the evidence not show? Put these three sentences into your notebook: at the next client's desk, that is where you will look first.
