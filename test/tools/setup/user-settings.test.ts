import { deepEqual, equal, throws } from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stringify, type TomlTable } from 'smol-toml';
import { parse } from 'yaml';
import {
  parsePipSettings,
  pipSettings,
  pipVariables,
  uvConfig,
  uvSettings,
} from '../../../lib/tools/setup/packages/user-settings';
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

interface Case {
  readonly pip: Record<string, string>;
  readonly env?: NodeJS.ProcessEnv;
  readonly config?: TomlTable;
  readonly uv?: Record<string, string | null>;
  readonly args?: string[];
}

describe('what uv is told of them', () => {
  const text = readFileSync(join(__dirname, 'user-settings.yml'), 'utf8');
  const cases: Record<string, Case> = parse(
    text.replaceAll('file://TMP', `${pathToFileURL(tmpdir())}`).replaceAll('TMP', tmpdir()),
  );
  for (const [what, { pip, env = {}, config, uv, args = [] }] of Object.entries(cases)) {
    it(`is ${what}`, () => {
      const told = { UV_SYSTEM_CERTS: 'true', UV_NATIVE_TLS: 'true', ...uv };
      const expected = Object.entries(told).filter(([, value]) => value !== null);
      const settings = uvSettings(new Map(Object.entries(pip)), env, config);
      deepEqual(settings, { args, env: Object.fromEntries(expected) });
    });
  }
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

describe('a user’s uv.toml', () => {
  let home: string;
  beforeEach(() => {
    home = temporaryFolder();
  });

  function write(text: string, ...path: string[]): string {
    const file = join(home, ...path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }
  const users = (text: string) => write(text, '.config', 'uv', 'uv.toml');
  const env = (more: NodeJS.ProcessEnv = {}) => ({
    HOME: home,
    XDG_CONFIG_DIRS: join(home, 'xdg'),
    UV_NO_SYSTEM_CONFIG: '1',
    ...more,
  });

  it('keeps what it says of the index, the network and the certificates, and nothing else', () => {
    const kept = {
      'index-strategy': 'unsafe-best-match',
      'keyring-provider': 'subprocess',
      'http-proxy': 'http://me:p%40ss@proxy:1',
      'no-proxy': ['a.example'],
      'allow-insecure-host': ['b.example'],
      'system-certs': false,
      offline: true,
      index: [{ name: 'school', url: 'https://x:y@mirror.example/simple', default: true }],
      pip: { 'extra-index-url': ['https://extra.example/simple'] },
    };
    const others = {
      'required-version': '>=99',
      'exclude-newer': '2015-01-01',
      resolution: 'lowest',
    };
    const index = kept.index.map(each => ({ ...each, 'exclude-newer': '2015-01-01' }));
    const pip = { ...kept.pip, target: 'elsewhere', 'no-deps': true };
    users(stringify({ ...kept, ...others, index, pip }));
    deepEqual(JSON.parse(JSON.stringify(uvConfig(env()))), kept);
  });

  it('names folders from its own place', () => {
    const file = write(
      '\uFEFFfind-links = ["./wheels", "https://w.example"]\r\nindex-url = "mine"\r\n',
      'a b',
      'school.toml',
    );
    deepEqual(
      { ...uvConfig(env({ UV_CONFIG_FILE: file })) },
      {
        'find-links': [join(home, 'a b', 'wheels'), 'https://w.example'],
        'index-url': join(home, 'a b', 'mine'),
      },
    );
  });

  it('stands above the system’s, to whose lists its own are added', () => {
    users('index-url = "https://a.example"\nno-proxy = ["a"]');
    write(
      'index-url = "https://b.example"\nno-proxy = ["b"]\noffline = true',
      ...['xdg', 'uv', 'uv.toml'],
    );
    const all = { 'index-url': 'https://a.example', 'no-proxy': ['a', 'b'], offline: true };
    deepEqual({ ...uvConfig(env({ UV_NO_SYSTEM_CONFIG: '' }), 'linux') }, all);
    equal(uvConfig(env()).offline, undefined);
  });

  it('is left aside where the user wants none, where there is none, and where a folder is in its place', () => {
    deepEqual(uvConfig(env()), {});
    mkdirSync(join(home, '.config', 'uv', 'uv.toml'), { recursive: true });
    deepEqual(uvConfig(env()), {});
    deepEqual(uvConfig(env({ UV_NO_CONFIG: '1', UV_CONFIG_FILE: '/nowhere' })), {});
  });

  it('is named with its fault where it is not TOML, or not where it is said to be', () => {
    const file = users('offline = \n');
    const fault = `${file} cannot be read: Invalid TOML[\\s\\S]*UV_NO_CONFIG=1`;
    throws(() => uvConfig(env()), new RegExp(fault));
    throws(() => uvConfig(env({ UV_CONFIG_FILE: join(home, 'none') })), /none cannot be read/);
  });
});
