/** Runs the lesson and the tests in a fresh copy of the project, with one Node and one Python. */
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Interpreter } from '../project/python';
import type { Result } from './version-table';

/** The tests of all that depends on versions: engine, kernel, training, and the lesson. */
const CORE = [
  'test/digits/register.test.ts',
  'test/tools/setup/engine.slow.ts',
  'test/notebooks/lesson.system.ts',
  ...['digits/device', 'kernel', 'tfjs-graph'].map(
    folder => `test/${folder}/**/*.{test,system}.ts`,
  ),
];

export interface Pair {
  /** The project to copy, as it is committed. */
  readonly from: string;
  /** Where the copy goes; its log is beside it. */
  readonly to: string;
  /** The folder of `node`. */
  readonly bin: string;
  readonly python: Interpreter;
  readonly extent: Result['extent'];
  readonly keep: boolean;
  readonly say: (line: string) => void;
}

export async function runPair(pair: Pair): Promise<Result> {
  const { from, to, bin, python, extent, keep, say } = pair;
  const { execa } = await import('execa');
  const { stdout } = await execa(join(bin, 'node'), ['-p', 'process.versions.node']);
  const result = { node: stdout, python: python.version, extent };
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, '..'), { recursive: true });
  const log = createWriteStream(`${to}.log`);

  /** Runs a command with these versions. Returns what it printed and its seconds. */
  const run = async (program: string, args: string[], cwd: string) => {
    const began = Date.now();
    log.write(`$ ${[program, ...args].join(' ')}\n`);
    const child = execa(program, args, {
      cwd,
      env: environmentOf(bin, python.executable),
      all: true,
      stdin: 'ignore',
      reject: false,
    });
    child.all.pipe(log, { end: false });
    const { failed, all } = await child;
    const seconds = (Date.now() - began) / 1000;
    say(
      `${failed ? '✖' : '✔'} ${[program, ...args.slice(0, 2)].join(' ')}  ${seconds.toFixed(0)} s`,
    );
    return { failed, all, seconds };
  };

  try {
    const copied = await run('git', ['clone', '--quiet', from, to], from);
    const ready = !copied.failed && !(await run('npm', ['run', 'setup'], to)).failed;
    if (!ready) return result;
    const lesson = await run('npm', ['run', 'lesson'], to);
    const files = extent === 'core' ? ['--', ...CORE] : [];
    const tests = countsIn((await run('npm', ['test', ...files], to)).all);
    return { ...result, lesson: lesson.failed ? undefined : lesson.seconds, tests };
  } finally {
    log.end();
    if (!keep) rmSync(to, { recursive: true, force: true });
  }
}

/** Returns the environment of a command with these versions: nothing that names others. */
const environmentOf = (bin: string, python: string): Record<string, string | undefined> => ({
  PATH: [bin, process.env.PATH].join(delimiter),
  DIGITS_PYTHON: python,
  DIGITS_PYTHON_PREFIX: undefined,
  CONDA_PREFIX: undefined,
  NB_PYTHON_PREFIX: undefined,
  NODE_OPTIONS: undefined,
});

/** Reads the counts that the tests' reporter prints last. */
export function countsIn(output: string): Result['tests'] {
  const found = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  if (!found) return undefined;
  const [, passed, failed, skipped = 0] = found;
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}
