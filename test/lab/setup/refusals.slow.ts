/** Each message of set-up and the doctor about a missing requirement. */
import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/command/machine/paths';
import paths from '../../../lib/command/messages/early/path.json';
import { earlyTables } from '../../../lib/command/output/language.mjs';
import { temporaryFolder } from '../../folder';
import { readData } from '../../texts';
import { Project, withoutNative } from './support';

interface Refusal {
  readonly having?: ConstructorParameters<typeof Project>[0];
  readonly python?: { readonly version: string };
  readonly made?: string;
  readonly npm?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly says: string;
  readonly forDevelopers?: boolean;
}

const refusals = readData<Readonly<Record<string, Refusal>>>('lab/setup/refusals.yml');

/** Makes the trouble; returns the variables of set-up. */
async function trouble(
  project: Project,
  { python, made, npm, env }: Refusal,
): Promise<Record<string, string>> {
  if (python) project.python('python3', python);
  if (npm) {
    rmSync(join(project.root, 'node_modules', '.package-lock.json'));
    return { npm_execpath: project.program('npm-cli.js', npm) };
  }
  if (made) {
    await project.succeeds('setup', [], withoutNative);
    const prefix = join(project.root, 'made');
    renameSync(project.venv, prefix);
    const packages = join(prefix, 'site-packages');
    const plotly = readdirSync(packages).find(name => name.startsWith('plotly-')) ?? '';
    if (made === 'lacks plotly') rmSync(join(packages, plotly), { recursive: true });
    else project.python('../made/bin/python', { version: '3.9.1' });
  }
  return { ...withoutNative, ...env };
}

describe('set-up', () => {
  let project: Project;
  afterEach(() => project?.remove());

  for (const [what, refusal] of Object.entries(refusals)) {
    it(`explains ${what}`, async () => {
      const { having, args = [], forDevelopers } = refusal;
      const says = new RegExp(refusal.says, 'm');
      project = new Project(having);
      const env = await trouble(project, refusal);
      const { code, output } = await project.run('setup', [...args], env);
      equal(code, 1, output);
      match(output, says);
      equal(/\bat .*\.m?[jt]s:\d/.test(output), false, output);
      const log = /Full log: (.*)/.exec(output)?.[1];
      if (log) match(readFileSync(log, 'utf8'), /uv (venv|pip install)|npm error|asked for/);
      if (forDevelopers) return;
      const inChinese = await project.run('setup', [...args, '--lang', 'zh'], env);
      equal(inChinese.code, 1);
      doesNotMatch(inChinese.output, says);
    });
  }
});

describe('npm run doctor', () => {
  let project: Project;
  afterEach(() => project?.remove());

  it('names each thing that is missing with its cure, and exits with 1', async () => {
    project = new Project();
    const result = await project.run('doctor');
    match(result.output, /^✖ Python\n {2}→ No Python was found\. Install Python/m);
    const inChinese = await project.run('doctor', ['--lang', 'zh']);
    match(
      inChinese.output,
      /^✖ Python 环境：.*\.venv 中没有可运行的 Python\n {2}→ npm run setup$/m,
    );
    project.python('python3', { version: '3.12.7' });
    const conflict = '{\n<<<<<<< HEAD\n "cells": []\n=======\n';
    writeFileSync(join(project.root, 'notebooks', 'lesson.en.ipynb'), conflict);
    const { code, output } = await project.run('doctor');
    equal(code, 1);
    match(output, /^✔ Python: 3\.12\.7/m);
    match(
      output,
      /^✖ Notebooks: .*: notebooks\/lesson\.en\.ipynb\n.* git checkout HEAD -- notebooks/m,
    );
    for (const title of ['Python environment', 'Python packages', 'TypeScript kernel']) {
      match(output, new RegExp(`^✖ ${title}.*\\n {2}→ npm run setup$`, 'm'));
    }
  });
});

describe('what lies outside the project', () => {
  let project: Project;
  afterEach(() => {
    project?.remove();
  });
  const variables = () => ({ PATH: `${project.bin}:${process.env.PATH}`, HOME: project.root });

  it('is a path with a character that cannot be used: named before anything is fetched', () => {
    project = new Project({ withPackages: false });
    for (const character of [':', '\\', '?', '*']) {
      const root = join(temporaryFolder(), `a${character}b`);
      cpSync(project.root, root, { recursive: true });
      for (const [LANG, text] of Object.entries(paths)) {
        const options = { cwd: root, env: { ...variables(), LANG }, encoding: 'utf8' } as const;
        const { status, stderr } = spawnSync('npm', ['run', '--silent', 'setup'], options);
        equal(status, 1, stderr);
        const message = text.replaceAll('CHARACTER', character).replace('FOLDER', root);
        equal(stderr, `\n✖ ${message}\n`);
      }
      equal(existsSync(join(root, 'build')), false);
    }
  });

  it('is an output that closes: the command completes', () => {
    const script = 'set -o pipefail; "$0" lib/command/run.cjs doctor | head -1';
    const options = { cwd: projectRoot, encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath], options);
    deepEqual([status, stderr], [0, '']);
  });

  it('is a folder of another account since a sudo: named with the command that takes it back', async function () {
    if (process.getuid?.() !== 0) this.skip(); // only root gives away
    project = new Project({ withPackages: false });
    const path = join(project.root, 'build', 'setup');
    mkdirSync(path, { recursive: true });
    const nobody = '65534';
    execFileSync('chown', [`${nobody}:${nobody}`, project.root]);
    const under = `/usr/bin/setpriv --reuid=${nobody} --regid=${nobody} --clear-groups`;
    const { code, output } = await project.run('setup', [], { under });
    equal(code, 1, output);
    const facts = { name: '', proxies: [], path };
    ok(output.includes(earlyTables.en.causes.notWritable(facts)), output);
  });
});
