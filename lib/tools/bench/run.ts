/** Runs the benchmark, from the peers' set-up to the report. */
import { gpuOfSmi } from 'digits/device/nvidia';
import { findCompiler } from 'tfjs-graph/addon/compiler';
import type { Language } from '../project/failure.mjs';
import { thisMachine } from '../project/machine';
import { type BrowserPlan, measureBrowser } from './browser-runs';
import { writeData, writeNpz } from './data';
import { type EpochPlan, measureEpochs } from './epochs';
import { exponentsOf, measureGrowth, summedUp } from './growth';
import { measureLesson } from './lesson-runs';
import { benchPython, setUpPeers } from './peers-python';
import { provenanceOf } from './provenance';
import type { Report } from './report';
import { allRows, chosenRows, type Row } from './rows';
import { targetsOf } from './targets';

/** The parts that are no rows of the epoch table. */
export const PARTS = ['lesson', 'growth', 'large', 'browser'] as const;

export interface RunOptions {
  /** Whether to measure little of everything, to see that it works. */
  readonly quick: boolean;
  /** Names rows and parts; all of them are measured where it is undefined. */
  readonly only?: readonly string[];
  readonly language: Language;
  /** Receives a line now and then. */
  readonly say: (line: string) => void;
}

/** Lists all that `--only` may name. */
export const names = (): string[] => [
  ...allRows({ python: '', native: true, compiler: true }).map(({ name }) => name),
  ...PARTS,
];

export async function runBenchmark({ quick, only, language, say }: RunOptions): Promise<Report> {
  const date = new Date().toISOString();
  const { native } = thisMachine();
  const compiler = (await findCompiler()) !== undefined;
  const card = await gpuOfSmi();
  const every = allRows({ python: benchPython.program('python'), native, compiler, card });
  const wanted = (name: string) => !only || only.includes(name);
  const rows = chosenRows(every, only);
  const growing = every.filter(({ name }) => name === 'native' || name === 'keras-tf');
  const comparing = PARTS.some(part => part !== 'browser' && wanted(part));
  if (comparing || rows.some(({ python }) => python)) await setUpPeers(language);

  const samples = quick ? 8_000 : 60_000;
  const problem = await writeData(samples);
  const epochs = rows.length > 0 ? await measureEpochs(rows, problem, planOf(quick), say) : [];

  let lesson: Report['lesson'] = [];
  if (wanted('lesson')) {
    await writeNpz(benchPython.program('python'));
    lesson = await measureLesson(quick ? 1 : 4, quick ? 0 : 2, say);
  }

  const plan = { turns: 1, epochs: quick ? 2 : 4, retries: quick ? 0 : 3 };
  const grown = wanted('growth')
    ? await measureGrowth(growing, problem, plan, quick, say)
    : { points: [], troubles: [] };
  const large = wanted('large') ? await measureLarge(growing, problem, plan, say) : [];

  const browser = wanted('browser') ? await measureBrowser(browserPlan(quick), language, say) : [];

  const troubles = [...epochs, ...lesson, ...browser].flatMap(({ title, trouble }) =>
    trouble ? `${title}: ${trouble}` : [],
  );
  const results = { samples, rows: epochs, lesson, large, browser };
  return {
    ...(await provenanceOf({ date, quick }, card)),
    batch: problem.batch,
    ...results,
    growth: grown.points,
    exponents: exponentsOf(grown.points),
    targets: targetsOf(results),
    troubles: [...troubles, ...grown.troubles],
  };
}

const planOf = (quick: boolean): EpochPlan =>
  quick ? { turns: 1, epochs: 3, retries: 0 } : { turns: 3, epochs: 7, retries: 3 };

const browserPlan = (quick: boolean): BrowserPlan =>
  quick ? { turns: 1, epochs: 5, retries: 0 } : { turns: 3, epochs: 5, retries: 2 };

async function measureLarge(
  rows: readonly Row[],
  problem: Parameters<typeof measureEpochs>[1],
  plan: EpochPlan,
  say: (line: string) => void,
): Promise<Report['large']> {
  const larger = { ...problem, units: 1_024, batch: 256 };
  const label = (line: string) => say(`1,024 units, batches of 256 · ${line}`);
  const results = await measureEpochs(rows, larger, plan, label);
  return results.filter(({ trouble }) => !trouble).map(summedUp);
}
