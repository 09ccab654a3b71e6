/** What cells have beyond Node's names. */

/**
 * Asks the user, who types a line below the cell, and waits for it.
 *
 * @param message what is asked; empty by default.
 * @param preset what an empty line stands for; shown in brackets behind the message.
 * @returns the line that was typed.
 * @throws StdinNotImplementedError if nobody can type, as in a notebook that a program runs.
 * @example
 * const epochs = Number(prompt('How many epochs?', '5'));
 */
declare function prompt(message?: string, preset?: string): string;
