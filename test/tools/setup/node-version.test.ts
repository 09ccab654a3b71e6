/** What the bootstrap takes for a fitting Node is what `engines` says, to npm and to who reads it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/tools/project/paths';

const manifest = (folder: string) =>
  JSON.parse(readFileSync(join(projectRoot, folder, 'package.json'), 'utf8'));
const root = manifest('.');

/** Whether a version is in a range of the form `^1.2.3 || >=4.5.6`. */
function isIn(version: string, range: string): boolean {
  const numbers = (text: string) => text.split('.').map(Number);
  const atLeast = ([a = 0, ...more]: number[], [b = 0, ...others]: number[]): boolean =>
    a !== b ? a > b : more.length === 0 || atLeast(more, others);
  return range.split(' || ').some(part => {
    const [, kind, least = ''] = /^(\^|>=)(\d+\.\d+\.\d+)$/.exec(part) ?? [];
    assert.ok(kind, `Expected ^1.2.3 or >=1.2.3, but found ${part}`);
    const sameMajor = numbers(version)[0] === numbers(least)[0];
    return atLeast(numbers(version), numbers(least)) && (kind === '>=' || sameMajor);
  });
}

/** Whether the bootstrap goes on in a Node that says it has this version. */
function starts(version: string): boolean {
  const versions = JSON.stringify({ ...process.versions, node: version });
  const pretend = `Object.defineProperty(process, 'versions', { value: ${versions} })`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`].concat(
      'lib/tools/bootstrap.mjs',
      'setup',
      '--help',
    ),
    { cwd: projectRoot, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  );
  if (status !== 0) assert.match(stderr, new RegExp(`newer is needed, but this is ${version}\\.`));
  return status === 0;
}

describe('the version of Node', () => {
  const versions = [
    '18.20.8',
    '20.18.3',
    '20.19.0',
    '20.99.1',
    '21.0.0',
    '21.7.3',
    '22.0.0',
  ].concat(...['22.11.0', '22.12.0', '22.99.0', '23.0.0', '24.0.0', '26.1.0']);
  it('fits where `engines` says so', () => {
    const fitting = versions.filter(version => isIn(version, root.engines.node));
    assert.ok(fitting.length > 3 && fitting.length < versions.length - 3);
    assert.deepEqual(versions.filter(starts), fitting);
  });

  it('is the same in every package that names one', () => {
    const named = (root.workspaces as string[]).map(manifest).filter(({ engines }) => engines);
    assert.ok(named.length > 0);
    for (const { name, engines } of named) assert.deepEqual(engines, root.engines, name);
  });
});
