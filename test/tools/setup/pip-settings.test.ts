import { deepEqual, equal } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  downloadVariables,
  parseSettings,
  pipSettings,
  uvSettings,
} from '../../../lib/tools/setup/packages/pip-settings';
import { temporaryFolder } from '../../folder';
import { readData } from '../../texts';

interface Settings {
  readonly pip?: Record<string, string>;
  readonly env?: NodeJS.ProcessEnv;
  readonly config?: string;
}

interface Cases {
  readonly output: Record<string, { output: string; settings: object }>;
  readonly uv: Record<string, Settings & { uv?: Record<string, string>; args?: string[] }>;
  readonly download: Record<string, Settings & { index?: string; none?: boolean }>;
}

const cases = readData<Cases>('tools/setup/pip-settings.yml');

describe('pip’s settings', () => {
  for (const [title, { output, settings }] of Object.entries(cases.output)) {
    it(`are read ${title}`, () => deepEqual(Object.fromEntries(parseSettings(output)), settings));
  }

  it('come from the first Python that has pip, otherwise from variables', async function () {
    if (process.platform === 'win32') return this.skip(); // It cannot start scripts directly.
    const folder = temporaryFolder();
    const python = (name: string, line: string) => {
      writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
      return join(folder, name);
    };
    const bare = python('bare', 'echo No module named pip >&2; exit 1');
    const full = python('full', `echo "global.index-url='https://a.example'"`);
    equal((await pipSettings([bare, full], {})).get('index-url'), 'https://a.example');
    const settings = await pipSettings([bare], { PIP_INDEX_URL: 'https://b.example', PATH: '/' });
    deepEqual([...settings], [['index-url', 'https://b.example']]);
  });

  for (const [title, { pip = {}, env = {}, config = '', uv, args = [] }] of Object.entries(
    cases.uv,
  )) {
    it(`give uv ${title}`, () => {
      const certificates = { UV_SYSTEM_CERTS: 'true', UV_NATIVE_TLS: 'true' };
      const settings = uvSettings(new Map(Object.entries(pip)), env, config);
      deepEqual(settings, { args, env: { ...certificates, ...uv } });
    });
  }

  for (const [title, each] of Object.entries(cases.download)) {
    it(`give our own download ${title}`, () => {
      const { pip = {}, env = {}, config = '', index, none = false } = each;
      const variables = downloadVariables(new Map(Object.entries(pip)), env, config);
      deepEqual([variables === undefined, variables?.PIP_INDEX_URL], [none, index]);
    });
  }

  it('give our own download the proxy, if Node supports proxies', () => {
    const variables = downloadVariables(new Map([['proxy', 'school:3128']]), {}, '');
    const hasProxies = process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
    equal(variables?.HTTPS_PROXY, hasProxies ? 'http://school:3128' : undefined);
  });
});
