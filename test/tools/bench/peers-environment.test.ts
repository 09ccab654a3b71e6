import { equal, match } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requirePython } from '../../../lib/tools/bench/peers-environment';
import { pythonEnvironment } from '../../../lib/tools/project/paths';
import { temporaryFolder } from '../../folder';

describe("the peers' Python", () => {
  const folder = temporaryFolder();
  const given = process.env.DIGITS_PYTHON;
  before(function () {
    if (process.platform === 'win32') this.skip(); // It runs no scripts by themselves.
  });
  after(() => {
    if (given === undefined) delete process.env.DIGITS_PYTHON;
    else process.env.DIGITS_PYTHON = given;
  });

  it('must be new enough for them, and the message says how to name one', async () => {
    const refusal = (version: string) => {
      const executable = join(folder, `python-${version}`);
      const facts = { executable, version, packages: folder, venv: true, bits: 64 };
      writeFileSync(executable, `#!/bin/sh\necho '${JSON.stringify(facts)}'\n`, { mode: 0o755 });
      process.env.DIGITS_PYTHON = executable;
      return requirePython(pythonEnvironment(join(folder, 'none'))).then(
        () => '',
        (error: Error) => error.message,
      );
    };
    match(
      await refusal('3.10.14'),
      /need Python 3\.11 or newer, but 3\.10\.14 was found.*DIGITS_PYTHON=/,
    );
    equal(await refusal('3.13.1'), '');
  });
});
