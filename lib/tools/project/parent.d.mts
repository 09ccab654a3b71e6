/** A program and its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

export function endsWithParent(command: CommandLine, signal?: 'TERM' | 'KILL'): CommandLine;
