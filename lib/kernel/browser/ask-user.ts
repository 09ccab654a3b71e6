/** Asks the user, and waits, as no message lets a worker do: the service worker answers once the user has typed. */
import type { InputReply } from '../worker-messages';
import { host } from './host';

/** Milliseconds after which a request that breaks off had been heard: the service worker was ended, and starts anew. */
const HEARD = 1000;

/** JupyterLite's service worker hears of all that has this in its address. */
const ADDRESS = new URL('api/stdin/tslab', location.href).href;

export function askUser(prompt: string): InputReply {
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
      if (performance.now() - start > HEARD) continue;
    }
    return { type: 'no-input', why: 'unheard' };
  }
}
