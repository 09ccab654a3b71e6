/** `--accounts system`: a learner with an account of the machine, made for this test alone. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, makeAccount, UID } from './accounts';
import { faultOf, Hub, processesOf, type Together, together } from './hub';

describe('a classroom of the machine’s own accounts', () => {
  let account: Account | undefined;
  let hub: Hub;
  let class_: Together;
  before(async function () {
    account = makeAccount('learner-1');
    if (!account) {
      console.log('  a namespace with an account of our own needs root on Linux, so skipped:');
      return this.skip();
    }
    hub = await Hub.start('en', account);
  });
  after(async () => {
    await hub?.stop();
    if (account) rmSync(account.folder, { recursive: true });
  });

  it('lets in who has an account and its password', async () => {
    const wrong = 'Invalid username or password';
    assert.equal(await hub.logIn('learner-1', 'wrong password'), wrong);
    assert.equal(await hub.logIn('learner-2'), wrong);
    assert.equal(await hub.logIn('root'), wrong);
  });

  it('runs the lesson as the learner, in the learner’s home', async () => {
    class_ = await together(hub, ['learner-1']);
    assert.deepEqual(class_.runs.map(faultOf), [undefined]);
    const { kernels, servers } = processesOf(class_.runs);
    assert.ok(kernels.length === 1 && servers.length === 1);
    for (const pid of [...kernels, ...servers]) {
      const uids = /^Uid:\t(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      assert.deepEqual(uids?.split('\t').map(Number), Array(4).fill(UID));
    }
    const copy = join(account?.folder ?? '', 'home', 'digits', 'notebooks', 'lesson.en.ipynb');
    assert.ok(existsSync(copy));
    assert.equal(statSync(copy).uid, UID);
  });
});
