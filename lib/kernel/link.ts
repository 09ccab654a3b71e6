/** The line between the process that speaks Jupyter's protocol and the one that runs the cells. */
import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';

/** Where the process of the cells finds it; and a pipe to what a notebook shows as `stderr`. */
export const [LINK, STDERR] = [3, 4] as const;

/** Bytes that tell the length of a message. */
const HEAD = 4;

/** Carries messages, each behind its length, over a stream. */
export class Link<Sent, Heard> {
  private awaited: number | undefined;

  constructor(
    readonly stream: Duplex,
    private readonly hear: (message: Heard) => void,
  ) {
    stream.on('readable', () => this.read());
    // The other end is gone, which 'close' tells.
    stream.on('error', () => {});
  }

  send(message: Sent): void {
    const body = serialize(message);
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(body.length);
    this.stream.write(head);
    this.stream.write(body);
  }

  private read(): void {
    for (;;) {
      this.awaited ??= (this.stream.read(HEAD) as Buffer | null)?.readUInt32LE();
      if (this.awaited === undefined) return;
      const body: Buffer | null = this.stream.read(this.awaited);
      // Of a stream that has ended, what is left.
      if (!body || body.length < this.awaited) return;
      this.awaited = undefined;
      this.hear(deserialize(body));
    }
  }
}
