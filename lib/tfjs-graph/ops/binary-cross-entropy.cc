// The op `BinaryCrossEntropy` of TensorFlow, for the processor: the mean over each row of the cross-entropy
// of labels and of sigmoids, given their logits, and its slopes, at once. TensorFlow takes seven ops for it,
// one of them number by number.
//
// Worth: without it an epoch of an autoencoder of 784 numbers takes 1.4 times as long.
//
// `train/recorded/gradients.ts` puts it to use.

#include "activations.h"

namespace {

struct Entropy {
  template <typename Sixteen>
  static INLINE void run(int64_t rows, int64_t columns, const float* z, const float* y, float* means,
                         float* slopes) {
    using Vector = Register<Sixteen>;
    const Vector zero{}, one = zero + 1.0f;
    for (int64_t row = 0; row < rows; row++) {
      Vector sum{};
      for (int64_t k = 0; k < columns; k += kNumbers<Vector>, z += kNumbers<Vector>, y += kNumbers<Vector>) {
        const bool whole = columns - k >= kNumbers<Vector>;
        const size_t rest = (columns - k) * sizeof(float);
        // What fills the last register adds nothing.
        Vector x = zero - 50.0f, label{};
        if (whole) load(x, z), load(label, y);
        if (!whole) std::memcpy(&x, z, rest), std::memcpy(&label, y, rest);
        Vector p = x;
        open(p, false);
        // The logarithm of the larger probability, which is 0.5 at least, by the series of artanh.
        const Vector larger = p > 0.5f * one ? p : one - p;
        const Vector t = (larger - one) / (larger + one), s = t * t;
        Vector series = one / 11.0f;
        UNROLL for (int i = 9; i > 0; i -= 2) series = series * s + 1.0f / i;
        sum += (x > zero ? x : zero) - x * label - 2.0f * t * series;
        p = (p - label) / static_cast<float>(columns);
        if (whole) store(slopes, p);
        if (!whole) std::memcpy(slopes, &p, rest);
        slopes += whole ? kNumbers<Vector> : columns - k;
      }
      const int64_t beyond = (kNumbers<Vector> - columns % kNumbers<Vector>) % kNumbers<Vector>;
      z -= beyond, y -= beyond;
      means[row] = 0;
      for (int64_t i = 0; i < kNumbers<Vector>; i++) means[row] += sum[i] / columns;
    }
  }
};

struct BinaryCrossEntropy {
  BinaryCrossEntropy(TF_OpKernelConstruction*, const Status&) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input logits(context, 0, status), labels(context, 1, status);
    if (!status.ok()) return;
    if (!logits.is_matrix() || !labels.is_matrix() || labels.rows() != logits.rows() ||
        labels.columns() != logits.columns()) {
      return status.refuse("Expected two matrices of one shape");
    }
    const int64_t rows = logits.rows(), columns = logits.columns();
    const Output means(context, 0, TF_FLOAT, {rows}, status);
    const Output slopes(context, 1, TF_FLOAT, {rows, columns}, status);
    if (!status.ok()) return;
    run_widest<Entropy>(rows, columns, logits.data<float>(), labels.data<float>(), means.data<float>(),
                        slopes.data<float>());
  }
};

const bool registered = register_op<BinaryCrossEntropy>(
    "BinaryCrossEntropy", {"logits: float", "labels: float"}, {}, {"means: float", "slopes: float"});

}  // namespace
