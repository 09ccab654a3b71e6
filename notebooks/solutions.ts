// %% [markdown] tags=["zh"]
// # 练习的参考解答
//
// 先自己做[练习](exercises.zh.ipynb)，再来这里比较。解答是折叠起来的：点一下灰条上的 `…`，就能看到。答案不止一种，`check` 只看结果对不对。

// %% [markdown] tags=["en"]
// # Solutions of the exercises
//
// Try the [exercises](exercises.en.ipynb) yourself first, then compare. The solutions are folded: a click on the `…` of a grey bar opens it. There is more than one right answer; `check` looks only at the result.
