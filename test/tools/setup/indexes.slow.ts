/**
 * A school's own index of packages, with a password and a certificate that nobody else knows, from which
 * all of the Python side must come, uv included; and proxies and indexes that refuse. No password is
 * shown or kept.
 */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { earlyTables } from '../../../lib/tools/project/language.mjs';
import { projectRoot } from '../../../lib/tools/project/paths';
import { onlyFor } from '../../../lib/tools/setup/packages/environment-yml';
import { lockedRequirement } from '../../../lib/tools/setup/packages/python-lock';
import { pythonWithVenv } from '../../../lib/tools/setup/packages/pythons';
import { findUv } from '../../../lib/tools/setup/packages/uv';
import { temporaryFolder } from '../../folder';
import { Project } from './support';

describe('set-up by an index of packages', () => {
  if (process.platform === 'win32') return; // It has no scripts that start by themselves.

  const folder = temporaryFolder();
  const file = (name: string) => join(folder, name);
  const wheels = file('wheels');
  const servers: Server[] = [];
  let project: Project;
  let python: string;
  /** The lock file of what the index has. */
  let lock: string;
  before(async () => {
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

  const kept = () => {
    const logs = join(project.root, 'build', 'setup');
    const names = readdirSync(logs).filter(name => name.endsWith('.log'));
    return names.map(name => readFileSync(join(logs, name), 'utf8')).join('\n');
  };

  describe('that asks for a password, with a certificate of its own', () => {
    const LOGIN = 'school:secret';
    const asked = new Set<string>();
    let index: string;
    before(async function () {
      if (spawnSync('openssl', ['version']).status !== 0) {
        console.log('  no openssl to make a certificate, so skipped:');
        return this.skip();
      }
      const fetcher = file('fetcher');
      execFileSync(python, ['-m', 'venv', fetcher]);
      const download = ['download', '--quiet', '--no-deps', '--dest', wheels, onlyFor('uv').spec];
      execFileSync(join(fetcher, 'bin', 'python'), ['-m', 'pip', ...download]);
      const keys = certificate();
      index = `https://${LOGIN}@localhost:${await listen(createSecureServer(keys, answer))}/simple/`;
    });

    /** Makes a certificate by an authority of ours. */
    function certificate() {
      const openssl = (...args: string[]) =>
        execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
      const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', name];
      openssl('req', '-x509', ...key('ca.key'), '-out', 'ca.pem', '-days', '2', '-subj', '/CN=us');
      openssl('req', ...key('key.pem'), '-out', 'request', '-subj', '/CN=localhost');
      writeFileSync(file('names'), 'subjectAltName=DNS:localhost');
      const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
      openssl('x509', '-req', '-in', 'request', '-extfile', 'names', ...signed, '-out', 'cert.pem');
      return { key: readFileSync(file('key.pem')), cert: readFileSync(file('cert.pem')) };
    }

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
      const lines = ['[global]', `index-url = ${index}`, `cert = ${file('ca.pem')}`, ''];
      writeFileSync(config, lines.join('\n'));
      const { code, output } = await project.run('setup', [], { DIGITS_NATIVE: '0' });
      equal(code, 0, output);
      match(output, /✔ Python packages: 2 packages/);
      deepEqual([...asked].sort(), ['small', 'tiny', 'uv']);
      equal(`${output}${kept()}`.includes('secret'), false);
    });

    it('is said to have a certificate that is refused', async () => {
      makeProject();
      const env = { DIGITS_NATIVE: '0', PIP_INDEX_URL: index, PIP_RETRIES: '0' };
      const { code, output } = await project.run('setup', [], env);
      equal(code, 1);
      match(output, /certificate was refused, most often because of a proxy in between/);
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
      equal(/ecret/.test([kept(), output, found.output].join('\n')), false);
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
      const useUv = async () => symlinkSync((await findUv()) ?? '', join(project.bin, 'uv'));

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
