import assert from 'node:assert/strict';
import { itemAt } from '../../../lib/digits/item-at';
import { kernelsLeft } from '../../processes';
import { survive } from '../../survive';
import { Hub } from './hub';
import { assertMemory, faultOf, type Together, together } from './together';

const LEARNERS = 20;

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

  it('takes no more memory a kernel than promised', () => assertMemory(class_.runs));

  it('leaves no kernel 3 s after its server stopped', () =>
    survive('classroom', 'a learner’s server stopped', LEARNERS, async i => {
      await hub.leave(itemAt(class_.learners, i));
      const { kernel } = itemAt(class_.runs, i);
      assert.deepEqual(await kernelsLeft(kernel ?? assert.fail('no kernel'), 3000), []);
    }));
});
