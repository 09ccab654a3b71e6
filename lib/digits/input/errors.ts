/** Makes a class of errors with a name, which stays when a bundler shortens that of the class. */
export const named = (name: string, Base: ErrorConstructor = Error) =>
  class extends Base {
    override readonly name = name;
  };

/** The data do not have the shape that the model was built for. */
export class ShapeError extends named('ShapeError') {}

/** A label is none of the classes that the model tells apart. */
export class LabelError extends named('LabelError', RangeError) {}

/** An option has a value that it cannot have. */
export class OptionError extends named('OptionError', RangeError) {}

/** A stage of the lesson that must come first has not been run. */
export class NotReadyError extends named('NotReadyError') {}

/** Something else stands where a model belongs. */
export class ModelError extends named('ModelError', TypeError) {}

/** The data are no tensor of numbers, or their numbers are gone. */
export class TensorError extends named('TensorError', TypeError) {}

/** Replaces an error's message, also in its stack, which repeats it. */
export function reworded<E extends Error>(error: E, message: string): E {
  const stack = error.stack?.replace(error.message, () => message);
  return Object.assign(error, { message, stack });
}
