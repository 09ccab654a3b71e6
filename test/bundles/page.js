// The page's side of `worker.js`: `ask` runs code in the worker.
const worker = new Worker('worker.js');
const waiting = [];
worker.onerror = ({ message }) => waiting.shift()?.fail(new Error(message));
worker.onmessage = ({ data: { value, error } }) => {
  const { done, fail } = waiting.shift();
  if (error) fail(new Error(error));
  else done(value);
};
globalThis.ask = body =>
  new Promise((done, fail) => {
    waiting.push({ done, fail });
    worker.postMessage(body);
  });
