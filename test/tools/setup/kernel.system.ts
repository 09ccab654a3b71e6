import { deepEqual, equal, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { pythonEnvironment } from '../../../lib/tools/project/paths';
import { kernelFile, kernelSpec } from '../../../lib/tools/setup/steps/kernel';

describe('the kernelspec', () => {
  const python = pythonEnvironment();

  it('is what Jupyter itself reads from the environment', () => {
    const args = ['-m', 'jupyter', 'kernelspec', 'list', '--json'];
    const list = execFileSync(python.program('python'), args, { encoding: 'utf8', stdio: 'pipe' });
    const { resource_dir, spec } = JSON.parse(list).kernelspecs.tslab;
    equal(resource_dir, dirname(kernelFile(python.prefix)));
    const { argv, display_name, language, interrupt_mode, env } = spec;
    deepEqual({ argv, display_name, language, interrupt_mode, env }, kernelSpec());
  });

  it('names every file by a path that holds from any folder', () => {
    const { argv } = kernelSpec();
    const files = argv.filter(word => /[\\/]/.test(word));
    equal(files.length, 3);
    for (const file of files) ok(isAbsolute(file) && existsSync(file), file);
  });
});
