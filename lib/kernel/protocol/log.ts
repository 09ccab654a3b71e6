import { writeSync } from 'node:fs';

/** Writes a line to the kernel's log at once, which is that of its server. */
export function log(line: string): void {
  writeSync(2, `[tslab] ${line}\n`);
}
