/** Makes the notebooks of `fixtures` anew: npx tsx test/tools/publish/build-fixtures.ts */
import { buildNotebooks } from '../../../lib/tools/publish/build';
import { fixtures } from './support';

void buildNotebooks(['small'], { folder: fixtures });
