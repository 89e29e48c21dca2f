# %% [markdown] lang="zh"
# # 第五课　三张报表与风险传导
#
# **目标**：看懂三张表怎么扣在一起；知道“勾稽全平”只说明账记得齐整，**一点也不说明它是真的**；并能顺着一笔坏账，看风险从哪张表走到哪张表。
#
# 把面馆想成一只水桶。资产负债表是**此刻**桶里有什么、谁的；利润表是这一年**挣**了多少；现金流量表是这一年**钱**从哪来到哪去。同一只桶，三个看法，所以必须对得上。
# %% [markdown] lang="en"
# # Lesson 5 · Three statements, and how risk travels
#
# **Goal**: see how the three statements lock together; know that “everything ties” says the books are tidy and **nothing about whether they are true**; and follow one bad debt from statement to statement.
#
# Think of the noodle shop as a bucket. The balance sheet says what is in it **now**, and whose; the income statement what was **earned** this year; the cash-flow statement where **money** came from and went. One bucket seen three ways, so the three must agree.
# %%
import recon
from recon import training
from recon.training import charts

LANGUAGE = "zh-CN"
SEED = 2025
lesson = training.lesson(5, SEED, LANGUAGE)
books = recon.rebuild(training.noodle_shop(), language=LANGUAGE)
# %% [markdown] lang="zh"
# ## 一个真例子：老王的三张表
# 右边的色条是**证据程度**：有据、互证、口述、推算。同一个数，凭什么知道，比数本身更要紧。
# %% [markdown] lang="en"
# ## A real example: Wang's three statements
# The bar on the right is the **basis**: documented, corroborated, stated, estimated. How a figure is known matters more than the figure.
# %%
books.balance_sheet
# %%
books.income_statement
# %%
books.cash_flow
# %% [markdown] lang="zh"
# ### 三把锁
# 1. 资产 = 负债 + 权益。
# 2. 利润表的净利润，减去业主支取，加上投入 = 权益的变动。
# 3. 现金流量表的净增加 = 货币资金的变动。
#
# 利润和现金为什么不一样？从净利润走到经营现金，一步一个台阶：
# %% [markdown] lang="en"
# ### Three locks
# 1. Assets = debts + equity.
# 2. Net profit, less what the owner withdrew, plus what he brought in = the change in equity.
# 3. The net increase of the cash-flow statement = the change in cash.
#
# Why is profit not cash? From net profit to operating cash, one step at a time:
# %%
sheet = books.balance_sheet.set_index("line")
rise = {line: sheet.loc[line, "closing"] - sheet.loc[line, "opening"] for line in (4, 9, 33)}
profit = books.income_statement.set_index("line").loc[32, "amount"]
operating = books.cash_flow.set_index("line").loc[7, "amount"]
worn = books.ledger.value("depreciation")
rest = operating - profit - worn + rise[4] + rise[9] - rise[33]
charts.steps(
    [say("净利润", "net profit"), say("＋折旧", "+ depreciation"), say("－应收增加", "− receivables"), say("－存货增加", "− stock"), say("＋应付增加", "+ payables"), say("其他", "other"), say("经营现金", "operating cash")],
    [v / 100 for v in (profit, worn, -rise[4], -rise[9], rise[33], rest, operating)],
    say("从利润到现金（元）", "From profit to cash (yuan)"),
)
# %% [markdown] lang="zh"
# ### 勾稽全平，能信吗？
# 做个实验：一家只有现金本的小店，收到 30,000 元借款。一次如实记“借款”，一次硬说是“销售”，各建一次账：
# %% [markdown] lang="en"
# ### Everything ties. Is it true?
# An experiment: a small shop with nothing but a cash book receives a loan of 30,000. Build its books twice: once the loan is called a loan, once it is called a sale.
# %%
import tempfile
from pathlib import Path

import pandas as pd


