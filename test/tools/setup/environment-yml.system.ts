import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentName, projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { interpreterOf } from '../../../lib/tools/project/python';
import {
  type Extra,
  partsOf,
  readEnvironment,
  requirements,
} from '../../../lib/tools/setup/packages/environment-yml';
import { siteOf } from '../../../lib/tools/setup/setup';
import { missingPackages } from '../../../lib/tools/setup/steps/packages';

const environment = readEnvironment();
const linux = { name: 'linux-x64', native: true, tried: true, gpu: false };

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
    deepEqual(partsOf("ziglang==0.15.2; extra == 'test' or extra == 'bench'"), {
      ...{ spec: 'ziglang==0.15.2', name: 'ziglang', version: '0.15.2' },
      extras: ['test', 'bench'],
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
  const named = (extras: Extra[], machine = linux) =>
    requirements(environment, machine, extras).map(({ name }) => name);

  it('are Jupyter without TensorFlow, to run the lesson', () => {
    ok(named([]).includes('jupyterlab'));
    ok(!named([]).some(name => /^(tensorflow|uv|ziglang|numpy)/.test(name)));
  });

  it('add a marked line only on its occasion', () => {
    ok(!named([]).includes('jupyter-repo2docker'));
    ok(named(['test']).includes('jupyter-repo2docker'));
    ok(!named(['test']).includes('jupyterhub'));
    ok(named(['test', 'classroom']).includes('jupyterhub'));
  });

  it('hold the whole of TensorFlow, beside Keras, for tests alone and where its wheel is made', () => {
    ok(named(['test']).includes('tensorflow-cpu'));
    ok(named(['bench']).includes('tensorflow-cpu'));
    ok(!named(['test'], { ...linux, name: 'darwin-arm64' }).includes('tensorflow-cpu'));
  });

  it('are of one version of TensorFlow', () => {
    const lines = environment.pip.filter(line => line.startsWith('tensorflow'));
    equal(new Set(lines.map(line => partsOf(line).version)).size, 1);
    equal(lines.length, 2);
  });
});
