type Platform = NodeJS.Platform;
type Environment = Readonly<Record<string, string | undefined>>;
type Exists = (path: string) => boolean;

/** How a program is started, by `spawn` and the like. */
export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
  readonly shell: boolean;
}

export function programIn(
  prefix: string,
  name: string,
  platform?: Platform,
  exists?: Exists,
): string;
export function onPath(
  names: readonly string[],
  env?: Environment,
  platform?: Platform,
  exists?: Exists,
): string | undefined;
export function npmCommand(
  args: readonly string[],
  env?: Environment,
  platform?: Platform,
): Invocation;
export function ownGroup(platform?: Platform): {
  readonly detached: boolean;
  readonly windowsHide: boolean;
};
export function hearsSignals(platform?: Platform): boolean;
export function browserPlaces(env?: Environment, platform?: Platform, exists?: Exists): string[];
export function noFile(platform?: Platform): string;
export function withVariable(
  name: string,
  value: string,
  command: string,
  platform?: Platform,
): string;
