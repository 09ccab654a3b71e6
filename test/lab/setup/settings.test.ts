import { deepEqual } from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describeSettings, removedVariables } from '../../../lib/command/npm/user-settings.mjs';
import { pipSettings, uvSettings } from '../../../lib/lab/setup/packages/pip-settings';
import { put, temporaryFolder } from '../../folder';
import { readData } from '../../texts';

type Variables = Record<string, string>;

interface Case {
  readonly output?: string;
  readonly env?: Variables;
  readonly config?: string;
  readonly uv?: Variables;
  readonly args?: string[];
}

const { sources, nonSources, doctor, uv } = readData<{
  sources: Variables;
  nonSources: Variables;
  doctor: string[];
  uv: Record<string, Case>;
}>('lab/setup/settings.yml');

describe('a user’s settings', () => {
  it('reach npm and uv in variables only if they are about sources', () => {
    const removed = removedVariables({ ...sources, ...nonSources, HOME: '/home' });
    deepEqual(Object.keys(removed), Object.keys(nonSources));
  });

  it('are listed by the doctor with their files, without passwords', () => {
    const HOME = temporaryFolder();
    put(
      HOME,
      ['.npmrc', '.config/uv/uv.toml'].map(name => [name, '']),
    );
    const env = { HOME, npm_config_userconfig: join(HOME, '.npmrc'), ...sources, ...nonSources };
    const pip = [
      ['index-url', 'https://me:secret@mirror.example/simple'],
      ['trusted-host', 'a.example\nb.example'],
    ];
    const [, ...lines] = describeSettings(pip, env);
    deepEqual(
      lines.map(line => line.trim().replace(HOME, 'HOME')),
      doctor,
    );
  });

  for (const [title, { output, env = {}, config, uv: expected, args = [] }] of Object.entries(uv)) {
    it(`give uv ${title}`, async function () {
      if (process.platform === 'win32') return this.skip(); // It cannot start scripts directly.
      const HOME = temporaryFolder();
      put(HOME, [
        ['bare', '#!/bin/sh\nexit 1'],
        ['python', '#!/bin/sh\ncat "$0.list"'],
        ...(output ? [['python.list', output] as const] : []),
        ...(config ? [['.config/uv/uv.toml', config] as const] : []),
      ]);
      const pythons = ['bare', 'python'].map(name => join(HOME, name));
      for (const python of pythons) chmodSync(python, 0o755);
      const variables = { PATH: process.env.PATH, HOME, ...env };
      const settings = uvSettings(await pipSettings(pythons, variables), variables);
      const certificates = { UV_SYSTEM_CERTS: 'true', UV_NATIVE_TLS: 'true' };
      deepEqual(settings, { args, env: { ...certificates, ...expected } });
    });
  }
});
