/** Lists the rows of the benchmark, as `rows.yml` has them: the programs that train, and their command lines. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot, pythonEnvironment } from '../project/paths';
import type { Command } from './peer-process';

export interface Row {
  /** Its name for `--only`. */
  readonly name: string;
  readonly title: string;
  /** Starts it; undefined if this machine cannot run it. */
  readonly command: Command | undefined;
  /** The number of its processes in each turn; defaults to 1. */
  readonly processes?: number;
  /** Trains the lesson alone. */
  readonly isLesson?: true;
}

/** The peers' own environment, apart from the lesson's. */
export const benchPython = pythonEnvironment(join(projectRoot, '.venv-bench'));

const peerFile = (name: string) => join(projectRoot, 'lib', 'tools', 'bench', 'peers', name);

/** Hides the GPU from a process: only the rows that name it are measured on it. */
export const OFF_CARD = { CUDA_VISIBLE_DEVICES: '-1' };

type Entry = Omit<Row, 'command'> & {
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Command['env'];
};

const entries: readonly Entry[] = parse(readFileSync(join(__dirname, 'rows.yml'), 'utf8'));

/**
 * Lists the rows that train the lesson; those on the card only if there is one.
 *
 * @param native says whether this machine runs TensorFlow's library.
 */
export const lessonRows = (native: boolean, card?: string): Row[] =>
  entries.flatMap(({ title, file, args = [], env, ...row }) => {
    const engine = file === 'tfjs.ts' ? args.at(-1) : undefined;
    if (engine === 'gpu' && !card) return [];
    const loader = engine ? ['--require', require.resolve('tsx/cjs')] : [];
    const command: Command = {
      program: engine ? process.execPath : benchPython.program('python'),
      args: [...loader, peerFile(file), ...args],
      env: { ...(engine !== 'gpu' && OFF_CARD), ...env },
    };
    const runs = native || engine !== 'native';
    const named = title.replace('{card}', `${card}`);
    return [{ ...row, title: named, command: runs ? command : undefined }];
  });

/** Lists the rows that train any model. */
export const modelRows = (native: boolean, card?: string): Row[] =>
  lessonRows(native, card).filter(({ isLesson }) => !isLesson);
