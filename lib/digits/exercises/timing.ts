/** An experiment: how long a matrix product takes. It is watched, so that no time can be made up. */
import { grouped } from '../format';
import { itemAt } from '../item-at';
import type { Text } from '../language';
import { integer } from './drawn';
import { type Exercise, refute } from './exercise';
import { shown } from './shown';
import { theFields, theFunction, theNumber } from './values';
import { type Operation, type Seen, watch } from './watch';

/** What the learner's function said for one n, and what was seen of it; times in ms. */
interface Timing {
  readonly n: number;
  readonly products: number;
  readonly ms: number;
  /** By the clock: how long a product took at least; from the first one, and from its factors, to the end. */
  readonly least: number;
  readonly most: number;
  readonly sinceMade: number;
  /** How many products were made, and how long the call took. */
  readonly count: number;
  readonly whole: number;
}

export const timing: Exercise = {
  id: '2.2',
  async verify(answer) {
    const call = theFunction(answer);
    const timings: Timing[] = [];
    for (const n of [integer(50, 80), integer(240, 270), integer(1000, 1050)]) {
      const timing = read(n, await watch(() => call(n)));
      checkProducts(timing);
      timings.push(timing);
    }
    const clock = tick();
    checkUnit(timings, clock);
    for (const timing of timings) checkTime(timing, 2 + 2 * clock);
    const { ms } = itemAt(timings, 0);
    refute(clock < 0.1 && timings.every(other => other.ms === ms), {
      zh: `三个 n 的时间都是 ${shown(ms)} 毫秒：这不是测出来的。`,
      en: `The time is ${shown(ms)} ms for each of the three n: it was not measured.`,
    });
    return summary(timings);
  },
  hints: [
    {
      zh: '结果有 n × n 个数，每个数由 n 次乘法相加而成。两个矩阵先做好，再取开始的时刻。',
      en: 'The result has n × n numbers, and each is the sum of n multiplications. Make both matrices before you take the starting time.',
    },
    {
      zh: '先写 const start = performance.now()，再写 a.matMul(b).dataSync()；products 是 n ** 3，ms 是 performance.now() - start。',
      en: 'First const start = performance.now(), then a.matMul(b).dataSync(); products is n ** 3, and ms is performance.now() - start.',
    },
  ],
};

/** Reads an answer, and finds the products of two n × n matrices in what was seen. */
function read(n: number, { result, operations, clock, begin, end }: Seen<unknown>): Timing {
  const fields = theFields(result, ['products', 'ms']);
  const [products, ms] = [theNumber(fields.products), theNumber(fields.ms)];
  const made = operations.filter(({ name }) => /MatMul/.test(name));
  refute(made.length === 0 && operations.some(({ name }) => name === 'Multiply'), {
    zh: 'mul 把对应位置的数逐个相乘。矩阵乘法是 matMul。',
    en: 'mul multiplies number by number, place by place. The matrix product is matMul.',
  });
  refute(made.length === 0, {
    zh: `n = ${n} 时，您的函数没有做矩阵乘法：matMul 一次也没有运行。`,
    en: `For n = ${n} your function multiplied no matrices: matMul did not run.`,
  });
  const square = made.filter(({ shapes }) => sizes(shapes).every(size => size === `${n} × ${n}`));
  const [a, b] = sizes(itemAt(made, 0).shapes);
  refute(square.length === 0, {
    zh: `n = ${n} 时，相乘的应当是两个 ${n} × ${n} 的矩阵，您用的是 ${a} 和 ${b}。`,
    en: `For n = ${n} two matrices of ${n} × ${n} should be multiplied; yours were ${a} and ${b}.`,
  });
  refute(!square.some(({ read }) => read), {
    zh: '乘积没有读出来。在 GPU 上，matMul 不等算完就返回；读出结果（data() 前面要写 await），才知道已经算完。',
    en: 'The result was not read. On a GPU, matMul returns before the product is done; only reading the result (data() needs await before it) makes sure that it is.',
  });
  refute(clock && !square.some(({ timed }) => timed), {
    zh: '结束的时刻，取在读出结果之前。先读出结果，再取结束的时刻。',
    en: 'The end was taken before the result was read. Read the result first, then take the end.',
  });
  const least = Math.min(...square.map(product => product.end - product.begin));
  const first = itemAt(square, 0);
  const most = end - first.begin;
  const sinceMade = end - (first.made ?? begin);
  return { n, products, ms, least, most, sinceMade, count: square.length, whole: end - begin };
}

const sizes = (shapes: Operation['shapes']) => shapes.slice(0, 2).map(shape => shape.join(' × '));

