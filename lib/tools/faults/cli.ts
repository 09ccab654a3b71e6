/** `npm run faults`: writes what the tests counted into the table of `test/README`. */

import { runCommand } from '../project/command';
import { Failure } from '../project/failure.mjs';
import { writeTables } from '../project/marked-table';
import { readCounts } from './counts';
import { tableOf } from './fault-table';

void runCommand(() => {
  const counts = readCounts();
  if (counts.length === 0) {
    throw new Failure({
      en: 'The tests have counted nothing yet. Run npm test and npm run test:slow first.',
      zh: '测试还没有留下计数。请先运行 npm test 和 npm run test:slow。',
    });
  }
  writeTables('test', 'faults', language => tableOf(counts, language));
});
