# %% [markdown] lang="zh"
# # 第七课　识破粉饰过的流水
#
# **目标**：认得三种粉饰——**改数**、**连改**、**过路**——各自会忘掉什么；也知道什么时候不该下结论。
#
# 造假的人要顾住的太多：余额、结息、对方、时间、第二天的钱去了哪。你不必比他聪明，只要比他**多问一处**。
# %% [markdown] lang="en"
# # Lesson 7 · Spotting a dressed-up statement
#
# **Goal**: know three ways of dressing up (**one figure**, **many figures**, **money passing through**) and what each forgets; and know when *not* to judge.
#
# A forger has too much to mind: balances, interest, counterparties, times, where the money was next day. You need not be cleverer than he is; you only have to **ask in one place more**.
# %%
import tempfile
from pathlib import Path

import recon
from recon import training
from recon.training import charts

LANGUAGE = "zh-CN"
SEED = 2025
lesson = training.lesson(7, SEED, LANGUAGE)
shop_folder = training.noodle_shop()
case = recon.open_case(shop_folder)
bank = recon.read(next(path for path in case.files if path.suffix == ".pdf"), language=LANGUAGE)
lines = bank.transactions
# %% [markdown] lang="zh"
# ## 一个真例子：老王的流水，穿三件衣服
#
# **第一件：只改一个数。** 链条当场断开——第一课见过。
#
# **第二件：金额改了，后面的余额全跟着改。** 链条闭合！`recon.read` 会说“已证实”：
# %% [markdown] lang="en"
# ## A real example: Wang's statement in three costumes
#
# **First: one figure changed.** The chain breaks at once; that was lesson 1.
#
# **Second: an amount changed, and every balance after it as well.** The chain closes! `recon.read` calls it proven:
# %%
dressed = lines[["date", "counterparty", "description", "amount", "balance"]].copy()
dressed[["amount", "balance"]] = dressed[["amount", "balance"]].astype(float) / 100
dressed.loc[5, "amount"] += 60000
dressed.loc[5:, "balance"] += 60000
folder = Path(tempfile.mkdtemp())
(folder / "statements").mkdir()
dressed.round({"amount": 2, "balance": 2}).to_csv(folder / "statements" / "bank.csv", index=False)
(folder / "case.toml").write_bytes(say("[case]\nlanguage = 'zh-CN'\n", "[case]\nlanguage = 'en'\n").encode())
recon.read(folder / "statements" / "bank.csv", language=LANGUAGE).outcome
# %% [markdown] lang="zh"
# 算术闭合，却是假的。他忘了什么？**利息。** 银行每季度按**每天的余额**结息（3、6、9、12 月 20 日结，21 日到账）。账上天天多六万，利息却还是几块钱：
#
# $$\text{利息} = \sum(\text{每日余额}) \times \frac{\text{年利率}}{360}$$
# %% [markdown] lang="en"
# The arithmetic closes and it is false all the same. What was forgotten? **Interest.** Each quarter a bank pays it on the balance of **every day** (reckoned on the 20th of March, June, September and December, paid on the 21st). Sixty thousand more on every day, and interest of a few yuan as before:
#
# $$\text{interest} = \sum(\text{daily balances}) \times \frac{\text{yearly rate}}{360}$$
# %%
shop = recon.rebuild(folder, language=LANGUAGE)
[check.tell(LANGUAGE) for check in shop.checks if check.id.startswith("interest")]
# %%
genuine = recon.rebuild(shop_folder, language=LANGUAGE)
[check.tell(LANGUAGE) for check in genuine.checks if check.id.startswith("interest")]
# %%
charts.line(lines["date"], {say("真的", "genuine"): lines["balance"] / 100, say("穿了衣服的", "dressed up"): dressed["balance"]}, say("两条余额曲线（元）", "Two balances (yuan)"))
# %% [markdown] lang="zh"
# 形状一模一样，只是整条抬高了六万。眼睛看不出，结息看得出。
#
# **第三件：钱是真的，生意是假的。** 朋友早上转来五万“货款”，下午原样转走。行行是真，链条闭合，利息也对。它忘的是：**钱留不住**。看当天进、当天出的比例，看同一个名字既在左边又在右边。
#
# > **别急着定性。** 结息对不上，也可能是活期自动转了理财、协定存款、农商行利率不同。`recon` 只说“对不上多少”，原因要你去问。
#
# ## 练习
# ### 练习 1　露馅的那一行
# 有人把一笔收款改大了十倍，也记得把后面的余额一起抬高，可是抬到某一行忘了。露馅的是哪一行（`line`）？他虚增了多少（`added`）？
# %% [markdown] lang="en"
# The same shape, only lifted by sixty thousand. The eye cannot tell; the interest can.
#
# **Third: the money is real and the trade is not.** In the morning a friend sends fifty thousand “for goods”, in the afternoon it goes on. Every line is true, the chain closes, the interest fits. What was forgotten: **the money does not stay**. Look at how much leaves on the day it came, and for a name that stands on both sides.
#
# > **Do not judge too soon.** Interest may be off because of an automatic sweep, an agreed deposit, or a rural bank's own rate. `recon` says by how much it is off; why, you have to ask.
#
# ## Exercises
# ### Exercise 1 · The line that gives it away
# Somebody made one receipt ten times as large and remembered to lift the balances after it, up to a line where he forgot. Which `line` gives it away, and how much was `added`?
# %%
task = lesson["broken"]
task
# %% part="student"
answer = {"line": None, "added": None}
lesson.check("broken", answer)
# %% part="solved"
rows = task.rows
before = [task.opening, *rows["balance"][:-1]]
place = next(i for i, held in enumerate(before) if held + rows["amount"][i] != rows["balance"][i])
answer = {"line": rows["id"][place], "added": before[place] + rows["amount"][place] - rows["balance"][place]}
lesson.check("broken", answer)
# %% [markdown] lang="zh"
# ### 练习 2　这个季度该结多少利息
# 五段余额、五段天数，结息到分。
# %% [markdown] lang="en"
# ### Exercise 2 · The quarter's interest
# Five spans of level balance: the interest, to the fen.
# %%
task = lesson["interest"]
task
# %% part="student"
answer = None
lesson.check("interest", answer)
# %% part="solved"
answer = (task.spans["balance"] * task.spans["days"]).sum() * task.rate / task.days_in_year
lesson.check("interest", answer)
# %% [markdown] lang="zh"
# ### 练习 3　倒推真实的日均
# 流水上的余额和它打印的结息不相称。由结息倒推的日均余额（`average`，到元）是多少？账面加权日均是它的几倍（`times`，一位小数）？
# %% [markdown] lang="en"
# ### Exercise 3 · The average that the interest implies
# The balances shown and the interest printed do not suit each other. What average balance does the interest imply (`average`, whole yuan), and how many times that does the statement show on average over the days (`times`, one decimal)?
# %%
task = lesson["implied"]
task
# %% part="student"
answer = {"average": None, "times": None}
lesson.check("implied", answer)
# %% part="solved"
average = task.printed_interest * task.days_in_year / (task.rate * task.days)
shown = (task.spans["balance"] * task.spans["days"]).sum() / task.days
answer = {"average": average, "times": shown / average}
lesson.check("implied", answer)
# %% [markdown] lang="zh"
# ### 练习 4　过路的钱
# 列出过路钱的全部编号 `ids`，再算去掉它们之后的营业收款 `income`。
# %% [markdown] lang="en"
# ### Exercise 4 · Money passing through
# List the `ids` of all lines that are money passing through, and the takings without them (`income`).
# %%
task = lesson["passing"]
task
# %% part="student"
answer = {"ids": [], "income": None}
lesson.check("passing", answer)
# %% part="solved"
rows = task.rows
through = []
for day, group in rows.groupby("date"):
    for a in group.itertuples():
        for b in group.itertuples():
            if a.amount > 10000 and b.amount < 0 and a.amount * 95 / 100 <= -b.amount <= a.amount:
                through += [a.id, b.id]
