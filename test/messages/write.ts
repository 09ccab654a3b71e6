/** Writes the texts of all packages as they are now into the catalogues: `npx tsx test/messages/write.ts`. */
import { writeCatalogues } from './catalogues';

writeCatalogues();
