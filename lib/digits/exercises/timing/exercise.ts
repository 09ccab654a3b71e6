/** An experiment: how long does a matrix product take? It is watched, so that no time can be made up. */
import { grouped } from '../../format';
import { itemAt } from '../../item-at';
import { integer } from '../judging/compare';
import { failIf, formatValue, parseFields, parseNumber, type Task } from '../judging/exercise';
import { parseFunction } from '../judging/learner-code';
import { type Operation, type Trace, traceOps } from '../judging/trace-ops';
import { en } from './text.en';
import { zh } from './text.zh';

type Text = typeof en;

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

export const timing: Task<Text> = {
  texts: { en, zh },
  async verify(answer, text) {
    const call = parseFunction(answer);
    // The first product of all takes longer: the engine gets ready.
    await call(integer(50, 80));
    const timings: Timing[] = [];
    for (const n of [integer(50, 80), integer(240, 270), integer(1000, 1050)]) {
      const timing = read(n, await traceOps(() => call(n)), text);
      checkProducts(timing, text);
      timings.push(timing);
    }
    const clock = tick();
    checkUnit(timings, clock, text);
    for (const timing of timings) checkTime(timing, 2 + 2 * clock, text);
    return summary(timings, text);
  },
};

/** Reads an answer, and finds the products of two n × n matrices in what was seen. */
function read(n: number, trace: Trace<unknown>, { wrong }: Text): Timing {
  const { result, operations, clock, begin, end } = trace;
  const fields = parseFields(result, ['products', 'ms']);
  const [products, ms] = [parseNumber(fields.products), parseNumber(fields.ms)];
  const made = operations.filter(({ name }) => /MatMul/.test(name));
  failIf(made.length === 0 && operations.some(({ name }) => name === 'Multiply'), wrong.mul);
  failIf(made.length === 0, wrong.noProduct(n));
  const square = made.filter(({ shapes }) => sizes(shapes).every(size => size === `${n} × ${n}`));
  const [a = '', b = ''] = sizes(itemAt(made, 0).shapes);
  failIf(square.length === 0, wrong.otherSize(n, a, b));
  failIf(!square.some(({ read }) => read), wrong.notRead);
  failIf(clock && !square.some(({ timed }) => timed), wrong.endTooSoon);
  const least = Math.min(...square.map(product => product.end - product.begin));
  const first = itemAt(square, 0);
  const most = end - first.begin;
  const sinceMade = end - (first.made ?? begin);
  return { n, products, ms, least, most, sinceMade, count: square.length, whole: end - begin };
}

const sizes = (shapes: Operation['shapes']) => shapes.slice(0, 2).map(shape => shape.join(' × '));

function checkProducts({ n, products }: Timing, { wrong }: Text): void {
  failIf(products === n ** 2, wrong.resultSize(n, products));
  const withAdditions = [2 * n ** 3, n ** 2 * (2 * n - 1)];
  failIf(withAdditions.includes(products), wrong.additions(n, products));
  failIf(products !== n ** 3, wrong.products(n, formatValue(products)));
}

/** Knows seconds by this: times 1000, each of them fits the clock. */
function checkUnit(timings: readonly Timing[], clock: number, { wrong }: Text): void {
  const fits = timings.every(
    ({ ms, least, whole }) =>
      ms * 1000 > 0.9 * least - 1 - clock && ms * 1000 < 1.1 * whole + 1 + clock,
  );
  const { n, ms, most, count } = itemAt(timings, timings.length - 1);
  failIf(fits && ms > 0 && ms < most / count / 50, wrong.seconds(n, formatValue(ms)));
}

/** Holds the learner's time against the clock: no shorter than a product, no longer than the call. */
function checkTime(timing: Timing, slack: number, { wrong, other }: Text): void {
  const { n, ms, least, sinceMade, whole } = timing;
  const time = other.time(n, formatValue(ms));
  failIf(ms < 0, wrong.negative(time));
  failIf(ms < least / 2 - slack, wrong.tooShort(time, formatValue(least)));
  failIf(ms > whole + slack, wrong.tooLong(time, formatValue(whole)));
  failIf(ms > sinceMade + slack, wrong.makingToo(time, formatValue(sinceMade)));
}

/** Measures how finely the clock ticks, in ms: a browser's may be coarse. */
function tick(): number {
  const begin = performance.now();
  let next = begin;
  // A clock that stands still is as coarse as it gets.
  for (let looks = 0; next === begin && looks < 1e7; looks++) next = performance.now();
  return next - begin;
}

function summary(timings: readonly Timing[], { other, reward }: Text): string {
  const [small, large] = [itemAt(timings, 0), itemAt(timings, timings.length - 1)];
  return reward(
    timings.map(({ n, ms }) => other.row(n, formatValue(ms))),
    grouped(Math.round(large.products / small.products)),
    small.ms > 0 ? formatValue(large.ms / small.ms) : undefined,
  );
}
