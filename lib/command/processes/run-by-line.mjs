import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs a program without stdin. Passes the command, as `$ …`, and each line of output to `onLine`, with a function to
 * kill the program.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {(line: string, stop: () => void) => void} onLine also receives the error of a failed start
 * @returns {Promise<number>} the exit code; 1 after a signal or a failed start
 */
export function runByLine(program, args, options, onLine) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => child.kill('SIGKILL'); // SIGKILL, because a busy program may ignore other signals
  onLine(`$ ${[program, ...args].join(' ')}`, stop);
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', line => onLine(line, stop));
  }
  return new Promise(resolve => {
    child.on('error', error => {
      onLine(String(error), stop);
      resolve(1);
    });
    child.on('close', status => resolve(status ?? 1));
  });
}
