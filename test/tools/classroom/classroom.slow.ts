import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { itemAt } from '../../../lib/digits/item-at';
import { hasVariable, kernelsLeft, listeningAt } from '../../processes';
import { survive } from '../../survive';
import { faultOf, Hub, type Learner, processesOf, type Run, type Together, together } from './hub';

const NAMES = ['learner-1', 'learner-2', '小明'];

/** What is in the command lines of its processes. */
const HUB = '-m jupyterhub --config';
const PROXY = 'configurable-http-proxy';
const SERVER = '-m jupyterhub.singleuser';

/** Says that it begins, so that the test knows, and never ends. */
const LOOP = `console.log('begun'); await new Promise(done => setTimeout(done, 300)); for (;;);`;
const TRAIN = `console.log('begun');
await digits.fit(model, xTrain, yTrain, { batchSize: 64, epochs: 5000, verbose: 0 });`;

/** Milliseconds after which no kernel of a server that has stopped may be left. */
const SOON = 3000;

describe('a classroom of three', () => {
  let hub: Hub;
  let class_: Together;
  before(async () => {
    hub = await Hub.start('en');
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
    class_ = await together(hub, NAMES);
    assert.deepEqual(class_.runs.map(faultOf), [undefined, undefined, undefined]);
  });

  it('listens on 127.0.0.1 alone, its kernels at no port, which another one might take first', () => {
    const { kernels, servers, hubs, proxies } = processesOf(class_.runs);
    assert.ok(kernels.length >= NAMES.length);
    assert.deepEqual(listeningAt(kernels), []);
    const addresses = listeningAt([...servers, ...hubs, ...proxies]);
    assert.ok(addresses.length >= 3 + servers.length, `${addresses}`);
    for (const address of addresses) assert.match(address, /^0100007F:/);
  });

  it('names the port that another program has, here this classroom', async () => {
    await assert.rejects(
      Hub.start('zh', hub.port),
      /端口 (\d+) 已被其他程序占用。请换一个：npm run classroom -- --port \d+/,
    );
  });

  /** The learners' kernels must be those of the lesson, with its variables. */
  async function assertGoOn(): Promise<void> {
    const runs = await hub.run(class_.learners, 'console.log(model.name)');
    const inShort = (each: Run) => ({ kernel: each.kernel, error: each.error });
    assert.deepEqual(runs.map(inShort), class_.runs.map(inShort));
  }

  it('goes on while its hub is killed, and when it is opened again', () =>
    survive('classroom', 'the hub killed while learners work', 1, async () => {
      const before = hub.processes(PROXY);
      await hub.kill(HUB);
      assert.match(hub.said(), /unexpectedly \(SIGKILL\).* again with the same command\./);
      await assertGoOn();
      assert.deepEqual(hub.processes(PROXY), before);
      await hub.open();
      assert.notDeepEqual(hub.processes(PROXY), before);
      await assertGoOn();
    }));

  it('goes on at another port, of a hub that was killed with its proxy', () =>
    survive('classroom', 'the hub and its proxy killed, then another port', 1, async () => {
      await hub.kill(HUB, PROXY);
      hub.port += 50;
      await hub.open();
      await assertGoOn();
    }));

  /** Sets the kernel in which a learner ran the lesson to work; returns its id. */
  async function atWork(learner: Learner, code: string): Promise<string> {
    const [run] = await hub.run([learner], code);
    assert.equal(run?.error, null);
    const before = class_.runs[class_.learners.indexOf(learner)]?.kernel;
    assert.equal(run?.kernel, before);
    return before ?? assert.fail('no kernel');
  }

  /** Stops the server of a learner whose kernel is at work. */
  async function stopsAtWork(learner: Learner, code: string): Promise<void> {
    const kernel = await atWork(learner, code);
    await hub.leave(learner);
    assert.deepEqual(await kernelsLeft(kernel, SOON), []);
  }

  it('leaves no kernel when a server stops while one loops for ever', () =>
    survive('classroom', 'a learner’s server stopped during an endless loop', 1, () =>
      stopsAtWork(itemAt(class_.learners, 0), LOOP),
    ));

  it('leaves no kernel when a server stops while one trains', () =>
    survive('classroom', 'a learner’s server stopped during training', 1, () =>
      stopsAtWork(itemAt(class_.learners, 1), TRAIN),
    ));

  it('leaves no kernel when a server is killed while one trains', () =>
    survive('classroom', 'a learner’s server killed during training', 1, async () => {
      const learner = itemAt(class_.learners, 2);
      const kernel = await atWork(learner, TRAIN);
      const home = join(hub.folder, 'learners', learner.name);
      const servers = hub.processes(SERVER).filter(pid => hasVariable(pid, 'HOME', home));
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
      const [ending] = hub.processes(HUB);
      const opened = hub.open();
      await hub.says(new RegExp(`still open, or just closing \\(process ${ending}\\)\\. Waiting`));
      process.kill(first, 'SIGKILL');
      await opened;
      assert.deepEqual(hub.processes(SERVER), []);
    }));

  it('opens again when all was killed, and leaves alone who has their numbers by then', () =>
    survive('classroom', 'everything killed at once', 1, async () => {
      await hub.enter(itemAt(NAMES, 1));
      await hub.kill('');
      const others = [0, 1].map(() => spawn('sleep', ['600']));
      const [ofServer, ofProxy] = others.map(each => each.pid);
      hub.sql(`UPDATE spawners SET state = '{"pid": ${ofServer}}'`);
      writeFileSync(join(hub.folder, 'hub', 'proxy.pid'), String(ofProxy));
      const password = join(hub.folder, 'hub', 'password');
      writeFileSync(password, 'short');
      const tooShort = /at least 8 characters.*stopped unexpectedly \(exit code 1\); see its/s;
      await assert.rejects(hub.open(), tooShort);
      writeFileSync(password, hub.password);
      await hub.open();
      await hub.enter(itemAt(NAMES, 1));
      for (const each of others) assert.ok(each.exitCode === null && each.kill());
    }));

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
