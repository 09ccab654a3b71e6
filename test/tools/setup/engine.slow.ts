import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import wheels from '../../../lib/tfjs-graph/addon/wheels.json';
import { linkOrCopy } from '../../../lib/tools/project/files';
import { tables } from '../../../lib/tools/project/messages';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { Uv } from '../../../lib/tools/setup/packages/uv';
import { put } from '../../folder';
import { survive } from '../../survive';
import { Project, sayingOf } from './support';

describe('the native engine', () => {
  let project: Project;
  let addon: string;
  before(async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    project = new Project({ withUv: false });
    await project.linkedVenv();
    const stamp = 'digits-packages.json';
    symlinkSync(join(pythonEnvironment().prefix, stamp), join(project.venv, stamp));
    symlinkSync((await Uv.ready(() => {})).program, join(project.bin, 'uv'));
    for (const path of Object.keys(wheels['linux-x64'].files)) {
      const [from, to] = [projectRoot, project.root].map(root =>
        join(root, 'build/tensorflow', path),
      );
      linkOrCopy(from as string, to as string);
    }
    addon = project.addon;
  });
  after(() => project?.remove());

  it('stays as it is where there is no compiler and no network to fetch one, and both are named', () =>
    survive('setup', 'neither a C++ compiler nor a network', 2, async index => {
      put(dirname(addon), [
        ['tfjs_binding.node', 'x'.repeat(1_000 * (1 - index))],
        ['tfjs-graph-addon.json', '{}'],
      ]);
      rmSync(join(project.root, '.cache'), { recursive: true, force: true });
      const offline = {
        UV_DEFAULT_INDEX: 'http://127.0.0.1:9/simple',
        UV_HTTP_RETRIES: '0',
        DIGITS_GPU: '0',
      };
      const language = index === 0 ? 'en' : 'zh';
      const { code, output } = await project.run('setup', ['--lang', language], offline);
      equal(code, 1);
      ok(output.includes(tables[language].setup.fetchingCompiler), output);
      match(output, sayingOf(language, 'network'));
      deepEqual(readdirSync(dirname(addon)), ['tfjs-graph-addon.json', 'tfjs_binding.node']);
    }));
});
