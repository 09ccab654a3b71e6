/** Hands what the user types to a worker that waits for it: through JupyterLite's service worker, as other kernels do. */
import type { Typed } from '../../worker-messages';

export class TypedLine {
  type!: (typed: Typed) => void;
  /** On which the service worker tells the page of a request, and the page answers it. */
  private readonly channel = new BroadcastChannel('/sw-api.v1');

  /** @param id names the request of the worker. */
  constructor(id: string) {
    const typed = new Promise<Typed>(resolve => {
      this.type = resolve;
    });
    const hand = async () => {
      const response = await typed;
      this.channel.postMessage({ browsingContextId: id, requestId: id, response });
    };
    // A service worker may be ended meanwhile: then the worker asks again.
    this.channel.onmessage = ({ data: { browsingContextId, response } }) => {
      if (browsingContextId === id && response === undefined) void hand();
    };
    void hand();
  }

  close(): void {
    this.channel.close();
  }
}
