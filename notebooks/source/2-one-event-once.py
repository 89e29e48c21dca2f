# %% [markdown] lang="zh"
# # 第二课　一件事只记一次
#
# **目标**：看出“同一件事在三份账单里各露一次脸”，并且只数一次。
#
# 老王用微信买了 880 块牛肉，钱从招行卡里扣。于是：微信账单有一行 −880，招行流水也有一行 −880。肉只买了一次。再比如他把零钱通里的 2,000 提到卡上：微信 −2,000，招行 +2,000，口袋里的钱一分没多。
#
# 有一本真账，三份账单简单相加，支出被算成三倍，收入被算成 1.6 倍。这一课学怎么不上这个当。
# %% [markdown] lang="en"
# # Lesson 2 · One event, once
#
# **Goal**: see that one event shows its face in three statements, and count it once.
#
# Wang buys beef for 880 in WeChat, paid by his bank card. The WeChat bill has a line of −880, and so has the bank. The beef was bought once. Or he moves 2,000 from the wallet to the card: −2,000 here, +2,000 there, and not a fen richer.
#
# In one real ledger, adding the bills together overstated spending three times over and income 1.6 times. This lesson is about not falling for it.
# %%
import recon
from recon import training
from recon.training import charts

LANGUAGE = "zh-CN"
SEED = 2025
lesson = training.lesson(2, SEED, LANGUAGE)
books = recon.rebuild(training.noodle_shop(), language=LANGUAGE)
books
# %% [markdown] lang="zh"
# ## 一个真例子
#
# 老王有四个“口袋”：招行卡、微信、支付宝、钱箱。`books.transactions` 是所有口袋的所有行，`paired_with` 写着它与哪一行是同一件事的两头。看几对：
# %% [markdown] lang="en"
# ## A real example
#
# Wang has four pockets: the bank card, WeChat, Alipay and the till. `books.transactions` holds every line of each, and `paired_with` says which other line is the far end of the same event. A few pairs:
# %%
rows = books.transactions
pairs = rows[(rows["paired_with"] != "") & (rows["amount"] < 0)].head(6)
other = rows.set_index("id").loc[pairs["paired_with"]]
pairs[["id", "account", "date", "amount", "description", "paired_with"]]
# %%
other.reset_index()[["id", "account", "date", "amount", "description", "paired_with"]]
# %% [markdown] lang="zh"
# 怎么认出一对？**金额相等、方向相反、日子相近、两头都是自己的账户**，名字或卡尾号再作旁证。金额相等还不够：同一天付给粮油店 2,000，与提现 2,000，只是碰巧。
#
# 把“所有进账直接相加”和“每件事只数一次的经营收款”摆在一起：
# %% [markdown] lang="en"
# How do we know a pair? **Equal amount, opposite direction, days close together, both ends one's own**, with a name or card number as a further sign. An equal amount alone is not enough: 2,000 to the grain store and 2,000 withdrawn on the same day is mere chance.
#
# All money in, simply added, beside takings with each event counted once:
# %%
money_in = rows[(rows["amount"] > 0) & (rows["set_aside"] == "")]
naive = money_in.groupby(money_in["date"].dt.strftime("%Y-%m"))["amount"].sum()
once = books.effective.months
charts.columns(
    [month[5:] for month in naive.index],
    {say("所有进账相加", "all money in, added"): naive / 100, say("有效流水（只数一次）", "effective, counted once"): [once.get(m, 0) / 100 for m in naive.index]},
    say("各月进账（元）", "Money in by month (yuan)"),
)
# %%
f"{naive.sum() / books.effective.total:.2f}"
# %% [markdown] lang="zh"
# 上面这个数是“直接相加”虚高的倍数。
#
# ### 清算账户：自己口袋之间的中转站
# 每笔互转，转出方记“借：清算　贷：微信”，转入方记“借：银行　贷：清算”。两头都在，清算账户就归零；**归不了零，说明有个账户没交来**。老王的情况：
# %% [markdown] lang="en"
# The figure above is by how many times simple adding overstates.
#
# ### The clearing account: a stop between one's own pockets
# For each own transfer the giving side posts *debit clearing, credit wallet*, the receiving side *debit bank, credit clearing*. With both ends there, clearing comes to zero; **where it does not, an account has not been handed in**. In Wang's books:
# %%
next(check for check in books.checks if check.id == "evidence_transfers").tell(LANGUAGE)
# %% [markdown] lang="zh"
# ## 练习
# ### 练习 1　找对子
# 这是你自己的店一个月的三个账户。列出所有成对的编号，例如 `[("W3", "B2"), …]`。小心有一对“看着像”的假对子。
# %% [markdown] lang="en"
# ## Exercises
# ### Exercise 1 · Find the pairs
# A month of your own shop's three accounts. List every pair of ids, such as `[("W3", "B2"), …]`. One “pair” only looks like one.
# %%
task = lesson["pairs"]
task
# %% part="student"
answer = []
lesson.check("pairs", answer)
# %% part="solved"
goods = say("货款", "grain")
candidates = [row for row in task.rows.itertuples() if goods not in row.text]
answer = [
    (a.id, b.id) for i, a in enumerate(candidates) for b in candidates[i + 1:]
    if abs(a.amount) == abs(b.amount) and a.account != b.account and abs((a.date - b.date).days) <= 2
]
lesson.check("pairs", answer)
# %% [markdown] lang="zh"
# ### 练习 2　真正的营业收款
# 又一个月的三个账户：营业收款一共多少元？
# %% [markdown] lang="en"
# ### Exercise 2 · The true takings
# Another month of three accounts: what are the takings in all?
# %%
task = lesson["takings"]
task
# %% part="student"
answer = None
lesson.check("takings", answer)
# %% part="solved"
answer = task.rows.loc[task.rows["text"] == say("营业收款", "takings"), "amount"].sum()
lesson.check("takings", answer)
# %% [markdown] lang="zh"
# ### 练习 3　真正的采购
# 同样的店：这个月采购花了多少（填正数）？
# %% [markdown] lang="en"
# ### Exercise 3 · The true purchases
# The same kind of shop: what was spent on purchases (as a positive figure)?
# %%
task = lesson["spending"]
task
# %% part="student"
answer = None
lesson.check("spending", answer)
# %% part="solved"
text = task.rows["text"]
bought = text.str.contains(say("货款", "grain")) | text.str.contains(say("牛肉", "beef"))
answer = -task.rows.loc[bought, "amount"].sum()
lesson.check("spending", answer)
# %% [markdown] lang="zh"
# ### 练习 4　重叠的两份文件
# 客户交来同一账户的两份导出，日期有重叠；另外有一天他确实付了两笔一样的钱。真实的行数 `lines` 和合计 `total` 各是多少？
# %% [markdown] lang="en"
# ### Exercise 4 · Two files that overlap
# The client hands in two exports of one account whose dates overlap; and on one day he really paid the same amount twice. How many `lines` are there in truth, and what is their `total`?
# %%
task = lesson["overlap"]
task
# %% part="student"
answer = {"lines": None, "total": None}
lesson.check("overlap", answer)
# %% part="solved"
import pandas as pd

