/** The project's aims, as ratios of medians within one run; in the browser also to a second, or a megabyte. */
import type { Text } from 'digits/language';
import type { BrowserResult } from './browser-runs';
import { finished, type RowResult, steadySeconds } from './epochs';
import type { ProblemResult } from './growth';
import type { LessonResult } from './lesson-runs';
import { browserEpochs } from './report-browser';
import { medianOf } from './statistics';

export interface Target {
  readonly what: Text;
  /** The bound of the ratio: `atLeast` of how much faster, or `atMost` of how much is used. */
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
  /** The ratio measured. */
  readonly ratio: number;
  readonly reached: boolean;
}

/** The measurements that targets compare. */
export interface Results {
  /** Samples of the epoch rows, validation included. */
  readonly samples: number;
  readonly rows: readonly RowResult[];
  readonly lesson: readonly LessonResult[];
  /** One more problem, 1,024 units and batches of 256, by the growth's rows. */
  readonly large: readonly ProblemResult[];
  /** Undefined in a report from before there was a site. */
  readonly browser?: readonly BrowserResult[];
}

/** The samples of the lesson, on which the browser trains in every run; a quick run's rows take fewer. */
const WHOLE = 60_000;
const SECOND = 1;
const MEGABYTE = 1e6;

/** Compares what was measured with the targets; leaves out those of which a part is missing. */
export function targetsOf({ samples, rows, lesson, large, browser = [] }: Results): Target[] {
  const row = (name: string) => finished(rows, name);
  const epoch = (name: string) => medianOf(row(name), steadySeconds);
  const five = (name: string) => medianOf(row(name), fives);
  const ran = (name: string, of: (result: LessonResult) => number[]) =>
    medianOf(
      lesson.find(each => each.name === name),
      of,
    );
  const inBrowser = (of: (result: BrowserResult) => number[]) =>
    medianOf(
      browser.find(({ name }) => name === 'browser'),
      of,
    );
  const atSize = (name: string) => large.find(each => each.name === name)?.seconds;
  const floors = ['floor-session', 'floor-numpy'].flatMap(name => epoch(name) ?? []);
  const floor = floors.length > 0 ? Math.min(...floors) : undefined;

  return [
    faster(
      '每轮：本项目（原生）对 Keras · TensorFlow',
      'epoch: native against Keras · TensorFlow',
      5,
      epoch('keras-tf'),
      epoch('native'),
    ),
    faster(
      '每轮：本项目（原生）对 Keras · JAX',
      'epoch: native against Keras · JAX',
      1.3,
      epoch('keras-jax'),
      epoch('native'),
    ),
    faster(
      '每轮：本项目（原生）对 TensorFlow.js（原生）',
      'epoch: native against stock native',
      8,
      epoch('stock-native'),
      epoch('native'),
    ),
    faster(
      '五轮，含首次准备：本项目（原生）对 JAX',
      'five epochs, first included: native against JAX',
      2,
      five('jax'),
      five('native'),
    ),
    within(
      '每轮：本项目（原生）对仅两个矩阵乘法',
      'epoch: native over the two products alone',
      2.5,
      epoch('native'),
      floor,
    ),
    faster(
      '每轮：本项目（WebAssembly）对 TensorFlow.js（WebAssembly）',
      'epoch: WebAssembly against stock WebAssembly',
      4,
      epoch('stock-wasm'),
      epoch('wasm'),
    ),
    faster(
      '1024 个神经元，每批 256 个：对 Keras · TensorFlow',
      '1,024 units, batches of 256: against Keras · TensorFlow',
      1,
      atSize('keras-tf'),
      atSize('native'),
    ),
    faster(
      '从内核启动到最后一个单元格：对 Python',
      'kernel start to last cell: against Python',
      3,
      ran('lesson-python', seconds),
      ran('lesson', seconds),
    ),
    within(
      '内核内存峰值：与 Python 之比',
      'peak RSS of the kernel over that of Python',
      0.33,
      ran('lesson', peaks),
      ran('lesson-python', peaks),
    ),
    within(
      '每轮：浏览器中与本项目（原生）之比',
      'epoch: in the browser over native',
      5,
      inBrowser(browserEpochs),
      samples === WHOLE ? epoch('native') : undefined,
    ),
    within(
      '浏览器：运行所有单元格，s',
      'browser: Run All, s',
      10,
      inBrowser(({ runs }) => runs.map(({ runAll }) => runAll)),
      SECOND,
    ),
    within(
      '浏览器：打开到首个单元格，s',
      'browser: opening to first cell, s',
      4,
      inBrowser(({ runs }) => runs.map(({ cell }) => cell)),
      SECOND,
    ),
    within(
      '浏览器：回收之后页面占用的内存，MB',
      'browser: memory of the page, settled, MB',
      600,
      inBrowser(({ runs }) => runs.flatMap(({ settled }) => settled ?? [])),
      MEGABYTE,
    ),
  ].flatMap(target => target ?? []);
}

const fives = ({ processes }: RowResult) => processes.flatMap(({ five }) => five ?? []);
const seconds = ({ runs }: LessonResult) => runs.map(run => run.seconds);
const peaks = ({ runs }: LessonResult) => runs.flatMap(({ peak }) => peak ?? []);

function faster(zh: string, en: string, atLeast: number, other?: number, own?: number) {
  if (other === undefined || own === undefined) return undefined;
  const ratio = other / own;
  return { what: { zh, en }, bound: { atLeast }, ratio, reached: ratio >= atLeast };
}

function within(zh: string, en: string, atMost: number, own?: number, other?: number) {
  if (other === undefined || own === undefined) return undefined;
  const ratio = own / other;
  return { what: { zh, en }, bound: { atMost }, ratio, reached: ratio <= atMost };
}
