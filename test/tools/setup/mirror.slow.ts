/**
 * A school's mirror: an index of its own, with a password and a certificate that nobody else knows. All
 * of the Python side must come from there, uv included.
 */
import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
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
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/tools/project/paths';
import { onlyFor } from '../../../lib/tools/setup/packages/environment-yml';
import { lockedRequirement } from '../../../lib/tools/setup/packages/python-lock';
import { pythonWithVenv } from '../../../lib/tools/setup/packages/pythons';
import { ownPort } from '../../own';
import { Project } from './support';

const LOGIN = 'school:secret';

describe('a mirror that is set for pip', function () {
  this.timeout(180_000);

  const folder = mkdtempSync(join(tmpdir(), 'digits-mirror-'));
  const wheels = join(folder, 'wheels');
  const asked = new Set<string>();
  let server: Server | undefined;
  let index: string;
  let python: string;
  /** The lock file of what the mirror has. */
  let lock: string;
  before(async function () {
    if (spawnSync('openssl', ['version']).status !== 0) {
      console.log('  no openssl to make a certificate, so skipped:');
      return this.skip();
    }
    mkdirSync(wheels);
    python = (await pythonWithVenv()).executable;
    const uv = onlyFor('uv').spec;
    const maker = join(projectRoot, 'test', 'security', 'wheels.py');
    const sums = execFileSync(python, [maker, wheels], { encoding: 'utf8' }).split('\n');
    const fetcher = join(folder, 'fetcher');
    execFileSync(python, ['-m', 'venv', fetcher]);
    const download = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', wheels, uv];
    execFileSync(join(fetcher, 'bin', 'python'), download);
    const own = ['tiny', 'small'].map((name, i) => `${name}==1.0 \\\n    --hash=sha256:${sums[i]}`);
    lock = `${[...own, lockedRequirement(uv).trim()].join('\n')}\n`;
    index = await serve();
  });
  after(() => {
    server?.close();
    rmSync(folder, { recursive: true });
  });

  /** Serves the wheels as an index, to who gives the password. Returns its address, with that. */
  async function serve(): Promise<string> {
    const file = (name: string) => join(folder, name);
    const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
    const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', file(name)];
    const days = ['-days', '2'];
    openssl(
      'req',
      '-x509',
      ...key('ca.key'),
      '-out',
      file('ca.pem'),
      ...days,
      '-subj',
      '/CN=school',
    );
    openssl('req', ...key('key.pem'), '-out', file('request'), '-subj', '/CN=localhost');
    writeFileSync(file('names'), 'subjectAltName=DNS:localhost');
    const signed = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', ...days];
    const [request, names] = [file('request'), file('names')];
    openssl('x509', '-req', '-in', request, ...signed, '-extfile', names, '-out', file('cert.pem'));
    const port = await ownPort();
    const keys = { key: readFileSync(file('key.pem')), cert: readFileSync(file('cert.pem')) };
    server = createServer(keys, answer);
    await new Promise<void>(settle => server?.listen(port, '127.0.0.1', settle));
    return `https://${LOGIN}@localhost:${port}/simple/`;
  }

  const answer: RequestListener = ({ url = '', headers }, response) => {
    const login = Buffer.from(headers.authorization?.replace('Basic ', '') ?? '', 'base64');
    if (String(login) !== LOGIN) return response.writeHead(401).end();
    const [, where, name = ''] = url.split('/');
    asked.add(name);
    if (where === 'files') return response.end(readFileSync(join(wheels, name)));
    const links = readdirSync(wheels)
      .filter(wheel => wheel.startsWith(`${name}-`))
      .map(wheel => `<a href="/files/${wheel}">${wheel}</a>`);
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><html><body>${links.join('')}</body></html>`);
  };

  const config = (...lines: string[]) => ['[global]', ...lines, ''].join('\n');
  const ways: [string, (project: Project) => Record<string, string>][] = [
    [
      'the user’s pip.conf',
      project => {
        const file = join(project.root, '.config', 'pip', 'pip.conf');
        mkdirSync(join(file, '..'), { recursive: true });
        writeFileSync(file, config(`index-url = ${index}`, `cert = ${join(folder, 'ca.pem')}`));
        return {};
      },
    ],
    ['variables', () => ({ PIP_INDEX_URL: index, PIP_CERT: join(folder, 'ca.pem') })],
    [
      'a file that PIP_CONFIG_FILE names, with a host that is trusted as it is',
      project => {
        const PIP_CONFIG_FILE = join(project.root, 'school.ini');
        writeFileSync(PIP_CONFIG_FILE, config(`index-url = ${index}`, 'trusted-host = localhost'));
        return { PIP_CONFIG_FILE };
      },
    ],
  ];

  for (const [way, set] of ways) {
    it(`serves uv and all packages, by ${way}`, async () => {
      const project = new Project({ withUv: false });
      try {
        symlinkSync(python, join(project.bin, 'python3'));
        const environment = join(project.root, 'environment.yml');
        const [before = ''] = readFileSync(environment, 'utf8').split('  - pip:\n');
        writeFileSync(environment, `${before}  - pip:\n`);
        const { spec } = onlyFor('uv');
        appendFileSync(environment, `    - tiny==1.0\n    - ${spec}; extra == 'uv'\n`);
        writeFileSync(join(project.root, 'lib/tools/setup/packages/python.lock'), lock);
        asked.clear();
        const env = { DIGITS_NATIVE: '0', ...set(project) };
        const { code, output } = await project.run('setup', [], env);
        equal(code, 0, output);
        match(output, /✔ Python packages: 2 packages/);
        const names = [...asked].filter(name => !name.endsWith('.whl')).sort();
        deepEqual(names, ['small', 'tiny', 'uv']);
        equal(output.includes('secret'), false);
      } finally {
        project.remove();
      }
    });
  }

  it('that refuses its certificate is said to do so', async () => {
    const project = new Project({ withUv: false });
    try {
      symlinkSync(python, join(project.bin, 'python3'));
      const env = { DIGITS_NATIVE: '0', PIP_INDEX_URL: index, PIP_RETRIES: '0' };
      const { code, output } = await project.run('setup', [], env);
      equal(code, 1);
      match(
        output,
        /The server’s certificate was refused, most often because of a proxy in between/,
      );
    } finally {
      project.remove();
    }
  });
});
