# %% [markdown] lang="zh"
# # 第八课　需求、申请与意见
#
# **目标**：算出客户**真正需要**多少、**还得起**多少，取其小；写一份评审会看得下去的意见。
#
# 客户说“借五万”。五万从哪来？十有八九是“听说能借五万”。我们的工作不是砍价，而是算清楚：**要多少给多少，不多不少。** 给多了，钱会去打牌；给少了，他去借高利贷，你还看不见。
# %% [markdown] lang="en"
# # Lesson 8 · Need, request and the opinion
#
# **Goal**: find what the client **truly needs** and what he **can repay**, take the smaller, and write an opinion that a committee can follow.
#
# “Fifty thousand,” says the client. Why fifty? Most likely because he heard that fifty could be had. Our work is not to haggle but to work it out: **as much as is needed, no more and no less.** Lend too much and it finds its way to the card table; lend too little and he borrows the rest from a shark, where you cannot see it.
# %%
import recon
from recon import training
from recon.training import charts

LANGUAGE = "zh-CN"
SEED = 2025
lesson = training.lesson(8, SEED, LANGUAGE)
books = recon.rebuild(training.noodle_shop(), language=LANGUAGE)
# %% [markdown] lang="zh"
# ## 一个真例子：老王该不该借五万
# %% [markdown] lang="en"
# ## A real example: should Wang have his fifty thousand?
# %%
books.need
# %% [markdown] lang="zh"
# 两道关，分开看。**需求**：面馆收现钱、赊进货，钱转得飞快，流动资金几乎不缺——好客户不等于有需求。**能力**：看“月供保障倍数”，一个月能拿出来的钱是月供的几倍，小于 1 就是不够。他真正想换的是后厨设备，那是另一种贷款，另一种期限。
#
# 看几条路各说什么：
# %% [markdown] lang="en"
# Two gates, one after the other. **Need**: a noodle shop takes cash and buys on account; its money turns so fast that it lacks next to no working capital. A good client is not yet a need. **Capacity**: look at the instalment cover, how many times a month's spare cash pays the instalment; below 1 is not enough. What he really wants are new kitchen machines, and that is another loan, with another term.
#
# What each road says:
# %%
roads = books.need.roads.dropna(subset="limit")
charts.bars(
    [say("申请", "requested"), *roads["name"]],
    [books.need.requested.amount / 100, *(roads["limit"] / 100)],
    say("申请与各路径测得的新增需求（元）", "Request beside the new money needed by each road (yuan)"), picked=[say("申请", "requested")],
)
# %% [markdown] lang="zh"
# ### 监管测算法，一步一步
#
# $$\text{周转次数} = \frac{360}{\text{存货天} + \text{应收天} + \text{预付天} - \text{应付天} - \text{预收天}}$$
#
# $$\text{营运资金} = \frac{\text{销售} \times (1 - \text{利润率}) \times (1 + \text{增长率})}{\text{周转次数}}$$
#
# 新增额度 = 营运资金 − 自有资金 − 现有流动贷款 − 其他渠道。
#
# 举个数：销售 120 万，利润率 10%，增长 10%，天数 45、30、20（预付按 5，预收按 10）：周期 45 + 30 + 5 − 20 − 10 = 50 天，转 7.2 次，营运资金 1,200,000 × 0.9 × 1.1 ÷ 7.2 = **165,000**；自有 60,000、已贷 50,000，还缺 **55,000**。
#
# 周期 ≤ 0 时别去除：那说明供应商和客户替他垫着钱，**本公式下没有需求**。
#
# ### 还得起吗
# %% [markdown] lang="en"
# ### The regulator's formula, step by step
#
# $$\text{turns} = \frac{360}{\text{stock} + \text{receivable} + \text{prepayment} - \text{payable} - \text{advance days}}$$
#
# $$\text{working capital} = \frac{\text{sales} \times (1 - \text{margin}) \times (1 + \text{growth})}{\text{turns}}$$
#
# New limit = working capital − own funds − existing working-capital loans − other sources.
#
# In figures: sales 1,200,000, margin 10%, growth 10%, days of stock 45, receivables 30, prepayments 5, payables 20, advances 10: the cycle is 45 + 30 + 5 − 20 − 10 = 50 days, 7.2 turns, working capital 1,200,000 × 0.9 × 1.1 ÷ 7.2 = **165,000**; own funds 60,000 and loans 50,000 leave **55,000**.
#
# With a cycle of nothing or less, do not divide: suppliers and customers carry him, and **by this formula there is no need**.
#
# ### Can it be repaid?
# %%
months = books.need.capacity.months
charts.columns([m[5:] for m in months], {say("每月可支配现金", "disposable cash"): [v / 100 for v in months.values()]}, say("扣掉家用和还贷之后，每月剩多少（元）", "What a month leaves after household and loans (yuan)"))
# %% [markdown] lang="zh"
# 看最差的那个月，而不是平均数：贷款每个月都要还。
#
# ## 练习
# ### 练习 1　三个周转天数
# 用期初期末平均数，一年 360 天；存货、应付除以成本，应收除以销售。一位小数。
# %% [markdown] lang="en"
# Look at the worst month, not at the mean: an instalment is due in every one.
#
# ## Exercises
# ### Exercise 1 · Three kinds of days
# On the mean of opening and closing, 360 days to the year; stock and payables over cost, receivables over sales. One decimal.
# %%
task = lesson["days"]
task
# %% part="student"
answer = {"inventory": None, "receivables": None, "payables": None}
lesson.check("days", answer)
# %% part="solved"
base = {"inventory": task.cost_of_goods_sold, "receivables": task.sales, "payables": task.cost_of_goods_sold}
answer = {name: (task.facts[f"opening_{name}"] + task.facts[f"closing_{name}"]) / 2 * 360 / base[name] for name in base}
lesson.check("days", answer)
# %% [markdown] lang="zh"
# ### 练习 2　周转次数与营运资金
# `turns` 两位小数，`working_capital` 到元。
# %% [markdown] lang="en"
# ### Exercise 2 · Turns and working capital
# `turns` to two decimals, `working_capital` in whole yuan.
# %%
task = lesson["working_capital"]
task
# %% part="student"
answer = {"turns": None, "working_capital": None}
lesson.check("working_capital", answer)
# %% part="solved"
cycle = task.inventory_days + task.receivables_days + task.prepayments_days - task.payables_days - task.advances_days
working_capital = task.sales * (1 - task.margin) * (1 + task.growth) * cycle / 360
answer = {"turns": 360 / cycle, "working_capital": working_capital}
lesson.check("working_capital", answer)
# %% [markdown] lang="zh"
# ### 练习 3　还缺多少
# %% [markdown] lang="en"
# ### Exercise 3 · How much is lacking?
# %%
task = lesson["limit"]
task
# %% part="student"
answer = None
lesson.check("limit", answer)
# %% part="solved"
answer = task.working_capital - task.own_funds - task.existing_loans - task.other_funding
lesson.check("limit", answer)
# %% [markdown] lang="zh"
# ### 练习 4　月供与保障倍数
# 等额本息的月供 `instalment`（差 1 元以内都算对），和（经营剩余 − 家用）÷ 月供 `coverage`（两位小数）。
# %% [markdown] lang="en"
# ### Exercise 4 · Instalment and cover
# The annuity's monthly `instalment` (right to within one yuan), and `coverage`: (cash left − household) ÷ instalment, to two decimals.
# %%
task = lesson["capacity"]
task
# %% part="student"
answer = {"instalment": None, "coverage": None}
lesson.check("capacity", answer)
# %% part="solved"
monthly = task.annual_rate / 12
instalment = task.amount * monthly / (1 - (1 + monthly) ** -task.term_months)
answer = {"instalment": instalment, "coverage": (task.cash_left_by_business - task.household) / instalment}
lesson.check("capacity", answer)
# %% [markdown] lang="zh"
# ### 练习 5　四份案卷，四个决定
# 顺序别乱：**人品坏，永不；产品坏，不贷；看不清，说看不清；其余看需要与能力。**
# %% [markdown] lang="en"
# ### Exercise 5 · Four files, four decisions
# Keep the order: **character bad, never; product bad, no; what cannot be seen is said so; the rest is need and capacity.**
# %%
task = lesson["verdicts"]
task
# %% part="student"
answer = {"A": None, "B": None, "C": None, "D": None}
lesson.check("verdicts", answer)
# %% part="solved" lang="zh"
marks = {"三条路径": "lend", "需求测得": "reduce", "黑名单": "decline", "说不清": "cannot_judge"}
answer = {letter: next(name for word, name in marks.items() if word in text) for letter, text in task.files.items()}
lesson.check("verdicts", answer)
# %% part="solved" lang="en"
marks = {"three roads": "lend", "the need comes to": "reduce", "blacklisted": "decline", "debtors unknown": "cannot_judge"}
answer = {letter: next(name for word, name in marks.items() if word in text) for letter, text in task.files.items()}
lesson.check("verdicts", answer)
# %% [markdown] lang="zh"
# ### 练习 6　写意见
# 写：`amount`（元）、`term_months`、`reasons`（至少三条，每条引用一个上面的数字）、`conditions`（放款前要落实什么）。没有标准答案，检查的是好意见都守的规矩：不超过需求，不超过还款能力，也不少得没用；期限与周期相称；理由有数字；没核实的写成条件。
# %% [markdown] lang="en"
# ### Exercise 6 · Write the opinion
# Give `amount` (yuan), `term_months`, `reasons` (three at least, each quoting a figure from above) and `conditions` (what must be settled before paying out). There is no model answer; the check asks what every sound opinion keeps: no more than is needed, no more than can be repaid, not uselessly little, a term that suits the cycle, reasons with figures, and what is not verified turned into a condition.
# %%
task = lesson["opinion"]
task
# %% part="student"
answer = {"amount": None, "term_months": None, "reasons": [], "conditions": []}
lesson.check("opinion", answer)
# %% part="solved"
answer = {
    "amount": min(task.need, task.affordable),
    "term_months": 12,
    "reasons": [
        say(f"测得需求 {task.need} 元，低于申请的 {task.requested} 元", f"the need comes to {task.need}, below the {task.requested} requested"),
        say(f"还得起 {task.affordable} 元，月供保障 {task.coverage} 倍", f"{task.affordable} can be repaid; the instalment is covered {task.coverage} times"),
        say(f"一年有效流水 {task.effective_revenue} 元，其中 {task.proven_share:.0%} 已自证", f"effective revenue of {task.effective_revenue} a year, {task.proven_share:.0%} of the lines proven"),
        say(f"现金周期 {task.cycle_days} 天，一年期够转几轮", f"a cash cycle of {task.cycle_days} days turns several times within a year"),
    ],
    "conditions": [say(f"放款前：{task.not_verified}，须先落实", f"before paying out: {task.not_verified}; settle it first")],
}
lesson.check("opinion", answer)
# %%
lesson.progress()
# %% [markdown] lang="zh"
# ## 小结
# - 需求看周期，能力看最差的月份；取小的，再与申请比。
# - 周期短不放长，周期长不放短；流动资金最长三年。
# - 三品：人品坏永不，产品坏不贷，抵押弱可用别的担保补。
# - 意见 = 金额 + 区间 + 期限 + 还法 + 带数字的理由 + 条件 + 看什么苗头。
#
# ## 到了客户桌边
# 1. 把算式写给他看：“您缺的是这个数，为什么不是五万。”看得懂的客户会成为老客户。
# 2. 问一句：“这笔钱花完，您桌上会多出什么？”答得具体，用途才是真的。
# 3. 拒绝也要说理由，说哪一天、什么变了，可以再来。
# %% [markdown] lang="en"
# ## Summary
# - Need follows the cycle, capacity the worst month; take the smaller and hold the request against it.
# - A short cycle is not funded long, nor a long one short; working capital for three years at most.
# - Three goods: character bad, never; product bad, no; weak collateral can be made good by other security.
# - An opinion: amount, range, term, repayment, reasons with figures, conditions, and the signs to watch.
#
# ## At the client's desk
# 1. Show him the sum: “This is what you lack, and why it is not fifty.” Whoever can follow it stays a client.
# 2. Ask: “When this money is spent, what will stand here that does not stand here now?” A concrete answer is a true purpose.
# 3. A refusal has reasons too, and says what would have to change for him to come again.
