import assert from 'node:assert/strict';
import { historyCurves } from '../../lib/figures/history-curves';
import { display } from '../../lib/notebook/display';
import { printed } from '../support';

describe('display', () => {
  it('prints the words of a figure where there is no notebook', async () => {
    const figure = historyCurves({ loss: [0.33, 0.15] });
    assert.equal(await printed(() => display(figure)), figure.text);
  });
});
