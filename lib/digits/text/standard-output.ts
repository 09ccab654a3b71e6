/** The part of `process` that a host may have; a page has none. */
interface Host {
  readonly process?: { readonly stdout?: { write(text: string): unknown } };
  console: { log(line: string): void };
}

/** The text since the last end of a line. */
let line = '';

/**
 * Writes to the standard output. It is looked up at each call: the kernel puts a writer of its own in
 * place for each cell. A page has none, and gets each line on its console once it is whole.
 */
export function toStandardOutput(text: string): void {
  const { process, console } = globalThis as unknown as Host;
  if (process?.stdout) {
    process.stdout.write(text);
    return;
  }
  const lines = (line + text).split('\n');
  line = lines.pop() ?? '';
  // Of a line that was drawn several times, the last.
  for (const whole of lines) console.log(whole.slice(whole.lastIndexOf('\r') + 1));
}
