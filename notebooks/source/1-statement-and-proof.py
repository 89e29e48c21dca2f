# %% [markdown] lang="zh"
# # 第一课　对账单会自己作证
#
# **目标**：拿到一份银行流水，先别急着看“流水大不大”，先问一句：*这份东西自己能证明自己吗？* 学完这一课，你能用一支笔验完一页流水，也能说清 `recon` 给每份文件的五种结论各是什么意思。
#
# 老王在桥头开面馆，想借五万块。他递过来一摞纸：招行流水、微信账单、支付宝账单，还有一个记现金的小本子。这一课只看第一份。
# %% [markdown] lang="en"
# # Lesson 1 · A statement proves itself
#
# **Goal**: when somebody hands you a bank statement, do not ask first whether it is *large*. Ask: *can this thing prove itself?* After this lesson you can check a page of statement with a pencil, and say what each of the five outcomes means that `recon` gives a file.
#
# Wang runs a noodle shop by the bridge and would like to borrow fifty thousand yuan. He hands over a pile: a bank statement, WeChat and Alipay bills, and a small book in which he notes cash. In this lesson we look at the first of them.
# %%
import recon
from recon import training
from recon.training import charts

LANGUAGE = "zh-CN"
SEED = 2025
lesson = training.lesson(1, SEED, LANGUAGE)
# %% [markdown] lang="zh"
# > `SEED` 是你的学号：换一个数，练习里的数字就全换一套，谁也抄不了谁的。
#
# ## 一个真例子
#
# 先读老王的银行流水。`recon.read` 只做一件事：把文件读成一行行交易，并检验它的算术。
# %% [markdown] lang="en"
# > `SEED` is your number as a trainee: change it and all figures of the exercises change, so nobody can copy from a neighbour.
#
# ## A real example
#
# Let us read Wang's bank statement. `recon.read` does one thing: it turns a file into lines and tests their arithmetic.
# %%
case = recon.open_case(training.noodle_shop())
bank_file = next(path for path in case.files if path.suffix == ".pdf")
bank = recon.read(bank_file, language=LANGUAGE)
bank
# %% [markdown] lang="zh"
# **凭什么说“已证实”？** 因为每一行都满足同一个等式：
#
# $$\text{上一行余额} + \text{本行金额} = \text{本行余额}$$
#
# 几百行，一行接一行扣成一条链。有人若想把一笔 500 改成 5,000，就得把后面每一个余额都改掉，还得改期末数、改结息——漏一处就断。这就是“自己作证”：**不是它看着像真的，而是它的算术闭合。** 我们亲手验一遍：
# %% [markdown] lang="en"
# **Why “proven”?** Because every line obeys the same equation:
#
# $$\text{balance before} + \text{amount} = \text{balance after}$$
#
# Hundreds of lines, linked into one chain. Whoever wants to turn a 500 into 5,000 must change every balance after it, and the closing, and the interest; one forgotten figure and the chain breaks. That is what proof means here: **not that it looks right, but that its arithmetic closes.** Let us test it with our own hands:
# %%
lines = bank.transactions
account = bank.accounts[0]
before = lines["balance"].shift(fill_value=account.opening)
breaks = lines[before + lines["amount"] != lines["balance"]]
len(lines), len(breaks)
# %% [markdown] lang="zh"
# 行数在前，断裂数在后：零。再看余额这一年怎么走（一段段台阶，每次动钱动一下）：
# %% [markdown] lang="en"
# Lines first, breaks second: none. And how the balance moved over the year, step by step:
# %%
charts.line(lines["date"], {say("余额（元）", "balance (yuan)"): lines["balance"] / 100}, say("招行卡余额", "Balance of the bank card"))
# %% [markdown] lang="zh"
# ### 动一个数会怎样
#
# 把前十五行抄成一张表，偷偷把其中一笔改大一点点，再让 `recon` 读：
# %% [markdown] lang="en"
# ### Change one figure
#
# Copy the first fifteen lines into a table, make one amount a little larger, and let `recon` read it:
# %%
import tempfile
from pathlib import Path

