import { deepEqual, equal, throws } from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TomlTable } from 'smol-toml';
import { parse } from 'yaml';
import {
  downloadVariables,
  parsePipSettings,
  pipSettings,
  pipVariables,
  uvConfig,
  uvSettings,
} from '../../../lib/tools/setup/packages/user-settings';
import { put, temporaryFolder } from '../../folder';

const MIRROR = 'https://mirror.example/simple';

interface Settings {
  readonly pip?: Record<string, string>;
  readonly env?: NodeJS.ProcessEnv;
  readonly config?: TomlTable;
}

interface Cases {
  readonly read: Record<string, { listed: string; read: object }>;
  readonly told: Record<string, Settings & { uv?: Record<string, string | null>; args?: string[] }>;
  readonly asked: Record<string, Settings & { index?: string; none?: boolean }>;
  readonly 'carried over': Record<string, Settings & { files?: Record<string, string> }>;
}

const home = temporaryFolder();
const cases: Cases = parse(
  readFileSync(join(__dirname, 'user-settings.yml'), 'utf8')
    .replaceAll('file://TMP', `${pathToFileURL(tmpdir())}`)
    .replaceAll('TMP', tmpdir())
    .replaceAll('HOME', home),
);

describe('pip’s settings', () => {
  for (const [what, { listed, read }] of Object.entries(cases.read)) {
    it(`are read ${what}`, () => deepEqual(Object.fromEntries(parsePipSettings(listed)), read));
  }

  it('are asked of the first Python that has a pip, else taken from pip’s variables', async function () {
    if (process.platform === 'win32') return this.skip(); // It has no scripts that start by themselves.
    const folder = temporaryFolder();
    const python = (name: string, lines: string) => {
      writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
      return join(folder, name);
    };
    const bare = python('bare', 'echo No module named pip >&2; exit 1');
    const full = python('full', `echo "global.index-url='${MIRROR}'"`);
    equal((await pipSettings([bare, full], {})).get('index-url'), MIRROR);
    const found = await pipSettings([bare], { PIP_INDEX_URL: MIRROR, PATH: '/' });
    deepEqual([...found], [['index-url', MIRROR]]);
  });
});

describe('what uv is told of them', () => {
  for (const [what, { pip = {}, env = {}, config, uv, args = [] }] of Object.entries(cases.told)) {
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

describe('the index that we ask ourselves', () => {
  for (const [what, each] of Object.entries(cases.asked)) {
    it(`is ${what}`, () => {
      const { pip = {}, env = {}, config = {}, index, none = false } = each;
      const found = downloadVariables(new Map(Object.entries(pip)), env, config);
      deepEqual([found === undefined, found?.PIP_INDEX_URL], [none, index]);
    });
  }

  it('is asked by pip’s proxy, if Node knows of proxies', () => {
    const found = downloadVariables(new Map([['proxy', 'school:3128']]), {}, {});
    const isKnown = process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
    equal(found?.HTTPS_PROXY, isKnown ? 'http://school:3128' : undefined);
  });
});

describe('a user’s uv.toml', () => {
  const env = { HOME: home, XDG_CONFIG_DIRS: join(home, 'xdg'), UV_NO_SYSTEM_CONFIG: '1' };
  const write = (files: Record<string, string>) => {
    rmSync(home, { recursive: true, force: true });
    put(home, Object.entries(files));
  };

  for (const [what, { files = {}, env: more, config = {} }] of Object.entries(
    cases['carried over'],
  )) {
    it(`gives ${what}`, () => {
      write(files);
      const found = uvConfig({ ...env, ...more }, 'linux');
      deepEqual(JSON.parse(JSON.stringify(found)), config);
    });
  }

  it('is named with its fault where it is not TOML, or not where it is said to be', () => {
    write({ '.config/uv/uv.toml': 'offline = \n' });
    const fault = 'uv.toml cannot be read: Invalid TOML[\\s\\S]*UV_NO_CONFIG=1';
    throws(() => uvConfig(env, 'linux'), new RegExp(fault));
    const named = { ...env, UV_CONFIG_FILE: join(home, 'none') };
    throws(() => uvConfig(named), /none cannot be read/);
  });
});
