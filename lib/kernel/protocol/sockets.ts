/** The sockets on which Jupyter's clients reach the kernel, and its messages: read, signed, written. */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { Reply, Router, XPublisher } from 'zeromq';
import { addressOf, type ConnectionInfo, hashOf } from './connection-file';
import { log } from './log';

export type Content = Readonly<Record<string, unknown>>;

type Header = Content & { readonly msg_id: string; readonly msg_type: string };

export interface Request {
  /** By which the answer finds its way back. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly content: Content;
}

const DELIMITER = '<IDS|MSG>';

export type Channel = 'shell' | 'control' | 'stdin';

/**
 * Messages are sent at once: zeromq would put every 513th off to the next turn of the event loop, and
 * refuse what is sent meanwhile. None is dropped, however many wait for a slow client.
 */
const NONE_IS_LOST = { sendTimeout: 0, sendHighWaterMark: 0 };

export class Sockets {
  private readonly session = randomUUID();
  private readonly sockets = {
    iopub: new XPublisher({ ...NONE_IS_LOST, linger: 500, verbosity: 'allSubs' }),
    hb: new Reply(),
    shell: new Router(NONE_IS_LOST),
    control: new Router(NONE_IS_LOST),
    stdin: new Router(NONE_IS_LOST),
  };

  /** @param hear is told of each request; what is no message, or not signed, is told of in the log. */
  constructor(
    private readonly info: ConnectionInfo,
    private readonly hear: (channel: Channel, request: Request) => void,
  ) {}

  /** @throws Error if a port is taken. */
  async open(): Promise<void> {
    // None is closed while it still binds, which would end the process by a signal.
    const bound = await Promise.allSettled(
      Object.entries(this.sockets).map(async ([name, socket]) => {
        const address = addressOf(
          this.info,
          this.info[`${name as keyof typeof this.sockets}_port`],
        );
        await socket.bind(address).catch(({ message }: Error) => {
          throw new Error(`Expected to be free: ${address}: ${message}`);
        });
      }),
    );
    for (const outcome of bound) if (outcome.status === 'rejected') throw outcome.reason;
    for (const channel of ['shell', 'control', 'stdin'] as const) void this.listen(channel);
    void this.welcome();
    void this.echo();
  }

  /** Tells those who listen that they hear, since what was published before is lost to them. */
  private async welcome(): Promise<void> {
    for await (const [frame] of this.sockets.iopub) {
      // 1 before a topic subscribes to it, 0 leaves it.
      if (frame?.[0] !== 1) continue;
      const subscription = String(frame.subarray(1));
      const message = this.write('iopub_welcome', { subscription }, undefined);
      this.sockets.iopub.send([subscription, ...message]).catch(ignore);
    }
  }

  private async listen(channel: Channel): Promise<void> {
    for await (const frames of this.sockets[channel]) {
      try {
        this.hear(channel, this.read(frames));
      } catch (error) {
        log(`A message on the ${channel} channel was refused: ${(error as Error).message}`);
      }
    }
  }

  private async echo(): Promise<void> {
    for await (const frames of this.sockets.hb) await this.sockets.hb.send(frames);
  }

  /** Answers whoever has asked. A client that has left is no fault. */
  reply(channel: Channel, to: Request, type: string, content: Content): void {
    const frames = this.write(type, content, to);
    this.sockets[channel].send([...to.identities, ...frames]).catch(ignore);
  }

  publish(type: string, content: Content, parent?: Request): void {
    this.sockets.iopub.send([type, ...this.write(type, content, parent)]).catch(ignore);
  }

  /** Closes; what was sent goes on its way. */
  close(): void {
    for (const socket of Object.values(this.sockets)) socket.close();
  }

  /**
   * Reads what came.
   *
   * @throws Error if it is no message, or not signed by the key.
   */
  private read(frames: readonly Buffer[]): Request {
    const at = frames.findIndex(frame => frame.equals(Buffer.from(DELIMITER)));
    const [signature, ...parts] = frames.slice(at + 1, at + 6);
    const [header, , , content] = parts;
    if (at < 0 || !signature || !header || !content) {
      throw new Error(`Expected a message of Jupyter but got ${frames.length} frames`);
    }
    const expected = Buffer.from(this.sign(parts));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new Error('Expected a message signed by the key of the connection file');
    }
    return {
      identities: frames.slice(0, at),
      header: headerIn(header),
      content: objectIn(content, 'a content'),
    };
  }

  /**
   * Writes the frames of a message.
   *
   * @param parent what it answers, or came of; undefined for what nobody has asked for.
   */
  private write(
    msg_type: string,
    content: Content,
    parent: Request | undefined,
  ): (Buffer | string)[] {
    const header = {
      ...{ msg_id: randomUUID(), msg_type, session: this.session, username: 'kernel' },
      ...{ date: new Date().toISOString(), version: '5.4' },
    };
    const parts = [header, parent?.header ?? {}, {}, content].map(part => JSON.stringify(part));
    return [DELIMITER, this.sign(parts), ...parts];
  }

  private sign(parts: readonly (Buffer | string)[]): string {
    const { key, signature_scheme } = this.info;
    if (!key) return '';
    const hmac = createHmac(hashOf(signature_scheme), key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }
}

const ignore = (): void => {};

function headerIn(frame: Buffer): Header {
  const header = objectIn(frame, 'a header');
  const { msg_id, msg_type } = header;
  if (typeof msg_id !== 'string' || typeof msg_type !== 'string') {
    throw new Error(`Expected a header with a msg_id and a msg_type but got ${shortened(frame)}`);
  }
  return header as Header;
}

function objectIn(frame: Buffer, what: string): Content {
  const value: unknown = JSON.parse(String(frame));
  if (typeof value === 'object' && value && !Array.isArray(value)) return value as Content;
  throw new Error(`Expected ${what} but got ${shortened(frame)}`);
}

const shortened = (frame: Buffer): string => String(frame.subarray(0, 100));
