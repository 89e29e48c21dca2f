# %% [markdown] lang="zh"
# # 第四课　控制账户与缺失的数
#
# **目标**：用一条等式，把没人记下来的那个数**找**出来，而不是**编**出来。
#
# “您一年现金收了多少？”老王挠头：“没记过。”可是钱箱里年初有多少、年底有多少、存了多少进银行、从里面付了多少、家里拿走多少，都有数。**来处 = 去处**，缺的那个数就自己冒出来了。
# %% [markdown] lang="en"
# # Lesson 4 · Control accounts and the missing figure
#
# **Goal**: with one equation, *find* the figure that nobody wrote down, instead of inventing it.
#
# “How much cash did you take last year?” Wang scratches his head: “I never wrote it down.” But we know what was in the till in January and in December, what was banked, what was paid out of it, what went home. **What came in equals what went out and what is left**; the missing figure steps forward by itself.
# %%
import pandas as pd

import recon
from recon import training
from recon.training import charts

LANGUAGE = "zh-CN"
SEED = 2025
lesson = training.lesson(4, SEED, LANGUAGE)
books = recon.rebuild(training.noodle_shop(), language=LANGUAGE)
# %% [markdown] lang="zh"
# ## 一个真例子
# 每个控制账户是一口缸：期初的水 + 流进的 = 流出的 + 期末的水。`found` 那一行是 `recon` 求出来的缺失数。
# %% [markdown] lang="en"
# ## A real example
# A control account is a jar: what was in it + what came in = what went out + what is left. The line marked `found` is the missing figure that `recon` solved for.
# %%
books.controls[books.controls["account"].isin(["receivables", "inventory", "cash"])]
# %%
jar = books.controls.query("account == 'receivables' and role != 'difference'")
signed = jar["amount"].where(jar["role"] != "decrease", -jar["amount"])
charts.steps(list(jar["name"]), list(signed / 100), say("应收账款这口缸（元）", "The jar of receivables (yuan)"))
# %% [markdown] lang="zh"
# **每个求出来的数都带着来路**：哪条等式、哪几项。赊销是这样来的（正号在一边，负号在另一边，合起来等于零）：
# %% [markdown] lang="en"
# **Each found figure carries its road**: which equation, which terms. This is how credit sales came about (plus on one side, minus on the other, together nothing):
# %%
found = books.ledger.figure("credit_sales")
equation = next(e for e in books.ledger.known.system if e.name == found.equation)
terms = [(("+" if t.sign > 0 else "−"), t.variable, books.ledger.value(t.variable)) for t in equation.terms]
pd.DataFrame([(sign, name, f"{value / 100:,.2f}") for sign, name, value in terms if value], columns=["±", equation.name, say("元", "yuan")])
# %% [markdown] lang="zh"
# 记住三条规矩：
#
# 1. 一条等式只能求**一个**未知数；两个未知，就要第二条等式来帮忙（比如毛利率）。
# 2. 什么都知道时，等式不求数，改当**检验**：差多少就摆多少，不往里塞。
# 3. 求不出来就说求不出来，并列出该问的最少几个问题。
#
# 六条常用的等式：
#
# | 缸 | 等式 |
# | --- | --- |
# | 应收 | 期初 + 赊销 = 收回 + 折让 + 退货 + 坏账 + 期末 |
# | 应付 | 期初 + 赊购 = 付出 + 退货 + 折扣 + 期末 |
# | 存货 | 期初 + 采购 = 成本 + 业主自用 + 损失 + 期末 |
# | 现金 | 期初 + 现销 + 取现 = 付现 + 存行 + 支取 + 期末 |
# | 权益 | 期初 + 利润 + 投入 = 支取 + 期末 |
# | 毛利 | 成本 = 销售 ×（1 − 毛利率） |
#
# ## 练习
# ### 练习 1　赊销
# %% [markdown] lang="en"
# Three rules to keep:
#
# 1. One equation finds **one** unknown; with two, a second equation must help (the margin, for instance).
# 2. When everything is known the equation finds nothing and becomes a **check**: what is out is shown, never filled in.
# 3. What cannot be found is said to be unknown, with the fewest questions that would settle it.
#
# Six equations for every day:
#
# | jar | equation |
# | --- | --- |
# | receivables | opening + credit sales = received + discounts + returns + bad debts + closing |
# | payables | opening + credit purchases = paid + returns + discounts + closing |
# | inventory | opening + purchases = cost of sales + taken by owner + lost + closing |
# | cash | opening + cash sales + withdrawn = payments + banked + drawings + closing |
# | equity | opening + profit + introduced = drawings + closing |
# | margin | cost = sales × (1 − margin) |
#
# ## Exercises
# ### Exercise 1 · Credit sales
# %%
task = lesson["credit_sales"]
task
# %% part="student"
answer = None
lesson.check("credit_sales", answer)
# %% part="solved"
answer = task.received + task.discount_allowed + task.bad_debts + task.closing_receivables - task.opening_receivables
lesson.check("credit_sales", answer)
# %% [markdown] lang="zh"
# ### 练习 2　全部采购
# 赊购（退货前）加现购，一共买了多少？
# %% [markdown] lang="en"
# ### Exercise 2 · All purchases
# On account (before returns) and at once: how much was bought in all?
# %%
task = lesson["purchases"]
task
# %% part="student"
answer = None
lesson.check("purchases", answer)
# %% part="solved"
on_account = task.paid_to_suppliers + task.purchase_returns + task.closing_payables - task.opening_payables
answer = on_account + task.cash_purchases
lesson.check("purchases", answer)
# %% [markdown] lang="zh"
# ### 练习 3　销货成本
# 老板一家天天在店里吃，夏天还坏过一批菜。卖出去的成本是多少？
# %% [markdown] lang="en"
# ### Exercise 3 · Cost of sales
# The family eats at the shop every day, and in summer a batch spoiled. What did the goods cost that were *sold*?
# %%
task = lesson["cost"]
task
# %% part="student"
answer = None
lesson.check("cost", answer)
# %% part="solved"
answer = task.opening_inventory + task.purchases - task.goods_taken_by_owner - task.stock_lost - task.closing_inventory
lesson.check("cost", answer)
# %% [markdown] lang="zh"
# ### 练习 4　钱箱里收过多少现金
# %% [markdown] lang="en"
# ### Exercise 4 · What the till took
# %%
task = lesson["cash_sales"]
task
# %% part="student"
answer = None
lesson.check("cash_sales", answer)
# %% part="solved"
answer = task.closing_cash + task.banked + task.cash_payments + task.drawings - task.opening_cash - task.withdrawn_from_bank
lesson.check("cash_sales", answer)
# %% [markdown] lang="zh"
# ### 练习 5　两个都不知道
# 现销没记，老板拿走多少也没记。好在进销价清楚，毛利率（对售价）可靠。求 `cash_sales` 和 `drawings`。
# %% [markdown] lang="en"
# ### Exercise 5 · Two unknowns
# Nobody noted cash sales, nor what the owner took. But prices are known and the margin (of sales) is reliable. Find `cash_sales` and `drawings`.
# %%
task = lesson["two"]
task
# %% part="student"
answer = {"cash_sales": None, "drawings": None}
lesson.check("two", answer)
# %% part="solved"
cash_sales = task.cost_of_goods_sold / (1 - task.margin_of_sales) - task.credit_sales
drawings = task.opening_cash + cash_sales - task.banked - task.cash_payments - task.closing_cash
answer = {"cash_sales": cash_sales, "drawings": drawings}
lesson.check("two", answer)
# %% [markdown] lang="zh"
# 让 `recon` 也算一遍第 1 题的那口缸——只凭一张表，不要任何流水：
# %% [markdown] lang="en"
# Let `recon` fill the jar of exercise 1 as well, from a form alone, without a single statement:
# %%
import tempfile
from pathlib import Path

