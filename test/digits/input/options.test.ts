import assert from 'node:assert/strict';
import { checkOptions } from '../../../lib/digits/input/options';
import { setLanguage } from '../../../lib/digits/language';

describe('options', () => {
  afterEach(() => setLanguage('en'));

  it('lets pass what they may be, and what is left out', () => {
    checkOptions({});
    checkOptions({ batchSize: 1, epochs: 1, validationSplit: 0 });
    checkOptions({ batchSize: 64, epochs: 5, validationSplit: 0.2 });
  });

  for (const batchSize of [0, -5, 64.5, Number.NaN]) {
    it(`refuses a batch size of ${batchSize}`, () => {
      const message = `OptionError: Expected batchSize to be an integer greater than 0 but received ${batchSize}. Write 64, for example.`;
      assert.throws(
        () => checkOptions({ batchSize }),
        error => String(error) === message,
      );
    });
  }

  for (const epochs of [0, -1, 1.5]) {
    it(`refuses ${epochs} epochs`, () => {
      assert.throws(
        () => checkOptions({ epochs }),
        /epochs to be an integer greater than 0 but received/,
      );
    });
  }

  for (const validationSplit of [20, 1, -0.2, Number.NaN]) {
    it(`refuses a validation split of ${validationSplit}`, () => {
      assert.throws(
        () => checkOptions({ validationSplit }),
        /^OptionError: Expected validationSplit to be at least 0 and less than 1 but received .*For 20%, write 0\.2\.$/,
      );
    });
  }

  it('says so in Chinese in a Chinese lesson', () => {
    setLanguage('zh');
    assert.throws(
      () => checkOptions({ epochs: 0 }),
      /epochs 应当是大于 0 的整数，收到的是 0。例如写作 5。/,
    );
    assert.throws(
      () => checkOptions({ validationSplit: 20 }),
      /应当在 0 和 1 之间.*要留出 20%，就写 0\.2/,
    );
  });
});
