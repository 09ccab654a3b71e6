/** Training in Python Keras on TensorFlow, from the same weights and on the same data. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type Data,
  type Entry,
  type Values,
  writeValues,
} from '../../../lib/tools/bench/models/data';
import type { Architecture } from '../../../lib/tools/bench/models/models';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';

/** What `keras_models.py` builds and compiles. */
type Description = Pick<Architecture, 'layers' | 'optimizer'> & {
  readonly inputs: readonly { readonly kind: string; readonly shape: readonly number[] }[];
  readonly loss: string;
};

/** What Keras is to train. */
export interface Job {
  readonly model: Description;
  readonly data: Data;
  /** The weights to begin with, layer by layer. */
  readonly weights: readonly Values[];
  /** What the Dropout layers multiply by, in turn: the same at each step. */
  readonly masks: readonly Values[];
  readonly batchSize: number;
  readonly epochs: number;
  readonly validationSplit?: number;
  readonly classWeight?: Readonly<Record<number, number>> | undefined;
  readonly sampleWeight?: Values | undefined;
  /** Samples to predict in the end; defaults to all. */
  readonly shown?: Values;
  /** Whether to train once more for the means of the epochs, which the losses of the steps disturb. */
  readonly history?: boolean;
}

/** The loss of a model whose weights change along a line. */
export interface Slope {
  readonly model: Description;
  /** A single batch. */
  readonly data: Data;
  readonly weights: readonly Values[];
  readonly masks: readonly Values[];
  /** A direction for one of the weights, of length 1. */
  readonly directions: readonly { readonly weight: number; readonly direction: Values }[];
}

/** What comes of a job. */
export interface Trained {
  /** The loss of each step. */
  readonly steps: readonly number[];
  /** The means of the epochs, if the job asks for them. */
  readonly history: Readonly<Record<string, number[]>>;
  /** The weights in the end, layer by layer. */
  readonly weights: readonly Float32Array[];
  /** What the model makes of the samples that are shown to it. */
  readonly predicted: Float32Array;
}

/** The loss, and its derivative along each direction: central differences, in float64. */
export interface Slopes {
  readonly loss: number;
  readonly slopes: readonly number[];
}

interface Results {
  readonly jobs: readonly (Omit<Trained, 'weights' | 'predicted'> & {
    readonly weights: readonly string[];
    readonly predicted: string;
  })[];
  readonly slopes: readonly Slopes[];
}

/** Trains each job in Keras, and measures the slopes. */
export async function inKeras(
  jobs: readonly Job[],
  slopes: readonly Slope[] = [],
): Promise<{ trained: Trained[]; slopes: readonly Slopes[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'digits-keras-'));
  try {
    const files = new Files(folder);
    const described = { jobs: jobs.map(files.describe), slopes: slopes.map(files.describe) };
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify(described));
    await python(folder);
    const results: Results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
    const trained = results.jobs.map(job => ({
      ...job,
      weights: job.weights.map(files.read),
      predicted: files.read(job.predicted),
    }));
    return { trained, slopes: results.slopes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const python = (folder: string) =>
  promisify(execFile)(
    pythonEnvironment().program('python'),
    [join(__dirname, 'keras_reference.py'), folder],
    {
      env: {
        ...process.env,
        PYTHONPATH: join(projectRoot, 'lib', 'tools', 'bench', 'models'),
        PYTHONDONTWRITEBYTECODE: '1',
        KERAS_BACKEND: 'tensorflow',
        CUDA_VISIBLE_DEVICES: '-1',
        TF_CPP_MIN_LOG_LEVEL: '3',
      },
    },
  );

/** Tensors as files, each array once, however many jobs use it. */
class Files {
  private readonly written = new Map<Values['data'], Entry>();

  constructor(private readonly folder: string) {}

  /** Puts files in place of the tensors, wherever they stand. */
  readonly describe = (value: unknown): unknown => {
    if (isValues(value)) return this.write(value);
    if (Array.isArray(value)) return value.map(this.describe);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.describe(v)]));
  };

  private write(values: Values): Entry {
    const known = this.written.get(values.data);
    if (known) return { ...known, shape: values.shape };
    const entry = writeValues(join(this.folder, `values${this.written.size}`), values);
    this.written.set(values.data, entry);
    return entry;
  }

  readonly read = (name: string): Float32Array => {
    const bytes = readFileSync(join(this.folder, name));
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  };
}

const isValues = (value: unknown): value is Values =>
  ArrayBuffer.isView((value as Partial<Values> | null)?.data);
