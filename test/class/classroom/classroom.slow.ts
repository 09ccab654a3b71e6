import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { itemAt } from '../../../lib/digits/item-at';
import { isOf, kernelsLeft, listeningAt } from '../../processes';
import { assertShut, type Door, skipWithoutAccounts } from '../../security/doors';
import { survive } from '../../survive';
import { Hub, type Learner, type Run } from './hub';

const NAMES = ['learner-1', 'learner-2', '小明'];

/** Words in the command lines of the classroom's processes. */
const HUB = '-m jupyterhub --config';
const PROXY = 'configurable-http-proxy';
const SERVER = 'singleuser.py';

/** Prints a line at the start for the test, and never ends. */
const LOOP = `console.log('begun'); await new Promise(done => setTimeout(done, 300)); for (;;);`;
const TRAIN = `console.log('begun');
await model.fit(xTrain, yTrain, { batchSize: 64, epochs: 5000, verbose: 0 });`;

/** Milliseconds after which all kernels of a stopped server must have ended. */
const SOON = 3000;

describe('a classroom of three', () => {
  let hub: Hub;
  let learners: Learner[];
  let runs: Run[];
  before(async () => {
    hub = await Hub.start('en');
    chmodSync(hub.folder, 0o755); // as a home is on many systems, and a folder in it
  });
  after(() => hub?.stop());

  it('lets nobody in without the class’s password, or by a name that is no folder’s', async () => {
    const wrong = 'Invalid username or password';
    assert.equal(await hub.logIn('learner-1', 'wrong password'), wrong);
    assert.equal(await hub.logIn('learner-1', '密码'), wrong);
    const names = ['', '..', '../learner-1', 'a%2Fb', '-learner', 'O’Brien', 'a b'];
    for (const name of [...names, '🙂', 'a\u200fb', 'x'.repeat(33)]) {
      assert.match((await hub.logIn(name)) ?? '', /^Choose another name: 1 to 32 letters /, name);
    }
  });

  it('takes the forms of a name for one', async () => {
    for (const name of ['x'.repeat(32), '__', 'Zoë', 'Zoe\u0308', 'ＺＯË', 'प्रिया']) {
      assert.equal(await hub.logIn(name), '/hub/spawn', name);
    }
    const users = hub.sql('SELECT name FROM users ORDER BY id').flat();
    assert.deepEqual(users, ['teacher', 'x'.repeat(32), '__', 'zoë', 'प्रिया']);
  });

  it('runs the lesson in each learner’s copy at once, on an installation of somebody else’s', async () => {
    learners = await Promise.all(NAMES.map(name => hub.enter(name)));
    runs = await hub.run(learners);
    assert.deepEqual(
      runs.map(run => run.error),
      [null, null, null],
    );
  });

  it('listens on 127.0.0.1 alone, its kernels at no port, which another one might take first', () => {
    const kernels = hub.processes('/kernel-');
    assert.equal(kernels.length, NAMES.length);
    assert.deepEqual(listeningAt(kernels), []);
    const addresses = listeningAt(hub.processes(''));
    assert.ok(addresses.length >= 3 + NAMES.length, `${addresses}`);
    for (const address of addresses) assert.match(address, /^0100007F:/);
  });

  it('has its doors shut to other accounts of the machine, and learners’ to one another', async function () {
    skipWithoutAccounts(this);
    const [first, second] = learners as [Learner, Learner];
    const kernel = itemAt(runs, 0).kernel;
    const by = ({ token }: { token: string }) => ({ Authorization: `token ${token}` });
    const proxy = itemAt(hub.processes(PROXY), 0);
    const environment = readFileSync(`/proc/${proxy}/environ`, 'utf8');
    const token = /CONFIGPROXY_AUTH_TOKEN=([^\0]+)/.exec(environment)?.[1] ?? assert.fail();
    const servers = hub.processes(SERVER).filter(pid => isOf(pid, `JUPYTERHUB_USER=${first.name}`));
    /** Requests to a process itself instead of the classroom's address. */
    const askAt = (pid: number, path: string, own: { token: string }): Door[] =>
      listeningAt([pid])
        .map(address => Number.parseInt(address.split(':')[1] ?? '', 16))
        .filter(port => port !== hub.port)
        .map(port => ['ask', `http://127.0.0.1:${port}${path}`, by(own), {}]);
    const runtime = join(hub.folder, 'run');
    const files = readdirSync(runtime, { recursive: true, encoding: 'utf8' });
    const [connection = ''] = files.filter(name => name.includes(`${kernel}.json`));
    await assertShut(
      [hub.folder, hub.password, first.token, token, '"cell_type"'],
      [
        ['kernel', join(runtime, connection)],
        ['below', join(hub.folder, 'hub')],
        ['below', join(hub.folder, 'learners')],
        ['ask', `${hub.address}/hub/api/users/${first.name}`, by(first), by(second)],
        ['ask', `${hub.address}${first.path}api/contents`, by(first), by(second)],
        ...askAt(itemAt(hub.processes(HUB), 0), `/hub/api/users/${first.name}`, first),
        ...askAt(itemAt(servers, 0), `${first.path}api/contents`, first),
        ...askAt(proxy, '/api/routes', { token }),
      ],
    );
  });

  it('names the port that another program has, here this classroom', async () => {
    await assert.rejects(
      Hub.start('zh', ['--port', String(hub.port)]),
      /端口 (\d+) 已被其他程序占用。请换一个：npm run classroom -- --port \d+/,
    );
  });

  /** The learners' kernels must contain the lesson's variables. */
  async function assertGoOn(): Promise<void> {
    assert.deepEqual(await hub.run(learners, 'console.log(model.name)'), runs);
  }

  it('goes on while its hub is killed, and when it is opened again', () =>
    survive('classroom', 'the hub killed while learners work', 1, async () => {
      const proxiesBefore = hub.processes(PROXY);
      await hub.kill(HUB);
      assert.match(hub.said(), /unexpectedly \(SIGKILL\).* again with the same command\./);
      await assertGoOn();
      assert.deepEqual(hub.processes(PROXY), proxiesBefore);
      await hub.open();
      assert.notDeepEqual(hub.processes(PROXY), proxiesBefore);
      await assertGoOn();
    }));

  it('goes on at another port, of a hub that was killed with its proxy', () =>
    survive('classroom', 'the hub and its proxy killed, then another port', 1, async () => {
      await hub.kill(HUB, PROXY);
      hub.port += 50;
      await hub.open();
      await assertGoOn();
    }));

  /** Sets the kernel in which a learner ran the lesson to work; returns the id. */
  async function atWork(learner: Learner, code: string): Promise<string> {
    const lesson = itemAt(runs, learners.indexOf(learner));
    assert.deepEqual(await hub.run([learner], code), [lesson]);
    return lesson.kernel;
  }

  it('leaves no kernel when a server stops while one loops for ever, or trains', () =>
    survive('classroom', 'a learner’s server stopped during a loop or training', 2, async index => {
      const learner = itemAt(learners, index);
      const kernel = await atWork(learner, itemAt([LOOP, TRAIN], index));
      await hub.leave(learner);
      assert.deepEqual(await kernelsLeft(kernel, SOON), []);
    }));

  it('leaves no kernel when a server is killed while one trains', () =>
    survive('classroom', 'a learner’s server killed during training', 1, async () => {
      const learner = itemAt(learners, 2);
      const kernel = await atWork(learner, TRAIN);
      const home = join(hub.folder, 'learners', learner.name);
      const servers = hub.processes(SERVER).filter(pid => isOf(pid, `HOME=${home}`));
      assert.equal(servers.length, 1);
      for (const server of servers) process.kill(server, 'SIGKILL');
      assert.deepEqual(await kernelsLeft(kernel, SOON), []);
    }));

  it('opens again within a second after npm was killed, when its servers have ended', () =>
    survive('classroom', 'npm killed, then the classroom opened at once', 1, async () => {
      await hub.enter(itemAt(NAMES, 1));
      const servers = hub.processes(SERVER);
      assert.equal(servers.length, 1);
      const [first] = hub.processes('bootstrap.mjs classroom') as [number];
      const opened = hub.open();
      await hub.says(new RegExp(`still open, or just closing \\(process ${first}\\)\\. Waiting`));
      process.kill(first, 'SIGKILL');
      await opened;
      assert.deepEqual(hub.processes(SERVER), []);
    }));

  it('opens again when all was killed, and leaves alone who has their numbers by then', () =>
    survive('classroom', 'everything killed at once', 1, async () => {
      await hub.enter(itemAt(NAMES, 1));
      await hub.kill('');
      const sleepers = [0, 1].map(() => spawn('sleep', ['600']));
      const [ofServer, ofProxy] = sleepers.map(sleeper => sleeper.pid);
      hub.sql(`UPDATE spawners SET state = '{"pid": ${ofServer}}'`);
      writeFileSync(join(hub.folder, 'hub', 'proxy.pid'), String(ofProxy));
      const password = join(hub.folder, 'hub', 'password');
      writeFileSync(password, 'short');
      await assert.rejects(hub.open(), /Write a password of at least 8 characters into/);
      writeFileSync(password, hub.password);
      await hub.open();
      await hub.enter(itemAt(NAMES, 1));
      for (const sleeper of sleepers) assert.ok(sleeper.exitCode === null && sleeper.kill());
    }));

  it('leaves no proxy when it is ended while it starts, or its port is taken, which it names', async () => {
    await hub.close();
    const broken = assert.rejects(hub.open());
    while (hub.processes(PROXY).length === 0) await sleep(10);
    await hub.close();
    await broken;
    while (hub.processes('').length > 0) await sleep(50);

    const port = Number(readFileSync(join(hub.folder, 'hub', 'port'), 'utf8'));
    const message = RegExp(
      `Port ${port} is taken by another program. Choose another: npm run classroom`,
    );
    const refused = assert.rejects(hub.open(), message);
    while (hub.processes(HUB).length === 0) await sleep(10);
    const other = createServer(socket => socket.destroy()).listen(port, '127.0.0.1');
    await refused;
    while (hub.processes(PROXY).length > 0) await sleep(50);
    await once(other.close(), 'close');
    await hub.open();
  });

  it('leaves no server and no kernel when the hub ends, also not a busy one', async () => {
    const learner = await hub.enter(itemAt(NAMES, 0));
    const [run] = await hub.run([learner], LOOP);
    assert.equal(hub.processes(`kernel-${run?.kernel}`).length, 1);
    await hub.stop();
    const deadline = Date.now() + SOON;
    while (hub.processes('').length > 0 && Date.now() < deadline) await sleep(50);
    assert.deepEqual(hub.processes(''), []);
  });
});
