/**
 * Result types of `predict` and `evaluate`, so programs need no casts. tfjs-layers declares unions, for models with
 * several outputs or without metrics. Here the result has the type that the context expects, or the usual type.
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
