import { en } from './text.en';

export const zh: typeof en = {
  title: '写出两层网络的一步',
  task: [
    '课程里写的是一层网络的一步。有了隐藏层，误差就要往回传。不用 `fit`，给 $h = \\mathrm{relu}(xW_1 + b_1)$、$p = \\mathrm{softmax}(hW_2 + b_2)$ 写出梯度下降的一步。设 $y$ 是独热标签，$n$ 是这一批的张数，$\\eta$ 是学习率：输出层的误差 $e_2 = (p - y) / n$；隐藏层的误差 $e_1 = e_2 W_2^{\\mathsf T}$，但 relu 输出 0 的地方为 0。于是 $W_2 \\leftarrow W_2 - \\eta\\, h^{\\mathsf T} e_2$，$W_1 \\leftarrow W_1 - \\eta\\, x^{\\mathsf T} e_1$，偏置减去 $\\eta$ 乘以各自误差之和。返回 `[newW1, newB1, newW2, newB2]`。',
    '`x` 的形状是 `[n, 784]`，`labels` 是 `[n]`（int32），`W1` 是 `[784, units]`，`W2` 是 `[units, 10]`。会用到：`tf.oneHot(labels, 10)`；`a.greater(0)`，大于 0 的地方是 1；`e.sum(0)`，对这一批求和；还有两种乘法，`a.matMul(e, true)` 是 $a^{\\mathsf T} e$，`e.matMul(W, false, true)` 是 $e W^{\\mathsf T}$。`check` 先把你的一步与 TensorFlow.js 求出的梯度相比，再用它训练：400 批，每批 64 张图。',
  ],
  starter: en.starter,
  hints: [
    '先往前算：h，再 p。然后往回算：e2 = (p − y) / n，e1 = e2 · W2ᵀ，再乘上 1 或 0（h 大于 0 的地方是 1）。每一层的梯度，都是它的输入转置以后乘以它的误差。',
    'h 是 x.matMul(W1).add(b1).relu()；p 是 h.matMul(W2).add(b2).softmax()；e2 是 p.sub(tf.oneHot(labels, 10)).div(x.shape[0])；e1 是 e2.matMul(W2, false, true).mul(h.greater(0))。newW1 是 W1.sub(x.matMul(e1, true).mul(rate))，newB1 是 b1.sub(e1.sum(0).mul(rate))；另外两个换成 h 和 e2，写法一样。',
  ],
  wrong: {
    wrongSign: '这是在上坡：应当沿梯度的反方向走。e2 = (p − y) / n 要减去；加的话，就得加 y − p。',
    summed:
      '你对这一批求了和，没有取平均：一批 64 张图，步子就是应有的 64 倍。误差要除以 n，也就是 x.shape[0]。',
    noRate: '漏了学习率：每个梯度还要乘以 rate。',
    noGate:
      '误差传给了所有的隐藏神经元。relu 输出 0 的地方，总和稍微变一点，输出也不变：e1 要乘以 h.greater(0)。',
    gateOfError:
      '你把误差乘以了 h 本身。relu 放行的地方，斜率总是 1，与数的大小无关，其余的地方是 0：要乘以 h.greater(0)。',
    newWeights:
      '误差是通过新的 W2 传回去的。所有的梯度都在原来的权重处求：先算好两个误差，再改权重。',
    noRelu: '隐藏层漏了 relu：h 是 relu(x · W1 + b1)。',
    noBias: '往前算的时候漏了偏置：b1 加在 h 的总和里，b2 加在 logits 里。',
    noSoftmax: '漏了 softmax：你是从 logits 里减去标签，而不是从 p 里减。',
    outputOnly: 'W1 和 b1 原样返回了，隐藏层什么也没学到。误差要传回到隐藏层。',
    changeAlone: '这只是改动，或者只是梯度。要从原来的值里减去改动。',
    shapes: error =>
      `形状对不上（${error}）。p − y 是 [n, 10]，e1 是 [n, units]。梯度与它的权重一样大：x.matMul(e1, true)，h.matMul(e2, true)；误差往回传，用 e2.matMul(W2, false, true)。`,
  },
  notFinite: '这一步不用取对数，除法也只有除以 n：NaN 或 Infinity 是从哪里来的？',
  other: {
    result: (name, n, rate) => `一批 ${n} 张，学习率 ${rate}，走一步之后的 ${name}`,
    results: result => `函数应当返回 [newW1, newB1, newW2, newB2] 四样，现在返回的是 ${result}。`,
    low: accuracy =>
      `用随机的数来试，每一步都对；可是用 64 张图走了 400 步，验证图片只认对 ${accuracy}。你的函数是不是把什么留到了下一次调用？`,
  },
  reward: (first, tenth, last) =>
    `与 TensorFlow.js 走的一步相同。从随机的权重开始，你自己的训练走 1 步，验证图片认对 ${first}，走 10 步 ${tenth}，走 400 步 ${last}。这就是反向传播：每一层通过自己的权重，把误差交给前一层。`,
  reasoning:
    'p − y 说的是每个 logit 该怎样移动。W2 转置以后，告诉每个隐藏神经元它在这十个里各占多少份，除非 relu 让它闭了嘴。每个权重的改动，与它的输入、与它后面的误差成正比。',
  solution: en.solution,
};
