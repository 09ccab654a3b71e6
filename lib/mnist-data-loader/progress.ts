/** The output of progress lines: a stream, or another object with `write`. */
export interface ProgressOutput {
  write(text: string): unknown;
}

const WIDTH = 30;
/** Milliseconds between two updates of the line. */
const REDRAW_INTERVAL_MS = 100;

/** The streams of `process`, if the platform has `process`. */
type Streams = Partial<Record<'stdout' | 'stderr', ProgressOutput & { isTTY?: boolean }>>;

/** Returns the output for the option `progress`, or `undefined` to disable progress. */
export function outputFor(progress: boolean | ProgressOutput = true): ProgressOutput | undefined {
  if (progress !== true) return progress || undefined;
  // Notebooks show stderr like an error, so use stderr only on a terminal.
  const { stdout, stderr } = (globalThis as { process?: Streams }).process ?? {};
  return stderr?.isTTY ? stderr : stdout;
}

/**
 * Redraws a progress line with a carriage return, which works in terminals and notebooks. Common packages print
 * nothing, or a line per update, if the output is not a terminal.
 */
export class ProgressLine {
  private lastDraw = 0;
  private width = 0;
  private state: [number, number | undefined] = [0, undefined];

  constructor(
    private readonly output: ProgressOutput,
    private readonly label: string,
    /** Milliseconds before the line appears. */
    delay = 0,
  ) {
    if (delay > 0) this.lastDraw = Date.now() + delay - REDRAW_INTERVAL_MS;
  }

  update(received: number, total: number | undefined): void {
    this.state = [received, total];
    if (Date.now() - this.lastDraw >= REDRAW_INTERVAL_MS) this.draw();
  }

  /** Draws the last state and ends the line. */
  end(note = ''): void {
    this.draw(note);
    this.output.write('\n');
  }

  /** Ends the line if it has been drawn. */
  endIfDrawn(): void {
    if (this.width > 0) this.end();
  }

  private draw(note = ''): void {
    const line = `${this.label} ${bar(...this.state)}${note && ` ${note}`}`;
    // Pad with spaces, because notebooks do not support the terminal's clear code.
    this.output.write(`\r${line.padEnd(this.width)}`);
    this.width = line.length;
    this.lastDraw = Date.now();
  }
}

function bar(received: number, total: number | undefined): string {
  if (!total) return megabytes(received);
  const fraction = Math.min(1, received / total);
  const filled = Math.round(fraction * WIDTH);
  const body = filled === WIDTH ? '='.repeat(WIDTH) : `${'='.repeat(filled)}>`.padEnd(WIDTH, '.');
  const percent = `${Math.floor(fraction * 100)}%`.padStart(4);
  return `[${body}] ${percent} ${megabytes(received)}/${megabytes(total)}`;
}

function megabytes(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
