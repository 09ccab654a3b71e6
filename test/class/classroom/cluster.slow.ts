/** Many machines, without a cluster: the pods, and the image's recipe. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../../../lib/command/machine/paths';
import { Uv } from '../../../lib/lab/setup/packages/uv';
import { temporaryFolder } from '../../folder';
import { readText } from '../../texts';

const FOLDER = 'lib/class/classroom/cluster';
const [hub = ''] = /jupyterhub==\S+/.exec(readText(`${FOLDER}/Dockerfile`)) ?? [];
const PACKAGES = `${hub} jupyterhub-kubespawner==7.1.0 jupyterhub-ltiauthenticator==1.6.3
  kubernetes-validate==1.37.0 jupyter-repo2docker==2026.4.0`.split(/\s+/);

describe('many machines', () => {
  const folder = temporaryFolder();
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(folder, 'bin', program), args, {
      ...{ cwd: projectRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      env: { ...process.env, KUBECONFIG: join(__dirname, 'no-cluster.yml') },
    });
  before(async () => {
    const uv = await Uv.ready(() => {});
    const options = { title: 'uv', log: 'cluster' };
    await uv.run(
      ['venv', '--clear', '--python', pythonEnvironment().program('python'), folder],
      options,
    );
    const python = join(folder, 'bin', 'python');
    await uv.run(['pip', 'install', '--python', python, ...PACKAGES], options);
  });

  it('have pods that pass Kubernetes’ schema, each as chosen, whatever was chosen before', () => {
    const pod = (language: string, least: number, most: number) =>
      `${language} /lab/tree/lesson.${language}.ipynb ~/digits/notebooks ${least * 2 ** 20} ${most * 2 ** 20} registry.example.org/digits:1 /srv/conda/envs/notebook/bin/python /opt/digits/lib/class/classroom/singleuser.py`;
    const [en, zh] = ['en', 'zh'].map(language => pod(language, 560, 1500));
    const lines = run('python', join(__dirname, 'pods.py'), `${FOLDER}/values.yaml`).split('\n');
    deepEqual(lines.slice(0, 4), [en, pod('zh', 1500, 4096), zh, en]);
    equal(lines[4], 'LTI: https://moodle.example.org sub');
  });

  it('have an image made of environment.yml and postBuild', () => {
    const recipe = run('jupyter-repo2docker', '--no-build', '--debug', '.');
    match(recipe, /env update .* --file "environment.yml"[\s\S]*^RUN \.\/postBuild$/m);
  });
});
