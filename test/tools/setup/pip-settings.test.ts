import { deepEqual, equal } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  parsePipSettings,
  pipSettings,
  pipVariables,
  uvSettings,
} from '../../../lib/tools/setup/packages/pip-settings';
import { temporaryFolder } from '../../folder';

const MIRROR = 'https://mirror.example/simple';
const global = (name: string, value: string) => `global.${name}='${value}'`;

describe('pip’s settings', () => {
  it('are read with those for installing above the global ones, and variables above both', () => {
    const lines = [
      global('index-url', 'https://global.example'),
      "install.index-url='https://install.example'",
      "download.index-url='https://download.example'",
    ];
    const variable = `${lines.join('\r\n')}\r\n:env:.index-url='${MIRROR}'\r\n`;
    equal(parsePipSettings(variable).get('index-url'), MIRROR);
  });

  it('are read as Python prints strings', () => {
    const printed = [
      global('extra-index-url', '\\nhttps://a.example\\nhttps://b.example'),
      global('cert', 'C:\\\\school\\\\ca.pem'),
      `global.proxy="http://o'neil:pw@proxy:80"`,
      'nothing that is a setting',
    ];
    deepEqual(Object.fromEntries(parsePipSettings(printed.join('\n'))), {
      'extra-index-url': 'https://a.example\nhttps://b.example',
      cert: 'C:\\school\\ca.pem',
      proxy: "http://o'neil:pw@proxy:80",
    });
  });

  it('are asked of the first Python that has a pip, else taken from pip’s variables', async function () {
    if (process.platform === 'win32') return this.skip(); // It has no scripts that start by themselves.
    const folder = temporaryFolder();
    const python = (name: string, lines: string) => {
      writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
      return join(folder, name);
    };
    const bare = python('bare', 'echo No module named pip >&2; exit 1');
    const full = python('full', `echo "${global('index-url', MIRROR)}"`);
    equal((await pipSettings([bare, full], {})).get('index-url'), MIRROR);
    const found = await pipSettings([bare], { PIP_INDEX_URL: MIRROR, PATH: '/' });
    deepEqual([...found], [['index-url', MIRROR]]);
  });
});

describe('what uv is told of them', () => {
  const ALWAYS = { UV_SYSTEM_CERTS: 'true', UV_NATIVE_TLS: 'true' };
  // pip parts them at spaces, so that none is in a path.
  const there = tmpdir();
  const told: Record<string, [pip: string[], env: NodeJS.ProcessEnv, uv: Record<string, string>]> =
    {
      'the mirror': [[global('index-url', MIRROR)], {}, { UV_DEFAULT_INDEX: MIRROR }],
      'others beside it, of which any may have a version': [
        [global('extra-index-url', 'https://a.example https://b.example')],
        {},
        {
          UV_INDEX: 'https://a.example https://b.example',
          UV_INDEX_STRATEGY: 'unsafe-best-match',
        },
      ],
      'wheels elsewhere, in folders that there are': [
        [global('find-links', `https://wheels.example ${there}/digits-none ${there}`)],
        {},
        { UV_FIND_LINKS: `https://wheels.example,${pathToFileURL(there)}` },
      ],
      'certificates, pip’s or else those of Python’s requests': [
        [global('client-cert', '/me.pem')],
        { REQUESTS_CA_BUNDLE: '/r.pem', CURL_CA_BUNDLE: '/c.pem' },
        { SSL_CERT_FILE: '/r.pem', SSL_CLIENT_CERT: '/me.pem' },
      ],
      'the proxy, with its protocol where that was left out, and not in place of the user’s own': [
        [global('proxy', 'proxy.school:3128')],
        { HTTPS_PROXY: 'http://own:1' },
        { HTTP_PROXY: 'http://proxy.school:3128' },
      ],
      'hosts to be trusted, patience, and where passwords are kept': [
        [
          global('trusted-host', 'a.example\\nb.example'),
          global('default-timeout', '60.5'), // uv takes whole seconds
          global('retries', '9'),
          global('keyring-provider', 'subprocess'),
        ],
        {},
        {
          UV_INSECURE_HOST: 'a.example b.example',
          UV_HTTP_TIMEOUT: '61',
          UV_HTTP_RETRIES: '9',
          UV_KEYRING_PROVIDER: 'subprocess',
        },
      ],
      'no index where the user has set one': [
        [global('index-url', MIRROR)],
        { UV_INDEX_URL: 'https://own.example' },
        {},
      ],
    };
  for (const [what, [pip, env, uv]] of Object.entries(told)) {
    it(`is ${what}`, () => {
      const settings = uvSettings(parsePipSettings(pip.join('\n')), env);
      deepEqual(settings, { args: [], env: { ...uv, ...ALWAYS } });
    });
  }

  it('is no index at all, if pip is told so', () =>
    deepEqual(uvSettings(new Map([['no-index', 'true']]), {}).args, ['--no-index']));

  it('is nothing that uv.toml sets, the index as a whole', () => {
    const pip = { 'index-url': MIRROR, 'no-index': '1', proxy: 'p:1', 'trusted-host': 'a' };
    const set = new Set(['index', 'https-proxy', 'allow-insecure-host', 'system-certs']);
    deepEqual(uvSettings(new Map(Object.entries(pip)), { http_proxy: 'own' }, set), {
      args: [],
      env: { UV_NATIVE_TLS: 'true' },
    });
  });
});

describe('what pip is told of them, when it fetches uv', () => {
  it('is where packages come from, and nothing that would put them elsewhere', () => {
    const hosts = 'a.example\nb.example';
    const settings = { 'index-url': MIRROR, 'trusted-host': hosts, target: '/x', prefix: '/x' };
    const env = { PIP_TARGET: '/elsewhere', HOME: '/home' };
    deepEqual(pipVariables(new Map(Object.entries(settings)), env), {
      PIP_INDEX_URL: MIRROR,
      PIP_TRUSTED_HOST: hosts,
      PIP_CONFIG_FILE: devNull,
      PIP_TARGET: undefined,
    });
  });
});
