/** The Python environment that set-up has made for these tests. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { packageFolder } from '../../../lib/tools/project/paths';
import { interpreterAt } from '../../../lib/tools/project/python';
import { siteOf } from '../../../lib/tools/setup/setup';
import { kernelFile, kernelSpec } from '../../../lib/tools/setup/steps/kernel';
import { missingPackages } from '../../../lib/tools/setup/steps/packages';

describe('the Python environment', () => {
  const site = siteOf({ extras: ['test', 'classroom'] });

  it('holds the versions of environment.yml, and the plotly that bundles the npm side’s plotly.js', async () => {
    const { packages } = await interpreterAt(site.python.prefix);
    deepEqual(missingPackages(site, packages), []);
    const bundle = join(packages, 'plotly', 'package_data', 'plotly.min.js');
    const [, version] = /plotly\.js v([\d.]+)/.exec(readFileSync(bundle, 'utf8')) ?? [];
    const manifest = join(packageFolder('plotly.js-dist'), 'package.json');
    equal(version, JSON.parse(readFileSync(manifest, 'utf8')).version);
  });

  it('has the kernel, which Jupyter finds, with every file by a path that holds from any folder', () => {
    const args = ['-m', 'jupyter', 'kernelspec', 'list', '--json'];
    const list = execFileSync(site.python.program('python'), args, {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    const { resource_dir, spec } = JSON.parse(list).kernelspecs.tslab;
    equal(resource_dir, dirname(kernelFile(site.python.prefix)));
    const { argv, display_name, language, interrupt_mode, env } = spec;
    deepEqual({ argv, display_name, language, interrupt_mode, env }, kernelSpec());
    const files = kernelSpec().argv.filter(word => /[\\/]/.test(word));
    equal(files.length, 2);
    for (const file of files) ok(isAbsolute(file) && existsSync(file), file);
  });
});
