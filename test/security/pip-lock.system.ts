/** pip's packages: each by its checksum, those included that others ask for. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonEnvironment } from '../../lib/tools/project/paths';
import { readEnvironment } from '../../lib/tools/setup/packages/environment-yml';
import { pipLock } from '../../lib/tools/setup/packages/pip';
import { Project, withoutNative } from '../tools/setup/support';

const run = promisify(execFile);

describe('pip’s packages', () => {
  it('stand in the lock file, all of environment.yml’s, each with checksums', () => {
    const lock = readFileSync(pipLock, 'utf8').replaceAll('\\\n', '').trim().split('\n');
    for (const line of lock) {
      assert.match(line, /^[\w.-]+(\[[\w,-]+\])?==[\w.]+ .*--hash=sha256:[0-9a-f]{64}/);
    }
    const versions = new Set(lock.map(line => line.split(' ')[0]?.toLowerCase()));
    for (const line of readEnvironment().pip) {
      const [spec = '', marker = ''] = line.split(';').map(part => part.trim());
      if (marker.includes("'bench'")) continue;
      assert.ok(versions.has(spec.toLowerCase()), spec);
      if (!spec.startsWith('tensorflow-cpu')) continue;
      assert.ok(versions.has(spec.replace('-cpu', '')), `${spec}, with CUDA`);
    }
  });

  it('are installed by that file', async function () {
    this.timeout(60_000);
    const project = new Project();
    try {
      project.python('python3', { version: '3.12.4' });
      const { code, output } = await project.run('setup', [], withoutNative);
      assert.equal(code, 0, output);
      const [installer = '', ...others] = project.pipCalls();
      const file = / --require-hashes --requirement (\S+)/.exec(installer)?.[1] ?? '';
      assert.match(
        readFileSync(file, 'utf8'),
        /^pip==[\d.]+( \\\n +--hash=sha256:[0-9a-f]{64})+\n$/,
      );
      assert.doesNotMatch(installer, /==/);
      assert.ok(others.length > 0);
      for (const call of others)
        assert.match(call, / --constraint \S*lib\/tools\/setup\/packages\/pip\.lock /);
    } finally {
      project.remove();
    }
  });

  it('are refused by pip where a checksum is another, or missing', async function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'digits-wheels-'));
    const python = pythonEnvironment().program('python');
    try {
      const { stdout } = await run(python, [join(__dirname, 'wheels.py'), folder]);
      const [tiny, small] = stdout.split('\n');
      const install = async (...lines: string[]) => {
        const lock = join(folder, 'lock');
        writeFileSync(lock, lines.join('\n'));
        const options = ['--no-index', '--find-links', folder, '--target', join(folder, 'to')];
        const given = ['--dry-run', '--constraint', lock, 'tiny==1.0'];
        const args = ['-m', 'pip', 'install', ...options, ...given];
        return (await run(python, args)).stdout;
      };
      const first = `tiny==1.0 --hash=sha256:${tiny}`;
      const second = `small==1.0 --hash=sha256:${small}`;
      assert.match(await install(first, second), /Would install .*tiny-1\.0/);
      const other = second.replace(/.{64}$/, '0'.repeat(64));
      await assert.rejects(install(first, other), /DO NOT MATCH THE HASHES/);
      await assert.rejects(install(first), /all requirements must have their versions pinned/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
