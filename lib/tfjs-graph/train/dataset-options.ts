import { ALLOWED, type Allowed, checkAgainst, type FitOptions, whole } from './options';
import { type BatchDataset, isDataset } from './read-dataset';

/** Options of {@link fit} that have no meaning for a dataset. */
type OfTensors =
  | 'batchSize'
  | 'validationSplit'
  | 'validationData'
  | 'sampleWeight'
  | 'stepsPerEpoch'
  | 'validationSteps';

/** Options of {@link fitDataset}: all that `model.fitDataset` takes, and those of {@link fit}. */
export interface DatasetOptions extends Omit<FitOptions, OfTensors> {
  /**
   * Batches of an epoch, where it is not to take the whole dataset: each epoch goes on where the last
   * one ended, so that the dataset needs as many batches as all epochs together.
   */
  readonly batchesPerEpoch?: number | null | undefined;
  /** A dataset for validation, or tensors as {@link fit} takes them. */
  readonly validationData?: BatchDataset | FitOptions['validationData'];
  /** The most batches that are taken of a dataset for validation; defaults to all. */
  readonly validationBatches?: number | null | undefined;
  /** Changes nothing: the validation's means are over its samples, whatever its batches. */
  readonly validationBatchSize?: number | null | undefined;
}

/** Those with a check of their own, even if only to be refused for a reason. */
type Checked = keyof DatasetOptions | 'batchSize' | 'validationSplit';

const { sampleWeight, stepsPerEpoch, validationSteps, ...shared } = ALLOWED;

const leftOut = (why: string): Allowed => [`left out: ${why}`, () => false];

const DATASET_ALLOWED: Record<Checked, Allowed> = {
  ...shared,
  batchSize: leftOut('the batches are those of the dataset'),
  validationSplit: leftOut('validationData takes a dataset of its own'),
  batchesPerEpoch: whole(1),
  validationBatches: whole(1),
  validationBatchSize: whole(1),
  validationData: [
    'a dataset, [x, y] or [x, y, sampleWeight]',
    value => isDataset(value) || ALLOWED.validationData[1](value),
  ],
};

/** @throws InputError that names the option, says what it may be, and what it was. */
export const checkDatasetOptions = (options: DatasetOptions): void =>
  checkAgainst(options, DATASET_ALLOWED);
