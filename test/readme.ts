/** The programs of a package's README, as they stand. */
import { equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { put } from './folder';
import { readText } from './texts';

const run = promisify(execFile);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

/**
 * Runs them in a project that has the package, and compares the output with the comments.
 *
 * @param node the program and arguments that run them; TypeScript is compiled first, under `strict`.
 */
export async function runReadme(
  name: string,
  cwd: string,
  { node = [process.execPath], env = {} }: { node?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const programs = readText(`lib/${name}/README.md`).matchAll(/```[jt]s\n\/\/ (\S+)\n(.*?)```/gs);
  const files: string[] = [];
  for (const [, file = '', code = ''] of programs) {
    put(cwd, [[file, code]]);
    const options = ['--strict', '--skipLibCheck', '--target', 'es2022', '--lib', 'es2022,dom'];
    const compile = [tsc, ...options, '--module', 'nodenext', file];
    if (file.endsWith('.mts')) await run(process.execPath, compile, { cwd });
    const [program = '', ...args] = [...node, file.replace('.mts', '.mjs')];
    const { stdout } = await run(program, args, { cwd, env: { ...process.env, ...env } });
    const expected = Array.from(code.matchAll(/console\.log\(.*\/\/ (.*)/g), ([, text = '']) =>
      text.replace(/[[\].]/g, '\\$&').replaceAll('…', '.*'),
    );
    ok(expected.length > 0, file);
    match(stdout, RegExp(`^${expected.join('\\n')}$`, 'm'));
    files.push(file);
  }
  equal(files.length, 2, String(files));
}
