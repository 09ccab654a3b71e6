// The op `ByteMatMulAdam` of TensorFlow, for the processor: the gradient of a matrix of weights that
// multiplies bytes, and its update by Adam, which takes each number of the gradient while it is still in
// a register. The weights and their moments come in and go out; where nobody else holds them, in place.
//
// Worth, of the lesson: without it an epoch takes 7 % longer, and the first one 10 % (medians of seven
// pairs in turn, two cores with AVX-512).
//
// Compiled into the addon of TensorFlow.js; `train/recorded/rewrites.ts` puts it to use.

#include "byte-product.h"

namespace {

/// 1 / sqrt(x) by Newton's method, from the number that half the bits of x give: three steps leave
/// nothing but rounding. Of 0 it is a large number.
template <typename Vector>
INLINE void inverse_root(const Vector& x, Vector& y) {
  using Bits = decltype(x < x);
  y = (Vector)(0x5f375a86 - ((Bits)x >> 1));
  for (int i = 0; i < 3; i++) y *= 1.5f - 0.5f * x * y * y;
}

/// A variable, as it was and as it becomes: maybe at the same place.
struct Variable {
  const float* before;
  float* after;
};

/// The update of `ResourceApplyAdam`, of which the gradient is taken number by number.
struct Adam {
  static constexpr bool kTakes = true;
  Variable weights, first, second;
  int64_t columns;
  float rate, decay1, decay2, epsilon;
  /// Sums of some columns of the gradient.
  Matrix<float> partial;

  Matrix<float> sums(int64_t) const { return partial; }

  template <typename Vector>
  INLINE void update(const Vector& gradient, Vector& w, Vector& m, Vector& v) const {
    m += (gradient - m) * decay1;
    v += (gradient * gradient - v) * decay2;
    Vector root;
    inverse_root(v, root);
    w -= m * rate / (v * root + epsilon);
  }

  template <typename Vector>
  INLINE void take(int64_t row, int64_t column, const Vector& gradient) const {
    const int64_t at = row * columns + column;
    Vector w, m, v;
    load(w, weights.before + at), load(m, first.before + at), load(v, second.before + at);
    update(gradient, w, m, v);
    store(weights.after + at, w), store(first.after + at, m), store(second.after + at, v);
  }

  void take_few(int64_t row, int64_t column, int64_t count, const float* numbers) const {
    const int64_t at = row * columns + column;
    const size_t size = count * sizeof(float);
    Vector128 gradient{}, w{}, m{}, v{};
    std::memcpy(&gradient, numbers, size);
    std::memcpy(&w, weights.before + at, size);
    std::memcpy(&m, first.before + at, size);
    std::memcpy(&v, second.before + at, size);
    update(gradient, w, m, v);
    std::memcpy(weights.after + at, &w, size);
    std::memcpy(first.after + at, &m, size);
    std::memcpy(second.after + at, &v, size);
  }
};

struct ByteMatMulAdam {
  const Quotients quotients;

  ByteMatMulAdam(TF_OpKernelConstruction* told, const Status& status)
      : quotients(read_float(told, "divisor", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status), masks(context, 1, status), b(context, 2, status);
    const Input numbers(context, 3, status);
    if (!status.ok()) return;
    if (!a.is_matrix() || !b.is_matrix() || a.rows() != b.rows()) return status.refuse(kNoFactors);
    const Left left(a, masks, true);
    if (!left.fits(masks)) return status.refuse(kOtherMasks);
    if (numbers.size() < 4) return status.refuse("Expected rate, beta1, beta2 and epsilon");
    const int64_t rows = a.columns(), columns = b.columns();
    const Renewed weights(context, 4, 0, rows, columns, status);
    const Renewed first(context, 5, 1, rows, columns, status);
    const Renewed second(context, 6, 2, rows, columns, status);
    if (!status.ok()) return;
    const bool at_once = words(left.columns) == 1;
    std::vector<float> partial(at_once ? 0 : rows * kWide);
    const float* of = numbers.data<float>();
    const auto variable = [](const Renewed& of) -> Variable { return {of.before, of.after()}; };
    const Adam adam{variable(weights), variable(first), variable(second), columns,
                    of[0], 1 - of[1], 1 - of[2], of[3], {partial.data(), kWide}};
    multiply_bytes(left, quotients.of, b.data<float>(), columns, adam);
  }
};

const bool registered = register_op<ByteMatMulAdam>(
    "ByteMatMulAdam",
    {"a: uint8", "masks: int64", "b: float", "numbers: float", "weights: float", "first: float",
     "second: float"},
    {"divisor: float = 1.0"}, {"new_weights: float", "new_first: float", "new_second: float"});

}  // namespace
