import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { itemAt } from '../../../lib/digits/item-at';
import { survive } from '../../survive';
import { Hub, type Learner, runAtOnce } from './hub';
import { hasVariable, kernelsLeft, listeningAt, processesWith } from './processes';
import { assertMemory, faultOf, processesOf, type Together, together } from './together';

const PATH = 'lesson.en.ipynb';
const NAMES = ['learner-1', 'learner-2', '小明'];

/** Says that it begins, so that the test knows, and never ends. */
const LOOP = `console.log('begun'); await new Promise(done => setTimeout(done, 300)); for (;;);`;
const TRAIN = `console.log('begun');
await digits.fit(model, xTrain, yTrain, { batchSize: 64, epochs: 5000, verbose: 0 });`;

/** Milliseconds after which no kernel of a server that has stopped may be left. */
const SOON = 3000;

describe('a classroom of three', function () {
  this.timeout(300_000);
  let hub: Hub;
  let class_: Together;
  before(async () => {
    hub = await Hub.start('en');
  });
  after(() => hub?.stop());

  it('lets nobody in without the class’s password, or by a name that is no folder’s', async () => {
    assert.equal(await hub.logIn('learner-1', 'wrong password'), null);
    assert.equal(await hub.logIn('../learner-1'), null);
    assert.equal(await hub.logIn('..'), null);
  });

  it('runs the lesson in each learner’s copy at once, on a read-only installation', async function () {
    class_ = await together(hub, NAMES);
    assert.deepEqual(class_.runs.map(faultOf), [undefined, undefined, undefined]);
    if (!hub.readOnly) this.skip();
  });

  it('takes no more memory a kernel than promised', () => assertMemory(class_.runs));

  it('listens on 127.0.0.1 alone', () => {
    const { kernels, servers, hubs, proxies } = processesOf(class_.runs);
    const addresses = listeningAt([...kernels, ...servers, ...hubs, ...proxies]);
    assert.ok(addresses.length >= 3 + servers.length, `${addresses}`);
    assert.deepEqual([...new Set(addresses)], ['0100007F']);
  });

  it('gives no kernel a port, which another one might take first', () => {
    const folder = join(hub.folder, 'run');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const connections = files.filter(name => /kernel-[^/]*\.json$/.test(name));
    assert.equal(connections.length, class_.runs.length);
    for (const name of connections) {
      const { transport, ip } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      assert.equal(transport, 'ipc');
      for (const number of [1, 2, 3, 4, 5]) assert.ok(statSync(`${ip}-${number}`).isSocket());
    }
  });

  /** Sets the kernel in which a learner ran the lesson to work; returns its id. */
  async function atWork(learner: Learner, code: string): Promise<string> {
    const [run] = await runAtOnce(PATH, [learner], code);
    assert.equal(run?.error, null);
    const before = class_.runs[class_.learners.indexOf(learner)]?.kernel;
    assert.equal(run?.kernel, before);
    return before ?? assert.fail('no kernel');
  }

  it('leaves no kernel when a server stops while one loops for ever', () =>
    survive(
      'classroom',
      {
        en: 'a learner’s server stopped during an endless loop',
        zh: '死循环中停止学生的服务器',
      },
      1,
      async () => {
        const [learner] = class_.learners as [Learner];
        const kernel = await atWork(learner, LOOP);
        await hub.leave(learner);
        assert.deepEqual(await kernelsLeft(kernel, SOON), []);
      },
    ));

  it('leaves no kernel when a server stops while one trains', () =>
    survive(
      'classroom',
      { en: 'a learner’s server stopped during training', zh: '训练中停止学生的服务器' },
      1,
      async () => {
        const learner = itemAt(class_.learners, 1);
        const kernel = await atWork(learner, TRAIN);
        await hub.leave(learner);
        assert.deepEqual(await kernelsLeft(kernel, SOON), []);
      },
    ));

  it('leaves no kernel when a server is killed while one trains', () =>
    survive(
      'classroom',
      { en: 'a learner’s server killed during training', zh: '训练中杀死学生的服务器进程' },
      1,
      async () => {
        const learner = itemAt(class_.learners, 2);
        const kernel = await atWork(learner, TRAIN);
        const home = join(hub.folder, 'learners', learner.name);
        const servers = processesWith('-m jupyterhub.singleuser').filter(pid =>
          hasVariable(pid, 'HOME', home),
        );
        assert.equal(servers.length, 1);
        for (const server of servers) process.kill(server, 'SIGKILL');
        assert.deepEqual(await kernelsLeft(kernel, SOON), []);
      },
    ));

  it('leaves no server and no kernel when the hub ends, also not a busy one', async () => {
    const learner = await hub.enter(itemAt(NAMES, 0));
    const [run] = await runAtOnce(PATH, [learner], LOOP);
    const { hostname, port } = new URL(hub.address);
    const api = `http://${hostname}:${Number(port) + 1}/hub/api`;
    const started = (words: string) =>
      processesWith(words).filter(pid => hasVariable(pid, 'JUPYTERHUB_API_URL', api));
    assert.equal(started('-m jupyterhub.singleuser').length, 1);
    assert.equal(started(`kernel-${run?.kernel}`).length, 1);
    await hub.stop();
    const deadline = Date.now() + SOON;
    while (started('').length > 0 && Date.now() < deadline) await sleep(50);
    assert.deepEqual(started(''), []);
  });
});
