import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Returns the content of a YAML file. */
export const readYaml = <T>(file: string): T => parse(readFileSync(file, 'utf8'));
