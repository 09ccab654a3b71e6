/** The function behind each `await` of a cell, which ends code whose cell was broken off. */
import { WAIT } from '../compiler/stoppable';
import { Interrupt } from '../errors/interrupt';

/** Returns what it is given. */
type Wait = <Value>(value: Value) => Value;

const brokenOff = new Set<number>();

/** Returns the function for the code of a run. */
const of =
  (run: number): Wait =>
  value => {
    if (brokenOff.has(run)) throw new Interrupt();
    return value;
  };

/** The code of modules beside the notebook belongs to no run. */
const ofNone: Wait = value => value;

Object.assign(globalThis, { [WAIT]: Object.assign(ofNone, { of }) });

/** Puts the function before a script, in its first line, so that all others stay where they are. */
export const withWait = (script: string, run: number): string =>
  `const ${WAIT} = globalThis.${WAIT}.of(${run}); ${script}`;

/** Has the code of a run end at its next `await`. */
export function endAtAwait(run: number): void {
  brokenOff.add(run);
}
