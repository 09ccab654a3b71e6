/** A project with TensorFlow.js's package, and the addon that TensorFlow.js compiles. */
import { doesNotMatch, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { find } from '@mapbox/node-pre-gyp';
import { projectRoot } from '../../../lib/command/machine/paths';
import headers from '../../../lib/tfjs-graph/install/headers.json';
import { provide } from '../../../lib/tfjs-graph/install/provide';
import { temporaryFolder } from '../../folder';
import { assertTrained, Project } from './project';
import { registry } from './servers';

const ENGINE = '@tensorflow/tfjs-node';
const libraries = join(projectRoot, 'build', 'tensorflow', 'tensorflow');

describe('a project with @tensorflow/tfjs-node', () => {
  let project: Project;
  before(async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    const { address: from } = await registry(temporaryFolder());
    project = await Project.with(['@tensorflow/tfjs', ENGINE], { from });
    const tfjs = project.path('node_modules', ENGINE);
    const addon = find(join(tfjs, 'package.json'));
    mkdirSync(dirname(addon), { recursive: true });
    const binding = join(tfjs, 'binding');
    const ofNode = join(dirname(require.resolve('node-api-headers/package.json')), 'include');
    const ofTensorflow = join(await provide(headers), 'tensorflow', 'include');
    execFileSync('g++', [
      ...['-std=c++17', '-O1', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-o', addon],
      ...[binding, ofNode, ofTensorflow].flatMap(folder => ['-I', folder]),
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map(file => join(binding, file)),
      ...['cc', 'framework'].map(name => join(libraries, `libtensorflow_${name}.so.2`)),
      ...['-Xlinker', '-rpath', '-Xlinker', libraries],
    ]);
  });
  after(() => project?.remove());

  for (const args of [
    ['native.cjs', ENGINE],
    ['native.cjs', ENGINE, 'after'],
    ['native.mjs', ENGINE],
  ]) {
    it(`keeps its engine, on which the package trains: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await project.run(args);
      equal(code, 0, stderr);
      // Our addon would register the kernels twice.
      doesNotMatch(stderr, /already registered/);
      assertTrained(JSON.parse(stdout));
    });
  }
});
