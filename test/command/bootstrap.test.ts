/** The start of every command, before a package is loaded: the version of Node, and the command line. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../lib/command/machine/paths';

const manifest = (folder: string) =>
  JSON.parse(readFileSync(join(projectRoot, folder, 'package.json'), 'utf8'));
const root = manifest('.');

/** Runs a command in a Node that reports this version. */
function run(args: readonly string[], { version = process.versions.node, LC_ALL = 'C' } = {}) {
  const versions = JSON.stringify({ ...process.versions, node: version });
  const pretend = `Object.defineProperty(process, 'versions', { value: ${versions} })`;
  const node = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];
  return spawnSync(process.execPath, [...node, 'lib/command/run.cjs', ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL },
  });
}

describe('the version of Node', () => {
  it('fits if `engines` says so, else a newer one is asked for', () => {
    equal(root.engines.node, '^20.19.0 || >=22.12.0');
    for (const version of ['20.19.0', '22.12.0']) {
      equal(run(['setup', '--help'], { version }).status, 0);
    }
    for (const version of ['20.18.3', '21.7.3', '22.11.0']) {
      const { status, stderr } = run(['setup', '--help'], { version });
      equal(status, 1);
      match(stderr, new RegExp(`^Node 20\\.19, 22\\.12 or newer .* this is ${version}\\.`));
    }
    match(run(['start'], { version: '18.0.0', LC_ALL: 'zh_CN' }).stderr, /^需要 Node 20\.19/);
  });

  it('is the same in every package that names one, and in the READMEs', () => {
    const manifests = (root.workspaces as string[]).map(manifest).filter(({ engines }) => engines);
    ok(manifests.length > 0);
    for (const { name, engines } of manifests) deepEqual(engines, root.engines, name);
    for (const name of ['README.md', 'README.zh.md']) {
      const text = readFileSync(join(projectRoot, name), 'utf8');
      const promise = /^.*Node\.js\]\(.*$/m.exec(text)?.[0] ?? '';
      for (const version of ['20.19', '22.12', '24', '3.10', '3.14']) {
        match(promise, new RegExp(`(?<![\\d.])${version}(?!\\d)`));
      }
    }
  });
});

describe('the command line', () => {
  it('ends with one message and exit code 1 at a wrong option, in the language that is asked for', () => {
    const { status, stderr } = run(['start', '--prot', '1']);
    equal(status, 1);
    match(stderr, /^\n✖ Unknown option --prot\.\n/);
    equal(/\bat .*\.(mjs|ts):\d/.test(stderr), false, stderr);
    match(run(['start', '--lang', 'zh', '--port', 'x']).stderr, /✖ --port 应当是 1 到 65535/);
    match(run(['start', '--prot'], { LC_ALL: 'zh_CN.UTF-8' }).stderr, /✖ 未知选项 --prot/);
  });

  it('names a command that no package has', () => {
    const { status, stderr } = run(['repot']);
    equal(status, 1);
    match(stderr, /^✖ No package in lib has the command repot\. .* git restore lib\n$/);
  });

  it('lists the options at --help', () => {
    const { status, stdout } = run(['start', '--help']);
    equal(status, 0);
    match(stdout, /^npm start -- \[options\]\n {2}--stage N.*\n {2}--port N/);
  });
});
