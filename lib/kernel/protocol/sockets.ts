/** The sockets on which Jupyter's clients reach the kernel. */
import { Publisher, Reply, Router } from 'zeromq';
import { addressOf, type ConnectionInfo } from './connection-file';
import { log } from './log';
import { type Message, type Request, Wire } from './message';

export type Channel = 'shell' | 'control' | 'stdin';

/**
 * Messages are sent at once: zeromq would put every 513th off to the next turn of the event loop, and
 * refuse what is sent meanwhile. None is dropped, however many wait for a slow client.
 */
const NONE_IS_LOST = { sendTimeout: 0, sendHighWaterMark: 0 };

export class Sockets {
  private readonly wire: Wire;
  private readonly iopub = new Publisher({ ...NONE_IS_LOST, linger: 500 });
  private readonly heartbeat = new Reply();
  private readonly routers: Readonly<Record<Channel, Router>> = {
    shell: new Router(NONE_IS_LOST),
    control: new Router(NONE_IS_LOST),
    stdin: new Router(NONE_IS_LOST),
  };

  /** @param hear is told of each request; what is no message, or not signed, is told of in the log. */
  constructor(
    private readonly info: ConnectionInfo,
    private readonly hear: (channel: Channel, request: Request) => void,
  ) {
    this.wire = new Wire(info.key, info.signature_scheme);
  }

  /** @throws Error where a port is taken. */
  async open(): Promise<void> {
    const { info, iopub, heartbeat, routers } = this;
    const bind = (socket: Publisher | Reply | Router, port: number) =>
      socket.bind(addressOf(info, port)).catch(({ message }: Error) => {
        throw new Error(`Expected to be free: ${addressOf(info, port)}: ${message}`);
      });
    // None is closed while it still binds, which would end the process by a signal.
    const bound = await Promise.allSettled([
      bind(iopub, info.iopub_port),
      bind(heartbeat, info.hb_port),
      bind(routers.shell, info.shell_port),
      bind(routers.control, info.control_port),
      bind(routers.stdin, info.stdin_port),
    ]);
    for (const outcome of bound) if (outcome.status === 'rejected') throw outcome.reason;
    for (const channel of ['shell', 'control', 'stdin'] as const) void this.listen(channel);
    void this.echo();
  }

  private async listen(channel: Channel): Promise<void> {
    for await (const frames of this.routers[channel]) {
      try {
        this.hear(channel, this.wire.read(frames));
      } catch (error) {
        log(`A message on the ${channel} channel was refused: ${(error as Error).message}`);
      }
    }
  }

  private async echo(): Promise<void> {
    for await (const frames of this.heartbeat) await this.heartbeat.send(frames);
  }

  /** Answers whoever has asked. A client that has left is no fault. */
  reply(channel: Channel, to: Request, message: Omit<Message, 'parent'>): void {
    const frames = this.wire.write({ ...message, parent: to });
    this.routers[channel].send([...to.identities, ...frames]).catch(ignore);
  }

  /** What was sent goes on its way. */
  close(): void {
    const { iopub, heartbeat, routers } = this;
    for (const socket of [iopub, heartbeat, ...Object.values(routers)]) socket.close();
  }

  /** Tells all clients. */
  publish(message: Message): void {
    this.iopub.send([message.type, ...this.wire.write(message)]).catch(ignore);
  }
}

const ignore = (): void => {};