task = lesson["credit_sales"]
folder = Path(tempfile.mkdtemp())
(folder / "case.toml").write_text(f"""
[case]
from = 2025-01-01
to = 2025-12-31
[opening]
receivables = {task.opening_receivables}
[closing]
receivables = {task.closing_receivables}
[known]
received = {task.received}
[adjust]
discount_allowed = {task.discount_allowed}
bad_debts = {task.bad_debts}
""", encoding="utf-8")
interview = recon.rebuild(folder, language=LANGUAGE)
interview.controls[interview.controls["account"] == "receivables"]
# %% [markdown] lang="zh"
# ### 练习 6　五件事的分录
# 每件事写一串 `(科目, 借, 贷)`，例如 `{"a": [("receivables", 100, 0), ("sales", 0, 100)], …}`。
# %% [markdown] lang="en"
# ### Exercise 6 · Entries for five events
# For each event a list of `(account, debit, credit)`: `{"a": [("receivables", 100, 0), ("sales", 0, 100)], …}`.
# %%
task = lesson["entries"]
task
# %% part="student"
answer = {"a": None, "b": None, "c": None, "d": None, "e": None}
lesson.check("entries", answer)
# %% part="solved"
import re

sides = {"a": ("receivables", "sales"), "b": ("inventory", "payables"), "c": ("cost_of_sales", "inventory"), "d": ("rent", "bank"), "e": ("drawings", "cash")}
amounts = {event: re.search(r"\d+\.\d\d", text)[0] for event, text in task.events.items()}
answer = {event: [(debit, amounts[event], 0), (credit, 0, amounts[event])] for event, (debit, credit) in sides.items()}
lesson.check("entries", answer)
# %%
lesson.progress()
# %% [markdown] lang="zh"
# ## 小结
# - 缸的等式：期初 + 进 = 出 + 期末；缺一个求一个。
# - 收到 ≠ 卖出，付出 ≠ 买进，买进 ≠ 用掉：差在期初期末。
# - 毛利率是对售价说的：成本 ÷（1 − 毛利率）。
# - 老板自己吃的、拿的，都要有名字。
#
# ## 到了客户桌边
# 1. **当场盘点**：钱箱、冰柜、面粉袋，数给自己看，记下时刻。
# 2. 期初怎么来？翻去年年底的照片、赊账本、供应商对账，别只靠记忆。
# 3. 求出的数与他口述差得大，先怀疑自己的期初，再怀疑他。
# %% [markdown] lang="en"
# ## Summary
# - The jar: opening + in = out + closing; whichever is missing is found.
# - Received is not sold, paid is not bought, bought is not used: the two ends make the difference.
# - A margin is of the price: cost ÷ (1 − margin).
# - What the owner eats and takes has a name too.
#
# ## At the client's desk
# 1. **Count on the spot**: till, fridge, flour sacks; write down the hour.
# 2. Where does the opening come from? Photos of last December, the credit book, the suppliers' accounts; not memory alone.
# 3. Where the found figure and his word are far apart, doubt your opening first, and him second.
