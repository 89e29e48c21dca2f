# %% [markdown] lang="zh"
# # 第六课　交叉检验与权益检验
#
# **目标**：用几条互不相干的路走到同一个数，看它们碰不碰头；用“家底”检验利润是真是假。
#
# 老王说一个月卖四万四。你信吗？不用信，**绕到后厨去数面粉**：一袋面粉出多少碗，一碗卖多少钱。再看电费、看收款码、看他讲的旺日淡日。几个互不串通的证人说了同一个数，这个数才站得住。
# %% [markdown] lang="en"
# # Lesson 6 · Cross-verification and the equity check
#
# **Goal**: reach one figure by several roads that know nothing of each other, and see whether they meet; and test profit by what the owner has to show for it.
#
# Wang says that he sells for forty-four thousand a month. Do you believe him? There is no need to: **go round to the kitchen and count flour sacks**. How many bowls come from a sack, how much is a bowl? Then the power bill, the payment code, his good days and poor days. When several witnesses who have not talked to each other say the same figure, it stands.
# %%
import recon
from recon import training
from recon.training import charts

LANGUAGE = "zh-CN"
SEED = 2025
lesson = training.lesson(6, SEED, LANGUAGE)
books = recon.rebuild(training.noodle_shop(), language=LANGUAGE)
# %% [markdown] lang="zh"
# ## 一个真例子
# `books.checks` 把检验分四组。先看结论四种：通过、需说明、不通过、**无法判断**——没有证据时，“无法判断”才是老实话。
# %% [markdown] lang="en"
# ## A real example
# `books.checks` comes in four groups with four outcomes: pass, explain, fail, and **cannot judge**; where there is no evidence, “cannot judge” is the honest word.
# %%
books.checks
# %% [markdown] lang="zh"
# ### 营业额：条条大路
# 虚线是账套重建的营业额；每根条是一条独立的路算出来的：
# %% [markdown] lang="en"
# ### Turnover: many roads
# The dashed line is the turnover of the rebuilt books; each bar is what an independent road gives:
# %%
roads = [c for c in books.checks if c.id.startswith("turnover_") and c.unit == "money" and c.difference is not None]
charts.bars([c.title.tell(LANGUAGE) for c in roads], [c.expected / 100 for c in roads], say("各条路的营业额（元）", "Turnover by each road (yuan)"), mark=books.ledger.value("total_sales") / 100)
# %% [markdown] lang="zh"
# 离虚线最远的是哪一条，`recon` 怎么说它？
# %% [markdown] lang="en"
# Which bar lies farthest from the dashed line, and what does `recon` say of it?
# %%
farthest = max(roads, key=lambda road: abs(road.difference))
farthest.title.tell(LANGUAGE), farthest.tell(LANGUAGE)
# %% [markdown] lang="zh"
# 偏得远，别急着怀疑客户：路上常有一个随口说的数，比如“大概七成五走账”，比如毛利率的零头。**偏差指路，不定罪。**
#
# ### 权益检验：家底不会撒谎
#
# $$\text{应有权益} = \text{期初权益} + \text{利润} + \text{投入} - \text{支取}$$
#
# 再去点一遍实际的家底（资产减负债）。实际**多**于应有：有没说的债，或货是借来摆的；实际**少**于应有：钱出去了。利润若已减过折旧，千万别再减一次。
# %% [markdown] lang="en"
# Where a road strays, do not suspect the client yet: most roads divide by a figure said in passing, such as “about three quarters go through the accounts”, or by a margin that is a little off. **A deviation points the way; it does not convict.**
#
# ### The equity check: possessions do not lie
#
# $$\text{expected equity} = \text{opening equity} + \text{profit} + \text{introduced} - \text{withdrawn}$$
#
# Then count what is really there, assets less debts. **More** than expected: debts that were not told, or goods borrowed for show. **Less**: money has left. And where profit is already after depreciation, do not take it off again.
# %%
jar = books.controls.query("account == 'equity' and role != 'difference'")
signed = jar["amount"].where(jar["role"] != "decrease", -jar["amount"])
charts.steps(list(jar["name"]), list(signed / 100), say("老王的家底是怎么变的（元）", "How Wang's equity moved (yuan)"))
# %% [markdown] lang="zh"
# ## 练习
# ### 练习 1　旺日、平常日、淡日
# 一个月的营业额是多少？
# %% [markdown] lang="en"
# ## Exercises
# ### Exercise 1 · Good, normal and poor days
# What is a month's turnover?
# %%
task = lesson["day_kinds"]
task
# %% part="student"
answer = None
lesson.check("day_kinds", answer)
# %% part="solved"
answer = task.good_day * task.good_days + task.normal_day * task.normal_days + task.poor_day * task.poor_days
lesson.check("day_kinds", answer)
# %% [markdown] lang="zh"
# ### 练习 2　整家店的毛利率
# 按销售占比加权的毛利率（对售价，三位小数）。
# %% [markdown] lang="en"
# ### Exercise 2 · The whole shop's margin
# The margin of sales weighted by share of sales, to three decimals.
# %%
task = lesson["margin"]
task
# %% part="student"
answer = None
lesson.check("margin", answer)
# %% part="solved"
table = task.products
answer = ((1 - table["cost"] / table["price"]) * table["share"]).sum()
lesson.check("margin", answer)
# %% [markdown] lang="zh"
# ### 练习 3　从进货推营业额
# 到整数元即可。
# %% [markdown] lang="en"
# ### Exercise 3 · Turnover from purchases
# Whole yuan will do.
# %%
task = lesson["from_purchases"]
task
# %% part="student"
answer = None
lesson.check("from_purchases", answer)
# %% part="solved"
answer = (task.opening_inventory + task.purchases - task.closing_inventory) / (1 - task.margin_of_sales)
lesson.check("from_purchases", answer)
# %% [markdown] lang="zh"
# ### 练习 4　应有权益
# %% [markdown] lang="en"
# ### Exercise 4 · The equity that ought to be there
# %%
task = lesson["expected"]
task
# %% part="student"
answer = None
lesson.check("expected", answer)
# %% part="solved"
answer = task.opening_equity + task.profit_after_depreciation + task.introduced - task.withdrawn
lesson.check("expected", answer)
# %% [markdown] lang="zh"
# ### 练习 5　偏差会讲什么故事
# 填：偏差率（对应有权益，带正负号）、结论、哪种说法讲得通。
# %% [markdown] lang="en"
# ### Exercise 5 · What story does the deviation tell?
# Give the deviation (of expected equity, with its sign), the outcome, and the story that fits.
# %%
task = lesson["deviation"]
task
# %% part="student"
answer = {"deviation": None, "outcome": None, "story": None}
lesson.check("deviation", answer)
# %% part="solved"
off = task.counted_equity / task.expected_equity - 1
answer = {
    "deviation": off, "outcome": "pass" if abs(off) <= 0.05 else "explain" if abs(off) <= 0.1 else "fail",
    "story": task.stories.split(", ")[0 if off > 0 else 1],
}
lesson.check("deviation", answer)
# %% [markdown] lang="zh"
# ### 练习 6　三个互不串通的证人
# 从 `roads` 里挑三条（或更多）**互相独立**的路，例如 `["A", "B", "C"]`。任何满足条件的挑法都算对。
# %% [markdown] lang="en"
# ### Exercise 6 · Three witnesses who have not talked
# Choose three or more **independent** roads, such as `["A", "B", "C"]`. Any choice that keeps the rule is right.
# %%
task = lesson["routes"]
task
# %% part="student"
answer = []
lesson.check("routes", answer)
# %% part="solved"
answer = ["A", "C", "F"]
lesson.check("routes", answer)
# %%
lesson.progress()
# %% [markdown] lang="zh"
# ## 小结
# - 营业额至少三条独立的路；同一种证据说两遍，只算一个证人。
# - 毛利率用加权，用谨慎的那个往下算。
# - 权益检验：多了问债，少了问去处；折旧不减两次。
# - 查不了就写“无法判断”，不写“通过”。
#
# ## 到了客户桌边
# 1. **少问利润，多问生意**：一天几袋面、几个服务员、几点收摊。
# 2. 同一件事换个问法，隔半小时再问一次；问老板，也问老板娘。
# 3. 进货单、电费单随手拍下来，它们不会帮人圆话。
# %% [markdown] lang="en"
# ## Summary
# - Turnover wants three independent roads; one kind of evidence that speaks twice is one witness.
# - Weight the margin, and carry the prudent one forward.
# - Equity: too much, ask about debts; too little, ask where it went; depreciation comes off once.
# - What cannot be checked is “cannot judge”, not “pass”.
#
# ## At the client's desk
# 1. **Ask less about profit and more about the trade**: how many sacks a day, how many hands, when do you close?
# 2. Ask the same thing another way half an hour later; ask the owner, and ask his wife.
# 3. Photograph delivery slips and power bills: they help nobody to round off a story.
