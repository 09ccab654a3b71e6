// run: alone
import assert from 'node:assert/strict';
import { itemAt } from '../../../lib/digits/item-at';
import { familyOf, memoryOf } from '../../processes';
import { survive } from '../../survive';
import { Hub, type Learner, type Run } from './hub';

const LEARNERS = 20;

/** Maximum megabytes of a learner's kernel and server at the end of the lesson. */
const LIMITS = { kernel: 520, server: 200 };

describe('a classroom of twenty', () => {
  let hub: Hub;
  let learners: Learner[];
  let runs: Run[];
  before(async () => {
    hub = await Hub.start('en');
    const names = Array.from({ length: LEARNERS }, (_, i) => `learner-${i + 1}`);
    learners = await Promise.all(names.map(name => hub.enter(name)));
    runs = await hub.run(learners);
  });
  after(() => hub?.stop());

  it('runs the lesson for all at once', () =>
    survive('classroom', 'twenty learners in the lesson at once, on two cores', LEARNERS, i =>
      assert.equal(itemAt(runs, i).error, null),
    ));

  it('takes no more memory for a kernel and a server than promised', () => {
    const sizes = (pids: readonly number[]) =>
      pids.map(pid => familyOf(pid).reduce((sum, member) => sum + memoryOf(member), 0)).sort();
    const kernels = hub.processes('/kernel-');
    const all = {
      kernel: sizes(kernels),
      server: hub.processes('singleuser.py').map(memoryOf).sort(),
    };
    for (const [name, each] of Object.entries(all)) {
      const line = `megabytes a ${name}: ${each.map(Math.round).join(' ')}`;
      console.log(`    ${line}`);
      assert.equal(each.length, LEARNERS);
      assert.ok(Math.max(...each) <= LIMITS[name as keyof typeof LIMITS], line);
    }
  });
});
