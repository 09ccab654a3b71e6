import { OptionError } from '../input/errors';
import { messages } from '../language';

/** @throws OptionError unless the name is one of a file here, and of none elsewhere. */
export function checkName(name: string): string {
  if (typeof name === 'string' && /^[\p{L}\p{N}_-]+$/u.test(name)) return name;
  throw new OptionError(messages().leaving.badName(JSON.stringify(name) ?? typeof name));
}
