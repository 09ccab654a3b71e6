/** An experiment: how long does a matrix product take? It is watched, so that no time can be made up. */
import { grouped } from '../../format';
import { itemAt } from '../../item-at';
import { integer } from '../judging/compare';
import { failIf, formatValue, parseFields, parseNumber, type Task } from '../judging/exercise';
import { parseFunction } from '../judging/learner-code';
import { type Trace, traceOps } from '../judging/trace-ops';
import { en } from './text.en';
import { zh } from './text.zh';

export const timing: Task<typeof en> = {
  texts: { en, zh },
  async verify(answer, text) {
    const call = parseFunction(answer);
    const sizes = [integer(50, 80), integer(240, 270), integer(1000, 1050)] as const;
    const clock = tick();
    const times: number[] = [];
    for (const n of sizes) {
      // The first of a size takes longer, and whatever else the computer does may slow others down.
      await call(n);
      const own: number[] = [];
      while (own.length < 5) own.push(timeOf(n, await traceOps(() => call(n)), clock, text));
      times.push(Math.min(...own));
    }
    const [small = 0, middle = 0, large = 0] = times;
    const grows = small <= middle && middle <= large;
    const [work, growth] = [(sizes[2] / sizes[0]) ** 3, large / small];
    const { row, slowed, gettingReady } = text.other;
    return text.reward(
      sizes.map((n, i) => row(n, formatValue(times[i]))),
      grouped(Math.round(work)),
      grows && small > 0 ? formatValue(growth) : undefined,
      (!grows && slowed) || (growth < work / 2 && gettingReady) || '',
    );
  },
};

/** Judges what the function said for one n by what was seen of it, and returns its time; all in ms. */
function timeOf(n: number, trace: Trace<unknown>, clock: number, text: typeof en): number {
  const { wrong, other } = text;
  const fields = parseFields(trace.result, ['products', 'ms']);
  const [products, ms] = [parseNumber(fields.products), parseNumber(fields.ms)];
  const { operations } = trace;
  const made = operations.filter(({ name }) => /MatMul/.test(name));
  failIf(made.length === 0 && operations.some(({ name }) => name === 'Multiply'), wrong.mul);
  failIf(made.length === 0, wrong.noProduct(n));
  const factors = made.map(({ shapes }) => shapes.slice(0, 2).map(shape => shape.join(' × ')));
  const square = made.filter((_, i) => factors[i]?.every(size => size === `${n} × ${n}`));
  const [a = '', b = ''] = itemAt(factors, 0);
  failIf(square.length === 0, wrong.otherSize(n, a, b));
  failIf(!square.some(({ read }) => read), wrong.notRead);
  failIf(trace.clock && !square.some(({ timed }) => timed), wrong.endTooSoon);

  failIf(products === n ** 2, wrong.resultSize(n, products));
  const withAdditions = [2 * n ** 3, n ** 2 * (2 * n - 1)];
  failIf(withAdditions.includes(products), wrong.additions(n, products));
  failIf(products !== n ** 3, wrong.products(n, formatValue(products)));

  // By the clock: how long a product took at least, then from the first one, and its factors, to the end.
  const least = Math.min(...square.map(({ begin, end }) => end - begin));
  const { begin, made: factorsMade = trace.begin } = itemAt(square, 0);
  const [most, sinceMade] = [trace.end - begin, trace.end - factorsMade];
  const whole = trace.end - trace.begin;
  const fits = ms * 1000 > 0.9 * least - 1 - clock && ms * 1000 < 1.1 * whole + 1 + clock;
  const isFarTooShort = ms > 0 && ms < most / square.length / 50;
  failIf(fits && isFarTooShort, wrong.seconds(n, formatValue(ms)));
  const time = other.time(n, formatValue(ms));
  const slack = 2 + 2 * clock;
  failIf(ms < 0, wrong.negative(time));
  failIf(ms < least / 2 - slack, wrong.tooShort(time, formatValue(least)));
  failIf(ms > whole + slack, wrong.tooLong(time, formatValue(whole)));
  failIf(ms > sinceMade + slack, wrong.makingToo(time, formatValue(sinceMade)));
  return ms;
}

/** Measures how finely the clock ticks, in ms: a browser's may be coarse. */
function tick(): number {
  const begin = performance.now();
  let next = begin;
  // A clock that stands still is as coarse as it gets.
  for (let looks = 0; next === begin && looks < 1e7; looks++) next = performance.now();
  return next - begin;
}
