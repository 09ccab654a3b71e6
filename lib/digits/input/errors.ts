/** Returns an error class with a fixed name, because bundlers shorten class names. */
export const named = (name: string, Base: ErrorConstructor = Error) =>
  class extends Base {
    override readonly name = name;
  };

/** The data do not have the model's input shape. */
export class ShapeError extends named('ShapeError') {}

/** A label is not one of the model's classes. */
export class LabelError extends named('LabelError', RangeError) {}

/** An option has an invalid value. */
export class OptionError extends named('OptionError', RangeError) {}

/** A required earlier stage of the lesson has not been executed. */
export class NotReadyError extends named('NotReadyError') {}

/** The value is not a model. */
export class ModelError extends named('ModelError', TypeError) {}
