import { en } from './text.en';

export const zh: typeof en = {
  title: '自己写出学习的一步',
  task: [
    '不用 `fit`，也没有隐藏层：只有一层的网络计算 $p = \\mathrm{softmax}(xW + b)$。写出梯度下降的一步：$W \\leftarrow W - \\eta\\, x^{\\mathsf T}(p - y) / n$，$b \\leftarrow b - \\eta\\, \\mathrm{mean}(p - y)$。其中 $y$ 是独热标签，$n$ 是这一批图片的张数，$\\eta$ 是学习率 `rate`。返回 `[newW, newB]`。',
    '`x` 的形状是 `[n, 784]`，`labels` 是 `[n]`（int32），`W` 是 `[784, 10]`，`b` 是 `[10]`。会用到 `tf.oneHot(labels, 10)`，以及 `x.matMul(error, true)`，也就是 $x^{\\mathsf T} \\cdot error$；`error.mean(0)` 对这一批取平均。`check` 先把你的一步与 TensorFlow 求出的梯度相比，再用它训练：750 批，每批 64 张图。',
  ],
  starter: en.starter,
  hints: [
    '先算 p = softmax(x · W + b)，再算 error = p − y。W 的梯度是 xᵀ · error / n，与 W 一样大；b 的梯度是 error 对这一批的平均。各乘以 rate，再从原来的值里减去。',
    '一共四行：p 是 x.matMul(W).add(b) 的 softmax；error 是 p 减去 tf.oneHot(labels, 10)；newW 是 W 减去 x.matMul(error, true) 乘以 rate、再除以 n 的结果，n 就是 x.shape[0]；newB 是 b 减去 rate 乘以 error 沿轴 0 的平均。',
  ],
  wrong: {
    wrongSign: '这是在上坡：应当沿梯度的反方向走。error = p − y 要减去；加的话，就得加 y − p。',
    summed: '你对这一批求了和，没有取平均：一批 64 张图，步子就是应有的 64 倍。要除以 n。',
    onePicture: '这里只算了第一张图。一步是这一批所有图片的平均。',
    divisor:
      '除数不对。平均是对这一批的 n 张图取的，n 就是 x.shape[0]；784 个像素、10 个数字是另外的轴。',
    pixelMean:
      '你对像素取了平均，W 的每一行都改得一样多。x.matMul(error, true) 已经把各张图加起来了，只要再除以 n。',
    sameBias: 'b 原样返回了：偏置也要学习，也要走一步。',
    oneBias:
      '新的 b 只是一个数：mean() 不写轴，就把所有的数并成一个。十个数字各有一个偏置：b.sub(…)，里面是这一批的平均 error.mean(0)。',
    noRate: '漏了学习率：梯度还要乘以 rate。',
    notOneHot:
      '每张图的 p 有十个数，标签却只有一个；7 不是概率。要减去 tf.oneHot(labels, 10)：标签的位置是 1，其余是 0。',
    noBias: '算 p 时漏了偏置：logits 是 x · W + b。',
    lateBias: '偏置加在了 softmax 之后。它属于 logits：先算 x · W + b，再做 softmax。',
    noSoftmax: '漏了 softmax：你是从 logits 里减去标签，而不是从 p 里减。',
    unchanged:
      '它没有变：减去的是 0。mean() 和 sum() 不写轴，就把所有的数并成一个；而每张图的 p 和 y 加起来都是 1，所以 p − y 平均是 0。mean(0) 才是只对这一批取平均。',
    changeAlone: '这只是改动，或者只是梯度。要从原来的值里减去改动。',
    rows: '这样每张图都有一行 b。b 应当始终是十个数：用 error.mean(0) 对这一批取平均。',
    otherMean: '你对每张图的十个数字取了平均，那总是 0。mean(0) 才是对图片取平均，剩下十个数。',
    product:
      '形状对不上：x 是 [n, 784]，W 是 [784, 10]，p − y 是 [n, 10]。求 W 的梯度要把 x 转置，xᵀ · (p − y) 才与 W 一样大：x.matMul(error, true)。',
  },
  notFinite: '这一步不用取对数，除法也只有除以 n：NaN 或 Infinity 是从哪里来的？',
  other: {
    weights: (n, rate) => `一批 ${n} 张，学习率 ${rate}，走一步之后的 W`,
    bias: (n, rate) => `一批 ${n} 张，学习率 ${rate}：W 对了。走一步之后的 b`,
    pair: result => `函数应当返回 [newW, newB] 两样，现在返回的是 ${result}。`,
    low: accuracy =>
      `用随机的数来试，每一步都对；可是用 64 张图走了 750 步，测试集只认对 ${accuracy}。你的函数是不是把什么留到了下一次调用？`,
    leak: count =>
      `顺便说一句，每一步都会在内存里留下 ${count} 个张量。tf.tidy(() => { … return [newW, newB]; }) 会释放没有返回的那些。`,
  },
  reward: (first, tenth, last, leak) =>
    `与 TensorFlow 走的一步相同。从全是 0 的权重开始，你自己的训练走 1 步，测试集认对 ${first}，走 10 步 ${tenth}，走 750 步 ${last}：网络的学习，就只是这几行。${leak}`,
  reasoning:
    'p − y 说的是每张图、每个数字的 logit 该怎样移动。每个权重按它的像素分担一份，xᵀ · (p − y) 把整批图片的都加起来；偏置相当于输入总是 1。',
  solution: en.solution,
};
