/** The sockets on which Jupyter's clients reach the kernel, and its messages: read, signed, written. */
import { ok } from 'node:assert/strict';
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { writeSync } from 'node:fs';
import { Reply, Router, XPublisher } from 'zeromq';
import type { Request } from '../jupyter';
import { addressOf, type ConnectionInfo, hashOf } from './connection-file';

export interface SocketRequest extends Request {
  readonly channel: Channel;
  /** By which the answer finds its way back. */
  readonly identities: readonly Buffer[];
}

const DELIMITER = '<IDS|MSG>';

const CHANNELS = ['shell', 'control', 'stdin'] as const;
type Channel = (typeof CHANNELS)[number];

/**
 * Messages are sent at once: zeromq would put every 513th off to the next turn of the event loop, and
 * refuse what is sent meanwhile. None is dropped, however many wait for a slow client.
 */
const NONE_IS_LOST = { sendTimeout: 0, sendHighWaterMark: 0 };

/** Writes a line to the kernel's log at once, which is that of its server. */
export function log(line: string): void {
  writeSync(2, `[tslab] ${line}\n`);
}

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
    private readonly hear: (request: SocketRequest) => void,
  ) {}

  /** @throws Error if a port is taken. */
  async open(): Promise<void> {
    const { info, sockets } = this;
    // None is closed while it still binds, which would end the process by a signal.
    const bound = await Promise.allSettled(
      (['iopub', 'hb', ...CHANNELS] as const).map(async name => {
        const address = addressOf(info, info[`${name}_port`]);
        await sockets[name].bind(address).catch(({ message }: Error) => {
          throw new Error(`Expected to be free: ${address}: ${message}`);
        });
      }),
    );
    for (const outcome of bound) if (outcome.status === 'rejected') throw outcome.reason;
    for (const channel of CHANNELS) void this.listen(channel);
    void this.welcome();
    void this.echo();
  }

  private async echo(): Promise<void> {
    for await (const frames of this.sockets.hb) await this.sockets.hb.send(frames);
  }

  /** Tells those who listen that they hear, since what was published before is lost to them. */
  private async welcome(): Promise<void> {
    for await (const [frame] of this.sockets.iopub) {
      // 1 before a topic subscribes to it, 0 leaves it.
      if (frame?.[0] !== 1) continue;
      const subscription = String(frame.subarray(1));
      this.send('iopub_welcome', { subscription });
    }
  }

  private async listen(channel: Channel): Promise<void> {
    for await (const frames of this.sockets[channel]) {
      try {
        this.hear(this.read(channel, frames));
      } catch (error) {
        log(`A message on the ${channel} channel was refused: ${(error as Error).message}`);
      }
    }
  }

  /**
   * Sends a message to whoever has made a request, by one of its channels; to all, unless one is given.
   *
   * @param parent what it answers, or came of; undefined for what nobody has asked for.
   */
  send(msg_type: string, content: object, parent?: SocketRequest, channel = 'iopub'): void {
    const to = channel === 'iopub' ? [msg_type] : (parent?.identities ?? []);
    const header = {
      ...{ msg_id: randomUUID(), msg_type, session: this.session, username: 'kernel' },
      ...{ date: new Date().toISOString(), version: '5.4' },
    };
    const parts = [header, parent?.header ?? {}, {}, content].map(part => JSON.stringify(part));
    const socket = this.sockets[channel as Channel];
    // A client that has left is no fault.
    socket.send([...to, DELIMITER, this.sign(parts), ...parts]).catch(() => {});
  }

  /** Closes; what was sent goes on its way. */
  close(): void {
    for (const socket of Object.values(this.sockets)) socket.close();
  }

  /** @throws Error if it is no message, or not signed by the key. */
  private read(channel: Channel, frames: readonly Buffer[]): SocketRequest {
    const at = frames.findIndex(frame => String(frame) === DELIMITER);
    const [signature, ...parts] = frames.slice(at + 1, at + 6);
    const isMessage = at >= 0 && signature && parts.length === 4;
    ok(isMessage, `Expected a message of Jupyter but got ${frames.length} frames`);
    const expected = Buffer.from(this.sign(parts));
    const isSigned = signature.length === expected.length && timingSafeEqual(signature, expected);
    ok(isSigned, 'Expected a message signed by the key of the connection file');
    const [header, , , content] = parts.map(part => JSON.parse(String(part)));
    ok(typeof header?.msg_type === 'string', 'Expected a header with a msg_type');
    const identities = frames.slice(0, at);
    return { channel, identities, header, content: { ...content } };
  }

  private sign(parts: readonly (Buffer | string)[]): string {
    const { key, signature_scheme } = this.info;
    if (!key) return '';
    const hmac = createHmac(hashOf(signature_scheme), key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }
}
