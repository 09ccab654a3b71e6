import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../../lib/tools/project/paths';
import {
  allRequirements,
  type Extra,
  partsOf,
  requirements,
} from '../../../lib/tools/setup/packages/environment-yml';

const linux = { name: 'linux-x64', native: true, tried: true, gpu: false };

describe('environment.yml', () => {
  it('is an environment of conda-forge’s Python and Node, by whose name it is known', () => {
    const file = readFileSync(join(projectRoot, 'environment.yml'), 'utf8');
    const { name, channels, dependencies } = parse(file);
    equal(name, 'digits');
    deepEqual(channels, ['conda-forge']);
    const conda = dependencies.map((line: unknown) => String(line).split('=')[0]);
    deepEqual(conda.slice(0, -1), ['python', 'nodejs', 'pip']);
  });

  it('gives every Python package an exact version, or is refused', () => {
    for (const { spec } of allRequirements()) match(spec, /^[\w-]+==[\d.]+(post\d+)?$/);
    deepEqual(partsOf("ziglang==0.15.2; extra == 'test' or extra == 'bench'"), {
      ...{ spec: 'ziglang==0.15.2', name: 'ziglang', version: '0.15.2' },
      extras: ['test', 'bench'],
    });
    for (const line of ['plotly', 'plotly>=7', 'plotly==', '==7.1.0; extra']) {
      throws(() => partsOf(line), /^Error: Expected "name==version" in environment\.yml but found/);
    }
  });

  it('is of one version of TensorFlow', () => {
    const lines = allRequirements().filter(({ name }) => name.startsWith('tensorflow'));
    equal(new Set(lines.map(({ version }) => version)).size, 1);
    equal(lines.length, 2);
  });

  it('gives a marked line only on its occasion, and all of TensorFlow where its wheel is made', () => {
    const named = (extras: Extra[], machine = linux) =>
      requirements(machine, extras).map(({ name }) => name);
    ok(named([]).includes('jupyterlab'));
    const marked = /^(tensorflow|uv|ziglang|numpy|jupyter-repo2docker|jupyterhub)/;
    deepEqual(
      named([]).filter(name => marked.test(name)),
      [],
    );
    deepEqual(
      named(['test', 'classroom']).filter(name => marked.test(name)),
      ['jupyter-repo2docker', 'tensorflow-cpu', 'jupyterhub'],
    );
    ok(named(['bench']).includes('tensorflow-cpu'));
    ok(!named(['test'], { ...linux, name: 'darwin-arm64' }).includes('tensorflow-cpu'));
  });
});
