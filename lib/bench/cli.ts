/** `npm run bench`: tables on the terminal, and all numbers in `build/bench.json`. */
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeJson } from 'command/machine/files';
import { thisMachine } from 'command/machine/machine';
import { projectRoot } from 'command/machine/paths';
import type { Options } from 'command/options.mjs';
import { Failure } from 'command/output/failure.mjs';
import { gpuName } from 'digits/device/nvidia';
import { createContext, setUp } from 'lab/setup/setup';
import { packagesStep } from 'lab/setup/steps/packages';
import type { SetupContext } from 'lab/setup/steps/step';
import { venvStep } from 'lab/setup/steps/venv';
import { measureWebsite } from './browser';
import { setUpCommit } from './commit';
import { type EpochPlan, measureEpochs } from './epochs';
import type { Measurement } from './measurement';
import { models } from './models/models';
import { problemsOf } from './problems';
import { report, reportComparisons } from './report';
import { benchPython, lessonRows, modelRows, type Row } from './rows';

const USAGE = `npm run bench -- [options]
  Compares training the lesson's model and running its website, in about 20 minutes.
npm run bench -- --models [options]
  Compares training ${models.length} models of different kinds, in about 15 minutes.
npm run bench -- --against REF [options]
  Compares the working tree with another commit of this clone, by turns, in about 5 minutes;
  with --models on ${models.length} models, in about 40 minutes.

  --only NAME,…     what to measure: rows or browser; with --models rows or models
  --quick           little of everything, to see that it works
  --help            this help`;

/** The rows that train by this project's code. */
const OWN_ROWS = ['native', 'wasm', 'gpu'];

export async function main({ rest: args }: Pick<Options, 'rest'>): Promise<void> {
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
  const rowsOf = (root?: string) =>
    (values.models ? modelRows : lessonRows)(native, card, root).filter(
      ({ name }) => against === undefined || OWN_ROWS.includes(name),
    );
  const tasks = values.models ? models : against === undefined ? [{ name: 'browser' }] : [];
  const selection = selectionOf([...tasks, ...rowsOf()], values.only);
  const selectedModels = values.models ? matching(models, selection) : undefined;
  const selectedRows = (root?: string) => matching(rowsOf(root), selection);

  await setUp(createContext({})); // Compiles an edited engine.
  // Before the measurement, the load comes from other programs.
  const machine = `${cpus()[0]?.model.trim() || process.arch} × ${cpus().length}, load ${loadavg()[0]?.toFixed(1)}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${type()} ${release()}, Node.js ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
  console.log(machine);
  const rows = selection.every(name => name === 'browser') ? [] : selectedRows();
  await setUpPeers(rows);
  const commit = against === undefined ? undefined : await setUpCommit(against, console.log);
  const commitRows = commit && selectedRows(commit.folder);
  const groups = commitRows
    ? rows.map((row, i) => [
        { ...row, title: 'working tree' },
        { ...row, title: commit.name, command: commitRows[i]?.command },
      ])
    : [rows];
  const plan = planOf(Boolean(commit), values.models, quick);
  const measurements: Measurement[] = [];
  for await (const problem of rows.length > 0 ? problemsOf(selectedModels, quick) : []) {
    const { name } = problem.model;
    for (const group of groups) {
      const parts = [values.models && name, commit && group[0]?.name].filter(Boolean);
      const title = parts.join(' · ') || 'an epoch';
      measurements.push(...(await measureEpochs(title, group, problem, plan, console.log)));
    }
  }
  if (selection.includes('browser')) {
    measurements.push(...(await measureWebsite(quick ? 1 : 3, console.log)));
  }
  if (commit) {
    console.log(`\nThe working tree against ${against} (${commit.name}), on ${machine}`);
    reportComparisons(measurements, commit.name);
  } else {
    report(measurements);
  }
  for (const { group, title, trouble } of measurements) {
    const [reason] = trouble?.match(/(?<=^\w*Error: ).*/m) ?? trouble?.split('\n') ?? [];
    if (reason) console.log(`${group} · ${title}: ${reason}`);
  }
  const file = join('build', 'bench.json');
  writeJson(join(projectRoot, file), measurements);
  console.log(`\n${file}`);
  if (quick) console.log('A quick run: its numbers only show that everything works.');
  else if (measurements.some(({ trouble }) => trouble)) process.exitCode = 1;
}

function selectionOf(all: readonly { name: string }[], only?: readonly string[]): string[] {
  const names = all.map(({ name }) => name);
  const selection = only?.flatMap(list => list.split(',')) ?? names;
  const unknown = selection.find(name => !names.includes(name));
  if (unknown === undefined) return selection;
  throw new Failure(`Expected --only to name one of ${names.join(', ')}. Received: ${unknown}`);
}

/** Returns the items with these names; all if every name belongs to another list. */
function matching<T extends { readonly name: string }>(list: readonly T[], names: string[]): T[] {
  const matches = list.filter(({ name }) => names.includes(name));
  return matches.length > 0 ? matches : [...list];
}

function planOf(isComparison: boolean, withModels: boolean, isQuick: boolean): EpochPlan {
  if (isQuick) return { turns: 1, epochs: isComparison ? 5 : 3 };
  if (isComparison)
    return { turns: withModels ? 3 : 8, epochs: 7, ...(withModels && { seconds: 4 }) };
  return withModels ? { turns: 1, epochs: 12, seconds: 4 } : { turns: 3, epochs: 7 };
}

/** Installs missing Python packages of the rows into `.venv-bench`. */
async function setUpPeers(rows: readonly Row[]): Promise<void> {
  const python = benchPython.program('python');
  if (rows.every(({ command }) => command?.program !== python)) return;
  const options = { prefix: benchPython.prefix, extras: ['bench'] as const };
  const context: SetupContext = { ...createContext(options), isOwn: true };
  const remark = 'The peers are installed into .venv-bench, only once: a download of about 1 GB.';
  await setUp(context, [venvStep, packagesStep], remark);
}