merged = pd.concat([task.first_file, task.second_file]).drop_duplicates("order")
answer = {"lines": len(merged), "total": merged["amount"].sum()}
lesson.check("overlap", answer)
# %% [markdown] lang="zh"
# ### 练习 5　没交来的账户
# 把互转都走一遍清算账户：还剩多少（`left`）？钱去了尾号多少的卡（`account`）？
# %% [markdown] lang="en"
# ### Exercise 5 · The account that nobody handed in
# Take all own transfers through clearing: how much is `left`, and to the card with which last four digits (`account`) did it go?
# %%
task = lesson["clearing"]
task
# %% part="student"
answer = {"left": None, "account": None}
lesson.check("clearing", answer)
# %% part="solved"
last = task.rows[task.rows["account"] == "wallet"].iloc[-1]
answer = {"left": -task.rows["amount"].sum(), "account": last["text"][-4:]}
lesson.check("clearing", answer)
# %% [markdown] lang="zh"
# ### 练习 6　把三件事记进账
# 写一串分录行 `(科目, 借, 贷)`，把三件事都记上。微信与银行之间、现金与银行之间的互转都经过 `clearing`。检查的不是某个固定答案，而是：借贷平不平、清算归不归零、每个口袋的钱变得对不对。
# %% [markdown] lang="en"
# ### Exercise 6 · Post three events
# Write lines `(account, debit, credit)` for all three. Movements between own accounts go through `clearing`. No fixed answer is compared: the check asks whether debits equal credits, whether clearing comes to zero, and whether each pocket changed as it did.
# %%
task = lesson["entries"]
task
# %% part="student"
answer = []  # ("bank", 100, 0), ("wallet", 0, 100), …
lesson.check("entries", answer)
# %% part="solved"
import re

out, paid, banked = (re.search(r"\d+\.\d\d", text)[0] for text in task.events.values())
answer = [
    ("clearing", out, 0), ("wallet", 0, out), ("bank", out, 0), ("clearing", 0, out),
    ("purchases", paid, 0), ("bank", 0, paid),
    ("clearing", banked, 0), ("cash", 0, banked), ("bank", banked, 0), ("clearing", 0, banked),
]
lesson.check("entries", answer)
# %%
lesson.progress()
# %% [markdown] lang="zh"
# ## 小结
# - 成对的条件：金额相等、方向相反、日子相近、两头都是自己的账户。
# - 钱包用卡付款：钱包那行说清买了什么，银行那行只是钱怎么走。
# - 重叠的文件按**整行**合并，绝不按“同日同额”去重。
# - 清算账户不归零，就是有账户没交来。
#
# ## 到了客户桌边
# 1. 问：“您手机上绑了几张卡？都在这儿了吗？”再看清算账户答得对不对。
# 2. 让他打开微信“服务 → 钱包 → 银行卡”，卡尾号与流水里出现过的尾号逐个对。
# 3. 谁的账户都别急着定性：妻子的卡、合伙人的卡，先记下再问。
# %% [markdown] lang="en"
# ## Summary
# - A pair: equal amount, opposite direction, days close, both ends one's own.
# - A wallet payment by card: the wallet says what was bought, the bank only how the money went.
# - Overlapping files are merged by the **whole line**, never by “same day, same amount”.
# - Clearing that does not come to zero means an account was not handed in.
#
# ## At the client's desk
# 1. Ask: “How many cards are tied to your phone? Are they all here?” Then see whether clearing agrees.
# 2. Have the wallet's list of cards opened and compare the last digits with those in the lines.
# 3. Judge nobody's account at once: the wife's card, a partner's card; write it down, then ask.
