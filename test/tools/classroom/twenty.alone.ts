import assert from 'node:assert/strict';
import { itemAt } from '../../../lib/digits/item-at';
import { kernelsLeft, memoryOf } from '../../processes';
import { survive } from '../../survive';
import { faultOf, Hub, processesOf, type Together, together } from './hub';

const LEARNERS = 20;

/** The most megabytes that a learner's kernel may take at the lesson's end. */
const MOST = 420;

describe('a classroom of twenty', () => {
  let hub: Hub;
  let class_: Together;
  before(async () => {
    hub = await Hub.start('en');
    class_ = await together(
      hub,
      Array.from({ length: LEARNERS }, (_, i) => `learner-${i + 1}`),
    );
  });
  after(() => hub?.stop());

  it('runs the lesson for all at once', () =>
    survive('classroom', 'twenty learners in the lesson at once, on two cores', LEARNERS, i =>
      assert.equal(faultOf(itemAt(class_.runs, i)), undefined),
    ));

  it('takes no more memory a kernel than promised', () => {
    const sizes = processesOf(class_.runs).kernels.map(memoryOf);
    assert.equal(sizes.length, LEARNERS);
    assert.ok(Math.max(...sizes) <= MOST, `megabytes a kernel: ${sizes.map(Math.round).join(' ')}`);
  });

  it('leaves no kernel 3 s after its server stopped', () =>
    survive('classroom', 'a learner’s server stopped', LEARNERS, async i => {
      await hub.leave(itemAt(class_.learners, i));
      const { kernel } = itemAt(class_.runs, i);
      assert.deepEqual(await kernelsLeft(kernel ?? assert.fail('no kernel'), 3000), []);
    }));
});
