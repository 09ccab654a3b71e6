/** A message of Jupyter's wire protocol: read, signed, written. */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { hashOf } from './connection-file';

interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

export type Content = Readonly<Record<string, unknown>>;

export interface Request {
  /** By which the answer finds its way back. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly content: Content;
}

const DELIMITER = '<IDS|MSG>';
const VERSION = '5.4';

export class Wire {
  private readonly session = randomUUID();
  private readonly hash: string;

  /**
   * @param key of the connection file; an empty one means that nothing is signed.
   * @param scheme such as `hmac-sha256`.
   */
  constructor(
    private readonly key: string,
    scheme: string,
  ) {
    this.hash = hashOf(scheme);
  }

  /**
   * Reads what came.
   *
   * @throws Error if it is no message, or not signed by the key.
   */
  read(frames: readonly Buffer[]): Request {
    const at = frames.findIndex(frame => frame.equals(Buffer.from(DELIMITER)));
    const [signature, ...parts] = frames.slice(at + 1);
    const [header, parent, metadata, content] = parts;
    if (at < 0 || !signature || !header || !parent || !metadata || !content) {
      throw new Error(`Expected a message of Jupyter but got ${frames.length} frames`);
    }
    const expected = Buffer.from(this.sign([header, parent, metadata, content]));
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
  write(msg_type: string, content: Content, parent: Request | undefined): (Buffer | string)[] {
    const header: Header = {
      msg_id: randomUUID(),
      msg_type,
      session: this.session,
      username: 'kernel',
      date: new Date().toISOString(),
      version: VERSION,
    };
    const parts = [header, parent?.header ?? {}, {}, content].map(part => JSON.stringify(part));
    return [DELIMITER, this.sign(parts), ...parts];
  }

  private sign(parts: readonly (Buffer | string)[]): string {
    if (!this.key) return '';
    const hmac = createHmac(this.hash, this.key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }
}

function headerIn(frame: Buffer): Header {
  const header = objectIn(frame, 'a header');
  const { msg_id, msg_type } = header;
  if (typeof msg_id !== 'string' || typeof msg_type !== 'string') {
    throw new Error(`Expected a header with a msg_id and a msg_type but got ${shortened(frame)}`);
  }
  return header as unknown as Header;
}

function objectIn(frame: Buffer, what: string): Content {
  const value: unknown = JSON.parse(String(frame));
  if (typeof value === 'object' && value && !Array.isArray(value)) return value as Content;
  throw new Error(`Expected ${what} but got ${shortened(frame)}`);
}

const shortened = (frame: Buffer): string => String(frame.subarray(0, 100));
