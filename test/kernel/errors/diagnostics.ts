/** What TypeScript says of a cell, as the installed kernel hears it. */
import type { Converter, Diagnostic } from 'tslab/dist/converter';
import { lightHosts } from '../../../lib/kernel/compiler/light-programs';
import { withOwnTypeScript } from '../../../lib/kernel/compiler/stand-in';
import { type Fault, failed } from '../../../lib/kernel/errors/failed';
import { hintFor } from '../../../lib/kernel/errors/hints';

/** What the cells above have run. */
const ABOVE = `
  import * as tf from '@tensorflow/tfjs';
  import { divide, evaluate, fit, predict, setLanguage } from 'digits';
  import mnist from 'mnist-data-loader';
  const [[trainX, trainY]] = await mnist.loadData();
  const xTrain = divide(trainX, 255);
  const yTrain = tf.tensor1d(trainY.data, 'int32');
  const model = tf.sequential();
  const labels = [1, 2, 3];
  let count = 0;
  async function later() { return [1, 2]; }`;

/** TypeScript after the cells above, with the hints for what it finds. */
export class Diagnosed {
  /** TypeScript is asked once for each cell. */
  private readonly diagnostics = new Map<string, readonly Diagnostic[]>();

  private constructor(
    private readonly converter: Converter,
    private readonly declared: string,
  ) {}

  static async open(): Promise<Diagnosed> {
    withOwnTypeScript(ts => ({ createWatchCompilerHost: lightHosts(ts) }));
    const { createConverter } = await import('tslab/dist/converter');
    const converter = createConverter({});
    const { declOutput, diagnostics } = converter.convert('', ABOVE);
    if (declOutput === undefined) throw new Error(diagnostics[0]?.messageText);
    return new Diagnosed(converter, declOutput);
  }

  close(): void {
    this.converter.close();
  }

  /** @param withColumns whether the hints are told the columns. */
  faults(source: string, withColumns = true): Fault[] {
    const diagnostics =
      this.diagnostics.get(source) ?? this.converter.convert(this.declared, source).diagnostics;
    this.diagnostics.set(source, diagnostics);
    return diagnostics.map(({ code, messageText: message, start }) => {
      const [line, column] = [start.line + 1, withColumns ? start.character : undefined];
      const error = { name: 'SyntaxError', message, code, source, line, column };
      const text = source.split('\n')[start.line] ?? '';
      const place = { cell: 1, line, column: start.character, source: text };
      return { name: `TS${code}`, message, frames: [place], hint: hintFor(error) };
    });
  }

  /** The hints that a learner reads. */
  hints(source: string, withColumns = true): string[] {
    const { traceback } = failed(...this.faults(source, withColumns));
    return traceback.filter(line => /^ {4}(?! |at )/.test(line)).map(line => line.trim());
  }
}
