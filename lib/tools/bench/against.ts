/** Compares the working tree with another commit, by turns. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Failure } from '../project/failure.mjs';
import { writeWhole } from '../project/files';
import { projectRoot } from '../project/paths';
import { setUp, siteOf } from '../setup/setup';
import { OWN_PYTHON, setUpCommit } from './commit';
import { measureEpochs } from './epochs';
import type { BenchModel } from './models/models';
import type { Command } from './peer-process';
import { lessonProblem, modelProblem, type Problem } from './problems';
import type { Comparison } from './report';
import { OFF_CARD, type Row } from './rows';

/** The program that trains, in this tree and in older ones: the first path that exists. */
const PEER_FILES = ['lib/bench/peers/tfjs.ts', 'lib/tools/bench/peers/tfjs.ts'];

/**
 * Measures rows of the working tree and of a commit. In a turn, both have a new process, and these train
 * alternately; the other one begins every time.
 *
 * @param rows the rows of this project to compare.
 * @param models the models to train in place of the lesson's.
 */
export async function compare(
  ref: string,
  rows: readonly Row[],
  models: readonly BenchModel[] | undefined,
  isQuick: boolean,
): Promise<{ commit: string; comparisons: Comparison[] }> {
  const { name: commit, folder } = await setUpCommit(ref, console.log);
  await setUp(siteOf({})); // An edited engine is compiled before it is measured.
  const turns = isQuick ? 1 : models ? 3 : 8;
  const plan = { turns, epochs: isQuick ? 5 : 7, ...(models && { seconds: 4 }) };
  const comparisons: Comparison[] = [];
  const compareOn = async (problem: Problem, able: readonly Row[]) => {
    for (const row of able) {
      const pair = [
        {
          ...row,
          title: 'working tree',
          command: row.command && peerOf(projectRoot, row, problem),
        },
        { ...row, title: commit, command: row.command && peerOf(folder, row, problem) },
      ];
      const group = models ? `${problem.model.name} · ${row.name}` : row.name;
      const [tree, other] = await measureEpochs(group, pair, problem, plan, console.log);
      if (tree && other) comparisons.push({ tree, commit: other });
    }
  };
  if (!models) await compareOn(await lessonProblem(isQuick), rows);
  for (const model of models ?? []) {
    const able = rows.filter(({ name }) => !model.without?.includes(name));
    await compareOn(modelProblem(model, isQuick), able);
  }
  return { commit, comparisons };
}

/**
 * Returns the command that trains in a tree, by the tree's own program and packages.
 *
 * @throws Failure if the tree has no such program.
 */
export function peerOf(root: string, { name }: Pick<Row, 'name'>, problem: Problem): Command {
  const file = PEER_FILES.map(path => join(root, path)).find(existsSync);
  if (!file) {
    throw new Failure(
      `Expected a program that trains, ${PEER_FILES.join(' or ')}. Received: ${root}, which has no such file. Compare with a commit that has one.`,
    );
  }
  // Commits before 28 November read the problem from the first argument.
  const readsVariable = readFileSync(file, 'utf8').includes('DIGITS_BENCH_PROBLEM');
  const asArgument = readsVariable ? [] : [JSON.stringify(oldProblem(problem))];
  const loader = createRequire(join(root, 'package.json')).resolve('tsx/cjs');
  return {
    program: process.execPath,
    args: ['--require', loader, file, ...asArgument, 'own', name],
    env: { ...(name !== 'gpu' && OFF_CARD), ...(root !== projectRoot && OWN_PYTHON) },
    cwd: root,
  };
}

/** Adds the fields that commits of 27 November expect, which read a byte per label. */
function oldProblem(problem: Problem): object {
  const { folder, x, y } = problem.data;
  const labels = join(folder, 'labels');
  const { buffer } = Uint8Array.from(readFileSync(join(folder, y.file)));
  writeWhole(labels, Uint8Array.from(new Int32Array(buffer)));
  const [samples] = y.shape;
  const images = join(folder, x[0]?.file ?? '');
  return { ...problem, images, labels, samples, units: 128, batch: problem.batchSize };
}
