/**
 * A school's own package index, with a password, that all Python packages must come from, uv included; and indexes and
 * proxies that refuse. No password is shown or stored.
 */
import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { filesBelow } from '../../../lib/command/machine/files';
import { projectRoot } from '../../../lib/command/machine/paths';
import { earlyTables } from '../../../lib/command/output/language.mjs';
import { canFetchUv, findPython } from '../../../lib/lab/setup/packages/pythons';
import { lockedRequirement, packageOf } from '../../../lib/lab/setup/packages/requirements';
import { Uv } from '../../../lib/lab/setup/packages/uv';
import { put, temporaryFolder } from '../../folder';
import { closeMirrors, mirror } from '../../mnist-data-loader/support';
import { readData } from '../../texts';
import { type Behaviour, closeServers, serve } from './servers';
import { Project } from './support';

const INSTALLERS = ['npm', 'uv', 'pip'] as const;
type Installer = (typeof INSTALLERS)[number];
type Cause = keyof typeof earlyTables.en.causes;

interface Refusal {
  readonly index?: Behaviour | string;
  readonly proxy?: Behaviour | string;
  readonly trusted?: boolean;
  readonly env?: Record<string, string>;
  readonly cause: Cause | Partial<Record<Installer, Cause>>;
}

const refusals = readData<Record<string, Refusal>>('lab/setup/indexes.yml');