copy = lines.head(15)[["date", "description", "amount", "balance"]].copy()
copy[["amount", "balance"]] = copy[["amount", "balance"]].astype(float) / 100
copy.loc[7, "amount"] += 1000
forged = Path(tempfile.mkdtemp()) / "forged.csv"
copy.to_csv(forged, index=False)
recon.read(forged, language=LANGUAGE)
# %% [markdown] lang="zh"
# 它不说“假的”，只说“自相矛盾”，并指出在哪一行。也可能是银行印错、截图裁坏了。**我们说得出的，只到证据为止。**
#
# ### 现金小本子呢？
# %% [markdown] lang="en"
# It does not say “forged”. It says that the document contradicts itself, and where. A printing slip or a cropped page would look the same. **We say as much as the evidence says, and no more.**
#
# ### And the little cash book?
# %%
cash_file = next(path for path in case.files if "现金" in path.name)
recon.read(cash_file, language=LANGUAGE)
# %% [markdown] lang="zh"
# “无法自证”不等于“假”：本子上没有余额、没有合计，没东西可验而已。它照样有用，但它的数字只能算“口述”。
#
# | 结论 | 意思 | 你该做什么 |
# | --- | --- | --- |
# | 已证实 proven | 算术闭合 | 放心用 |
# | 无法自证 unprovable | 没有可验的东西 | 找旁证 |
# | 自相矛盾 inconsistent | 自己打自己 | 问，要原件 |
# | 存疑 doubtful | 没把握读对 | 重拍、要电子版 |
# | 未采用 refused | 打不开、不是证据 | 要密码、换文件 |
#
# ## 练习
#
# 填好答案，运行单元格，它会告诉你对不对；不对会给提示。练习里的金额单位都是**元**。
#
# ### 练习 1　期末余额
# 这是你自己的面馆十天的流水。期初余额加上每一笔，期末该是多少？
# %% [markdown] lang="en"
# “Unprovable” is not “false”: the book prints no balance and no total, so there is nothing to test. It is still of use, but its figures count as *stated* only.
#
# | outcome | means | what you do |
# | --- | --- | --- |
# | proven | the arithmetic closes | rely on it |
# | unprovable | nothing to test it with | look for a second source |
# | inconsistent | it contradicts itself | ask; see the original |
# | doubtful | not surely read | photograph again; ask for the file |
# | refused | locked, or no evidence | ask for password or another file |
#
# ## Exercises
#
# Fill in your answer and run the cell: it says whether it is right, and gives a hint if it is not. Amounts in exercises are in **yuan**.
#
# ### Exercise 1 · The closing balance
# Ten lines of your own noodle shop. Opening plus every line: what is the closing balance?
# %%
task = lesson["closing"]
task
# %% part="student"
answer = None
lesson.check("closing", answer)
# %% part="solved"
answer = task.opening + task.rows["amount"].sum()
lesson.check("closing", answer)
# %% [markdown] lang="zh"
# ### 练习 2　咖啡渍下面的数
# 有一行的金额被咖啡渍盖住了（标 `?`）。它是多少？进账为正，出账为负。
# %% [markdown] lang="en"
# ### Exercise 2 · Under the coffee stain
# One amount is hidden by a stain (shown as `?`). What was it? In is plus, out is minus.
# %%
task = lesson["smudge"]
task
# %% part="student"
answer = None
lesson.check("smudge", answer)
# %% part="solved"
rows = task.rows
hidden = rows.index[rows["amount"].isna()][0]
answer = rows["balance"][hidden] - rows["balance"][hidden - 1]
lesson.check("smudge", answer)
# %% [markdown] lang="zh"
# ### 练习 3　哪一行被动过
# 有人改大了一笔金额，余额没动。填那一行的编号 `id`。
# %% [markdown] lang="en"
# ### Exercise 3 · Which line was touched?
# Somebody raised one amount and left the balances alone. Give that line's `id`.
# %%
task = lesson["altered"]
task
# %% part="student"
answer = None
lesson.check("altered", answer)
# %% part="solved"
rows = task.rows
before = [task.opening, *rows["balance"][:-1]]
answer = next(n for n, held, amount, after in zip(rows["id"], before, rows["amount"], rows["balance"]) if held + amount != after)
lesson.check("altered", answer)
# %% [markdown] lang="zh"
# ### 练习 4　两处相邻的断口
# 这次断了两处，紧挨着。哪一行（`line`）的哪一列（`column`）被改了？原来该是多少（`should_be`）？
# %% [markdown] lang="en"
# ### Exercise 4 · Two neighbouring breaks
# This time two steps fail, side by side. In which `line` was which `column` retyped, and what `should_be` there?
# %%
task = lesson["retyped"]
task
# %% part="student"
answer = {"line": None, "column": None, "should_be": None}
lesson.check("retyped", answer)
# %% part="solved"
rows = task.rows
before = [task.opening, *rows["balance"][:-1]]
place = next(i for i, held in enumerate(before) if held + rows["amount"][i] != rows["balance"][i])
answer = {"line": rows["id"][place], "column": "balance", "should_be": before[place] + rows["amount"][place]}
lesson.check("retyped", answer)
# %% [markdown] lang="zh"
# ### 练习 5　写一个验链的函数
# 写函数 `find_breaks(opening, rows)`，返回断裂行的 `id` 列表。它会被拿去验八份你没见过的流水：有的完好，有的断一处、断两处。
# %% [markdown] lang="en"
# ### Exercise 5 · A function that proves
# Write `find_breaks(opening, rows)`; it returns a list of the `id`s where the chain breaks. It will be tried on eight statements that you have not seen: sound ones, and ones with one break or two.
# %%
task = lesson["prover"]
task.rows.head(3)
# %% part="student"
def find_breaks(opening, rows):
    ...