function checkProducts({ n, products }: Timing): void {
  refute(products === n ** 2, {
    zh: `n = ${n} 时，${products} 是结果里数的个数。每个数还要 n 次乘法。`,
    en: `For n = ${n}, ${products} is how many numbers the result has. Each of them takes n multiplications.`,
  });
  refute(products === 2 * n ** 3 || products === n ** 2 * (2 * n - 1), {
    zh: `n = ${n} 时，${products} 把加法也算进去了。这里只数乘法。`,
    en: `For n = ${n}, ${products} counts the additions, too. Count the multiplications only.`,
  });
  refute(products === 3 * n, {
    zh: `n = ${n} 时，${products} 是 n 的 3 倍。n 的三次方写作 n ** 3。`,
    en: `For n = ${n}, ${products} is 3 times n. The third power of n is n ** 3.`,
  });
  refute(products !== n ** 3, {
    zh: `n = ${n} 时，乘法的次数不是 ${shown(products)}。`,
    en: `For n = ${n} the number of multiplications is not ${shown(products)}.`,
  });
}

/** Knows seconds by this: times 1000, each of them fits the clock. */
function checkUnit(timings: readonly Timing[], clock: number): void {
  const fits = timings.every(
    ({ ms, least, whole }) =>
      ms * 1000 > 0.9 * least - 1 - clock && ms * 1000 < 1.1 * whole + 1 + clock,
  );
  const { n, ms, most, count } = itemAt(timings, timings.length - 1);
  refute(fits && ms > 0 && ms < most / count / 50, {
    zh: `n = ${n} 的时间是 ${shown(ms)}：这是秒数。performance.now() 已经以毫秒计，不必再除以 1000。`,
    en: `For n = ${n} the time is ${shown(ms)}: that is in seconds. performance.now() counts milliseconds already, so do not divide by 1000.`,
  });
}

/** Holds the learner's time against the clock: no shorter than a product, no longer than the call. */
function checkTime({ n, ms, least, sinceMade, whole }: Timing, slack: number): void {
  const of = {
    zh: `n = ${n} 的时间是 ${shown(ms)} 毫秒`,
    en: `For n = ${n} the time is ${shown(ms)} ms`,
  };
  refute(!Number.isFinite(ms), { zh: `${of.zh}，这不是时间。`, en: `${of.en}, which is no time.` });
  refute(ms < 0, {
    zh: `${of.zh}，是负数：开始和结束减反了。`,
    en: `${of.en}, which is negative: start and end are the wrong way round.`,
  });
  refute(ms < least / 2 - slack, {
    zh: `${of.zh}，可是乘法用了 ${shown(least)} 毫秒：没有测到它。开始的时刻要在乘法之前取，结束的时刻在之后取。`,
    en: `${of.en}, but the product took ${shown(least)} ms: it was not timed. Take the starting time before the product and the end after it.`,
  });
  refute(ms > whole + slack, {
    zh: `${of.zh}，可是您的函数总共只用了 ${shown(whole)} 毫秒：这不是测出来的。`,
    en: `${of.en}, but your whole function took only ${shown(whole)} ms: it was not measured.`,
  });
  refute(ms > sinceMade + slack, {
    zh: `${of.zh}，其中也有做出两个矩阵的时间；有了矩阵以后，只过了 ${shown(sinceMade)} 毫秒。先做好矩阵，再取开始的时刻。`,
    en: `${of.en}, which includes making the matrices; once they were there, only ${shown(sinceMade)} ms went by. Make them first, then take the starting time.`,
  });
}

/** Measures how finely the clock ticks, in ms: a browser's may be coarse. */
function tick(): number {
  const begin = performance.now();
  let next = begin;
  // A clock that stands still is as coarse as it gets.
  for (let looks = 0; next === begin && looks < 1e7; looks++) next = performance.now();
  return next - begin;
}

function summary(timings: readonly Timing[]): Text {
  const [small, large] = [itemAt(timings, 0), itemAt(timings, timings.length - 1)];
  const list = timings.map(({ n, ms }) => ({
    zh: `n = ${n}：${shown(ms)} 毫秒`,
    en: `n = ${n}: ${shown(ms)} ms`,
  }));
  const work = grouped(Math.round(large.products / small.products));
  const time = small.ms > 0 && shown(large.ms / small.ms);
  return {
    zh: `${list.map(({ zh }) => zh).join('；')}。乘法的次数是原来的 ${work} 倍${time ? `，时间是原来的 ${time} 倍` : ''}。小矩阵的时间大多花在准备上，不在计算上。`,
    en: `${list.map(({ en }) => en).join('; ')}. There are ${work} times as many multiplications${time ? `, and they take ${time} times as long` : ''}. With small matrices, most of the time goes into getting ready rather than computing.`,
  };
}
