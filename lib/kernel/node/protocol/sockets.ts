/** ZeroMQ sockets of the kernel: parses, signs, verifies and sends Jupyter messages. */
import { ok } from 'node:assert/strict';
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { writeSync } from 'node:fs';
import { Reply, Router, XPublisher } from 'zeromq';
import type { Request } from '../../cell/jupyter';
import { addressOf, type ConnectionInfo, hashOf } from './connection-file';

export interface SocketRequest extends Request {
  readonly channel: Channel;
  /** ZeroMQ routing prefix of the reply. */
  readonly identities: readonly Buffer[];
}

const DELIMITER = '<IDS|MSG>';

const CHANNELS = ['shell', 'control', 'stdin'] as const;
type Channel = (typeof CHANNELS)[number];

/**
 * Sends each message at once, without a queue limit. By default, zeromq would defer every 513th message to the
 * next event-loop turn, and reject messages in between.
 */
const LOSSLESS = { sendTimeout: 0, sendHighWaterMark: 0 };

/** With `handover`, a new client with the same identity receives the replies. */
const ROUTER = { ...LOSSLESS, handover: true };

/** Writes a line synchronously to the log of the kernel's server. */
export function log(line: string): void {
  writeSync(2, `[tslab] ${line}\n`);
}

export class Sockets {
  private readonly session = randomUUID();
  private readonly sockets = {
    iopub: new XPublisher({ ...LOSSLESS, linger: 500, verbosity: 'allSubs' }),
    hb: new Reply(),
    shell: new Router(ROUTER),
    control: new Router(ROUTER),
    stdin: new Router(ROUTER),
  };

  /** @param onRequest receives valid requests; invalid or unsigned messages are logged */
  constructor(
    private readonly info: ConnectionInfo,
    private readonly onRequest: (request: SocketRequest) => void,
  ) {}

  /** @throws Error if a port is in use. */
  async open(): Promise<void> {
    const { info, sockets } = this;
    const bindings = (['iopub', 'hb', ...CHANNELS] as const).map(async name => {
      const address = addressOf(info, info[`${name}_port`]);
      await sockets[name].bind(address).catch(({ message }: Error) => {
        throw new Error(`Expected to be free: ${address}: ${message}`);
      });
    });
    // Closing a socket during `bind` would crash the process, so wait for all sockets.
    await Promise.allSettled(bindings);
    await Promise.all(bindings);
    for (const channel of CHANNELS) void this.listen(channel);
    void this.welcome();
    void this.echo();
  }

  private async echo(): Promise<void> {
    for await (const frames of this.sockets.hb) await this.sockets.hb.send(frames);
  }

  /** Notifies new subscribers, because they have missed earlier messages. */
  private async welcome(): Promise<void> {
    for await (const [frame] of this.sockets.iopub) {
      // The first byte is 1 for a subscription, and 0 for an unsubscription.
      if (frame?.[0] !== 1) continue;
      const subscription = String(frame.subarray(1));
      this.send('iopub_welcome', { subscription });
    }
  }

  private async listen(channel: Channel): Promise<void> {
    for await (const frames of this.sockets[channel]) {
      try {
        this.onRequest(this.parseRequest(channel, frames));
      } catch (error) {
        log(`A message on the ${channel} channel was refused: ${(error as Error).message}`);
      }
    }
  }

  /**
   * Sends a message to the client of a request, or to all clients by `iopub`.
   *
   * @param parent the request that caused the message, or `undefined`
   */
  send(msg_type: string, content: object, parent?: SocketRequest, channel = 'iopub'): void {
    const prefix = channel === 'iopub' ? [msg_type] : (parent?.identities ?? []);
    const header = {
      ...{ msg_id: randomUUID(), msg_type, session: this.session, username: 'kernel' },
      ...{ date: new Date().toISOString(), version: '5.4' },
    };
    const parts = [header, parent?.header ?? {}, {}, content].map(part => JSON.stringify(part));
    const socket = this.sockets[channel as Channel];
    // Ignore clients that have disconnected.
    socket.send([...prefix, DELIMITER, this.sign(parts), ...parts]).catch(() => {});
  }

  /** Closes the sockets after pending messages are sent. */
  close(): void {
    for (const socket of Object.values(this.sockets)) socket.close();
  }

  /** @throws Error if the frames are invalid or not signed by the key. */
  private parseRequest(channel: Channel, frames: readonly Buffer[]): SocketRequest {
    const delimiterIndex = frames.findIndex(frame => String(frame) === DELIMITER);
    const [signature, ...parts] = frames.slice(delimiterIndex + 1, delimiterIndex + 6);
    const isMessage = delimiterIndex >= 0 && signature && parts.length === 4;
    ok(isMessage, `Expected a message of Jupyter but got ${frames.length} frames`);
    const expected = Buffer.from(this.sign(parts));
    const isSigned = signature.length === expected.length && timingSafeEqual(signature, expected);
    ok(isSigned, 'Expected a message signed by the key of the connection file');
    const [header, , , content] = parts.map(part => JSON.parse(String(part)));
    ok(typeof header?.msg_type === 'string', 'Expected a header with a msg_type');
    const identities = frames.slice(0, delimiterIndex);
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
