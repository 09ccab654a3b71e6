/** The sockets on which Jupyter's clients reach the kernel. */
import { Publisher, Reply, Router } from 'zeromq';
import { addressOf, type ConnectionInfo } from './connection-file';
import { log } from './log';
import { type Content, type Request, Wire } from './message';

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

  /** @throws Error if a port is taken. */
  async open(): Promise<void> {
    const { info, iopub, heartbeat, routers } = this;
    // None is closed while it still binds, which would end the process by a signal.
    const bound = await Promise.allSettled(
      (
        [
          [iopub, info.iopub_port],
          [heartbeat, info.hb_port],
          [routers.shell, info.shell_port],
          [routers.control, info.control_port],
          [routers.stdin, info.stdin_port],
        ] as const
      ).map(async ([socket, port]) => {
        const address = addressOf(info, port);
        await socket.bind(address).catch(({ message }: Error) => {
          throw new Error(`Expected to be free: ${address}: ${message}`);
        });
      }),
    );
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
  reply(channel: Channel, to: Request, type: string, content: Content): void {
    const frames = this.wire.write(type, content, to);
    this.routers[channel].send([...to.identities, ...frames]).catch(ignore);
  }

  publish(type: string, content: Content, parent?: Request): void {
    this.iopub.send([type, ...this.wire.write(type, content, parent)]).catch(ignore);
  }

  /** Closes; what was sent goes on its way. */
  close(): void {
    const { iopub, heartbeat, routers } = this;
    for (const socket of [iopub, heartbeat, ...Object.values(routers)]) socket.close();
  }
}

const ignore = (): void => {};
