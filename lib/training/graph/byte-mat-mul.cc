// The op `ByteMatMul` of TensorFlow, for the processor: a matrix of bytes, each divided by a number,
// times a matrix of float32. It skips bytes that are 0, which in pictures most of them are.
//
// Compiled into the addon of TensorFlow.js; `byte-mat-mul.ts` puts it to use.

#include <cstdint>
#include <cstring>
#include <vector>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "op.h"

namespace {

/// Which elements of a row are not 0: a bit each, 64 of them a word.
using Mask = uint64_t;
constexpr int64_t kWord = 64;

int64_t words(int64_t length) { return (length + kWord - 1) / kWord; }

/// The bytes, `[rows, columns]`, or their transpose: steps between elements, and the mask of each row.
struct Left {
  const uint8_t* bytes;
  int64_t rows, columns;
  int64_t row_step, column_step;
  std::vector<Mask> masks;
};

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

Left rows_of(const uint8_t* bytes, int64_t rows, int64_t columns) {
  const int64_t width = words(columns);
  Left left{bytes, rows, columns, columns, 1, std::vector<Mask>(rows * width)};
  for (int64_t row = 0; row < rows; row++) {
    for (int64_t word = 0; word < width; word++) {
      const uint8_t* from = bytes + row * columns + word * kWord;
      const int64_t rest = columns - word * kWord;
      uint8_t last[kWord] = {};
      if (rest < kWord) from = static_cast<uint8_t*>(std::memcpy(last, from, rest));
      left.masks[row * width + word] = mask_of(from);
    }
  }
  return left;
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

Left transposed(const Left& of) {
  const int64_t from = words(of.columns), to = words(of.rows);
  Left left{of.bytes,       of.columns,  of.rows,
            of.column_step, of.row_step, std::vector<Mask>(of.columns * to)};
  for (int64_t row = 0; row < of.rows; row += kWord) {
    for (int64_t column = 0; column < of.columns; column += kWord) {
      Mask block[kWord] = {};
      for (int64_t i = 0; i < kWord && row + i < of.rows; i++) {
        block[i] = of.masks[(row + i) * from + column / kWord];
      }
      transpose(block);
      for (int64_t i = 0; i < kWord && column + i < of.columns; i++) {
        left.masks[(column + i) * to + row / kWord] = block[i];
      }
    }
  }
  return left;
}

/// The most columns that are computed together: as many sums as the registers hold.
constexpr int64_t kWide = 64;
constexpr int64_t kNarrow = 32;

/// A matrix of float32 whose rows are `step` numbers apart.
template <typename Float>
struct Matrix {
  Float* numbers;
  int64_t step;
  Float* row(int64_t index) const { return numbers + index * step; }
};

/// Some columns of a product. The quotients are those of all 256 bytes.
struct Columns {
  const Left& left;
  const float* quotients;
  Matrix<const float> right;
  Matrix<float> out;
};

/// Takes 64 rows of `right` at a time: so few stay in the cache next to the core while all rows of
/// `left` use them.
template <int64_t kColumns>
struct SomeColumns {
  static INLINE void run(const Columns& product) {
    const auto& [left, quotients, right, out] = product;
    const int64_t width = words(left.columns);
    for (int64_t word = 0; word < width; word++) {
      for (int64_t row = 0; row < left.rows; row++) {
        Mask mask = left.masks[row * width + word];
        if (word > 0 && mask == 0) continue;
        const uint8_t* bytes =
            left.bytes + row * left.row_step + word * kWord * left.column_step;
        float* to = out.row(row);
        Sixteen a{}, b{}, c{}, d{};
        if (word > 0) {
          load(a, to), load(b, to + 16);
          if (kColumns == kWide) load(c, to + 32), load(d, to + 48);
        }
        for (; mask != 0; mask &= mask - 1) {
          const int i = __builtin_ctzll(mask);
          const float factor = quotients[bytes[i * left.column_step]];
          const float* from = right.row(word * kWord + i);
          add(a, factor, from), add(b, factor, from + 16);
          if (kColumns == kWide) add(c, factor, from + 32), add(d, factor, from + 48);
        }
        store(to, a), store(to + 16, b);
        if (kColumns == kWide) store(to + 32, c), store(to + 48, d);
      }
    }
  }
};

/// Multiplies `left` by `right`; `right` and the product are `columns` wide.
void multiply_bytes(const Left& left, const float* quotients, const float* right, float* out,
                    int64_t columns) {
  const auto from = [&](int64_t column) -> Columns {
    return {left, quotients, {right + column, columns}, {out + column, columns}};
  };
  int64_t column = 0;
  for (; columns - column >= kWide; column += kWide) run_widest<SomeColumns<kWide>>(from(column));
  for (; columns - column >= kNarrow; column += kNarrow) {
    run_widest<SomeColumns<kNarrow>>(from(column));
  }
  if (column == columns) return;
  // The last columns in matrices of their own, which are as wide as it takes.
  const size_t rest = (columns - column) * sizeof(float);
  std::vector<float> padded(left.columns * kNarrow), sums(left.rows * kNarrow);
  for (int64_t row = 0; row < left.columns; row++) {
    std::memcpy(&padded[row * kNarrow], right + row * columns + column, rest);
  }
  run_widest<SomeColumns<kNarrow>>(
      Columns{left, quotients, {padded.data(), kNarrow}, {sums.data(), kNarrow}});
  for (int64_t row = 0; row < left.rows; row++) {
    std::memcpy(out + row * columns + column, &sums[row * kNarrow], rest);
  }
}

struct ByteMatMul {
  const bool transpose_a;
  float quotients[256];

  ByteMatMul(TF_OpKernelConstruction* told, const Status& status)
      : transpose_a(read_bool(told, "transpose_a", status)) {
    const float divisor = read_float(told, "divisor", status);
    for (int byte = 0; byte < 256; byte++) quotients[byte] = byte / divisor;
  }

  void multiply(TF_OpKernelContext* context, const Input& a, const Input& b,
                const Status& status) const {
    if ((transpose_a ? a.rows() : a.columns()) != b.rows()) return status.refuse_factors();
    Left left = rows_of(a.data<uint8_t>(), a.rows(), a.columns());
    if (transpose_a) left = transposed(left);
    const Product product(context, left.rows, b.columns(), status);
    if (!status.ok()) return;
    if (left.columns == 0) std::memset(product.numbers(), 0, product.size);
    multiply_bytes(left, quotients, b.data<float>(), product.numbers(), b.columns());
  }
};

const bool registered = register_product<ByteMatMul>(
    "ByteMatMul", {"a: uint8", "b: float"}, {"transpose_a: bool = false", "divisor: float = 1.0"});

}  // namespace
