/**
 * Proxies and indexes that want a login or refuse to answer, at each step that downloads: set-up ends,
 * says why in a sentence, and the doctor says the same. No password is shown or kept.
 */
import { equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/tools/project/paths';
import { onlyFor } from '../../../lib/tools/setup/packages/environment-yml';
import { findUv } from '../../../lib/tools/setup/packages/find-uv';
import { lockedRequirement } from '../../../lib/tools/setup/packages/python-lock';
import { pythonWithVenv } from '../../../lib/tools/setup/packages/pythons';
import { type Outcome, Project } from './support';

const LOGIN = 'me:s%2Fecret%40';
const SAID = {
  407: {
    en: /The proxy wants a name and a password, or refuses those that it was given \(407\).* where it is set: (.*)\. Then run/,
    zh: /代理需要用户名和密码，或不接受所给的用户名和密码（407）.*该地址设在：(.*)。然后/,
  },
  401: {
    en: /The package index wants a login, or refuses the one that it was given \(401\)/,
    zh: /软件源需要登录，或不接受所给的登录信息（401）/,
  },
  403: {
    en: /The package index, or a proxy in between, refuses to give a package \(403\)/,
    zh: /软件源或中间的代理拒绝提供某个软件包（403）/,
  },
  200: { en: /A web page came in place of a package/, zh: /收到的是网页而不是软件包/ },
};
type Status = keyof typeof SAID;

describe('set-up at a door that is shut', function () {
  this.timeout(120_000);
  if (process.platform === 'win32') return; // It has no scripts that start by themselves.

  const folder = mkdtempSync(join(tmpdir(), 'digits-refused-'));
  const wheels = join(folder, 'wheels');
  const servers: Server[] = [];
  let project: Project;
  let python: string;
  let uv: string;
  /** The lock file of what the index has. */
  let lock: string;
  before(async () => {
    python = (await pythonWithVenv()).executable;
    uv = (await findUv()) ?? '';
    mkdirSync(wheels);
    const maker = join(projectRoot, 'test', 'security', 'wheels.py');
    const sums = execFileSync(python, [maker, wheels], { encoding: 'utf8' }).split('\n');
    const own = ['tiny', 'small'].map((name, i) => `${name}==1.0 \\\n    --hash=sha256:${sums[i]}`);
    const specs = [`tensorflow-cpu==${onlyFor('engine').version}`, onlyFor('uv').spec];
    const given = specs.map(lockedRequirement);
    lock = `${[...own, ...given.map(entry => entry.trim())].join('\n')}\n`;
  });
  afterEach(() => project?.remove());
  after(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  /** Serves an answer to all requests, those to connect as well. Returns its host and port. */
  async function serve(answer: (url: string) => [status: number, body: string | Buffer]) {
    const server = createServer(({ url = '' }, response) => {
      const [status, body] = answer(url);
      response.writeHead(status, { 'content-type': 'text/html' }).end(body);
    });
    server.on('connect', ({ url = '' }, socket) => {
      socket.on('error', () => {});
      const [status, body] = answer(url);
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nProxy-Authenticate: Basic realm="school"\r\n` +
          `Content-Length: ${body.length}\r\n\r\n${body}`,
      );
    });
    await new Promise<void>(settle => server.listen(0, '127.0.0.1', settle));
    servers.push(server);
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const always = (status: number) => serve(() => [status, '<html><h1>Log in</h1></html>']);

  /** Runs set-up, then the doctor: both must say the same in either language. */
  async function refused(status: Status, env: Record<string, string>): Promise<Outcome> {
    const outcome = await project.run('setup', [], env);
    equal(outcome.code, 1, outcome.output);
    match(outcome.output, SAID[status].en);
    equal(/\n {4}at |could not be reached/.test(outcome.output), false, outcome.output);
    const found = await project.run('doctor', ['--lang', 'zh'], env);
    match(found.output, SAID[status].zh);
    const logs = join(project.root, 'build', 'setup');
    const kept = readdirSync(logs).filter(name => name.endsWith('.log'));
    const texts = kept.map(name => readFileSync(join(logs, name), 'utf8'));
    equal(/ecret/.test([...texts, outcome.output, found.output].join('\n')), false);
    return outcome;
  }

  describe('for npm', () => {
    const { npm_execpath = '' } = process.env;
    before(function () {
      if (!npm_execpath) this.skip(); // run by npm test, it is there
    });
    beforeEach(() => {
      project = new Project({ withPackages: false });
    });
    const own = () => ({ npm_execpath, npm_config_cache: join(project.root, 'cache') });

    it('names a proxy that wants a login, and the variable', async () => {
      const HTTPS_PROXY = `http://${LOGIN}@${await always(407)}`;
      const { output } = await refused(407, { ...own(), HTTPS_PROXY });
      equal(SAID[407].en.exec(output)?.[1], 'HTTPS_PROXY');
    });

    it('ends where a proxy refuses all', async () => {
      await refused(403, { ...own(), https_proxy: `http://${await always(403)}` });
    });

    for (const status of [401, 403, 200] as const) {
      it(`names an index that answers ${status}`, async () => {
        await refused(status, { ...own(), npm_config_registry: `http://${await always(status)}/` });
      });
    }
  });

  describe('for uv and pip', () => {
    beforeEach(() => {
      project = new Project({ withUv: false });
      symlinkSync(python, join(project.bin, 'python3'));
      const environment = join(project.root, 'environment.yml');
      const [before = ''] = readFileSync(environment, 'utf8').split('  - pip:\n');
      const engine = onlyFor('engine').spec;
      writeFileSync(environment, `${before}  - pip:\n    - tiny==1.0\n`);
      appendFileSync(environment, `    - ${onlyFor('uv').spec}; extra == 'uv'\n`);
      appendFileSync(environment, `    - ${engine}; extra == 'engine'\n`);
      writeFileSync(join(project.root, 'lib/tools/setup/packages/python.lock'), lock);
    });
    const plain = { DIGITS_GPU: '0', SSL_CERT_FILE: process.env.SSL_CERT_FILE ?? '' };
    const useUv = () => symlinkSync(uv, join(project.bin, 'uv'));

    it('names a proxy that wants a login, at the download of uv', async () => {
      const PIP_PROXY = `http://${LOGIN}@${await always(407)}`;
      const { output } = await refused(407, { ...plain, PIP_PROXY });
      equal(SAID[407].en.exec(output)?.[1], 'PIP_PROXY');
    });

    for (const status of [401, 403] as const) {
      it(`names an index that answers ${status}`, async () => {
        const PIP_INDEX_URL = `http://${LOGIN}@${await always(status)}/simple`;
        await refused(status, { ...plain, PIP_INDEX_URL });
        useUv();
        await refused(status, { ...plain, PIP_INDEX_URL });
      });
    }

    it('names a proxy of uv.toml that wants a login', async () => {
      useUv();
      mkdirSync(join(project.root, '.config', 'uv'), { recursive: true });
      const file = join(project.root, '.config', 'uv', 'uv.toml');
      writeFileSync(file, `https-proxy = "http://${LOGIN}@${await always(407)}"\n`);
      const { output } = await refused(407, plain);
      match(SAID[407].en.exec(output)?.[1] ?? '', /uv\.toml/);
    });

    it('names one that lets all but the wheel’s host through', async function () {
      if (process.arch !== 'x64' || process.platform !== 'linux') this.skip();
      useUv();
      const { version } = onlyFor('engine');
      const wheel = `tensorflow_cpu-${version}-cp313-cp313-manylinux_2_17_x86_64.whl`;
      const index = await serve(url => {
        const [, , name = ''] = url.split('/');
        if (name.endsWith('.whl')) return [200, readFileSync(join(wheels, name))];
        const links = readdirSync(wheels)
          .filter(each => each.startsWith(`${name}-`))
          .map(each => `<a href="/files/${each}">${each}</a>`);
        const far = `<a href="https://files.example/${wheel}">${wheel}</a>`;
        if (name === 'tensorflow-cpu') links.push(far);
        return [200, links.join('')];
      });
      const HTTPS_PROXY = `http://${await always(407)}`;
      const UV_DEFAULT_INDEX = `http://${index}/simple`;
      const { output } = await refused(407, { ...plain, HTTPS_PROXY, UV_DEFAULT_INDEX });
      match(output, /✔ Python packages: 2 packages/);
      match(output, /✖ TensorFlow’s libraries/);
    });
  });
});
