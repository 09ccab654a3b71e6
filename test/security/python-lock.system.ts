/** Python's packages: each by its checksum, those included that others ask for. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonEnvironment } from '../../lib/tools/project/paths';
import { allRequirements, onlyFor } from '../../lib/tools/setup/packages/environment-yml';
import { lockedRequirement, pythonLock } from '../../lib/tools/setup/packages/python-lock';
import { Uv } from '../../lib/tools/setup/packages/uv';
import { temporaryFolder } from '../folder';

describe('Python’s packages', () => {
  it('stand in the lock file, all of environment.yml’s, each with checksums', () => {
    const lock = readFileSync(pythonLock, 'utf8').replaceAll('\\\n', '').trim().split('\n');
    for (const line of lock) {
      assert.match(line, /^[\w.-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}/);
    }
    const versions = new Set(lock.map(line => line.split(' ')[0]?.toLowerCase()));
    for (const { spec, extras } of allRequirements()) {
      if (`${extras}` === 'bench') continue;
      assert.ok(versions.has(spec.toLowerCase()), spec);
    }
    assert.ok(lock.some(line => line.startsWith('nvidia-cudnn')));
    // uv itself is fetched by that, with any pip.
    assert.match(
      lockedRequirement(onlyFor('uv').spec),
      /^uv==[\d.]+( \\\n +--hash=sha256:[0-9a-f]{64})+\n$/,
    );
  });

  it('are refused if a checksum is another, or missing', async () => {
    const folder = temporaryFolder();
    const python = pythonEnvironment().program('python');
    const make = [join(__dirname, 'wheels.py'), folder];
    const [tiny, small] = execFileSync(python, make, { encoding: 'utf8' }).split('\n');
    const uv = await Uv.ready(() => {});
    const said = { title: 'Installing', log: 'test-lock' };
    const install = (...lines: string[]) => {
      const lock = join(folder, 'lock');
      writeFileSync(lock, lines.join('\n'));
      const from = ['--no-cache', '--no-index', '--find-links', folder];
      const checked = ['--python', python, '--require-hashes', '--constraint', lock];
      const to = ['--target', join(folder, 'to'), '--reinstall', 'tiny==1.0'];
      return uv.install([...from, ...checked, ...to], said, () => {});
    };
    const first = `tiny==1.0 --hash=sha256:${tiny}`;
    const second = `small==1.0 --hash=sha256:${small}`;
    const other = second.replace(/.{64}$/, '0'.repeat(64));
    await assert.rejects(install(first, other), /Hash mismatch for `small==1\.0`/);
    await assert.rejects(install(first), /no trusted hash was provided for: `small`/);
    await install(first, second);
  });
});
