import { en } from './text.en';

export const zh: typeof en = {
  title: '实验：一次矩阵乘法要多久',
  task: [
    '一个全连接层就是一次矩阵乘法，网络的时间几乎都花在这里。写一个函数，用 `a.matMul(b)` 把两个 n × n 的矩阵相乘，测出用时，返回 `{ products, ms }`：`products` 是一共做多少次乘法，`ms` 是用了多少毫秒。`check` 用三个大小不同的 `n` 来调用它，每个先调用一次热身，再调用五次，取最短的用时，同时看着 `tf` 算了什么、用了多久。',
    '`tf.randomUniform([n, n])` 做出一个矩阵；`performance.now()` 给出当前的时刻，以毫秒计；`dataSync()` 读出结果，这样才能确定已经算完。',
  ],
  starter: en.starter,
  hints: [
    '结果有 n × n 个数，每个数由 n 次乘法相加而成。两个矩阵先做好，再取开始的时刻。',
    '顺序是：做好 a 和 b；用 performance.now() 取开始的时刻；相乘，用 dataSync() 读出结果；再取结束的时刻。ms 是结束减去开始；products 只由 n 决定。',
  ],
  wrong: {
    mul: 'mul 把对应位置的数逐个相乘。矩阵乘法是 matMul。',
    noProduct: n => `n = ${n} 时，你的函数没有做矩阵乘法：matMul 一次也没有运行。`,
    otherSize: (n, a, b) =>
      `n = ${n} 时，相乘的应当是两个 ${n} × ${n} 的矩阵，你用的是 ${a} 和 ${b}。`,
    notRead:
      '乘积没有读出来。在 GPU 上，matMul 不等算完就返回；读出结果（data() 前面要写 await），才知道已经算完。',
    endTooSoon: '结束的时刻，取在读出结果之前。先读出结果，再取结束的时刻。',
    resultSize: (n, products) => `n = ${n} 时，${products} 是结果里数的个数。每个数还要 n 次乘法。`,
    additions: (n, products) => `n = ${n} 时，${products} 把加法也算进去了。这里只数乘法。`,
    products: (n, products) => `n = ${n} 时，乘法的次数不是 ${products}。`,
    seconds: (n, ms) =>
      `n = ${n} 的时间是 ${ms}：这是秒数。performance.now() 已经以毫秒计，不必再除以 1000。`,
    negative: time => `${time}，是负数：开始和结束减反了。`,
    tooShort: (time, least) =>
      `${time}，可是乘法用了 ${least} 毫秒：没有测到它。开始的时刻要在乘法之前取，结束的时刻在之后取。`,
    tooLong: (time, whole) => `${time}，可是你的函数总共只用了 ${whole} 毫秒：这不是测出来的。`,
    makingToo: (time, sinceMade) =>
      `${time}，其中也有做出两个矩阵的时间；有了矩阵以后，只过了 ${sinceMade} 毫秒。先做好矩阵，再取开始的时刻。`,
  },
  other: {
    time: (n, ms) => `n = ${n} 的时间是 ${ms} 毫秒`,
    row: (n, ms) => `n = ${n}：${ms} 毫秒`,
    gettingReady: '可见小矩阵的时间大多花在准备上，不在计算上。所以图片要成批地送进网络。',
    slowed: '小的反而更慢，原因不在乘法，是别的事情拖慢了电脑。再运行一次。',
  },
  reward: (rows, work, time, comment) =>
    `五次中最快的：${rows.join('；')}。乘法的次数是原来的 ${work} 倍${time ? `，时间是原来的 ${time} 倍` : ''}。${comment}`,
  reasoning:
    '先做好矩阵，才开始计时；读出结果，才停止计时：这样测到的是乘法的全部时间，也只有乘法的时间。',
  solution: en.solution,
};
