/** Runs a program to its end; rejects where it fails. */
export type Run = (
  program: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
) => Promise<void>;

/** The user has broken it off: nothing else is to be tried. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
