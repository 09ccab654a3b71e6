/**
 * Types of the results of `predict` and `evaluate`, so that programs need no casts. tfjs-layers declares a union,
 * because a model may have several outputs, and its loss may be its only measure. Here the result is what the
 * context expects, such as a cast, or the usual one.
 */
import type { ModelEvaluateArgs, ModelPredictConfig, Scalar, Tensor } from '@tensorflow/tfjs';

type Data = Tensor | Tensor[];

declare module '@tensorflow/tfjs' {
  interface LayersModel {
    predict<T = Tensor>(x: Data, args?: ModelPredictConfig): T extends Data ? T : Tensor;
    evaluate<T extends Scalar | Scalar[] = Scalar[]>(x: Data, y: Data, args?: ModelEvaluateArgs): T;
  }
  // It overrides both methods.
  interface Sequential {
    predict<T = Tensor>(x: Data, args?: ModelPredictConfig): T extends Data ? T : Tensor;
    evaluate<T extends Scalar | Scalar[] = Scalar[]>(x: Data, y: Data, args?: ModelEvaluateArgs): T;
  }
}
