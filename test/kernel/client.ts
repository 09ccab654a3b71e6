/** Clients of both kernels: the common part, and the client for the installed kernel's sockets. */
import { match } from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { Dealer, Subscriber } from 'zeromq';
import { addressOf, type ConnectionInfo } from '../../lib/kernel/node/protocol/connection-file';

// biome-ignore lint/suspicious/noExplicitAny: the fields differ by message type.
export type Content = Readonly<Record<string, any>>;

export interface Message {
  readonly type: string;
  /** The `msg_id` of the request that caused the message. */
  readonly parent: string | undefined;
  readonly content: Content;
}

/** A message of Jupyter's protocol without the channel. */
export interface RawMessage {
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  readonly parent_header: { readonly msg_id?: string };
  readonly content: Content;
}

type Channel = 'shell' | 'control' | 'stdin';
type Header = ReturnType<KernelClient['header']>;

/** A client of either kernel. */
export abstract class KernelClient {
  /** Messages that the kernel has sent to all clients. */
  readonly published: Message[] = [];
  protected readonly replies: Message[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(protected readonly session: string = randomUUID()) {}

  protected abstract deliver(header: Header, content: Content, channel: Channel): void;
  abstract interrupt(): Promise<unknown>;

  /** Adds a message from the kernel. */
  protected receive({ header, parent_header, content }: RawMessage, to: Message[]): void {
    to.push({ type: header.msg_type, parent: parent_header.msg_id, content });
    for (const look of this.waiting) look();
    this.waiting.clear();
  }

  /** Resolves when further messages may have come. */
  protected nextMessage(): Promise<unknown> {
    return new Promise<void>(resolve => this.waiting.add(resolve));
  }

  header(msg_type: string) {
    const date = new Date().toISOString();
    const { session } = this;
    return { msg_id: randomUUID(), msg_type, session, username: 'test', date, version: '5.4' };
  }

  /** Asks, and returns at once. */
  ask(type: string, content: Content = {}, channel: Channel = 'shell'): Asked {
    const header = this.header(type);
    this.deliver(header, content, channel);
    return new Asked(this, header.msg_id);
  }

  /** Asks for a cell. */
  run(code: string, wanted: Content = {}): Asked {
    return this.ask('execute_request', { code, ...wanted });
  }

  /** Runs a cell, and returns the result. */
  result(code: string, wanted: Content = {}): Promise<Result> {
    return this.run(code, wanted).result();
  }

  /** Runs cells in sequence, and returns their visible outputs. */
  async printed(...cells: readonly string[]): Promise<string[]> {
    const printed: string[] = [];
    for (const cell of cells) printed.push((await this.result(cell)).printed);
    return printed;
  }

  /** Repeats a cell until the output matches: a folder watcher reports changes late. */
  async untilPrinted(code: string, pattern: RegExp): Promise<void> {
    let printed = '';
    for (let time = 0; time < 60 && !pattern.test(printed); time++) {
      if (time > 0) await wait(250);
      ({ printed } = await this.result(code));
    }
    match(printed, pattern);
  }

  /** Waits for the cell's question to the user, and returns the question. */
  async asked({ id }: Asked): Promise<unknown> {
    const { content } = await this.until(() =>
      this.replies.find(({ type, parent }) => type === 'input_request' && parent === id),
    );
    return content.prompt;
  }

  /** Waits for the cell's question to the user, sends an answer, and returns the question. */
  async type(value: string, cell: Asked): Promise<unknown> {
    const prompt = await this.asked(cell);
    this.ask('input_reply', { value }, 'stdin');
    return prompt;
  }

  /** Waits for a message from the kernel. */
  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const value = find();
      if (value !== undefined) return value;
      await this.nextMessage();
    }
  }

  /** Waits for the answer to a request. */
  async reply(to: string): Promise<Content> {
    const { content } = await this.until(() =>
      this.replies.find(({ type, parent }) => type !== 'input_request' && parent === to),
    );
    return content;
  }
}

const DELIMITER = '<IDS|MSG>';
const UNLIMITED = { linger: 0, receiveHighWaterMark: 0 };

/** Uses the sockets directly, and so can read and damage each frame. */
export class Client extends KernelClient {
  private readonly iopub = new Subscriber(UNLIMITED);
  private readonly dealers = {
    shell: new Dealer({ ...UNLIMITED, sendHighWaterMark: 0, routingId: this.session }),
    control: new Dealer(UNLIMITED),
    stdin: new Dealer({ ...UNLIMITED, routingId: this.session }),
  };

