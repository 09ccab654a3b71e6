/** Each message of set-up and the doctor that tells what is missing, and how to get it. */
import { doesNotMatch, equal, match } from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Project, withoutNative } from './support';

interface Refusal {
  /** What {@link Project} is made with. */
  readonly having?: ConstructorParameters<typeof Project>[0];
  /** Makes the trouble; returns the variables of set-up. */
  readonly make?: (project: Project) => Record<string, string> | Promise<Record<string, string>>;
  readonly args?: readonly string[];
  readonly says: RegExp;
}

const withPython =
  (version: string, more = {}) =>
  (project: Project) => {
    project.python('python3', { version, ...more });
    return {};
  };

const failing = (word: string, says: string) => (project: Project) => {
  project.python('python3', { version: '3.12.7' });
  return { ...withoutNative, FAKE_UV_FAIL: word, FAKE_UV_SAYS: says };
};

/** Makes the environment `made` in the place of `.venv`, with a change. */
const given = (change: (prefix: string, project: Project) => void) => async (project: Project) => {
  project.python('python3', { version: '3.12.7' });
  await project.succeeds('setup', [], withoutNative);
  const prefix = join(project.root, 'made');
  renameSync(project.venv, prefix);
  change(prefix, project);
  return withoutNative;
};

/** Told in English alone. */
const FOR_DEVELOPERS = 'a lock file without a version of environment.yml';

const refusals: Record<string, Refusal> = {
  'no Python': {
    says: /✖ No Python was found\. Install Python 3\.10 or newer \(.*apt install/,
  },
  'a Python that is too old': {
    make: withPython('3.9.18'),
    says: /Python 3\.9\.18 \(.*python3\) is too old\. Install Python 3\.10 or newer/,
  },
  'a Python without venv to fetch uv with': {
    having: { withUv: false },
    make: withPython('3.13.5', { venv: false }),
    says: /3\.13\.5 .* lacks the venv module\. .* python3-venv \(or python3\.13-venv\)/,
  },
  'a 32-bit Python': {
    make: withPython('3.12.0', { bits: 32 }),
    says: /is 32-bit; a 64-bit one is needed/,
  },
  'DIGITS_PYTHON that names nothing': {
    make: project => ({ ...withPython('3.12.0')(project), DIGITS_PYTHON: '/nowhere/python' }),
    says: /DIGITS_PYTHON is set to \/nowhere\/python, which is not a working Python/,
  },
  'a venv that fails': {
    make: failing('venv', 'It was not created'),
    says: /✖ Python environment \[.*\n\n✖ Python environment failed\.\n\nIt was not created\n\nFull log: .*build\/setup\/venv\.log$/m,
  },
  [FOR_DEVELOPERS]: {
    make: failing(
      'install',
      'all requirements must have a hash, but none were provided for: it==9',
    ),
    says: /Make .*python\.lock anew: npx tsx lib\/tools\/setup\/packages\/make-lock\.ts/,
  },
  'a full disk for a file of our own': {
    having: { withPackages: false },
    make: () => {
      const code = `const fs=process.getBuiltinModule('fs');
        fs.writeFileSync=()=>{throw Object.assign(Error('ENOSPC,write'),{code:'ENOSPC'})};
        process.getBuiltinModule('module').syncBuiltinESMExports()`;
      return { node: `--import data:text/javascript,${code.replace(/\s+/g, '%20')}` };
    },
    says: /\n✖ ENOSPC,write\nThe disk is full\. About 2\.5 GB/,
  },
  'npm’s packages unfinished': {
    make: project => {
      rmSync(join(project.root, 'node_modules', '.package-lock.json'));
      const script = 'console.error("asked for", process.argv[2]); process.exit(1);';
      return { npm_execpath: project.program('npm-cli.js', script) };
    },
    says: /Installing the npm packages failed\.\n\nasked for ci/,
  },
  'a given environment that lacks a version': {
    make: given(prefix => {
      const packages = join(prefix, 'site-packages');
      const plotly = readdirSync(packages).find(name => name.startsWith('plotly-')) ?? '';
      rmSync(join(packages, plotly), { recursive: true });
    }),
    args: ['--prefix', 'made'],
    says: /lacks plotly==[\d.]+\. Update it with\n {2}conda env update --file environment\.yml/,
  },
  'a given environment without a Python': {
    args: ['--prefix', 'empty'],
    make: () => withoutNative,
    says: /✖ There is no working Python in .*empty\. .*\n {2}conda env create --file environment/,
  },
  'a given environment whose Python is too old': {
    make: given((_, project) => project.python('../made/bin/python', { version: '3.9.1' })),
    args: ['--prefix', 'made'],
    says: /The Python in .*made is 3\.9\.1; 3\.10 or newer is needed/,
  },
};

describe('set-up', () => {
  let project: Project;
  afterEach(() => project?.remove());

  for (const [trouble, refusal] of Object.entries(refusals)) {
    it(`explains ${trouble}`, async () => {
      const { having, make, args = [], says } = refusal;
      project = new Project(having);
      const env = (await make?.(project)) ?? {};
      const { code, output } = await project.run('setup', [...args], env);
      equal(code, 1, output);
      match(output, says);
      equal(/\bat .*\.m?[jt]s:\d/.test(output), false, output);
      const log = /Full log: (.*)/.exec(output)?.[1];
      if (log) match(readFileSync(log, 'utf8'), /uv (venv|pip install)|npm error|asked for/);
      if (trouble === FOR_DEVELOPERS) return;
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
    const none = await project.run('doctor');
    match(none.output, /^✖ Python\n {2}→ No Python was found\. Install Python/m);
    const inChinese = await project.run('doctor', ['--lang', 'zh']);
    match(
      inChinese.output,
      /^✖ Python 环境：.*\.venv 中没有可运行的 Python\n {2}→ npm run setup$/m,
    );
    project.python('python3', { version: '3.12.7' });
    const { code, output } = await project.run('doctor');
    equal(code, 1);
    match(output, /^✔ Python: 3\.12\.7/m);
    for (const title of ['Python environment', 'Python packages', 'TypeScript kernel']) {
      match(output, new RegExp(`^✖ ${title}.*\\n {2}→ npm run setup$`, 'm'));
    }
  });

  it('says that the npm packages are missing before anything can be loaded', async () => {
    project = new Project({ withPackages: false });
    const { code, output } = await project.run('doctor');
    equal(code, 1);
    match(output, /^✔ Node .*\n✖ npm packages: missing or incomplete\n {2}→ npm run setup$/m);
  });
});
