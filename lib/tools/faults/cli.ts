/** `npm run faults`: writes what the tests counted into the table of `test/README`. */
import { writeTables } from '../project/marked-table';
import { readCounts } from './counts';
import { tableOf } from './fault-table';

writeTables('test', 'faults', language => tableOf(readCounts(), language));
