/** `jupyter console` on the kernel, in a terminal. */
import { ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jupyterEnvironment } from '../../lib/tools/project/jupyter';
import { pythonEnvironment } from '../../lib/tools/project/paths';

const script = join(__dirname, 'console.py');
const steps = Array.from(readFileSync(script, 'utf8').matchAll(/^step\("([^"]+)"/gm), found =>
  String(found[1]),
);

describe('Jupyter’s console', function () {
  this.timeout(120_000);
  let told: [step: string, came: boolean, seen: string][] = [];

  before(async function () {
    // Where there are no terminals.
    if (process.platform === 'win32') this.skip();
    const python = pythonEnvironment().program('python');
    const env = jupyterEnvironment();
    const { stdout } = await promisify(execFile)(python, [script], { cwd: __dirname, env });
    told = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
  });

  for (const name of steps) {
    it(name, () => {
      const [, came, seen] = told.find(([step]) => step === name) ?? [];
      ok(came, seen);
    });
  }
});
