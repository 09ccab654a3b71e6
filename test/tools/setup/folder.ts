/** Runs set-up in a folder that holds the project or a part of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { find } from '@mapbox/node-pre-gyp';

export interface Outcome {
  /** The exit code; `null` when a signal ended it. */
  readonly code: number | null;
  /** What it printed, stdout and stderr as they came. */
  readonly output: string;
}

/** A folder of the project's files, removed at the end together with what runs there. */
export abstract class Folder {
  private readonly started: ChildProcess[] = [];

  constructor(readonly root: string) {}

  /** The variables that set-up runs with. */
  protected abstract environment(): Record<string, string>;

  /**
   * Starts a command of set-up, as npm would, as the head of a process group.
   *
   * @param env more variables; `node` holds arguments for Node, `under` a command to run it with
   */
  start(command: string, args: string[] = [], env: Record<string, string> = {}) {
    const { node = '', under = '', ...variables } = env;
    const words = (text: string) => text.split(' ').filter(Boolean);
    const script = join(this.root, 'lib', 'tools', 'bootstrap.mjs');
    const [program, ...rest] = [...words(under), process.execPath, ...words(node), script];
    const child = spawn(program, [...rest, command, ...args], {
      cwd: this.root,
      env: { ...this.environment(), ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.started.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', text => {
        output += text;
      });
    }
    const outcome = new Promise<Outcome>(settle => {
      child.on('close', code => settle({ code, output }));
    });
    return { child, outcome };
  }

  run(command: string, args: string[] = [], env: Record<string, string> = {}): Promise<Outcome> {
    return this.start(command, args, env).outcome;
  }

  /** Where TensorFlow.js of this folder looks for its addon. */
  get addon(): string {
    return find(join(this.root, 'node_modules/@tensorflow/tfjs-node-gpu/package.json'));
  }

  remove(): void {
    for (const { pid, exitCode } of this.started) {
      if (pid && exitCode === null) killGroup(pid);
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Ends a process that we started as the head of its group, with its children, at once. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {} // it has ended
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(settle => setTimeout(settle, 20));
}
