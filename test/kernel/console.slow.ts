/** `jupyter console` on the kernel, in a terminal. */
import { ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { told } from './python';

const script = join(__dirname, 'console.py');
const steps = Array.from(readFileSync(script, 'utf8').matchAll(/^step\("([^"]+)"/gm), ([, name]) =>
  String(name),
);

describe('Jupyter’s console', () => {
  let seen: [step: string, came: boolean, seen: string][] = [];

  before(async function () {
    // No terminals are there.
    if (process.platform === 'win32') this.skip();
    seen = await told(script);
  });

  for (const name of steps) {
    it(name, () => {
      const [, came, shown] = seen.find(([step]) => step === name) ?? [];
      ok(came, shown);
    });
  }
});
