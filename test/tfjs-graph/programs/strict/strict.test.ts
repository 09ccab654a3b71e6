/** An ordinary program compiles without casts once it imports the package. */
import { equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
const program = readFileSync(join(__dirname, 'program.ts'), 'utf8');

/** Returns the errors that TypeScript finds in a program in this folder. */
function compile(file: string, text: string, resolution: string): string {
  const path = join(__dirname, file);
  const module = resolution === 'bundler' ? 'esnext' : resolution;
  const options = ['--strict', '--noEmit', '--skipLibCheck', '--ignoreConfig', '--types', 'node'];
  const modules = ['--target', 'es2022', '--module', module, '--moduleResolution', resolution];
  writeFileSync(path, text);
  try {
    return execFileSync(process.execPath, [tsc, ...options, ...modules, path], {
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  } finally {
    rmSync(path);
  }
}

describe('a strict program without casts', () => {
  for (const [file, resolution] of [
    ['try.mts', 'node16'],
    ['try.cts', 'node16'],
    ['try.ts', 'bundler'],
  ] as const) {
    it(`compiles as ${file} with the package`, () => {
      equal(compile(file, program, resolution), '');
    });
  }

  it('does not compile without it', () => {
    const errors = compile('try.ts', program.replace("import 'tfjs-graph';", ''), 'bundler');
    match(errors, /TS2339: Property 'argMax'.*\n(.*\n)*.*TS2488/);
  });
});
