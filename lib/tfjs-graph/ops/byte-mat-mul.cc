// The ops of bytes that the project adds to TensorFlow, for the processor, with what each is worth, of the
// lesson (medians of seven pairs in turn, two cores with AVX-512):
//
// - `ByteMasks`: which elements are not 0, a bit each, of each row of a matrix of bytes, or of its
//   transpose. What multiplies the bytes needs them, maybe several times, and they can be made as soon as
//   the bytes are there, while a core waits for the step before. Where each product finds its masks by
//   itself, five epochs take 3.5 % longer (777 ms in place of 750).
// - `ByteMatMul`: a product of bytes, as `byte-product.h` computes it. Without it and the ops that stand on
//   it, an epoch takes 1.55 times as long and the first one 1.41 times.
// - `ByteMatMulAdam`: the gradient of a matrix of weights that multiplies bytes, and its update by Adam,
//   which takes each number of the gradient while it is still in a register. The weights and their moments
//   come in and go out; where nobody else holds them, in place. Without it an epoch takes 7 % longer, and
//   the first one 10 %.
//
// `graph/rewrites/products.ts` and `train/recorded/rewrites.ts` put them to use.

#include "byte-product.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace {

/// The mask of 64 bytes.
Mask mask_of(const uint8_t* bytes) {
  Mask mask = 0;
#if defined(__SSE2__)
  for (int i = 0; i < kWord; i += 16) {
    const auto sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
    const int zeros = _mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_setzero_si128()));
    mask |= static_cast<Mask>(~zeros & 0xffff) << i;
  }
#else
  for (int i = 0; i < kWord; i++) mask |= static_cast<Mask>(bytes[i] != 0) << i;
#endif
  return mask;
}

void mask_rows(const uint8_t* bytes, int64_t rows, int64_t columns, Mask* masks) {
  for (int64_t row = 0; row < rows; row++) {
    for (int64_t column = 0; column < columns; column += kWord) {
      const uint8_t* from = bytes + row * columns + column;
      const int64_t rest = columns - column;
      uint8_t last[kWord] = {};
      if (rest < kWord) from = static_cast<uint8_t*>(std::memcpy(last, from, rest));
      masks[row * words(columns) + column / kWord] = mask_of(from);
    }
  }
}

/// Transposes 64 x 64 bits: swaps ever smaller blocks off the diagonal.
void transpose(Mask (&block)[kWord]) {
  Mask half = 0x00000000ffffffff;
  for (int size = 32; size > 0; size >>= 1, half ^= half << size) {
    for (int i = 0; i < kWord; i = ((i | size) + 1) & ~size) {
      const Mask swapped = ((block[i] >> size) ^ block[i | size]) & half;
      block[i] ^= swapped << size;
      block[i | size] ^= swapped;
    }
  }
}

/// Makes the masks of the columns of a matrix from those of its rows.
void transpose(const Mask* masks, int64_t rows, int64_t columns, Mask* transposed) {
  const int64_t from = words(columns), to = words(rows);
  for (int64_t row = 0; row < rows; row += kWord) {
    for (int64_t column = 0; column < columns; column += kWord) {
      Mask block[kWord] = {};
      for (int64_t i = 0; i < kWord && row + i < rows; i++) {
        block[i] = masks[(row + i) * from + column / kWord];
      }
      transpose(block);
      for (int64_t i = 0; i < kWord && column + i < columns; i++) {
        transposed[(column + i) * to + row / kWord] = block[i];
      }
    }
  }
}

struct ByteMasks {
  const bool transpose_a;

  ByteMasks(TF_OpKernelConstruction* told, const Status& status)
      : transpose_a(read_bool(told, "transpose_a", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status);
    if (!status.ok()) return;
    if (!a.is_matrix()) return status.refuse("Expected a matrix of bytes");
    const int64_t rows = a.rows(), columns = a.columns();
    const int64_t shape[] = {transpose_a ? columns : rows, words(transpose_a ? rows : columns)};
    const Output masks(context, 0, TF_INT64, {shape[0], shape[1]}, status);
    if (!status.ok()) return;
    auto* out = masks.data<Mask>();
    // Without a column, or a row, a word has no bits.
    std::memset(out, 0, masks.size);
    if (!transpose_a) return mask_rows(a.data<uint8_t>(), rows, columns, out);
    std::vector<Mask> of_rows(rows * words(columns));
    mask_rows(a.data<uint8_t>(), rows, columns, of_rows.data());
    transpose(of_rows.data(), rows, columns, out);
  }
};

struct ByteMatMul {
  const bool transpose_a;
  const Quotients quotients;

  ByteMatMul(TF_OpKernelConstruction* told, const Status& status)
      : transpose_a(read_bool(told, "transpose_a", status)),
        quotients(read_float(told, "divisor", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status), masks(context, 1, status), b(context, 2, status);
    if (!status.ok()) return;
    if (!a.is_matrix() || !b.is_matrix()) return status.refuse(kNoFactors);
    const Left left(a, masks, transpose_a);
    if (left.columns != b.rows()) return status.refuse(kNoFactors);
    if (!left.fits(masks)) return status.refuse(kOtherMasks);
    const Output product(context, 0, TF_FLOAT, {left.rows, b.columns()}, status);
    if (!status.ok()) return;
    const Keep keep{{product.data<float>(), b.columns()}};
    multiply_bytes(left, quotients.of, b.data<float>(), b.columns(), keep);
  }
};

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

const bool registered =
    register_op<ByteMasks>("ByteMasks", {"a: uint8"}, {"transpose_a: bool = false"},
                           {"masks: int64"}) &&
    register_op<ByteMatMul>("ByteMatMul", {"a: uint8", "masks: int64", "b: float"},
                            {"transpose_a: bool = false", "divisor: float = 1.0"},
                            {"product: float"}) &&
    register_op<ByteMatMulAdam>(
        "ByteMatMulAdam",
        {"a: uint8", "masks: int64", "b: float", "numbers: float", "weights: float", "first: float",
         "second: float"},
        {"divisor: float = 1.0"}, {"new_weights: float", "new_first: float", "new_second: float"});

}  // namespace
