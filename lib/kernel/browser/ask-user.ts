/** Requests user input and blocks the worker. JupyterLite's service worker replies after the user's input. */
import type { Input } from '../cell/worker-messages';
import { host } from './host';

/** Milliseconds after which a failed request is repeated: the browser has stopped the service worker. */
const RETRY_AFTER_MS = 1000;

/** JupyterLite's service worker intercepts all addresses with `api/stdin`. */
const ADDRESS = new URL('api/stdin/tslab', location.href).href;

export function askUser(prompt: string): Input {
  const id = URL.createObjectURL(new Blob());
  host.send({ type: 'ask-user', prompt, id });
  for (;;) {
    const start = performance.now();
    try {
      const request = new XMLHttpRequest();
      request.open('POST', ADDRESS, false);
      request.send(JSON.stringify({ browsingContextId: id, requestId: id }));
      if (request.status === 200) return JSON.parse(request.responseText);
    } catch {
      if (performance.now() - start > RETRY_AFTER_MS) continue;
    }
    return { type: 'no-input', why: 'unheard' };
  }
}
