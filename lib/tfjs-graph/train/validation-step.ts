import type * as tf from '@tensorflow/tfjs';
import type { InnerModel, Loss } from './trainer';

/**
 * Returns a model's own step of validation, of samples, targets and, where there are any behind these, weights
 * of the samples. With them each loss counts as often as its sample does, which tfjs-layers leaves out.
 */
export function validationStep(model: InnerModel): (data: tf.Tensor[]) => tf.Scalar[] {
  model.makeTestFunction();
  const given = model.inputs.length + model.outputs.length;
  return data => {
    const weights = data.slice(given);
    const { lossFunctions } = model;
    model.lossFunctions = lossFunctions.map((loss, i): Loss => {
      const weight = weights[i];
      return weight ? (targets, outputs) => loss(targets, outputs).mul(weight) : loss;
    });
    try {
      return model.testFunction(data);
    } finally {
      model.lossFunctions = lossFunctions;
    }
  };
}
