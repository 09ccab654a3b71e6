/** `npm run faults`: writes what the tests counted into the tables of both READMEs. */
import { writeTables } from '../readme-table';
import { readCounts } from './counts';
import { tableOf } from './table';

writeTables('faults', language => tableOf(readCounts(), language));
