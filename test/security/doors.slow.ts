/** What other accounts of this machine meet at the doors of a classroom and of `npm run lesson`. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../lib/tools/project/paths';
import { temporaryFolder } from '../folder';
import { commandOf, hasVariable, listeningAt, processesWith } from '../processes';
import { Hub, type Learner } from '../tools/classroom/hub';
import { NpmStart } from '../tools/lab/npm-start';
import { until } from '../tools/setup/support';
import { assertShut, type Door, skipWithoutAccounts } from './doors';

/** Something that stands in each notebook. */
const IN_NOTEBOOKS = '"cell_type"';

describe('an account of this machine that is not asked in', function () {
  this.timeout(400_000);
  before(function () {
    skipWithoutAccounts(this);
  });

  it('finds the doors of npm run lesson shut', async () => {
    const lesson = new NpmStart([], { command: ['run', 'lesson', '--', '--lang', 'en'] });
    try {
      let found: RegExpExecArray | undefined | null;
      await until(() => {
        const commands = lesson.left().map(commandOf).join('\n');
        found = /execute\.py (\S+)\/in\.ipynb[\s\S]* (\S+\/kernel\.json)/.exec(commands);
        return found !== null;
      });
      const [, work = '', connection = ''] = found ?? [];
      await assertShut(
        [lesson.mark, IN_NOTEBOOKS],
        [
          ['kernel', connection],
          ['open', dirname(connection)],
          ['below', work],
          ...lesson.left().map((pid): Door => ['process', pid]),
        ],
      );
    } finally {
      lesson.killAll();
    }
  });

  it('has none of its code run that lies among the temporary files', () => {
    const [TMPDIR, HOME] = [temporaryFolder(), temporaryFolder()];
    const script = join(projectRoot, 'lib', 'tools', 'bootstrap.mjs');
    const ran = join(HOME, 'ran');
    const examine = () =>
      spawnSync(process.execPath, [script, 'doctor'], {
        env: { ...process.env, TMPDIR, HOME },
        stdio: 'ignore',
      });
    examine();
    const kept = join(TMPDIR, 'tsx-0');
    for (const name of readdirSync(kept)) {
      const file = join(kept, name);
      const found = JSON.parse(readFileSync(file, 'utf8'));
      found.code = `require("fs").writeFileSync(${JSON.stringify(ran)}, "");${found.code}`;
      writeFileSync(file, JSON.stringify(found));
    }
    examine();
    ok(existsSync(ran), 'so it would be');
    rmSync(ran);
    for (const path of [kept, ...readdirSync(kept).map(name => join(kept, name))]) {
      chownSync(path, 65534, 65534);
    }
    examine();
    ok(!existsSync(ran));
  });

  it('finds the doors of a classroom shut', async () => {
    const hub = await Hub.start('en');
    chmodSync(hub.folder, 0o755); // as a home is on many systems, and a folder in it
    try {
      const [one, two] = [await hub.enter('one'), await hub.enter('two')] as const;
      const [run] = await hub.run([one], 'console.log(1)');
      ok(run?.kernel, run?.error ?? '');
      const by = (token: string) => ({ Authorization: `token ${token}` });
      const [proxy = 0] = hub.processes('configurable-http-proxy');
      const environment = readFileSync(`/proc/${proxy}/environ`, 'utf8');
      const [, proxyToken = ''] = /CONFIGPROXY_AUTH_TOKEN=([^\0]+)/.exec(environment) ?? [];
      const [server = 0] = hub
        .processes('-m jupyterhub.singleuser')
        .filter(pid => hasVariable(pid, 'JUPYTERHUB_USER', one.name));
      /** Who asks a process itself, in place of the classroom's address. */
      const askAt = (pid: number | undefined, path: string, token: string): Door[] =>
        listeningAt([pid ?? 0])
          .map(address => Number.parseInt(address.split(':')[1] ?? '', 16))
          .filter(port => port !== hub.port)
          .map(port => ['ask', `http://127.0.0.1:${port}${path}`, by(token), {}]);
      const runtime = join(hub.folder, 'run');
      const files = readdirSync(runtime, { recursive: true, encoding: 'utf8' });
      const connections = files.filter(name => name.includes(`${run.kernel}.json`));
      equal(connections.length, 1);
      await assertShut(
        [hub.folder, hub.password, one.token, proxyToken, IN_NOTEBOOKS],
        [
          ...connections.map((name): Door => ['kernel', join(runtime, name)]),
          ['below', join(hub.folder, 'hub')],
          ['below', join(hub.folder, 'learners')],
          ...hub.processes('').map((pid): Door => ['process', pid]),
          ['ask', `${hub.address}/hub/api/users/one`, by(one.token), by(two.token)],
          ['ask', `${hub.address}${one.path}api/contents`, by(one.token), by(two.token)],
          ...askAt(hub.processes('-m jupyterhub --config')[0], '/hub/api/users/one', one.token),
          ...askAt(server, `${one.path}api/contents`, one.token),
          ...askAt(proxy, '/api/routes', proxyToken),
        ],
      );
    } finally {
      await hub.stop();
    }
  });

  it('finds the doors of a neighbour in a classroom of the machine’s accounts shut', async () => {
    const hub = await Hub.start('en', undefined, true);
    chmodSync(hub.folder, 0o755);
    try {
      const [one, two] = [await hub.enter('one'), await hub.enter('two')] as const;
      const [run] = await hub.run([one], 'console.log(1)');
      const runtime = join(hub.folder, 'one', '.local', 'share', 'jupyter', 'runtime');
      const own = processesWith('').filter(pid => hasVariable(pid, 'USER', 'one'));
      const accountOf = (path: string) => statSync(path).uid;
      deepEqual(
        new Set(own.map(pid => accountOf(`/proc/${pid}`))),
        new Set([accountOf(join(hub.folder, 'one'))]),
      );
      equal(await hub.logIn('root'), 'Invalid username or password');
      const by = ({ token }: Learner) => ({ Authorization: `token ${token}` });
      await assertShut(
        [hub.folder],
        [
          ['kernel', join(runtime, `kernel-${run?.kernel}.json`)],
          ['open', runtime],
          ['open', join(hub.folder, 'hub')],
          ['ask', `${hub.address}${one.path}api/contents`, by(one), by(two)],
          ...own.map((pid): Door => ['process', pid]),
        ],
        accountOf(join(hub.folder, 'two')),
      );
    } finally {
      await hub.stop();
    }
  });
});