  private constructor(
    private readonly info: ConnectionInfo,
    session?: string,
  ) {
    super(session);
  }

  /**
   * Returns a client that receives all messages of the kernel from now on; `session` shares another client's session.
   */
  static async connect(info: ConnectionInfo, session?: string): Promise<Client> {
    const client = new Client(info, session);
    client.iopub.connect(addressOf(info, info.iopub_port));
    client.iopub.subscribe();
    client.dealers.shell.connect(addressOf(info, info.shell_port));
    client.dealers.control.connect(addressOf(info, info.control_port));
    client.dealers.stdin.connect(addressOf(info, info.stdin_port));
    void client.listen(client.iopub, 1, client.published);
    for (const dealer of Object.values(client.dealers)) {
      void client.listen(dealer, 0, client.replies);
    }
    // Messages before the subscription are lost.
    await client.until(() => client.published.find(({ type }) => type === 'iopub_welcome'));
    return client;
  }

  protected deliver(header: Header, content: Content, channel: Channel): void {
    this.send(this.signed([header, {}, {}, content].map(part => JSON.stringify(part))), channel);
  }

  interrupt(): Promise<Content> {
    return this.ask('interrupt_request', {}, 'control').reply;
  }

  /** Returns the frames of a message. */
  signed(parts: readonly string[], key = this.info.key): string[] {
    const hash = this.info.signature_scheme.replace('hmac-', '');
    const hmac = key && createHmac(hash, key).update(parts.join('')).digest('hex');
    return [DELIMITER, hmac, ...parts];
  }

  /** Sends frames as they are. */
  send(frames: readonly (string | Buffer)[], channel: Channel = 'shell'): void {
    void this.dealers[channel].send([...frames]);
  }

  close(): void {
    for (const socket of [this.iopub, ...Object.values(this.dealers)]) socket.close();
  }

  private async listen(socket: AsyncIterable<Buffer[]>, skipped: number, to: Message[]) {
    for await (const frames of socket) {
      const [delimiter, signature, ...parts] = frames.slice(skipped).map(String);
      const [, expected] = this.signed(parts.slice(0, 4));
      if (delimiter !== DELIMITER || signature !== expected) {
        throw new Error(`Expected a signed message but got ${frames.map(String)}`);
      }
      const [header, parent, , content] = parts.map(part => JSON.parse(part));
      this.receive({ header, parent_header: parent, content }, to);
    }
  }
}

/** The result of a cell. */
export type Result = Awaited<ReturnType<Asked['result']>>;

/** A pending request. */
export class Asked {
  constructor(
    private readonly client: KernelClient,
    readonly id: string,
  ) {}

  /** The messages published for the cell. */
  get published(): Message[] {
    return this.client.published.filter(({ parent }) => parent === this.id);
  }

  get reply(): Promise<Content> {
    return this.client.reply(this.id);
  }

  /** Resolves when the kernel reports the end of the cell. */
  get idle(): Promise<unknown> {
    return this.client.until(() => this.published.find(isIdle));
  }

  /** Waits until the cell has printed a text. */
  printed(text: string | RegExp): Promise<unknown> {
    return this.client.until(() => textOf(this.published, 'stdout').search(text) >= 0 || undefined);
  }

  /** Returns the reply and all published messages; `printed` is the visible output. */
  async result() {
    const [reply] = await Promise.all([this.reply, this.idle]);
    const { published } = this;
    const printed = published.map(readable).join('');
    return { reply, published, printed, stdout: textOf(published, 'stdout') };
  }
}

export const isIdle = ({ type, content }: Message): boolean =>
  type === 'status' && content.execution_state === 'idle';

/** Returns the content of the first message of a type. */
export const contentOf = (published: readonly Message[], wanted: string): Content =>
  published.find(({ type }) => type === wanted)?.content ?? {};

/** Returns the output on a stream. */
export const textOf = (messages: readonly Message[], name: string): string =>
  messages
    .filter(({ type, content }) => type === 'stream' && content.name === name)
    .map(({ content }) => content.text)
    .join('');

/** Returns the visible text of a message. */
export function readable({ type, content }: Message): string {
  if (type === 'stream') return String(content.text);
  if (type === 'display_data') return `${Object.values(content.data as Content)[0]}\n`;
  if (type === 'execute_result') return `${(content.data as Content)['text/plain']}\n`;
  if (type !== 'error') return '';
  return `${stripVTControlCharacters((content.traceback as string[]).join('\n'))}\n`;
}
