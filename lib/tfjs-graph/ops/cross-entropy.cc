// The cross-entropies of TensorFlow.js's models, of labels and probabilities, for the processor: the loss of
// each row, and its slopes by probability, at once. Probabilities are cut off at 1e-7, as there, and have no
// slope beyond. TensorFlow takes some forty ops for each. `SoftmaxSlopes` goes on to the slopes by logit.
//
// Worth: without the ops an epoch of the lesson takes 1.2 times as long, and one of an autoencoder of 784
// numbers 1.4 times.
//
// `train/recorded/losses.ts` puts them to use.

#include <cmath>

#include "activations.h"

namespace {

constexpr float kLeast = 1e-7f, kMost = static_cast<float>(1 - 1e-7);

INLINE bool in_range(float x) { return x >= kLeast && x <= kMost; }
/// NaN remains NaN.
INLINE float cut(float x) { return x < kLeast ? kLeast : x > kMost ? kMost : x; }

/// Writes the loss of a row and its slopes by probability.
struct SparseRow {
  static int64_t labels(int64_t) { return 1; }

  static void run(int64_t columns, const float* p, const float* label, float* loss, float* slopes) {
    float sum = 0;
    for (int64_t k = 0; k < columns; k++) sum += cut(p[k]);
    // A label that is no class has no loss, like a row of zeros.
    const float floor = std::floor(*label);
    const bool known = floor >= 0 && floor < columns;
    const auto right = known ? static_cast<int64_t>(floor) : 0;
    const float q = known ? cut(p[right]) / sum : sum;
    const float slope = known && in_range(q) ? -1 / q : 0;
    *loss = known ? -std::log(cut(q)) : 0 * sum;
    const float shared = -slope * q / sum;
    for (int64_t k = 0; k < columns; k++) slopes[k] = in_range(p[k]) ? shared : 0;
    if (known && in_range(p[right])) slopes[right] += slope / sum;
  }
};

struct DenseRow {
  static int64_t labels(int64_t columns) { return columns; }

  static void run(int64_t columns, const float* p, const float* labels, float* loss, float* slopes) {
    float sum = 0, total = 0, shared = 0;
    for (int64_t k = 0; k < columns; k++) sum += p[k];
    for (int64_t k = 0; k < columns; k++) {
      const float q = p[k] / sum;
      slopes[k] = in_range(q) ? -labels[k] / q : 0 * q;
      if (labels[k] != 0) total -= labels[k] * std::log(cut(q));
      shared += slopes[k] * q;
    }
    *loss = total + 0 * sum;
    for (int64_t k = 0; k < columns; k++) slopes[k] = (slopes[k] - shared) / sum;
  }
};

/// The natural logarithm of numbers from 1e-7 to 1, by the series of artanh.
template <typename Vector>
INLINE void take_logarithm(Vector& x) {
  using Words = decltype(x > x);
  constexpr int32_t kRootOfHalf = 0x3f3504f3;  // The least mantissa.
  Words bits;
  std::memcpy(&bits, &x, sizeof bits);
  const Words exponents = (bits - kRootOfHalf) >> 23;
  bits -= exponents << 23;
  std::memcpy(&x, &bits, sizeof bits);
  const Vector t = (x - 1.0f) / (x + 1.0f), s = t * t;
  Vector series = Vector{} + 1.0f / 11;
  UNROLL for (int i = 9; i > 0; i -= 2) series = series * s + 1.0f / i;
  x = __builtin_convertvector(exponents, Vector) * 0.693147181f + 2.0f * t * series;
}

struct BinaryRow {
  static int64_t labels(int64_t columns) { return columns; }

  template <typename Sixteen>
  static INLINE void run(int64_t columns, const float* p, const float* labels, float* loss,
                         float* slopes) {
    using Vector = Register<Sixteen>;
    const Vector zero{}, one = zero + 1.0f, least = zero + kLeast, most = zero + kMost;
    Vector sum{};
    for (int64_t k = 0; k < columns; k += kNumbers<Vector>) {
      const bool whole = columns - k >= kNumbers<Vector>;
      const size_t rest = (columns - k) * sizeof(float);
      Vector x = most, label = one;
      if (whole) load(x, p + k), load(label, labels + k);
      if (!whole) std::memcpy(&x, p + k, rest), std::memcpy(&label, labels + k, rest);
      const Vector c = x < least ? least : x > most ? most : x, other = one - c;
      Vector of_one = c, of_other = other;
      take_logarithm(of_one), take_logarithm(of_other);
      Vector slope = (c - label) / (c * other) / static_cast<float>(columns);
      slope = x < least ? zero : x > most ? zero : slope;
      if (whole) store(slopes + k, slope);
      if (!whole) std::memcpy(slopes + k, &slope, rest);
      const Vector gains = label * of_one + (one - label) * of_other;
      // The last register may have room for more numbers.
      Vector added = zero;
      std::memcpy(&added, &gains, std::min(rest, sizeof gains));
      sum -= added;
    }
    *loss = 0;
    for (int64_t i = 0; i < kNumbers<Vector>; i++) *loss += sum[i] / columns;
  }

