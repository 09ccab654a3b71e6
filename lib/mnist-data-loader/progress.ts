/** Where progress lines go: a stream, or anything that can write text. */
export interface ProgressOutput {
  write(text: string): unknown;
}

const BAR = 30;
/** Milliseconds between two drawings: smooth to the eye, light for a notebook. */
const INTERVAL = 100;

/** The part of `process` that a host may have; a page has none. */
type Streams = Partial<Record<'stdout' | 'stderr', ProgressOutput & { isTTY?: boolean }>>;

/** Returns where progress is drawn, by the option of that name; undefined for nowhere. */
export function outputOf(progress: boolean | ProgressOutput = true): ProgressOutput | undefined {
  if (progress !== true) return progress || undefined;
  // Not the error stream unless it is a terminal: a notebook shows that as an alarm.
  const { stdout, stderr } = (globalThis as { process?: Streams }).process ?? {};
  return stderr?.isTTY ? stderr : stdout;
}

/**
 * Draws a line of progress anew by carriage return alone, which terminals and notebooks both honour.
 * (The usual packages draw nothing, or a line each time, if the output is not a terminal.)
 */
export class ProgressLine {
  private drawn = 0;
  private width = 0;
  private last: [number, number | undefined] = [0, undefined];

  constructor(
    private readonly output: ProgressOutput,
    private readonly label: string,
    /** Milliseconds before it is first drawn. */
    patience = 0,
  ) {
    if (patience > 0) this.drawn = Date.now() + patience - INTERVAL;
  }

  update(received: number, total: number | undefined): void {
    this.last = [received, total];
    if (Date.now() - this.drawn >= INTERVAL) this.draw();
  }

  /** Draws the last state and ends the line. */
  end(note = ''): void {
    this.draw(note);
    this.output.write('\n');
  }

  /** Ends the line if there is one. */
  endIfDrawn(): void {
    if (this.width > 0) this.end();
  }

  private draw(note = ''): void {
    const line = `${this.label} ${bar(...this.last)}${note && ` ${note}`}`;
    // Padded with blanks: notebooks do not know the terminal's code for clearing a line.
    this.output.write(`\r${line.padEnd(this.width)}`);
    this.width = line.length;
    this.drawn = Date.now();
  }
}

function bar(received: number, total: number | undefined): string {
  if (!total) return megabytes(received);
  const part = Math.min(1, received / total);
  const filled = Math.round(part * BAR);
  const body = filled === BAR ? '='.repeat(BAR) : `${'='.repeat(filled)}>`.padEnd(BAR, '.');
  const percent = `${Math.floor(part * 100)}%`.padStart(4);
  return `[${body}] ${percent} ${megabytes(received)}/${megabytes(total)}`;
}

function megabytes(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
