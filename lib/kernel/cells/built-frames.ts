/** Shows the source's lines in the stacks of what was built. */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, resolve } from 'node:path';

/** Paths of the project are shown from it on. */
const project = resolve(__dirname, '..', '..', '..');

const FRAME = /(lib[\\/][\w-]+[\\/]dist)[\\/](\w+\.js):(\d+):(\d+)/;

const maps = new Map<string, SourceMap>();

/** Rewrites a line of a stack: its path from the project on, its place in the source. */
export function inSource(line: string): string {
  return line
    .replace(join(project, '/'), '')
    .replace(FRAME, (built, folder: string, name: string, row: string, column: string) => {
      const entry = mapOf(join(project, folder, `${name}.map`)).findEntry(+row - 1, +column - 1);
      if (!('originalSource' in entry)) return built;
      const { originalSource, originalLine, originalColumn } = entry;
      return `${join(folder, originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
    });
}

function mapOf(file: string): SourceMap {
  const map = maps.get(file) ?? new SourceMap(JSON.parse(readFileSync(file, 'utf8')));
  maps.set(file, map);
  return map;
}
