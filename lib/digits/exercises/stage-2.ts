/** Configuration: a device that may be absent, and how long a product takes. */
import { itemAt } from '../item-at';
import type { Text } from '../language';
import { type Exercise, Mistake, refute } from './exercise';
import { given, shown, theFields, theFunction, theNumber } from './values';

const deviceName: Exercise = {
  id: '2.1',
  async verify(answer) {
    const call = theFunction(answer);
    const one = await call(['RTX 4090']);
    refute(one === 'CPU', {
      zh: "列表里有 GPU 'RTX 4090'，您的函数仍然回答 'CPU'。",
      en: "The list holds a GPU, 'RTX 4090', and still your function says 'CPU'.",
    });
    refute(one !== 'RTX 4090', {
      zh: `只有一块 GPU 'RTX 4090' 时，应当得到它的名字，您得到 ${shown(one)}。`,
      en: `Where the only GPU is 'RTX 4090', its name is wanted; yours is ${shown(one)}.`,
    });
    const none = await withoutGpu(answer as (gpus: string[]) => unknown);
    refute(none !== 'CPU', {
      zh: `列表为空时，应当得到 'CPU'，您得到 ${shown(none)}。gpus[0] 在空列表里什么也取不到：原教程就停在这里。`,
      en: `For an empty list 'CPU' is wanted; yours is ${shown(none)}. gpus[0] finds nothing in an empty list: here the original lesson stops.`,
    });
    const two = await call(['A100', 'H100']);
    refute(two !== 'A100', {
      zh: `有两块 GPU 时，要的是第一块 'A100'，您得到 ${shown(two)}。`,
      en: `Of two GPUs the first is wanted, 'A100'; yours is ${shown(two)}.`,
    });
    return {
      zh: '有 GPU 就用第一块，没有就退回 CPU：没有 GPU 不是错误，程序要能继续。',
      en: 'The first GPU where there is one, else the CPU: to have none is no error, and the program goes on.',
    };
  },
  hints: [
    {
      zh: '先想空列表：gpus.length 是 0 时，该返回什么？',
      en: 'Think of the empty list first: what should come back where gpus.length is 0?',
    },
    {
      zh: '运算符 ?? 在左边是 undefined 时取右边的值：gpus[0] ?? …',
      en: 'The operator ?? takes its right side where the left one is undefined: gpus[0] ?? …',
    },
  ],
};

/** Asks the function about an empty list; an error counts as an answer. */
async function withoutGpu(call: (gpus: string[]) => unknown): Promise<unknown> {
  try {
    return await call([]);
  } catch (error) {
    return error;
  }
}

const timings: Exercise = {
  id: '2.2',
  verify(answer) {
    const rows = given(answer) as unknown[];
    refute(!Array.isArray(rows) || rows.length < 3, {
      zh: '这里需要一个数组，每个 n 一项，至少三项。',
      en: 'An array is wanted here, an item for each n, three at least.',
    });
    const read = rows.map(row => {
      const { n, products, ms } = theFields(row, ['n', 'products', 'ms']);
      return { n: theNumber(n), products: theNumber(products), ms: theNumber(ms) };
    });
    for (const { n, products, ms } of read) checkTiming(n, products, ms);
    const [small, large] = [itemAt(read, 0), itemAt(read, read.length - 1)];
    refute(new Set(read.map(row => row.n)).size < read.length || large.n <= small.n, {
      zh: 'n 应当各不相同，从小到大。',
      en: 'The n should all differ, from small to large.',
    });
    refuteUntimed(large.n, large.ms);
    const work = shown(large.products / small.products);
    const time = growth(small.ms, large.ms);
    return {
      zh: `n 从 ${small.n} 到 ${large.n}，乘法多了 ${work} 倍，您测到的时间${time.zh}。小矩阵的时间大多花在准备上，不在计算上。`,
      en: `From n = ${small.n} to ${large.n} the multiplications grew ${work}-fold, your time ${time.en}. With small matrices most of the time goes into getting ready, not into computing.`,
    };
  },
  hints: [
    {
      zh: '结果有 n × n 个数，每个数由 n 次乘法相加而成。时间用 performance.now() 在前后各取一次。',
      en: 'The result has n × n numbers, and each is a sum of n multiplications. Take performance.now() before and after.',
    },
    {
      zh: 'products 是 n ** 3；ms 是 performance.now() - start，start 在乘法之前取。',
      en: 'products is n ** 3, and ms is performance.now() - start, with start taken before the product.',
    },
  ],
};

function checkTiming(n: number, products: number, ms: number): void {
  refute(products === n ** 2, {
    zh: `n = ${n} 时，${products} 是结果里有多少个数。每个数还要 n 次乘法。`,
    en: `For n = ${n}, ${products} is how many numbers the result has. Each takes n multiplications.`,
  });
  refute(products !== n ** 3, {
    zh: `n = ${n} 时，乘法不是 ${products} 次。`,
    en: `For n = ${n} there are not ${products} multiplications.`,
  });
  refute(ms < 0, {
    zh: `n = ${n} 的时间是负数：开始和结束减反了。`,
    en: `The time for n = ${n} is negative: start and end are subtracted the wrong way round.`,
  });
  if (!Number.isFinite(ms)) refuteUntimed(n, ms);
}

/** How much longer the large product took; a browser's clock may not see the small one. */
function growth(small: number, large: number): Text {
  const times = shown(large / small);
  if (small > 0) return { zh: `多了 ${times} 倍`, en: `${times}-fold` };
  const to = shown(large);
  return { zh: `从测不出变成 ${to} 毫秒`, en: `from less than the clock sees to ${to} ms` };
}

function refuteUntimed(n: number, ms: number): void {
  if (ms > 0 && Number.isFinite(ms)) return;
  throw new Mistake({
    zh: `n = ${n} 的时间是 ${shown(ms)}：没有测到乘法。开始的时刻要在乘法之前取。`,
    en: `The time for n = ${n} is ${shown(ms)}: the product was not timed. Take the start before it.`,
  });
}

export const stage2 = [deviceName, timings];
