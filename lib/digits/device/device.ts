/** What an engine tells of itself, on Node and in browsers. */
import { type Text, text } from '../language';
import { printedAs } from '../text/custom-inspect';
import type { Threads } from './threads';

/** The engines that can run the lesson, the fastest first. */
export const DEVICE_KINDS = ['gpu', 'cpu', 'wasm'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** The engine that runs, and why. Printed, it is a few lines of text. */
export interface Device {
  /** What computes: an NVIDIA GPU, the native CPU engine, or WebAssembly. */
  readonly kind: DeviceKind;
  /** The engine and its version, such as `TensorFlow 2.20.0`. */
  readonly engine: string;
  /** How the processor is shared out; only the native CPU engine can choose. */
  readonly threads?: Threads;
  /** The model of the GPU or processor. */
  readonly hardware: string;
  /** Why this engine runs and not a faster one. */
  readonly why: Text;
}

/** Gives the device its print form. */
export const deviceOf = (device: Device): Device => printedAs(device, () => describeDevice(device));

/** Describes the device in a few lines, in the language of the lesson. */
function describeDevice({ kind, engine, threads, hardware, why }: Device): string {
  return text({
    zh: [
      `设备：${kind === 'gpu' ? 'GPU' : 'CPU'}，${hardware}`,
      `引擎：${engine}${threads ? threadsText(threads).zh : ''}`,
      `原因：${why.zh}`,
      kind === 'gpu'
        ? '显存按需增长：已开启'
        : '显存按需增长：已开启；没有使用 GPU，所以不起作用，课程照常进行',
    ].join('\n'),
    en: [
      `Device: ${kind === 'gpu' ? 'GPU' : 'CPU'}, ${hardware}`,
      `Engine: ${engine}${threads ? threadsText(threads).en : ''}`,
      `Why: ${why.en}`,
      kind === 'gpu'
        ? 'GPU memory growth: on'
        : 'GPU memory growth: on; no GPU is in use, so it has no effect, and the lesson runs as usual',
    ].join('\n'),
  });
}

function threadsText({ all, perOperation }: Threads): Text {
  const [zh, en] =
    perOperation > 1
      ? [
          `，每个运算使用 ${perOperation} 个（TF_NUM_INTRAOP_THREADS）`,
          `, ${perOperation} of them an operation (TF_NUM_INTRAOP_THREADS)`,
        ]
      : ['', ''];
  return {
    zh: `，${all} 个线程（DIGITS_THREADS）${zh}`,
    en: `, ${all} thread${all > 1 ? 's' : ''} (DIGITS_THREADS)${en}`,
  };
}

/** Why an engine runs that was asked for. */
export const ASKED: Text = { zh: '这是您指定的设备', en: 'you asked for it' };
