import { existsSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Leaves a file beside the connection file as long as the kernel runs. One that was left tells that the kernel
 * before it, which Jupyter has started anew, was killed.
 *
 * @returns whether there was one.
 */
export function markRunning(connectionFile: string): boolean {
  const file = `${connectionFile}.running`;
  const isLeft = existsSync(file);
  try {
    writeFileSync(file, '');
  } catch {
    // A folder that cannot be written to: the learner is told less.
  }
  process.on('exit', () => rmSync(file, { force: true }));
  return isLeft;
}
