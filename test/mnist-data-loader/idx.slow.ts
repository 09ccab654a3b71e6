import { itemAt } from '../../lib/digits/item-at';
import { seed } from '../seed';
import { survive } from '../survive';
import { mutatedFiles } from './mutations';
import { readOrRefuse } from './read-or-refuse';
import { random } from './support';

describe('the reader', function () {
  this.timeout(300_000);

  it(`gives the array that a mutated file spells, or an explained error, seed ${seed}`, () => {
    const files = random(100_000, mutatedFiles);
    return survive('data', 'a mutated IDX file, raw or gzipped', files.length, index =>
      readOrRefuse(itemAt(files, index)),
    );
  });
});
