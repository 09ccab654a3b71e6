/** A message in both languages. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}
export function same(text: string): Text;
export type Language = keyof Text;

export function preferredLanguage(asked?: string, env?: NodeJS.ProcessEnv): Language;

export class Failure extends Error {
  readonly text: Text;
  constructor(text: string | Text);
}

export function textOf(error: unknown): Text | undefined;
export function wantsLogin(line: string): boolean;
export function causeOf(output: string): Text | undefined;
export function failureOf(title: Text, output: string, log: string): Failure;
export function lastCause(log: string): Text | undefined;
