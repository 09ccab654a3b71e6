/**
 * A school's own index of packages, with a password, from which all of the Python side must come, uv
 * included; and proxies and indexes that refuse. No password is shown or kept.
 */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { filesBelow } from '../../../lib/tools/project/files';
import { earlyTables } from '../../../lib/tools/project/language.mjs';
import { projectRoot } from '../../../lib/tools/project/paths';
import { fetchesUv, findPython } from '../../../lib/tools/setup/packages/pythons';
import { lockedRequirement, onlyFor } from '../../../lib/tools/setup/packages/requirements';
import { Uv } from '../../../lib/tools/setup/packages/uv';
import { put, temporaryFolder } from '../../folder';
import { closeMirrors, mirror } from '../../mnist-data-loader/support';
import { readData } from '../../texts';
import { type Behaviour, closeServers, serve } from './servers';
import { Project } from './support';

describe('set-up by an index of packages', () => {
  if (process.platform === 'win32') return; // It has no scripts that start by themselves.

  const folder = temporaryFolder();
  const wheels = join(folder, 'wheels');
  let project: Project;
  let python: string;
  /** The lock file of what the index has. */
  let lock: string;
  /** In its place, one that leaves open all that can be. */
  const umask = process.umask();
  before(async () => {
    process.umask(0);
    python = (await findPython(fetchesUv)).executable;
    mkdirSync(wheels);
    const maker = join(projectRoot, 'test', 'security', 'wheels.py');
    const sums = execFileSync(python, [maker, wheels], { encoding: 'utf8' }).split('\n');
    const own = ['tiny', 'small'].map((name, i) => `${name}==1.0 \\\n    --hash=sha256:${sums[i]}`);
    const specs = [`tensorflow-cpu==${onlyFor('engine').version}`, onlyFor('uv').spec];
    const given = specs.map(spec => lockedRequirement(spec).trim());
    lock = `${[...own, ...given].join('\n')}\n`;
  });
  afterEach(() => project?.remove());
  after(() => {
    process.umask(umask);
    return closeMirrors();
  });

  /** Makes a project that is to install `tiny` alone, with what that asks for. */
  function makeProject(): void {
    project = new Project({ withUv: false });
    symlinkSync(python, join(project.bin, 'python3'));
    const environment = join(project.root, 'environment.yml');
    const [before = ''] = readFileSync(environment, 'utf8').split('  - pip:\n');
    const [uv, engine] = [onlyFor('uv').spec, onlyFor('engine').spec];
    const lines = ['tiny==1.0', `${uv}; extra == 'uv'`, `${engine}; extra == 'engine'`];
    writeFileSync(
      environment,
      [`${before}  - pip:`, ...lines.map(each => `    - ${each}`)].join('\n'),
    );
    writeFileSync(join(project.root, 'lib/tools/setup/packages/python.lock'), lock);
  }

  /** What set-up has left in its logs and elsewhere; the logs are for nobody else to read. */
  const kept = () => {
    const files = ['build/setup', '.venv'].flatMap(folder => {
      const place = join(project.root, folder);
      return existsSync(place) ? filesBelow(place).map(name => join(place, name)) : [];
    });
    const open = files.filter(file => /\.(log|toml)$/.test(file) && statSync(file).mode & 0o077);
    deepEqual(open, []);
    ok(files.some(file => file.endsWith('.log')));
    const shared = files.filter(file => statSync(file).mode & 0o077 || file.endsWith('.log'));
    return shared.map(file => readFileSync(file, 'latin1')).join('\n');
  };

  it('is led there with npm by the user’s .npmrc, with a login, and nowhere else', async function () {
    const { npm_execpath = '' } = process.env;
    if (!npm_execpath) this.skip(); // run by npm test, it is there
    const asked = new Set<string>();
    const { url: registry } = await mirror(({ headers, url = '' }, response) => {
      asked.add(`${headers.authorization} ${url.split('/')[1]}`);
      response.writeHead(404).end();
    });
    project = new Project({ withPackages: false });
    const own = registry.replace('http:', '');
    const lines = [`registry=${registry}mine/`, `${own}mine/:_authToken=\${SCHOOL}`];
    const odd = ['global', 'dry-run', 'package-lock-only', 'workspaces', 'include'];
    put(project.root, [
      [
        '.npmrc-of-mine',
        [...lines, ...odd.map(name => `${name}=true`), 'prefix=/nowhere'].join('\n'),
      ],
    ]);
    const npm_config_userconfig = join(project.root, '.npmrc-of-mine');
    const more = { npm_config_cache: join(project.root, 'cache'), npm_config_global: 'true' };
    const { output } = await project.run('setup', [], {
      ...{ npm_execpath, npm_config_userconfig, SCHOOL: 'secret' },
      ...more,
    });
    ok(output.includes(earlyTables.en.causes.notInIndex), output);
    deepEqual([...asked], ['Bearer secret mine']);
    const left = execFileSync('ls', [join(project.root, 'build', 'setup')], { encoding: 'utf8' });
    equal(left.includes('npmrc'), false, left);
  });

  describe('that asks for a password', () => {
    const LOGIN = 'school:secret';
    const asked = new Set<string>();
    let index: string;
    before(async () => {
      const fetcher = join(folder, 'fetcher');
      execFileSync(python, ['-m', 'venv', fetcher]);
      const download = ['download', '--quiet', '--no-deps', '--dest', wheels, onlyFor('uv').spec];
      execFileSync(join(fetcher, 'bin', 'python'), ['-m', 'pip', ...download]);
      const { url } = await mirror(answer);
      index = `${url.replace('//', `//${LOGIN}@`)}simple/`;
    });

    const answer: RequestListener = ({ url = '', headers }, response) => {
      const login = Buffer.from(headers.authorization?.replace('Basic ', '') ?? '', 'base64');
      if (String(login) !== LOGIN) return response.writeHead(401).end();
      const [, where, name = ''] = url.split('/');
      if (where === 'files') return response.end(readFileSync(join(wheels, name)));
      asked.add(name);
      const named = readdirSync(wheels).filter(wheel => wheel.startsWith(`${name}-`));
      response.setHeader('content-type', 'text/html');
      response.end(named.map(wheel => `<a href="/files/${wheel}">${wheel}</a>`).join(''));
    };

    it('serves uv and all packages, by the user’s pip.conf', async () => {
      makeProject();
      put(project.root, [['.config/pip/pip.conf', `[global]\nindex-url = ${index}\n`]]);
      const output = await project.succeeds('setup', [], { DIGITS_NATIVE: '0' });
      match(output, /✔ Python packages: 2 packages/);
      deepEqual([...asked].sort(), ['small', 'tiny', 'uv']);
      equal(`${output}${kept()}`.includes('school:secret'), false);
    });

    it('is refused a package that is another than that of the lock file', async () => {
      makeProject();
      const file = join(project.root, 'lib/tools/setup/packages/python.lock');
      writeFileSync(file, lock.replace(/(small==.*\n.*sha256:)../, '$100'));
      const env = { DIGITS_NATIVE: '0', PIP_INDEX_URL: index };
      const { code, output } = await project.run('setup', [], env);
      equal(code, 1, output);
      match(output, /[Hh]ash mismatch for `?small/);
    });
  });

  describe('that fails, or a proxy before it', () => {
    const LOGIN = 'me:s%2Fecret%40';
    const INSTALLERS = ['npm', 'uv', 'pip'] as const;
    type Installer = (typeof INSTALLERS)[number];
    type Name = keyof typeof earlyTables.en.causes;
    interface Case {
      readonly index?: Behaviour | string;
      readonly proxy?: Behaviour | string;
      readonly trusted?: boolean;
      readonly env?: Record<string, string>;
      readonly cause: Name | Partial<Record<Installer, Name>>;
    }
    const { npm_execpath = '' } = process.env;
    afterEach(closeServers);

    /** Serves what is to be served. Returns its address. */
    async function addressOf(what: Behaviour | string): Promise<string> {
      if (typeof what === 'object') {
        return `http${what.certificate ? 's' : ''}://${await serve(what, folder)}`;
      }
      return what.includes('PLAIN') ? what.replace('PLAIN', await serve({}, folder)) : what;
    }

    async function prepare(installer: Installer): Promise<Record<string, string>> {
      if (installer === 'npm') {
        project = new Project({ withPackages: false });
        return { npm_execpath, npm_config_cache: join(project.root, 'cache') };
      }
      makeProject();
      if (installer === 'pip') return {};
      symlinkSync((await Uv.ready(() => {})).program, join(project.bin, 'uv'));
      return {};
    }

    /** Says each cause as it is to be told, whatever the minute that the clock is at. */
    const timeless = (text: string) => text.replace(/\d+:\d\d:\d\d/g, '');

    for (const [what, each] of Object.entries(
      readData<Record<string, Case>>('tools/setup/indexes.yml'),
    )) {
      for (const installer of INSTALLERS) {
        const cause = typeof each.cause === 'string' ? each.cause : each.cause[installer];
        if (!cause) continue;
        it(`is told of ${what}, by ${installer}`, async function () {
          if (installer === 'npm' && !npm_execpath) this.skip(); // run by npm test, it is there
          const own = await prepare(installer);
          const address = await addressOf(each.index ?? 'https://index.example');
          const proxy = each.proxy && (await addressOf(each.proxy));
          const file = join(folder, `${(each.index as Behaviour)?.certificate}.pem`);
          const env = {
            ...{ DIGITS_GPU: '0', ...own },
            ...{ npm_config_registry: address, PIP_INDEX_URL: `${address}/simple` },
            ...{ npm_config_fetch_timeout: '60000', npm_config_fetch_retries: '1' },
            ...{ PIP_TIMEOUT: '2', PIP_RETRIES: '1', ...each.env },
            ...(each.trusted && { NODE_EXTRA_CA_CERTS: file, PIP_CERT: file }),
            ...(proxy && { HTTPS_PROXY: proxy.replace('://', `://${LOGIN}@`) }),
          };
          const facts = {
            name: cause,
            host: new URL(address).host,
            proxies: proxy ? [`HTTPS_PROXY (${proxy})`] : [],
          };
          const told = (language: 'en' | 'zh') => {
            const text = earlyTables[language].causes[cause];
            const sayings = [facts, { ...facts, host: undefined }].map(each =>
              timeless(typeof text === 'function' ? text(each) : text),
            );
            // npm does not say whose package has broken off.
            return (each.index as Behaviour)?.files ? sayings : sayings.slice(0, 1);
          };
          const { code, output } = await project.run('setup', [], env);
          equal(code, 1, output);
          ok(
            told('en').some(text => timeless(output).includes(text)),
            output,
          );
          equal(/^(npm error)? +at /m.test(output), false, output);
          const found = await project.run('doctor', ['--lang', 'zh'], env);
          ok(
            told('zh').some(text => timeless(found.output).includes(text)),
            found.output,
          );
          equal(/s(%2F|\/)ecret/i.test([kept(), output, found.output].join('\n')), false);
        });
      }
    }
  });
});
