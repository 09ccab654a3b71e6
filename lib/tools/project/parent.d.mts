/** A program and its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

export function endWithNpm(script: string): void;
export function lives(pid: number): boolean;
export function endsWithParent(command: CommandLine, signal?: 'TERM' | 'KILL'): CommandLine;
