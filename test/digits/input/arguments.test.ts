import assert from 'node:assert/strict';
import * as digits from 'digits';
import { compiledModel, digitsOf } from '../../support';

type Call = (...given: unknown[]) => unknown;
const { digitPad } = digits as unknown as Record<string, Call>;
const figures = digits.figures as unknown as Record<string, Call>;
const { networkDiagram, unitWeights, forwardPass } = figures;

/** The error for a call. */
async function messageOf(call: () => unknown): Promise<string> {
  try {
    await call();
    return 'nothing';
  } catch (error) {
    return String(error);
  }
}

describe('an argument of another kind', () => {
  const model = compiledModel();
  const [x] = digitsOf(10);
  before(() => digits.useDevice('cpu'));

  it('is named, with the call as it should be, where a model belongs', async () => {
    const calls: Record<string, Call | undefined> = {
      'digitPad(model)': digitPad,
      'valley(model, loss)': figures.valley,
      'withoutUnits(model, x, y)': figures.withoutUnits,
      'networkDiagram(model)': networkDiagram,
      'unitWeights(model)': unitWeights,
      'forwardPass(model, image)': forwardPass,
    };
    for (const [example, call] of Object.entries(calls)) {
      const absent = await messageOf(() => call?.());
      assert.match(absent, /^ModelError: Expected a model.*received undefined\. Run stage 5/);
      assert.ok(absent.includes(example), absent);
      for (const value of [x, null]) {
        assert.match(
          await messageOf(() => call?.(value, model)),
          /The model comes first|received null/,
        );
      }
    }
  });
});
