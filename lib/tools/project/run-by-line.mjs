import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs a program without an input, and hands on its command, `$ …`, and each line that it prints, with what
 * ends it at once.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {(line: string, stop: () => void) => void} onLine is told, too, why a program could not be started
 * @returns {Promise<number>} its exit code; 1 if it has none
 */
export function runByLine(program, args, options, onLine) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => child.kill('SIGKILL'); // busy as it may be
  onLine(`$ ${[program, ...args].join(' ')}`, stop);
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', line => onLine(line, stop));
  }
  return new Promise(settle => {
    child.on('error', error => {
      onLine(String(error), stop);
      settle(1);
    });
    child.on('close', status => settle(status ?? 1));
  });
}
