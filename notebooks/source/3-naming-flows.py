# %% [markdown] lang="zh"
# # 第三课　给流水起名：有效流水
#
# **目标**：说得出每笔大钱为什么动；从“流水很大”里剔出真正的营业收款——**有效流水**。
#
# “我一个月流水十几万！”老王很自豪。可里面有：客人的饭钱，妻子转来周转的钱，自己提现又存回来的钱，去年那笔贷款……银行要看的不是流过多少水，是**有多少水是井里冒出来的**。
# %% [markdown] lang="en"
# # Lesson 3 · Naming flows: effective revenue
#
# **Goal**: say why every large sum moved, and sift from a “big turnover” what customers truly paid: **effective revenue**.
#
# “More than a hundred thousand a month goes through my account!” says Wang proudly. In it are the customers' noodles, and his wife's loan to tide him over, and his own money taken out and paid in again, and last year's credit. A bank does not ask how much water flowed by, but **how much of it came from the well**.
# %%
import recon
from recon import training
from recon.training import charts

LANGUAGE = "zh-CN"
SEED = 2025
lesson = training.lesson(3, SEED, LANGUAGE)
books = recon.rebuild(training.noodle_shop(), language=LANGUAGE)
rows = books.transactions
# %% [markdown] lang="zh"
# ## 一个真例子
# ### 先看人，再看事
# 老王一年三千多笔。一笔一笔看要看到明年。诀窍是**按对方看**：少数几个对方就解释了大部分的钱。
# %% [markdown] lang="en"
# ## A real example
# ### Parties first, lines second
# Wang has more than three thousand lines; reading each would take until next year. The trick is to look **by counterparty**: a few of them explain most of the money.
# %%
moved = rows["category"].isin(["own_transfer", "wallet_top_up", "cash_deposited", "cash_withdrawn"])
live = rows[(rows["set_aside"] == "") & ~moved & (rows["amount"] < 0) & (rows["counterparty"] != "")]
parties = (-live.groupby("counterparty")["amount"].sum() / 100).sort_values(ascending=False)
charts.bars(list(parties.index[:10]), list(parties[:10]), say("付给谁最多（元）", "Who was paid most (yuan)"), picked=list(parties.index[:5]))
# %%
f"{parties[:10].sum() / parties.sum():.0%}", len(parties)
# %% [markdown] lang="zh"
# 前十个对方占了多少、一共有多少个对方，见上。所以给**对方**起名，比给行起名快几十倍。
#
# `recon` 给每行起名时都写下理由和把握；拿不准就空着，叫“待查”，绝不塞进收入。
# %% [markdown] lang="en"
# Above: the share of the first ten parties, and how many there are. Naming *parties* is many times faster than naming lines.
#
# For every line `recon` writes down a reason and how sure it is; where it is not sure it abstains and calls the money unexplained. Unexplained money never enters revenue.
# %%
rows[rows["set_aside"] == ""].drop_duplicates("category")[["date", "amount", "counterparty", "description", "category", "reason", "confidence"]].head(12)
# %% [markdown] lang="zh"
# ### 从全部进账到有效流水
#
# **有效流水 = 经营收款 − 退给客人的钱**。其余进账都剔出去，但剔了多少、为什么，要摆在明面上：
# %% [markdown] lang="en"
# ### From all money in to effective revenue
#
# **Effective revenue = takings − refunds to customers.** Everything else that came in is left out, and what was left out is shown, with its reason and total:
# %%
left_out = books.effective.excluded.sort_values("amount", ascending=False)
charts.bars(
    [say("有效流水", "effective revenue"), *left_out["category"].replace(books.category_names)],
    [books.effective.total / 100, *(left_out["amount"] / 100)],
    say("进账的去向（元）", "Where money in belongs (yuan)"), picked=[say("有效流水", "effective revenue")],
)
# %% [markdown] lang="zh"
# ## 练习
# ### 练习 1　给十行起名
# 写成字典：`{1: "sales", 2: …}`，键是 `id`，值从 `options` 里选。
# %% [markdown] lang="en"
# ## Exercises
# ### Exercise 1 · Name ten lines
# Write a dict, `{1: "sales", 2: …}`: the keys are `id`s, the values from `options`.
# %%
task = lesson["names"]
task
# %% part="student"
answer = dict.fromkeys(task.rows["id"])
lesson.check("names", answer)
# %% part="solved"
WORDS = say("收款|团餐|工作餐=sales;面粉|牛肉|青菜=purchases;放款=loan_in;提现到|转入余额=own_transfer;家用|学费|衣服=owner_out;结息=interest_income;租金=rent;电费=utilities;工资=wages;增值税=taxes;冷藏=fixed_asset_bought;服务费=platform_fees", "takings|meals=sales;flour|beef|greens=purchases;loan paid out=loan_in;to the card|to the wallet=own_transfer;housekeeping|school|children=owner_out;interest on deposit=interest_income;rent=rent;electricity=utilities;wages=wages;VAT=taxes;refrigerated=fixed_asset_bought;platform fee=platform_fees")
rules = [(word, rule.split("=")[1]) for rule in WORDS.split(";") for word in rule.split("=")[0].split("|")]
answer = {row.id: next(name for word, name in rules if word in row.text) for row in task.rows.itertuples()}
lesson.check("names", answer)
# %% [markdown] lang="zh"
# ### 练习 2　有效流水
# 这十三行进账（含一笔退款）里，有效流水是多少元？
# %% [markdown] lang="en"
# ### Exercise 2 · Effective revenue
# What is the effective revenue of these thirteen lines (one of them a refund)?
# %%
task = lesson["effective"]
task
# %% part="student"
answer = None
lesson.check("effective", answer)
# %% part="solved"
business = task.rows["text"].str.contains(say("收款|团餐|工作餐|漏单", "takings|meals|missed dish"))
answer = task.rows.loc[business, "amount"].sum()
lesson.check("effective", answer)
# %% [markdown] lang="zh"
# ### 练习 3　水分有多大
# 有效流水占全部进账的比例是多少？（三位小数就够）
# %% [markdown] lang="en"
# ### Exercise 3 · How much of it is water?
# What share of all money in is effective revenue? Three decimals will do.
# %%
task = lesson["share"]
task
# %% part="student"
answer = None
lesson.check("share", answer)
# %% part="solved"
business = task.rows["text"].str.contains(say("收款|团餐|工作餐|漏单", "takings|meals|missed dish"))
answer = task.rows.loc[business, "amount"].sum() / task.rows.loc[task.rows["amount"] > 0, "amount"].sum()
lesson.check("share", answer)
# %% [markdown] lang="zh"
# ### 练习 4　藏起来的债主
# 表上没填过任何民间借款。谁（`party`）其实借过钱给老板？到现在一共还了（含利息）多少（`repaid`，正数）？
# %% [markdown] lang="en"
# ### Exercise 4 · The hidden lender
# The form names no private loan. Which `party` lent money all the same, and how much has been `repaid` so far, interest included (a positive figure)?
# %%
task = lesson["lender"]
task
# %% part="student"
answer = {"party": None, "repaid": None}
lesson.check("lender", answer)
# %% part="solved"
flows = task.rows.groupby("party")["amount"]
level = flows.agg(lambda amounts: max((list(amounts).count(a) for a in amounts if a < 0), default=0))
both = flows.agg(lambda amounts: any(a > 0 for a in amounts))
party = level[both].idxmax()
answer = {"party": party, "repaid": -sum(a for a in flows.get_group(party) if a < 0)}
lesson.check("lender", answer)
# %% [markdown] lang="zh"
# ### 练习 5　最少看几个人
# 选出**最少**的几个对方，使他们合起来不少于全部金额的 80%。
# %% [markdown] lang="en"
# ### Exercise 5 · As few as possible
# Choose the **fewest** parties that together make up at least 80% of the money.
# %%
task = lesson["few"]
task
# %% part="student"
answer = []
lesson.check("few", answer)
# %% part="solved"
ranked = task.parties.sort_values("amount", ascending=False)
enough = (ranked["amount"].cumsum() >= 0.8 * ranked["amount"].sum()).to_numpy().argmax() + 1
answer = list(ranked["party"][:enough])
lesson.check("few", answer)
# %%
lesson.progress()
# %% [markdown] lang="zh"
# ## 小结
# - 先给对方起名，再看单笔；少数对方解释大部分钱。
# - 借款、互转、家里的钱、结息、押金、理财赎回都不是收入；退款要减。
# - 整数进账之后每月同日同额出账——多半是借款。
# - 起不了名的钱叫“待查”，摆出来，不猜。
#
# ## 到了客户桌边
# 1. 把前十个对方打印出来，逐个问：“这位是做什么的？”
# 2. 对规律的私人付款多问一句：“这是还的借款，还是帮人收的会？”
# 3. 他说“都是货款”时，请他翻出一张送货单。
# %% [markdown] lang="en"
# ## Summary
# - Name parties first and single lines second; few parties explain most of the money.
# - Loans, own transfers, family money, interest, deposits and redeemed funds are no income; refunds come off.
# - A round sum in, then the same sum out on the same day of each month, is most likely a loan.
# - Money without a name is “unexplained”: shown, never guessed.
#
# ## At the client's desk
# 1. Print the first ten parties and ask of each: “What does this one do for you?”
# 2. Of regular payments to a person ask: “Are you repaying something, or paying into a savings circle?”
# 3. When he says “all of it is goods”, ask for one delivery slip.
