import { match, ok, throws } from 'node:assert/strict';
import { inspect } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { LabelError } from '../../../lib/digits/input/errors';
import { checkFitData } from '../../../lib/digits/input/fit-data';
import { compiledModel, digitsOf } from '../../support';

describe('the data of fit', () => {
  before(async () => {
    await useDevice('cpu');
  });

  it('keep the error of their check and its stack, with a name before it, in validation', () => {
    const [x, y] = digitsOf(2);
    const validationData = [x, tf.tensor1d([3, 12])] as const;
    throws(
      () => checkFitData(compiledModel(), x, y, { validationData }),
      (error: Error) => {
        ok(error instanceof LabelError, String(error));
        match(error.message, /^validationData: Expected labels to be integers from 0 to 9/);
        match(
          error.stack ?? '',
          /Error: validationData: Expected.*\n(.*\n)* {4}at .*labels\.ts:\d+/,
        );
        match(inspect(error), /^LabelError: validationData: Expected/);
        return true;
      },
    );
  });
});
