import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { getLanguage, setLanguage } from '../../../lib/digits/language';
import { projectRoot } from '../../../lib/tools/project/paths';
import { buildNotebooks } from '../../../lib/tools/publish/build';
import { execute } from '../../../lib/tools/publish/execute';

let built: Promise<string> | undefined;

/** A folder with `fixtures/small.ts` and the notebooks made from it, below the project. */
export function builtFixture(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const folder = join(projectRoot, 'build', 'test-publish');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await copyFile(join(__dirname, 'fixtures', 'small.ts'), join(folder, 'small.ts'));
  const language = getLanguage();
  await buildNotebooks(['small'], { folder, run: execute });
  setLanguage(language);
  return folder;
}
