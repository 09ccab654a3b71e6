import { deepEqual, equal } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  parsePipSettings,
  pipSettings,
  pipVariables,
  uvSettings,
} from '../../../lib/tools/setup/packages/pip-settings';

const MIRROR = 'https://mirror.example/simple';

/** What uv is told of what `pip config list` prints. */
const told = (listed: string, env: NodeJS.ProcessEnv = {}) =>
  uvSettings(parsePipSettings(listed), env);

describe('pip’s settings', () => {
  it('are read with those for installing above the global ones, and variables above both', () => {
    const lines = [
      "global.index-url='https://global.example'",
      "install.index-url='https://install.example'",
      "download.index-url='https://download.example'",
    ];
    equal(parsePipSettings(lines.join('\n')).get('index-url'), 'https://install.example');
    equal(parsePipSettings(lines.reverse().join('\n')).get('index-url'), 'https://install.example');
    const variable = `${lines.join('\r\n')}\r\n:env:.index-url='${MIRROR}'\r\n`;
    equal(parsePipSettings(variable).get('index-url'), MIRROR);
  });

  it('are read as Python prints strings', () => {
    const settings = parsePipSettings(
      [
        "global.extra-index-url='\\nhttps://a.example\\nhttps://b.example'",
        "global.cert='C:\\\\school\\\\ca.pem'",
        `global.proxy="http://o'neil:pw@proxy:80"`,
        "global.timeout='60'",
        'nothing that is a setting',
      ].join('\n'),
    );
    equal(settings.get('extra-index-url'), 'https://a.example\nhttps://b.example');
    equal(settings.get('cert'), 'C:\\school\\ca.pem');
    equal(settings.get('proxy'), "http://o'neil:pw@proxy:80");
    equal(settings.size, 4);
  });

  it('are none where pip has none', () => {
    equal(parsePipSettings('').size, 0);
    deepEqual(told('').args, []);
    deepEqual(Object.keys(told('').env), ['UV_SYSTEM_CERTS', 'UV_NATIVE_TLS']);
  });
});

