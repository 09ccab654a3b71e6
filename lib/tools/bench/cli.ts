/** `npm run bench`: tables on the terminal, and all numbers in `build/bench.json`. */
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gpuName } from 'digits/device/nvidia';
import { Failure } from '../project/failure.mjs';
import { writeJson } from '../project/files';
import { thisMachine } from '../project/machine';
import { projectRoot } from '../project/paths';
import { setUp, siteOf } from '../setup/setup';
import { packagesStep } from '../setup/steps/packages';
import { venvStep } from '../setup/steps/venv';
import { compare } from './against';
import { measureWebsite } from './browser';
import { type EpochPlan, measureEpochs } from './epochs';
import type { Measurement } from './measurement';
import { models } from './models/models';
import { lessonProblem, modelProblem } from './problems';
import { report, reportComparisons } from './report';
import { benchPython, lessonRows, modelRows, type Row } from './rows';

const USAGE = `npm run bench -- [options]
  Compares training the lesson's model and running its website, in about 20 minutes.
npm run bench -- --models [options]
  Compares training ${models.length} models of different kinds, in about 15 minutes.
npm run bench -- --against REF [options]
  Compares the working tree with another commit of this clone, by turns, in about 5 minutes;
  with --models too, it trains the ${models.length} models, in about 40 minutes.

  --only NAME,…     what to measure: rows or browser; with --models rows or models
  --quick           little of everything, to see that it works
  --help            this help`;

/** The rows that train by this project's own code. */
const OWN_ROWS = ['native', 'wasm', 'gpu'];

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      against: { type: 'string' },
      models: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const { against, quick } = values;
  const { native } = thisMachine();
  const card = native ? await gpuName() : undefined;
  const allRows = (values.models ? modelRows : lessonRows)(native, card);
  const rows = allRows.filter(({ name }) => against === undefined || OWN_ROWS.includes(name));
  const others = values.models ? models : against === undefined ? [{ name: 'browser' }] : [];
  const selection = selectionOf([...rows, ...others], values.only);
  // A list of models alone selects every row, and a list of rows alone every model.
  const selectedModels = values.models ? matching(models, selection) : undefined;
  const selectedRows = values.models
    ? matching(rows, selection)
    : rows.filter(({ name }) => selection.includes(name));

  // Before anything is measured, the load is that of other programs.
  const machine = `${cpus()[0]?.model.trim() || process.arch} × ${cpus().length}, load ${loadavg()[0]?.toFixed(1)}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${type()} ${release()}, Node.js ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
  console.log(machine);
  let measurements: Measurement[];
  if (against !== undefined) {
    const { commit, comparisons } = await compare(against, selectedRows, selectedModels, quick);
    measurements = comparisons.flatMap(pair => [pair.tree, pair.commit]);
    console.log(`\nThe working tree against ${against} (${commit}), on ${machine}`);
    reportComparisons(comparisons, commit);
  } else {
    if (selectedRows.some(isPython)) await setUpPeers();
    measurements = selectedModels
      ? await runModels(selectedRows, selectedModels, quick)
      : await runLesson(selectedRows, selection.includes('browser'), quick);
    report(measurements);
  }
  const file = join('build', 'bench.json');
  writeJson(join(projectRoot, file), measurements);
  console.log(`\n${file}`);
  if (quick) console.log('A quick run: its numbers only show that everything works.');
  if (measurements.some(({ trouble }) => trouble) && !quick) process.exitCode = 1;
}

/** Returns the names that `--only` lists, or all. */
function selectionOf(all: readonly { name: string }[], only?: readonly string[]): string[] {
  const known = all.map(({ name }) => name);
  const selection = only?.flatMap(list => list.split(',')) ?? known;
  const unknown = selection.find(name => !known.includes(name));
  if (unknown === undefined) return selection;
  throw new Failure(`Expected --only to name one of ${known.join(', ')}. Received: ${unknown}`);
}

function matching<T extends { readonly name: string }>(list: readonly T[], names: string[]) {
  const matches = list.filter(({ name }) => names.includes(name));
  return matches.length > 0 ? matches : list;
}

async function runLesson(rows: readonly Row[], hasBrowser: boolean, quick: boolean) {
  const plan = quick ? { turns: 1, epochs: 3 } : { turns: 3, epochs: 7 };
  const epochs =
    rows.length > 0
      ? await measureEpochs('an epoch', rows, await lessonProblem(quick), plan, console.log)
      : [];
  const website = hasBrowser ? await measureWebsite(quick ? 1 : 3, console.log) : [];
  return [...epochs, ...website];
}

async function runModels(rows: readonly Row[], list: typeof models, quick: boolean) {
  const plan: EpochPlan = quick ? { turns: 1, epochs: 2 } : { turns: 1, epochs: 12, seconds: 4 };
  const measurements: Measurement[] = [];
  for (const model of list) {
    const able = rows.filter(({ name }) => !model.without?.includes(name));
    const problem = modelProblem(model, quick);
    measurements.push(...(await measureEpochs(model.name, able, problem, plan, console.log)));
  }
  return measurements;
}

const isPython = ({ command }: Row) => command?.program === benchPython.program('python');

/** Installs missing packages of the peers into `.venv-bench`, from the same list as those of `.venv`. */
async function setUpPeers(): Promise<void> {
  const site = { ...siteOf({ prefix: benchPython.prefix, extras: ['bench'] }), own: true };
  const remark = 'The peers are installed into .venv-bench, only once: a download of about 1 GB.';
  await setUp(site, [venvStep, packagesStep], remark);
}
