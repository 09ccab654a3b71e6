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
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { filesBelow } from '../../../lib/tools/project/files';
import { earlyTables } from '../../../lib/tools/project/language.mjs';
import { projectRoot } from '../../../lib/tools/project/paths';
import { pythonWithVenv } from '../../../lib/tools/setup/packages/pythons';
import { lockedRequirement, onlyFor } from '../../../lib/tools/setup/packages/requirements';
import { Uv } from '../../../lib/tools/setup/packages/uv';
import { temporaryFolder } from '../../folder';
import { Project } from './support';

describe('set-up by an index of packages', () => {
  if (process.platform === 'win32') return; // It has no scripts that start by themselves.

  const folder = temporaryFolder();
  const wheels = join(folder, 'wheels');
  const servers: Server[] = [];
  let project: Project;
  let python: string;
  /** The lock file of what the index has. */
  let lock: string;
  /** In its place, one that leaves open all that can be. */
  const umask = process.umask();
  before(async () => {
    process.umask(0);
    python = (await pythonWithVenv()).executable;
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
    for (const server of servers) server.close();
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

  async function listen(server: Server): Promise<number> {
    await new Promise<void>(settle => server.listen(0, '127.0.0.1', settle));
    servers.push(server);
    return (server.address() as AddressInfo).port;
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

  describe('that asks for a password', () => {
    const LOGIN = 'school:secret';
    const asked = new Set<string>();
    let index: string;
    before(async () => {
      const fetcher = join(folder, 'fetcher');
      execFileSync(python, ['-m', 'venv', fetcher]);
      const download = ['download', '--quiet', '--no-deps', '--dest', wheels, onlyFor('uv').spec];
      execFileSync(join(fetcher, 'bin', 'python'), ['-m', 'pip', ...download]);
      index = `http://${LOGIN}@127.0.0.1:${await listen(createServer(answer))}/simple/`;
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
      const config = join(project.root, '.config', 'pip', 'pip.conf');
      mkdirSync(dirname(config), { recursive: true });
      writeFileSync(config, `[global]\nindex-url = ${index}\n`);
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

  describe('that refuses, or a proxy that does', () => {
    const LOGIN = 'me:s%2Fecret%40';
    type Cause = (causes: typeof earlyTables.en.causes) => string;
    const wantsLogin =
      (...variables: string[]): Cause =>
      ({ proxyLogin }) =>
        proxyLogin(variables);

    /** Serves a refusal of all requests, those to connect as well. Returns its host and port. */
    async function always(status: number) {
      const body = '<html><h1>Log in</h1></html>';
      const server = createServer((_, response) => response.writeHead(status).end(body));
      server.on('connect', (_, socket) => {
        socket.on('error', () => {});
        socket.end(
          `HTTP/1.1 ${status} Refused\r\nProxy-Authenticate: Basic realm="school"\r\n` +
            `Content-Length: ${body.length}\r\n\r\n${body}`,
        );
      });
      return `127.0.0.1:${await listen(server)}`;
    }

    /** Runs set-up, then the doctor: both must say the same in either language. */
    async function refused(cause: Cause, env: Record<string, string>): Promise<void> {
      const { code, output } = await project.run('setup', [], env);
      equal(code, 1, output);
      ok(output.includes(cause(earlyTables.en.causes)), output);
      equal(/\n {4}at |could not be reached/.test(output), false, output);
      const found = await project.run('doctor', ['--lang', 'zh'], env);
      ok(found.output.includes(cause(earlyTables.zh.causes)), found.output);
      equal(/s(%2F|\/)ecret/i.test([kept(), output, found.output].join('\n')), false);
    }

    describe('npm', () => {
      const { npm_execpath = '' } = process.env;
      before(function () {
        if (!npm_execpath) this.skip(); // run by npm test, it is there
      });
      beforeEach(() => {
        project = new Project({ withPackages: false });
      });
      const own = () => ({ npm_execpath, npm_config_cache: join(project.root, 'cache') });

      it('is named with the variable of a proxy that wants a login', async () => {
        const HTTPS_PROXY = `http://${LOGIN}@${await always(407)}`;
        await refused(wantsLogin('HTTPS_PROXY'), { ...own(), HTTPS_PROXY });
      });

      it('ends where a proxy refuses all', async () => {
        const https_proxy = `http://${await always(403)}`;
        await refused(({ forbidden }) => forbidden, { ...own(), https_proxy });
      });
    });

    describe('uv and pip', () => {
      beforeEach(makeProject);
      const plain = { DIGITS_GPU: '0', SSL_CERT_FILE: process.env.SSL_CERT_FILE ?? '' };
      const useUv = async () =>
        symlinkSync((await Uv.ready(() => {})).program, join(project.bin, 'uv'));

      it('are named with a proxy that wants a login, at the download of uv', async () => {
        const PIP_PROXY = `http://${LOGIN}@${await always(407)}`;
        await refused(wantsLogin('PIP_PROXY'), { ...plain, PIP_PROXY });
      });

      it('are named with an index that wants a login', async () => {
        const PIP_INDEX_URL = `http://${LOGIN}@${await always(401)}/simple`;
        await refused(({ indexLogin }) => indexLogin, { ...plain, PIP_INDEX_URL });
        await useUv();
        await refused(({ indexLogin }) => indexLogin, { ...plain, PIP_INDEX_URL });
      });

      it('are named with a proxy of uv.toml that wants a login', async () => {
        await useUv();
        mkdirSync(join(project.root, '.config', 'uv'), { recursive: true });
        const settings = `https-proxy = "http://${LOGIN}@${await always(407)}"\n`;
        writeFileSync(join(project.root, '.config', 'uv', 'uv.toml'), settings);
        await refused(wantsLogin(), plain);
      });
    });
  });
});