answer = {"ids": through, "income": rows.loc[(rows["amount"] > 0) & ~rows["id"].isin(through), "amount"].sum()}
lesson.check("passing", answer)
# %% [markdown] lang="zh"
# ### 练习 5　三家店
# 一家是真的（genuine），一家改过余额（edited），一家靠过路钱撑大（inflated）。各是哪家？
# %% [markdown] lang="en"
# ### Exercise 5 · Three shops
# One is genuine, one has edited balances, one is inflated by money passing through. Which is which?
# %%
task = lesson["three"]
task
# %% part="student"
answer = {"A": None, "B": None, "C": None}
lesson.check("three", answer)
# %% part="solved"
answer = {}
for shop in task.shops.itertuples():
    earned = shop.average_balance * 91 * task.rate / task.days_in_year
    answer[shop.shop] = "edited" if earned > 2 * shop.interest_paid else "inflated" if shop.same_day_out > 0.5 else "genuine"
lesson.check("three", answer)
# %%
lesson.progress()
# %% [markdown] lang="zh"
# ## 小结
# | 粉饰 | 忘了什么 | 怎么看 |
# | --- | --- | --- |
# | 改一个数 | 余额 | 链条断 |
# | 连改余额 | 利息 | 结息倒推日均 |
# | 过路钱 | 留不住 | 当日进出、同名两头 |
#
# ## 到了客户桌边
# 1. 流水从银行 App 当面导，别收转发的 PDF。
# 2. 随手记下四个季度的结息，用计算器倒推一遍，一分钟。
# 3. 大额进账问三句：谁、为什么、第二天去哪了？
# 4. 对不上时说：“这一处我没看懂，您帮我看看。”——解释得通的人会松一口气。
# %% [markdown] lang="en"
# ## Summary
# | costume | what it forgets | how to see it |
# | --- | --- | --- |
# | one figure | the balance | the chain breaks |
# | all balances | the interest | imply the average from it |
# | money passing through | it does not stay | in and out on a day, one name on both sides |
#
# ## At the client's desk
# 1. Have the statement exported from the bank's app before your eyes; take no forwarded PDF.
# 2. Note the four interest payments and work the average back on a calculator: one minute.
# 3. Of a large credit ask three things: who, why, and where was it next day?
# 4. When it does not fit, say: “I do not understand this place, could you help me?” Whoever can explain it will be relieved.
