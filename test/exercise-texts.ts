import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../lib/digits/language';
import { projectRoot } from '../lib/tools/project/paths';

/** Lists the files with the texts of the exercises, one for each, by their paths below the project. */
export const exerciseTexts = (language: Language): string[] =>
  readdirSync(join(projectRoot, 'lib/digits/exercises'))
    .map(name => `lib/digits/exercises/${name}/text.${language}.ts`)
    .filter(file => existsSync(join(projectRoot, file)));
