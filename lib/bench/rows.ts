/** Lists the rows of the benchmark from `rows.yml`: training programs with command lines. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from 'command/machine/paths';
import { readYaml } from 'command/machine/yaml';
import { Failure } from 'command/output/failure.mjs';
import { OWN_PYTHON } from './commit';
import type { Command } from './peer-process';

export interface Row {
  /** The name for `--only`. */
  readonly name: string;
  readonly title: string;
  /** The program's command line; undefined if this machine cannot run the program. */
  readonly command: Command | undefined;
  /** The number of processes in each turn; defaults to 1. */
  readonly processes?: number;
  /** Whether the program trains only the lesson's model. */
  readonly isLesson?: true;
}

/** The Python environment of the rows, separate from the lesson's. */
export const benchPython = pythonEnvironment(join(projectRoot, '.venv-bench'));

type Entry = Omit<Row, 'command'> & {
  readonly file: string;
  readonly args?: readonly string[];
};

const entries = readYaml<Entry[]>(join(__dirname, 'rows.yml'));

/**
 * Lists the rows for the lesson; rows on the graphics card only if `card` names one.
 *
 * @param native whether this machine runs TensorFlow's library.
 * @param root the folder of this tree or of another commit.
 */
export const lessonRows = (native: boolean, card?: string, root = projectRoot): Row[] =>
  entries.flatMap(({ title, file, args = [], ...row }) => {
    const engine = file === 'tfjs.ts' ? args.at(-1) : undefined;
    if (engine === 'gpu' && !card) return [];
    // Hides the card from other rows.
    const env = {
      ...(engine !== 'gpu' && { CUDA_VISIBLE_DEVICES: '-1' }),
      ...(root !== projectRoot && OWN_PYTHON),
    };
    const program = engine ? process.execPath : benchPython.program('python');
    const start = engine ? nodeArguments(root) : [join(__dirname, 'peers', file)];
    const command = { program, args: [...start, ...args], env, cwd: root };
    const isAble = native || engine !== 'native';
    return {
      ...row,
      title: title.replace('{card}', `${card}`),
      command: isAble ? command : undefined,
    };
  });

export const modelRows = (...machine: Parameters<typeof lessonRows>): Row[] =>
  lessonRows(...machine).filter(({ isLesson }) => !isLesson);

/** The path of the training program in TensorFlow.js, and the path in commits until December 2026. */
const PEER_FILES = ['lib/bench/peers/tfjs.ts', 'lib/tools/bench/peers/tfjs.ts'];

/**
 * Returns Node's arguments to run a tree's training program with the tree's packages. Throws a Failure if the tree has
 * no such program.
 */
export function nodeArguments(root: string): string[] {
  const file = PEER_FILES.map(path => join(root, path)).find(path => existsSync(path));
  if (!file)
    throw new Failure(
      `Expected a program that trains: ${PEER_FILES[0]}. Received: ${root}, which lacks it. Compare with a commit that has one.`,
    );
  return ['--require', createRequire(join(root, 'package.json')).resolve('tsx/cjs'), file];
}