def small_shop(name_of_the_loan):
    folder = Path(tempfile.mkdtemp())
    (folder / "statements").mkdir()
    (folder / "case.toml").write_text("""
[case]
from = 2025-01-01
to = 2025-03-31
[opening]
cash = 5000
receivables = 0
payables = 0
inventory = 2000
[closing]
receivables = 0
payables = 0
inventory = 2500
""", encoding="utf-8")
    (folder / "statements" / "cashbook.csv").write_text(f"""date,description,in,out,balance,category
2025-01-10,takings of January,18000,,23000,cash_sales
2025-01-20,flour and beef,,7000,16000,cash_purchases
2025-02-05,money from Li,30000,,46000,{name_of_the_loan}
2025-02-15,takings of February,16000,,62000,cash_sales
2025-02-25,rent,,3000,59000,rent
2025-03-15,takings of March,17000,,76000,cash_sales
2025-03-20,beef and greens,,7500,68500,cash_purchases
""", encoding="utf-8")
    return recon.rebuild(folder, language=LANGUAGE)


honest, dressed = small_shop("loan_in"), small_shop("cash_sales")


def seen(shop):
    failed = sum(check.outcome == "fail" for check in shop.checks if check.group == "articulation")
    debts = shop.balance_sheet.set_index("line").loc[47, "closing"]
    return [f"{shop.ledger.value('net_profit') / 100:,.0f}", f"{debts / 100:,.0f}", failed]


pd.DataFrame(
    {say("如实", "honest"): seen(honest), say("粉饰", "dressed up"): seen(dressed)},
    index=[say("净利润", "net profit"), say("负债合计", "total debts"), say("没通过的勾稽检验", "articulation checks that fail")],
)
# %% [markdown] lang="zh"
# 利润凭空多了三万，负债少了三万，**勾稽检验一条也没红**。所以 `recon` 把勾稽单独列，从不把它当证据。要知道真假，得走第六课的路：交叉检验。
#
# ## 练习
# ### 练习 1　老板的家底
# 权益是多少？
# %% [markdown] lang="en"
# Thirty thousand of profit out of nothing, thirty thousand of debt gone, and **not one articulation check turned red**. That is why `recon` reports articulation apart and never counts it as evidence. Whether books are true is asked on another road: lesson 6, cross-verification.
#
# ## Exercises
# ### Exercise 1 · What belongs to the owner
# How much is the equity?
# %%
task = lesson["equity"]
task
# %% part="student"
answer = None
lesson.check("equity", answer)
# %% part="solved"
held = task.positions
answer = sum(held[a] for a in ("cash", "receivables", "inventory", "equipment")) - held["payables"] - held["loans"]
lesson.check("equity", answer)
# %% [markdown] lang="zh"
# ### 练习 2　收到了多少钱
# 卖了这么多，从客户手里收到多少现金？
# %% [markdown] lang="en"
# ### Exercise 2 · What was received
# So much was sold: how much cash came from customers?
# %%
task = lesson["cash_in"]
task
# %% part="student"
answer = None
lesson.check("cash_in", answer)
# %% part="solved"
answer = task.sales - (task.closing_receivables - task.opening_receivables)
lesson.check("cash_in", answer)
# %% [markdown] lang="zh"
# ### 练习 3　从利润走到现金
# 用间接法求经营现金净额。
# %% [markdown] lang="en"
# ### Exercise 3 · From profit to cash
# Find the net operating cash by the indirect method.
# %%
task = lesson["indirect"]
task
# %% part="student"
answer = None
lesson.check("indirect", answer)
# %% part="solved"
answer = task.net_profit + task.depreciation - task.rise_in_inventory - task.rise_in_receivables + task.rise_in_payables
lesson.check("indirect", answer)
# %% [markdown] lang="zh"
# ### 练习 4　一个月之后的资产负债表
# 六件事之后，每一项期末是多少？先检查平不平，再检查对不对。
# %% [markdown] lang="en"
# ### Exercise 4 · The balance sheet a month later
# Six events on, what is each closing figure? The check asks first whether it balances, then whether it is right.
# %%
task = lesson["sheet"]
task
# %% part="student"
answer = dict.fromkeys(task.opening["item"])
lesson.check("sheet", answer)
# %% part="solved"
import re
from decimal import Decimal

