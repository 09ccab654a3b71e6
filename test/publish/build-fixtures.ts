/** Makes the notebooks of `fixtures` anew: npx tsx test/publish/build-fixtures.ts */
import { buildNotebooks } from '../../lib/publish/build';
import { fixtures } from './support';

void buildNotebooks(['small'], { folder: fixtures });
