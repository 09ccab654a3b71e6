import { deepEqual, equal } from 'node:assert/strict';
import {
  cautiousPercent,
  grouped,
  percent,
  roughPercent,
  withCommas,
} from '../../lib/digits/format';
import { setLanguage } from '../../lib/digits/language';

describe('formats', () => {
  it('set thousands apart as the language does, and as Keras does in both', () => {
    const numbers = [0, 999, 6742, 101_770, 1e6];
    deepEqual(numbers.map(grouped), ['0', '999', '6,742', '101,770', '1,000,000']);
    setLanguage('zh');
    deepEqual(numbers.map(grouped), ['0', '999', '6742', '101\u202f770', '1\u202f000\u202f000']);
    deepEqual(numbers.map(withCommas), ['0', '999', '6,742', '101,770', '1,000,000']);
  });

  it('give a share as per cent', () => {
    deepEqual(
      [percent(0.98765, 0), percent(0.98765, 1), percent(1, 2)],
      ['99%', '98.8%', '100.00%'],
    );
    equal(percent(0.125, 0), '13%', 'a half goes up, as with Math.round');
  });

  it('call nothing certain or impossible that only rounds to it', () => {
    const shown = [0, 0.00001, 0.0001, 0.12345, 0.9999, 0.99996, 1].map(cautiousPercent);
    deepEqual(shown, ['0.00%', '< 0.01%', '0.01%', '12.35%', '99.99%', '> 99.99%', '100.00%']);
  });

  it('give a probability as whole per cent, without claiming certainty', () => {
    const shares = [0, 0.004, 0.005, 0.5, 0.9949, 0.996, 1];
    deepEqual(shares.map(roughPercent), ['', '', '1%', '50%', '99%', '> 99%', '100%']);
  });
});