answer = None
lesson.check("prover", answer)
# %% part="solved"
def find_breaks(opening, rows):
    found, held = [], opening
    for number, amount, after in zip(rows["id"], rows["amount"], rows["balance"]):
        if held + amount != after:
            found.append(number)
        held = after
    return found


answer = find_breaks
lesson.check("prover", answer)
# %% [markdown] lang="zh"
# ### 练习 6　五份文件，五种结论
# 给每份文件下结论。
# %% [markdown] lang="en"
# ### Exercise 6 · Five files, five outcomes
# Give each file its outcome.
# %%
task = lesson["outcomes"]
task
# %% part="student"
answer = {"A": None, "B": None, "C": None, "D": None, "E": None}
lesson.check("outcomes", answer)
# %% part="solved" lang="zh"
marks = {"等于上一行": "proven", "支出本": "unprovable", "对不上": "inconsistent", "反光": "doubtful", "密码": "refused"}
answer = {letter: next(name for word, name in marks.items() if word in text) for letter, text in task.files.items()}
lesson.check("outcomes", answer)
# %% part="solved" lang="en"
marks = {"each balance is": "proven", "no balance and no": "unprovable", "does not lead": "inconsistent", "glare": "doubtful", "locked": "refused"}
answer = {letter: next(name for word, name in marks.items() if word in text) for letter, text in task.files.items()}
lesson.check("outcomes", answer)
# %%
lesson.progress()
# %% [markdown] lang="zh"
# ## 小结
# - 一份流水的证明是它自己的算术：逐行余额、期初加变动等于期末、打印的合计。
# - 只断一处，多半是金额被动；相邻断两处，是中间那个余额被动。
# - 没东西可验叫“无法自证”，不叫“假”；自相矛盾要说清在哪一行。
#
# ## 到了客户桌边
# 1. 让客户当面从手机银行导出**电子版**，别收截图；看着他点“发送”。
# 2. 现场抽三处，用手指着验：上一行余额加本行等于本行。
# 3. 翻到首尾：期初、期末、页码“第 n 页共 m 页”是否齐。
# 4. 断了别下结论，先问一句：“这一行您记得是什么吗？”
# %% [markdown] lang="en"
# ## Summary
# - A statement's proof is its own arithmetic: balance by balance, opening plus movements, printed totals.
# - One break alone points to an amount; two neighbouring breaks to the balance between them.
# - With nothing to test, a file is *unprovable*, not false; a contradiction is named with its line.
#
# ## At the client's desk
# 1. Have the client export the **file** from the bank's app while you watch; take no screenshots.
# 2. Pick three places and check them with your finger: balance before plus amount is balance after.
# 3. Look at both ends: opening, closing, “page n of m”.
# 4. Where it breaks, judge nothing yet. Ask: “Do you remember what this line was?”