describe('set-up by a package index', () => {
  if (process.platform === 'win32') return; // It cannot start scripts directly.

  const folder = temporaryFolder();
  const wheels = join(folder, 'wheels');
  const { npm_execpath = '' } = process.env; // npm test sets it
  let project: Project;
  let python: string;
  /** The lock file of the index. */
  let lock: string;
  before(async () => {
    python = (await findPython(canFetchUv)).executable;
    mkdirSync(wheels);
    const maker = join(projectRoot, 'test', 'security', 'wheels.py');
    const sums = execFileSync(python, [maker, wheels], { encoding: 'utf8' }).split('\n');
    const packages = ['tiny', 'small'].map((name, i) => `${name}==1.0 --hash=sha256:${sums[i]}`);
    const specs = [`tensorflow-cpu==${packageOf('engine').version}`, packageOf('uv').spec];
    lock = [...packages, ...specs.map(spec => lockedRequirement(spec).trim()), ''].join('\n');
  });
  afterEach(() => {
    project?.remove();
    closeServers();
  });
  after(closeMirrors);

  /** Creates a project without npm packages, or with only `tiny` and its dependency. */
  async function makeProject(installer: Installer): Promise<void> {
    const forNpm = installer === 'npm';
    project = new Project({ withPackages: !forNpm, withUv: false });
    if (forNpm) return;
    symlinkSync(python, join(project.bin, 'python3'));
    if (installer === 'uv')
      symlinkSync((await Uv.ready(() => {})).program, join(project.bin, 'uv'));
    const extras = (['uv', 'engine'] as const).map(
      name => `${packageOf(name).spec}; extra == '${name}'`,
    );
    const environment = { dependencies: [{ pip: ['tiny==1.0', ...extras] }] };
    put(project.root, [
      ['environment.yml', JSON.stringify(environment)],
      ['lib/lab/setup/packages/python.lock', lock],
    ]);
  }

  /** Asserts that no output and no file of set-up holds the password, and that only the user can read the logs. */
  function assertSecret(password: RegExp, ...outputs: string[]): void {
    const files = filesBelow(join(project.root, 'build', 'setup'));
    const logs = files
      .filter(name => name.endsWith('.log'))
      .map(name => join(project.root, 'build', 'setup', name));
    ok(logs.length > 0);
    deepEqual(
      logs.filter(file => statSync(file).mode & 0o077),
      [],
    );
    for (const text of [...outputs, ...logs.map(file => readFileSync(file, 'latin1'))]) {
      doesNotMatch(text, password);
    }
  }

  it('takes npm’s packages only from the index of the user’s .npmrc, with its login', async function () {
    if (!npm_execpath) this.skip();
    const requests = new Set<string>();
    const { url: registry } = await mirror(({ headers, url = '' }, response) => {
      requests.add(`${headers.authorization} ${url.split('/')[1]}`);
      response.writeHead(404).end();
    });
    await makeProject('npm');
    const token = `${registry.replace('http:', '')}mine/:_authToken=\${SCHOOL}`;
    const lines = [`registry=${registry}mine/`, token, 'omit=optional', 'package-lock=false'];
    put(project.root, [['home/.npmrc', `${lines.join('\n')}\nbefore=2015-01-01\n`]]);
    const { output } = await project.run('setup', [], {
      ...{ npm_execpath, SCHOOL: 'secret', HOME: join(project.root, 'home') },
      ...{ npm_config_cache: join(project.root, 'cache'), npm_config_global: 'true' },
    });
    ok(output.includes(earlyTables.en.causes.notInIndex), output);
    deepEqual([...requests], ['Bearer secret mine']);
    assertSecret(/secret/, output);
  });

  describe('that asks for a password', () => {
    const LOGIN = 'school:secret';
    const requests = new Set<string>();
    let index: string;
    before(async () => {
      const fetcher = join(folder, 'fetcher');
      execFileSync(python, ['-m', 'venv', fetcher]);
      const download = ['download', '--quiet', '--no-deps', '--dest', wheels, packageOf('uv').spec];
      execFileSync(join(fetcher, 'bin', 'python'), ['-m', 'pip', ...download]);
      const { url } = await mirror(answer);
      index = `${url.replace('//', `//${LOGIN}@`)}simple/`;
    });

    const answer: RequestListener = ({ url = '', headers }, response) => {
      const login = Buffer.from(headers.authorization?.replace('Basic ', '') ?? '', 'base64');
      if (String(login) !== LOGIN) return response.writeHead(401).end();
      const [, where, name = ''] = url.split('/');
      if (where === 'files') return response.end(readFileSync(join(wheels, name)));
      requests.add(name);
      const matches = readdirSync(wheels).filter(wheel => wheel.startsWith(`${name}-`));
      response.setHeader('content-type', 'text/html');
      response.end(matches.map(wheel => `<a href="/files/${wheel}">${wheel}</a>`).join(''));
    };

    it('provides uv and all packages, by the user’s pip.conf', async () => {
      await makeProject('pip');
      put(project.root, [
        ['.config/pip/pip.conf', `[global]\nindex-url = ${index}\nuser = true\n`],
      ]);
      const output = await project.succeeds('setup', [], { DIGITS_NATIVE: '0' });
      match(output, /✔ Python packages: 2 packages/);
      deepEqual([...requests].sort(), ['small', 'tiny', 'uv']);
      assertSecret(/school:secret/, output);
    });

    it('provides the packages to uv, by the user’s uv.toml', async () => {
      await makeProject('uv');
      put(project.root, [['.config/uv/uv.toml', `[[index]]\nurl = "${index}"\ndefault = true\n`]]);
      const output = await project.succeeds('setup', [], { DIGITS_NATIVE: '0' });
      match(output, /✔ Python packages: 2 packages/);
      assertSecret(/school:secret/, output);
    });

    it('is refused if a package differs from the lock file', async () => {
      await makeProject('pip');
      const file = join(project.root, 'lib/lab/setup/packages/python.lock');
      writeFileSync(file, lock.replace(/(small==.*sha256:)../, '$100'));
      const env = { DIGITS_NATIVE: '0', PIP_INDEX_URL: index };
      const { code, output } = await project.run('setup', [], env);
      equal(code, 1, output);
      match(output, /[Hh]ash mismatch for `?small/);
    });
  });

  describe('that fails, or through a proxy that fails', () => {
    const LOGIN = 'me:s%2Fecret%40';

    async function addressOf(what: Behaviour | string): Promise<string> {
      if (typeof what === 'string') return what.replace('PLAIN', await serve({}, folder));
      return `http${what.certificate ? 's' : ''}://${await serve(what, folder)}`;
    }

    /** Returns the variables of set-up, and the facts for the text of the cause. */
    async function prepare({ index = 'https://index.example', proxy, trusted, env }: Refusal) {
      const address = await addressOf(index);
      const through = proxy && (await addressOf(proxy));
      const file = join(folder, `${(index as Behaviour).certificate}.pem`);
      const variables = {
        ...{ DIGITS_GPU: '0', npm_execpath, npm_config_cache: join(project.root, 'cache') },
        ...{ npm_config_registry: address, PIP_INDEX_URL: `${address}/simple` },
        ...{ npm_config_fetch_timeout: '60000', npm_config_fetch_retries: '1' },
        ...{ PIP_TIMEOUT: '2', PIP_RETRIES: '1', ...env },
        ...(trusted && { NODE_EXTRA_CA_CERTS: file, PIP_CERT: file }),
        ...(through && { HTTPS_PROXY: through.replace('://', `://${LOGIN}@`) }),
      };
      const proxies = through ? [`HTTPS_PROXY (${through})`] : [];
      return { variables, facts: { host: new URL(address).host, proxies } };
    }

    for (const [title, refusal] of Object.entries(refusals)) {
      for (const installer of INSTALLERS) {
        const { cause: causes } = refusal;
        const cause = typeof causes === 'string' ? causes : causes[installer];
        if (!cause) continue;
        it(`names ${title}, by ${installer}`, async function () {
          if (installer === 'npm' && !npm_execpath) this.skip();
          await makeProject(installer);
          const { variables, facts } = await prepare(refusal);
          const { code, output } = await project.run('setup', [], variables);
          equal(code, 1, output);
          const text = earlyTables.en.causes[cause];
          const message = typeof text === 'function' ? text({ name: cause, ...facts }) : text;
          // The time of day may change between the two.
          const timeless = (text: string) => text.replace(/\d+:\d\d:\d\d/g, '');
          ok(timeless(output).includes(timeless(message)), output);
          doesNotMatch(output, /^(npm error)? +at /m);
          assertSecret(/s(%2F|\/)ecret/i, output);
        });
      }
    }
  });
});
