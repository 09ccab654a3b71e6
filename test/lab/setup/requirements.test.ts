import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  allRequirements,
  type Extra,
  packageOf,
  requirements,
} from '../../../lib/lab/setup/packages/requirements';

const linux = { name: 'linux-x64', native: true, tried: true, gpu: false };

describe('environment.yml', () => {
  it('is of one version of TensorFlow', () => {
    const versions = allRequirements().filter(({ name }) => name.startsWith('tensorflow'));
    equal(versions.length, 2);
    for (const { version } of versions) equal(version, packageOf('engine').version);
  });

  it('gives a marked line only on its occasion, and all of TensorFlow where its wheel is made', () => {
    const marked = /^(tensorflow|uv|ziglang|notebook|jupyterhub)/;
    const packagesOf = (extras: Extra[], machine = linux) =>
      requirements(machine, extras)
        .map(({ name }) => name)
        .filter(name => marked.test(name));
    ok(requirements(linux).some(({ name }) => name === 'jupyterlab'));
    deepEqual(packagesOf([]), []);
    deepEqual(packagesOf(['test', 'classroom']), ['notebook', 'tensorflow-cpu', 'jupyterhub']);
    deepEqual(packagesOf(['bench']), ['tensorflow-cpu']);
    deepEqual(packagesOf(['test'], { ...linux, name: 'darwin-arm64' }), ['notebook']);
  });
});
