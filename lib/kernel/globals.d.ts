/** Globals of cells, in addition to Node's. */

/**
 * Shows an input line below the cell, and waits for the user's input.
 *
 * @param message the question; empty by default.
 * @param preset the value of an empty line; shown in brackets after the message.
 * @returns the input line.
 * @throws StdinNotImplementedError without a user, as in a notebook executed by a program.
 * @example
 * const epochs = Number(prompt('How many epochs?', '5'));
 */
declare function prompt(message?: string, preset?: string): string;
