// A worker that runs function bodies on the bundle. The worker provides the globals of the lesson's kernel;
// `said` contains the output.
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
