/** Hands what the user types to a worker that waits for it: through JupyterLite's service worker, as other kernels do. */
import type { Typed } from '../../worker-messages';

/** On which JupyterLite's service worker tells the page of a request, and the page answers it. */
const CHANNEL = '/sw-api.v1';

interface Passed {
  readonly browsingContextId: string;
  readonly response?: unknown;
}

export class TypedLine {
  private readonly channel = new BroadcastChannel(CHANNEL);
  private typed: Typed | undefined;

  /** @param id names the request of the worker. */
  constructor(private readonly id: string) {
    this.channel.onmessage = ({ data }: MessageEvent<Passed>) => {
      // A service worker may be ended meanwhile: then the worker asks again.
      if (data.browsingContextId === id && data.response === undefined) this.hand();
    };
  }

  type(typed: Typed): void {
    this.typed ??= typed;
    this.hand();
  }

  private hand(): void {
    const { id, typed } = this;
    if (!typed) return;
    this.channel.postMessage({ browsingContextId: id, requestId: id, response: typed });
  }

  close(): void {
    this.channel.close();
  }
}
