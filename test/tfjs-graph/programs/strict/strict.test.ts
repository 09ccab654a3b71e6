/**
 * An ordinary program compiles without casts after importing the package; `package.system.ts` tests all module
 * resolutions.
 */
import { equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
const program = readFileSync(join(__dirname, 'program.ts'), 'utf8');

/** Returns the errors that TypeScript finds in a program in this folder. */
function compile(text: string): string {
  const path = join(__dirname, 'try.ts');
  const options = ['--strict', '--noEmit', '--skipLibCheck', '--ignoreConfig', '--types', 'node'];
  const modules = ['--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'];
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

it('a strict program without casts compiles with the package, and not without it', () => {
  equal(compile(program), '');
  const errors = compile(program.replace("import 'tfjs-graph';", ''));
  match(errors, /TS2339: Property 'argMax'.*\n(.*\n)*.*TS2488/);
});
