import { deepEqual, equal } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/command/machine/paths';
import { diagnose, programFailure, recordedCause } from '../../../lib/command/output/failure.mjs';
import { earlyTables } from '../../../lib/command/output/language.mjs';
import { temporaryFolder } from '../../folder';
import { inBoth } from '../../language';
import { readData } from '../../texts';

/** Outputs of programs, and the expected explanations. */
const SAID = readData<[cause: keyof typeof earlyTables.en.causes, says: string][]>(
  'command/output/failure.yml',
);

describe('the cause of a failed install', () => {
  for (const [cause, says] of SAID) {
    it(`is told of “${says}”`, () =>
      equal(diagnose(`at first\n${says}\nat last`, {})?.name, cause));
  }

  it('is a proxy that was not found, also if npm was ended before it named it', () => {
    const says = 'npm http fetch GET https://index.example/x attempt 1 failed with ENOTFOUND';
    const { name } = diagnose(says, { HTTPS_PROXY: 'http://proxy.invalid:3128' }) ?? {};
    equal(name, 'proxyDown');
  });

  it('is the disk of a copy’s target, or of the project if no path is given', () => {
    const folder = temporaryFolder();
    const copy = `ENOSPC: no space left on device, copyfile '/usr/bin/env' -> '${folder}/env'`;
    equal(diagnose(copy, {})?.folder, folder);
    const env = { npm_config_cache: folder };
    equal(diagnose('ENOSPC: no space left on device, write', env)?.folder, projectRoot);
  });

  it('is left open where nobody knows', () => {
    equal(diagnose('Something new, of 407 lines'), undefined);
    const { message } = programFailure('It', 'Something new\n', '/nowhere/log');
    equal(message, 'It failed.\n\nSomething new\n\nFull log: /nowhere/log');
  });

  it('stays known by the log, in each language, until another run has written there', () => {
    const log = join(temporaryFolder(), 'npm.log');
    equal(recordedCause(log), undefined);
    writeFileSync(log, 'npm error E401\n');
    equal(recordedCause(log), undefined);
    programFailure('It', 'npm error E401\n', log);
    const { en, zh } = earlyTables;
    deepEqual(
      inBoth(() => recordedCause(log)),
      { zh: zh.causes.indexLogin, en: en.causes.indexLogin },
    );
    writeFileSync(log, `${readFileSync(log)}$ uv pip install\n`);
    equal(recordedCause(log), undefined);
  });
});
