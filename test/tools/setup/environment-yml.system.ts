import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentName, projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { interpreterOf } from '../../../lib/tools/project/python';
import {
  partsOf,
  readEnvironment,
  requirements,
} from '../../../lib/tools/setup/packages/environment-yml';
import { siteOf } from '../../../lib/tools/setup/setup';
import { missingPackages } from '../../../lib/tools/setup/steps/packages';

const environment = readEnvironment();
const linux = { name: 'linux-x64', native: true, gpu: false };

describe('environment.yml', () => {
  it('has the name by which an activated conda environment is known', () => {
    equal(environment.name, environmentName);
  });

  it('takes Python and Node from conda-forge', () => {
    deepEqual(environment.channels, ['conda-forge']);
    ok(environment.dependencies.some(line => line.startsWith('python=')));
    ok(environment.dependencies.some(line => line.startsWith('nodejs=')));
  });

  it('gives every Python package an exact version', () => {
    for (const line of environment.pip) match(line, /^[\w-]+==[\d.]+(post\d+)?(;|$)/);
  });

  it('is refused where a line gives none', () => {
    deepEqual(partsOf("ziglang==0.15.2; extra == 'compiler'"), {
      ...{ pinned: 'ziglang==0.15.2', name: 'ziglang', version: '0.15.2' },
      marker: "extra == 'compiler'",
    });
    for (const line of ['plotly', 'plotly>=7', 'plotly==', '==7.1.0; extra']) {
      throws(
        () => partsOf(line),
        /^Error: Expected "name==version" in environment\.yml but found "/,
      );
    }
  });

  it('holds the same versions that set-up has installed', async () => {
    const site = siteOf({ extras: ['test', 'classroom'] });
    const python = await interpreterOf(site.python);
    ok(python, `no Python in ${site.python.prefix}`);
    deepEqual(missingPackages(site, python.packages), []);
  });

  it('has the plotly that bundles the plotly.js of the npm side', async () => {
    const python = pythonEnvironment();
    const packages = (await interpreterOf(python))?.packages ?? '';
    const source = readFileSync(join(packages, 'plotly', 'package_data', 'plotly.min.js'), 'utf8');
    const bundled = /plotly\.js v([\d.]+)/.exec(source.slice(0, 500))?.[1];
    const npm = JSON.parse(
      readFileSync(join(projectRoot, 'node_modules', 'plotly.js-dist', 'package.json'), 'utf8'),
    );
    equal(bundled, npm.version);
  });
});

describe('requirements', () => {
  const specs = (machine: typeof linux) =>
    requirements(environment, machine).map(({ spec }) => spec);

  it('names TensorFlow without CUDA where there is no NVIDIA driver', () => {
    ok(specs(linux).some(spec => /^tensorflow-cpu==[\d.]+$/.test(spec)));
  });

  it('names TensorFlow with CUDA in the same version beside an NVIDIA driver', () => {
    const cpu = specs(linux).find(spec => spec.startsWith('tensorflow-cpu=='));
    const gpu = specs({ ...linux, gpu: true });
    ok(gpu.includes(`tensorflow[and-cuda]==${cpu?.split('==')[1]}`));
    ok(!gpu.some(spec => spec.startsWith('tensorflow-cpu')));
  });

  it('leaves TensorFlow out where there is no library of it', () => {
    const names = specs({ name: 'darwin-arm64', native: false, gpu: false });
    ok(!names.some(spec => spec.startsWith('tensorflow')));
    ok(names.some(spec => spec.startsWith('jupyterlab==')));
  });

  it('adds a marked line only on its occasion', () => {
    const named = (extras: ('compiler' | 'test')[]) =>
      requirements(environment, linux, extras).map(({ name }) => name);
    ok(!named([]).includes('ziglang') && !named([]).includes('jupyter-repo2docker'));
    ok(named(['compiler']).includes('ziglang'));
    ok(named(['test']).includes('jupyter-repo2docker'));
  });
});
