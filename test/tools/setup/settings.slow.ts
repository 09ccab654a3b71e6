/** A user's own settings for npm, pip and uv, in files as they read them: those that count, which the doctor lists. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { earlyTables } from '../../../lib/tools/project/language.mjs';
import { fetchesUv, findPython } from '../../../lib/tools/setup/packages/pythons';
import { Uv } from '../../../lib/tools/setup/packages/uv';
import { put } from '../../folder';
import { closeMirrors } from '../../mnist-data-loader/support';
import { readData } from '../../texts';
import { Project, withoutNative } from './support';

type Change = keyof typeof earlyTables.en.settings.changes;
type Said = [where: string, name: string, value: string, change: Change];
const { files, env, ...said } = readData<{
  files: Record<string, string>;
  env: Record<string, string>;
  says: Said[];
  python: Said[];
  all: Said[];
}>('tools/setup/settings.yml');

describe('a user’s own settings', () => {
  let project: Project;
  afterEach(() => project?.remove());
  after(closeMirrors);

  const home = () => join(project.root, 'home');

  /** Writes what the doctor is to say. */
  const told = (language: 'en' | 'zh', settings: readonly Said[]) => {
    const { entry, changes } = earlyTables[language].settings;
    return settings.map(([where, name, value, change]) =>
      entry(where.replace('HOME', home()), name, value, changes[change]),
    );
  };

  /** Runs the doctor; returns what it lists of them. */
  async function listed(language: 'en' | 'zh', more: Record<string, string>): Promise<string[]> {
    const { output } = await project.run('doctor', ['--lang', language], {
      ...more,
      HOME: home(),
    });
    equal(output.includes('secret'), false, output);
    const [, list = ''] = output.split(`${earlyTables[language].settings.title}\n`);
    return list
      .split('\n')
      .filter(line => line.startsWith('  '))
      .map(line => line.trim());
  }

  it('are listed by the doctor if they count, with what each changes, those of npm alone before its packages are there', async () => {
    project = new Project({ withPackages: false });
    deepEqual(await listed('en', {}), []);
    put(home(), Object.entries(files));
    deepEqual(await listed('zh', env), told('zh', [...said.says, ...said.all]));

    project.remove();
    project = new Project({ withUv: false });
    put(home(), Object.entries(files));
    symlinkSync((await findPython(fetchesUv)).executable, join(project.bin, 'python3'));
    symlinkSync((await Uv.ready(() => {})).program, join(project.bin, 'uv'));
    const lines = await listed('en', { ...withoutNative, ...env });
    const expected = told('en', [...said.says, ...said.python, ...said.all]);
    const [index = ''] = lines.splice(
      lines.findIndex(line => line.includes('uv.toml: index')),
      1,
    );
    match(index, /\/\/\*{3}@mirror\.example\/simple/);
    deepEqual(lines.sort(), expected.sort());
  });
});
