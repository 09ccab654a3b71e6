/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

export function endsWithParent(command: Command, signal?: 'TERM' | 'KILL'): Command;