describe('what uv is told of them', () => {
  it('is the mirror, and others beside it, of which any may have a version', () => {
    const { env } = told(
      `global.index-url='${MIRROR}'\nglobal.extra-index-url='https://a.example https://b.example'`,
    );
    equal(env.UV_DEFAULT_INDEX, MIRROR);
    equal(env.UV_INDEX, 'https://a.example https://b.example');
    equal(env.UV_INDEX_STRATEGY, 'unsafe-best-match');
    equal(told(`global.index-url='${MIRROR}'`).env.UV_INDEX_STRATEGY, undefined);
  });

  it('is nothing of an index where the user has set uv’s own', () => {
    for (const name of ['UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'UV_INDEX', 'UV_EXTRA_INDEX_URL']) {
      const { env } = told(`global.index-url='${MIRROR}'`, { [name]: 'https://own.example' });
      equal(env.UV_DEFAULT_INDEX, undefined, name);
    }
  });

  it('is nothing that uv.toml sets, the index as a whole', () => {
    const pip = parsePipSettings(
      `global.index-url='${MIRROR}'\nglobal.no-index='1'\nglobal.proxy='p:1'\nglobal.trusted-host='a'`,
    );
    const set = new Set(['index', 'https-proxy', 'allow-insecure-host', 'system-certs']);
    deepEqual(uvSettings(pip, { http_proxy: 'own' }, set), {
      args: [],
      env: { UV_NATIVE_TLS: 'true' },
    });
  });

  it('is a folder of wheels in place of any index', () => {
    // pip parts them at spaces, so that none is in a path.
    const there = tmpdir();
    const places = `https://wheels.example ${there}/digits-none ${there}`;
    const { args, env } = told(`global.no-index='true'\nglobal.find-links='${places}'`);
    deepEqual(args, ['--no-index']);
    equal(env.UV_FIND_LINKS, `https://wheels.example,${pathToFileURL(there)}`);
    deepEqual(told("global.no-index='false'").args, []);
  });

  it('is the certificates: pip’s, those of Python’s requests, or none but the system’s', () => {
    equal(told("global.cert='/ca.pem'").env.SSL_CERT_FILE, '/ca.pem');
    equal(told('', { REQUESTS_CA_BUNDLE: '/r.pem' }).env.SSL_CERT_FILE, '/r.pem');
    equal(told('', { CURL_CA_BUNDLE: '/c.pem' }).env.SSL_CERT_FILE, '/c.pem');
    // The user's own stays what it is.
    equal(told("global.cert='/ca.pem'", { SSL_CERT_FILE: '/own' }).env.SSL_CERT_FILE, undefined);
    equal(told('').env.UV_SYSTEM_CERTS, 'true');
    equal(told("global.client-cert='/me.pem'").env.SSL_CLIENT_CERT, '/me.pem');
  });

  it('is the proxy, with its protocol where that was left out', () => {
    equal(told("global.proxy='proxy.school:3128'").env.HTTPS_PROXY, 'http://proxy.school:3128');
    equal(told("global.proxy='socks5://p:1'").env.HTTP_PROXY, 'socks5://p:1');
    const own = { HTTPS_PROXY: 'http://own:1' };
    equal(told("global.proxy='proxy.school:3128'", own).env.HTTPS_PROXY, undefined);
  });

  it('is hosts to be trusted, patience, and where passwords are kept', () => {
    const { env } = told(
      "global.trusted-host='a.example\\nb.example'\nglobal.default-timeout='180'\nglobal.retries='9'\nglobal.keyring-provider='subprocess'",
    );
    equal(env.UV_INSECURE_HOST, 'a.example b.example');
    equal(env.UV_HTTP_TIMEOUT, '180');
    equal(env.UV_HTTP_RETRIES, '9');
    equal(env.UV_KEYRING_PROVIDER, 'subprocess');
    // pip takes parts of a second, too.
    equal(told("global.timeout='60.5'").env.UV_HTTP_TIMEOUT, '61');
  });
});

describe('what pip is told of them, when it fetches uv', () => {
  it('is where packages come from, and nothing that would put them elsewhere', () => {
    const settings = parsePipSettings(
      [
        `global.index-url='${MIRROR}'`,
        "global.trusted-host='a.example\\nb.example'",
        "global.target='/elsewhere'",
        "install.prefix='/elsewhere'",
        "install.constraint='/old.txt'",
        "install.user='true'",
      ].join('\n'),
    );
    const variables = pipVariables(settings, { PIP_TARGET: '/elsewhere', HOME: '/home' });
    deepEqual(
      Object.entries(variables).filter(([, value]) => value !== undefined),
      [
        ['PIP_INDEX_URL', MIRROR],
        ['PIP_TRUSTED_HOST', 'a.example\nb.example'],
        ['PIP_CONFIG_FILE', process.platform === 'win32' ? 'nul' : '/dev/null'],
      ],
    );
    equal('PIP_TARGET' in variables, true, 'the user’s own is not taken away');
  });
});

describe('the search for pip’s settings', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'digits-pip-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('goes on where a Python has no pip, as that of an environment made by uv', async function () {
    if (process.platform === 'win32') return this.skip(); // It has no scripts that start by themselves.
    const python = (name: string, lines: string) => {
      const file = join(folder, name);
      writeFileSync(file, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
      return file;
    };
    const bare = python('bare', 'echo No module named pip >&2; exit 1');
    const full = python('full', `echo "global.index-url='${MIRROR}'"`);
    equal((await pipSettings([bare, full], {})).get('index-url'), MIRROR);
  });

  it('ends with pip’s variables where there is no pip at all', async () => {
    const found = await pipSettings([join(folder, 'none')], { PIP_INDEX_URL: MIRROR, PATH: '/' });
    deepEqual([...found], [['index-url', MIRROR]]);
  });
});