amounts = [[Decimal(x) for x in re.findall(r"\d+(?:\.\d\d)?", text)] for text in task.events.values()]
(sale, used), (got,), (goods,), (repaid,), (worn,), (taken,) = amounts
moved = {"cash": got - repaid - taken, "receivables": sale - got, "inventory": goods - used, "equipment": -worn, "payables": goods, "loans": -repaid, "equity": sale - used - worn - taken}
answer = {row.item: row.opening + moved[row.item] for row in task.opening.itertuples()}
lesson.check("sheet", answer)
# %% [markdown] lang="zh"
# ### 练习 5　穿了销售外衣的借款
# 有人把 `loan` 记成了销售。利润虚高多少（`profit_too_high_by`）、负债少记多少（`debts_too_low_by`）、会有几条勾稽检验不通过（`ties_broken`）、真实的负债率是多少（`true_debt_ratio`，负债 ÷ 资产）？
# %% [markdown] lang="en"
# ### Exercise 5 · A loan dressed as a sale
# Somebody booked `loan` as a sale. By how much is profit too high (`profit_too_high_by`), by how much are debts too low (`debts_too_low_by`), how many articulation checks fail (`ties_broken`), and what is the true ratio of debts to assets (`true_debt_ratio`)?
# %%
task = lesson["disguise"]
task
# %% part="student"
answer = {"profit_too_high_by": None, "debts_too_low_by": None, "ties_broken": None, "true_debt_ratio": None}
lesson.check("disguise", answer)
# %% part="solved"
answer = {"profit_too_high_by": task.loan, "debts_too_low_by": task.loan, "ties_broken": 0, "true_debt_ratio": (task.shown_debts + task.loan) / task.shown_assets}
lesson.check("disguise", answer)
# %% [markdown] lang="zh"
# ### 练习 6　风险怎么走
# 最大的团餐客户倒了，`lost_receivable` 收不回来。填：利润变动、权益变动、此刻现金变动（减少填负数）、之后的流动比率，以及：现金加上还能收回的应收，付完供应商和一年内到期的贷款还剩多少（`left_to_pay_with`，不够填负数）。
# %% [markdown] lang="en"
# ### Exercise 6 · How risk travels
# The largest customer for group meals fails; `lost_receivable` will not come in. Give the change in profit, in equity and in cash at this moment (a fall is negative), the current ratio afterwards, and what is left of cash and collectable receivables once suppliers and the loan due within the year are paid (`left_to_pay_with`, negative if short).
# %%
task = lesson["travels"]
task
# %% part="student"
answer = {"profit": None, "equity": None, "cash": None, "current_ratio": None, "left_to_pay_with": None}
lesson.check("travels", answer)
# %% part="solved"
good = task.receivables - task.lost_receivable
owed = task.payables + task.loan_due_in_year
answer = {
    "profit": -task.lost_receivable, "equity": -task.lost_receivable, "cash": 0,
    "current_ratio": (task.cash + good + task.inventory) / owed, "left_to_pay_with": task.cash + good - owed,
}
lesson.check("travels", answer)
# %%
lesson.progress()
# %% [markdown] lang="zh"
# ## 小结
# - 三张表三把锁；利润到现金，差在折旧、存货、应收、应付。
# - 勾稽是“账记得齐”，不是“账是真的”。
# - 坏账先伤利润和权益，现金当下不动，几周后付供应商时才疼。
#
# ## 到了客户桌边
# 1. 先看结构：应收占资产多少？有没有一个客户占了一半？
# 2. 问：“这个客户要是晚付两个月，您先不付谁？”——答案就是风险传导的路线。
# 3. 别被“表是平的”说服，翻到第六课。
# %% [markdown] lang="en"
# ## Summary
# - Three statements, three locks; between profit and cash stand depreciation, stock, receivables and payables.
# - Articulation means tidy books, not true ones.
# - A bad debt hurts profit and equity first; cash does not move now, and aches weeks later when suppliers want theirs.
#
# ## At the client's desk
# 1. Look at the structure: how much of the assets are receivables? Does one customer hold half of them?
# 2. Ask: “If this one paid two months late, whom would *you* not pay?” The answer is the road that risk takes.
# 3. Do not be won over by “it balances”; go on to lesson 6.
