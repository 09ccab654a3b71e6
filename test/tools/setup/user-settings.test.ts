import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import {
  describeSettings,
  removedVariables,
  uvConfigFile,
} from '../../../lib/tools/setup/packages/user-settings.mjs';
import { put, temporaryFolder } from '../../folder';
import { readData } from '../../texts';

type Variables = Record<string, string>;
const { sources, others, pip, description } = readData<{
  sources: Record<'npm' | 'uv' | 'all', Variables>;
  others: Record<'npm' | 'uv', Variables>;
  pip: Variables;
  description: string[];
}>('tools/setup/user-settings.yml');

describe('a user’s settings', () => {
  for (const tool of ['npm', 'uv'] as const) {
    it(`reach ${tool} in variables only if they are about sources`, () => {
      const env = { ...sources[tool], ...others[tool], HOME: '/home' };
      deepEqual(Object.keys(removedVariables(tool, env)), Object.keys(others[tool]));
    });
  }

  it('are listed with their files, without passwords', () => {
    const HOME = temporaryFolder();
    put(HOME, [
      ['.npmrc', ''],
      ['.config/uv/uv.toml', ''],
    ]);
    const variables = [...Object.values(sources), ...Object.values(others)];
    const env = Object.assign({ HOME }, ...variables, { npm_config_userconfig: `${HOME}/.npmrc` });
    const [, ...lines] = describeSettings(Object.entries(pip), env);
    deepEqual(
      lines.map(line => line.trim().replace(HOME, 'HOME')),
      description,
    );
    deepEqual(describeSettings([], { npm_config_userconfig: '/nowhere', UV_NO_CONFIG: '1' }), []);
  });

  it('are in the uv.toml of the user, otherwise of the system', () => {
    const HOME = temporaryFolder();
    const [user, system] = ['.config/uv/uv.toml', 'xdg/uv/uv.toml'].map(name => join(HOME, name));
    const file = (more = {}) => uvConfigFile({ HOME, XDG_CONFIG_DIRS: join(HOME, 'xdg'), ...more });
    put('/', [[system as string, '']]);
    deepEqual([file(), file({ UV_NO_SYSTEM_CONFIG: '1' })], [system, undefined]);
    put('/', [[user as string, '']]);
    const UV_CONFIG_FILE = '/a/b.toml';
    deepEqual([file(), file({ UV_CONFIG_FILE })], [user, UV_CONFIG_FILE]);
    equal(file({ UV_CONFIG_FILE, UV_NO_CONFIG: '1' }), undefined);
  });
});
