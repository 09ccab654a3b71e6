// Products of matrices that stay in the cache of a core.

#pragma once

#include "conv-tile.h"

namespace {

/// A matrix, or its transpose: steps between rows and between columns.
struct Strided {
  const float* numbers;
  int64_t row_step, column_step;
};

/// A matrix whose rows are `pitch` numbers apart.
template <typename Float>
struct Pitched {
  Float* numbers;
  int64_t pitch;
};

template <typename Sixteen, int kRows, int kLanes>
INLINE void add_tile(Strided left, int64_t inner, Pitched<const float> right, Pitched<float> to) {
  Sixteen sums[kRows][kLanes] = {};
  for (int64_t k = 0; k < inner; k++, left.numbers += left.column_step, right.numbers += right.pitch) {
    UNROLL for (int v = 0; v < kLanes; v++) {
      UNROLL for (int r = 0; r < kRows; r++) {
        add(sums[r][v], left.numbers[r * left.row_step], right.numbers + v * kLane);
      }
    }
  }
  UNROLL for (int r = 0; r < kRows; r++) {
    UNROLL for (int v = 0; v < kLanes; v++) add_to(to.numbers + r * to.pitch + v * kLane, sums[r][v]);
  }
}

/// Adds a product to a matrix: of whole lanes, as is the right factor.
struct AddProduct {
  template <typename Sixteen>
  static INLINE void run(const Strided& left, int64_t rows, int64_t inner,
                         const Pitched<const float>& right, int64_t columns, const Pitched<float>& to) {
    constexpr int kMost = kSums<Sixteen> >= 24 ? 4 : 1;
    int64_t column = 0;
#define ROWS(kRows, kLanes)                                                                  \
  for (; rows - row >= kRows; row += kRows) {                                                \
    add_tile<Sixteen, kRows, kLanes>(                                                        \
        {left.numbers + row * left.row_step, left.row_step, left.column_step}, inner,        \
        {right.numbers + column, right.pitch}, {to.numbers + row * to.pitch + column, to.pitch}); \
  }
#define LANES(kLanes)                                                    \
  for (; columns - column >= kLanes * kLane; column += kLanes * kLane) { \
    int64_t row = 0;                                                     \
    ROWS(4, kLanes)                                                      \
    ROWS(1, kLanes)                                                      \
  }
    if constexpr (kMost > 1) LANES(4)
    LANES(1)
#undef LANES
#undef ROWS
  }
};

inline void add_product(const Strided& left, int64_t rows, int64_t inner,
                        const Pitched<const float>& right, int64_t columns, const Pitched<float>& to) {
  run_widest<AddProduct>(left, rows, inner, right, columns, to);
}

}  // namespace
