// A worker that runs the bodies of functions on the bundle. The packages are given what the lesson's kernel
// gives them; `said` is what they wrote.
globalThis.said = '';
const stream = {
  write: text => {
    globalThis.said += text;
  },
};
globalThis.process = { env: {}, stdout: stream, stderr: stream };
importScripts('lib.js');
globalThis.onmessage = async ({ data: body }) => {
  const run = Object.getPrototypeOf(async () => {}).constructor(body);
  try {
    postMessage({ value: await run() });
  } catch (error) {
    postMessage({ error: error.stack ?? String(error) });
  }
};
