import type { Language } from './project/language.mjs';

/** The commands that run tests. */
export type Tier = 'test:unit' | 'test' | 'test:slow';

export type Command = 'start' | 'setup' | 'doctor' | 'lesson' | 'site' | Tier;

export interface Options {
  readonly command: Command;
  readonly language: Language;
  /** The stage to open the lesson at, from 1; at its beginning unless given. */
  readonly stage?: number;
  /** The port to begin with; a taken one moves on to the next. */
  readonly port: number;
  readonly browser: boolean;
  /** Whether the saved notebooks are written as pages, and the saved lesson as slides. */
  readonly html?: boolean;
  readonly slides?: boolean;
  /** Whether the site is served when it is built. */
  readonly serve?: boolean;
  /** The folder of a Python environment to use in place of `.venv`. */
  readonly prefix?: string;
  readonly help?: boolean;
  /** The tests' arguments for mocha. */
  readonly rest: string[];
}

/** How many stages the lesson has. */
export const STAGES: number;
export function isTier(command: Command): command is Tier;
export function usage(command: Command): string;
export function readOptions(command: Command, args: string[], env?: NodeJS.ProcessEnv): Options;
