/** How the hints read in English. */
export const NOT_THERE = (name: string) =>
  `There is no ${name} yet. Run the cells above first (menu Run → Run All Above Selected Cell); if they have run, see whether it is misspelt`;
export const OPTIONS = (argument: string, code: string) =>
  `TypeScript has no keyword arguments such as ${argument}; options go into an object: ${code}`;
export const EITHER = (argument: string, value: string, object: string) =>
  `TypeScript has no keyword arguments such as ${argument}: give the value alone, ${value}, in its place, or ${object} where the function takes an object of options`;
export const WAIT = (code: string) =>
  `This value has not come yet (it is a Promise). Wait for it: ${code}`;
export const PYTHON = (theirs: string, ours: string) =>
  `Python's ${theirs} is ${ours} in TypeScript`;
export const LINE = (ours: string) => `This line is Python; in TypeScript it is ${ours}`;
export const SIGN = (sign: string, ours: string) =>
  `"${sign}" is a Chinese punctuation mark; write ${ours}`;
export const DECLARE = (code: string) => `A new name is declared first: ${code}`;
export const SLIP = (name: string) =>
  `Did you mean ${name}? If not, run the cells above first (menu Run → Run All Above Selected Cell)`;
export const REPEAT = (what: string, code: string) => `* does not repeat ${what}; write ${code}`;