  static void run(int64_t columns, const float* p, const float* labels, float* loss, float* slopes) {
    run_widest<BinaryRow>(columns, p, labels, loss, slopes);
  }
};

void take_softmax(const float* logits, int64_t columns, float* probabilities) {
  const float most = *std::max_element(logits, logits + columns);
  float sum = 0;
  for (int64_t k = 0; k < columns; k++) sum += probabilities[k] = std::exp(logits[k] - most);
  for (int64_t k = 0; k < columns; k++) probabilities[k] /= sum;
}

/// From slopes by probability to those by logit.
void take_gradient(const float* dy, const float* y, int64_t columns, float* dx) {
  float shared = 0;
  for (int64_t k = 0; k < columns; k++) shared += dy[k] * y[k];
  for (int64_t k = 0; k < columns; k++) dx[k] = (dy[k] - shared) * y[k];
}

/// Of probabilities, or of the logits of a softmax, with its probabilities. The slopes are times a scale.
template <typename Row>
struct CrossEntropy {
  const bool from_logits;
  const float scale;

  CrossEntropy(TF_OpKernelConstruction* told, const Status& status)
      : from_logits(read_bool(told, "from_logits", status)), scale(read_float(told, "scale", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input given(context, 0, status), labels(context, 1, status);
    if (!status.ok()) return;
    const auto *p = given.data<float>(), *label = labels.data<float>();
    const int64_t rows = given.rows(), columns = given.columns();
    if (!given.is_matrix() || labels.size() != rows * Row::labels(columns)) {
      return status.refuse("Expected a matrix, and labels for each of its rows");
    }
    const Output losses(context, 0, TF_FLOAT, {rows}, status);
    const Output slopes(context, 1, TF_FLOAT, {rows, columns}, status);
    const Output probabilities(context, 2, TF_FLOAT, {from_logits ? rows : 0, columns}, status);
    if (!status.ok()) return;
    auto *loss = losses.data<float>(), *slope = slopes.data<float>(), *softmax = probabilities.data<float>();
    for (int64_t row = 0; row < rows; row++) {
      if (from_logits) take_softmax(p, columns, softmax);
      Row::run(columns, from_logits ? softmax : p, label, loss++, slope);
      if (from_logits) take_gradient(slope, softmax, columns, slope), softmax += columns;
      p += columns, slope += columns, label += Row::labels(columns);
    }
    slope = slopes.data<float>();
    for (int64_t i = 0; i < rows * columns; i++) slope[i] *= scale;
  }
};

struct SoftmaxSlopes {
  SoftmaxSlopes(TF_OpKernelConstruction*, const Status&) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input slopes(context, 0, status), probabilities(context, 1, status);
    if (!status.ok()) return;
    const int64_t rows = slopes.rows(), columns = slopes.columns();
    if (!slopes.is_matrix() || !probabilities.is_matrix() || probabilities.rows() != rows ||
        probabilities.columns() != columns) {
      return status.refuse("Expected two matrices of one shape");
    }
    const Output made(context, 0, TF_FLOAT, {rows, columns}, status);
    if (!status.ok()) return;
    const auto *dy = slopes.data<float>(), *y = probabilities.data<float>();
    auto* dx = made.data<float>();
    for (int64_t row = 0; row < rows; row++, dy += columns, y += columns, dx += columns) {
      take_gradient(dy, y, columns, dx);
    }
  }
};

template <typename Row>
bool register_loss(const char* name) {
  return register_op<CrossEntropy<Row>>(name, {"given: float", "labels: float"},
                                        {"from_logits: bool = false", "scale: float = 1.0"},
                                        {"losses: float", "slopes: float", "probabilities: float"});
}

const bool registered =
    register_loss<SparseRow>("SparseCrossEntropy") && register_loss<DenseRow>("DenseCrossEntropy") &&
    register_loss<BinaryRow>("BinaryCrossEntropy") &&
    register_op<SoftmaxSlopes>("SoftmaxSlopes", {"slopes: float", "probabilities: float"}, {},
                                 {"by_logit: float"});

}  // namespace
