/** How the hints read in English. */
export const NOT_THERE = (name: string) =>
  `${name} does not exist yet. Run the cells above first (menu Run → Run All Above Selected Cell); if you have, check the spelling`;
export const OPTIONS = (argument: string, code: string) =>
  `TypeScript has no keyword arguments such as ${argument}; pass options in an object: ${code}`;
export const EITHER = (argument: string, value: string, object: string) =>
  `TypeScript has no keyword arguments such as ${argument}: pass just the value, ${value}, in the right position, or ${object} if the function takes an options object`;
export const WAIT = (code: string) =>
  `This value is not ready yet (it is a Promise). Wait for it: ${code}`;
export const PYTHON = (theirs: string, ours: string) =>
  `Python's ${theirs} is ${ours} in TypeScript`;
export const LINE = (ours: string) => `This line is Python; in TypeScript, write ${ours}`;
export const SIGN = (sign: string, ours: string) =>
  `"${sign}" is a Chinese punctuation mark; write ${ours}`;
export const DECLARE = (code: string) => `Declare a new name first: ${code}`;
export const SLIP = (name: string) =>
  `Did you mean ${name}? If not, run the cells above first (menu Run → Run All Above Selected Cell)`;
export const REPEAT = (what: string, code: string) => `* does not repeat ${what}; write ${code}`;
