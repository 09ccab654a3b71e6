// The gradients of a convolution behind which max pooling has left one number of each window: sums over
// those numbers alone.

#pragma once

#include <vector>

#include "conv-tile.h"

namespace {

/// What the kernel sees from its places in a picture, as rows of whole lanes. Where the kernel's own rows
/// are short, as with one channel, each place gets a row of its own that holds all that is seen from there.
struct Patches {
  /// Rows of a patch, their numbers, and as many lanes.
  int64_t rows, length, lanes;
  /// From a row of a patch to the next, and from a place to the next, down and to the right.
  int64_t pitch, down, right;
  bool copied;

  /// @param joined whether what belongs to patches is to be added up to a picture, as those with rows of their own
  /// cannot be.
  Patches(const ConvGeometry& g, bool joined) {
    const int64_t whole = whole_lanes(g.row_length()), single = whole_lanes(g.kernel_size());
    copied = !joined && single < whole * g.height.window;
    rows = copied ? 1 : g.height.window;
    length = copied ? g.kernel_size() : g.row_length();
    lanes = whole_lanes(length) / kLane;
    pitch = copied ? single : g.row_pitch();
    right = copied ? single : g.channels;
    down = copied ? g.width.places * single : g.row_pitch();
  }
  int64_t size() const { return rows * lanes * kLane; }

  void copy(const ConvGeometry& g, const float* picture, float* to) const {
    const int64_t row = g.row_length();
    for (int64_t y = 0; y < g.height.places; y++) {
      for (int64_t x = 0; x < g.width.places; x++, to += right) {
        const float* from = picture + y * g.row_pitch() + x * g.channels;
        for (int64_t i = 0; i < g.height.window; i++, from += g.row_pitch()) {
          for (int64_t k = 0; k < row; k++) to[i * row + k] = from[k];
        }
      }
    }
  }
};

/// The numbers that pooling has left of a picture: `[windows, filters]`, with filters of whole lanes.
struct Left {
  /// Where the patch begins from which the number came, and the loss's slope by it.
  std::vector<int32_t> place;
  std::vector<float> slope;
  /// The filters of a window whose slope is not 0, by the number of the window that they have left.
  std::vector<int32_t> filters, counts;
  int64_t windows, pitch, numbers;

  Left(const ConvGeometry& g)
      : windows(g.pooled_height.places * g.pooled_width.places),
        pitch(whole_lanes(g.filters)),
        numbers(g.pooled_height.window * g.pooled_width.window) {
    place.resize(windows * pitch), slope.resize(windows * pitch);
    filters.resize(windows * numbers * pitch + 1), counts.resize(windows * numbers);
  }

  template <typename Sixteen>
  INLINE void read(const ConvGeometry& g, const Patches& patches, const Slopes& given,
                   int64_t start) {
    const Side &height = g.pooled_height, &width = g.pooled_width;
    int32_t places[256];
    for (int64_t window = 0; window < windows; window++) {
      const int64_t top = window / width.places * height.step - height.before;
      const int64_t left = window % width.places * width.step - width.before;
      for (int64_t i = 0; i < numbers; i++) {
        const int64_t y = top + i / width.window, x = left + i % width.window;
        places[i] = static_cast<int32_t>(y * patches.down + x * patches.right);
      }
      const int64_t from = start + window * g.filters;
      float* slopes = slope.data() + window * pitch;
      slopes_of<Sixteen>(given.y + from, given.slope + from, given.relu, g.filters, slopes);
      int32_t* to = place.data() + window * pitch;
      const int32_t* chosen = given.chosen + from;
      for (int64_t k = 0; k < g.filters; k++) to[k] = places[chosen[k]];
    }
  }

  /// Fills `filters` and `counts`.
  void sort(const ConvGeometry& g, const int32_t* chosen) {
    std::fill(counts.begin(), counts.end(), 0);
    for (int64_t window = 0; window < windows; window++, chosen += g.filters) {
      const float* slopes = slope.data() + window * pitch;
      int32_t* to = filters.data() + window * numbers * pitch;
      int32_t* own = counts.data() + window * numbers;
      for (int32_t k = 0; k < g.filters; k++) {
        const int32_t number = chosen[k];
        to[number * pitch + own[number]] = k;  // stays only where the next line counts it
        own[number] += slopes[k] != 0;
      }
    }
  }
};

/// Adds what the windows give to the gradients of some filters, in so many lanes of a row of theirs.
template <typename Sixteen, int kFilters, int kLanes>
INLINE void add_left(const Left& left, const float* patches, int64_t first, float* sum, int64_t size) {
  Sixteen sums[kFilters][kLanes] = {};
  const int32_t* place = left.place.data() + first;
  const float* slope = left.slope.data() + first;
  for (int64_t w = 0; w < left.windows; w++, place += left.pitch, slope += left.pitch) {
    UNROLL for (int k = 0; k < kFilters; k++) {
      const float* from = patches + place[k];
      UNROLL for (int v = 0; v < kLanes; v++) add(sums[k][v], slope[k], from + v * kLane);
    }
  }
  UNROLL for (int k = 0; k < kFilters; k++) {
    UNROLL for (int v = 0; v < kLanes; v++) add_to(sum + k * size + v * kLane, sums[k][v]);
  }
}

/// Adds the gradients of the input that the windows give, in so many lanes of a row of the kernel.
template <typename Sixteen, int kLanes>
INLINE void add_input(const ConvGeometry& g, const Left& left, const Patches& patches,
                      const float* filters, float* to) {
  const Side &height = g.pooled_height, &width = g.pooled_width;
  const int64_t size = patches.size();
  for (int64_t window = 0; window < left.windows; window++) {
    const int64_t top = window / width.places * height.step - height.before;
    const int64_t side = window % width.places * width.step - width.before;
    const float* slope = left.slope.data() + window * left.pitch;
    for (int64_t i = 0; i < left.numbers; i++) {
      const int64_t list = window * left.numbers + i;
      const int32_t* own = left.filters.data() + list * left.pitch;
      const int32_t* end = own + left.counts[list];
      if (own == end) continue;
      Sixteen sums[kLanes] = {};
      for (; own < end; own++) {
        const float* numbers = filters + *own * size;
        UNROLL for (int v = 0; v < kLanes; v++) add(sums[v], slope[*own], numbers + v * kLane);
      }
      float* place = to + (top + i / width.window) * patches.down + (side + i % width.window) * patches.right;
      UNROLL for (int v = 0; v < kLanes; v++) add_to(place + v * kLane, sums[v]);
    }
  }
}

struct SparseBackward {
  template <typename Sixteen>
  static INLINE void of_filters(const Patches& patches, const Left& left, const float* from,
                                float* sum) {
    constexpr int kMost = kSums<Sixteen>;
    const int64_t size = patches.size();
    for (int64_t row = 0; row < patches.rows; row++) {
      const float* own = from + row * patches.pitch;
      float* to = sum + row * patches.lanes * kLane;
      int64_t lane = 0;
#define TAKE(kLanes, kFilters)                                                                  \
  for (; patches.lanes - lane >= kLanes; lane += kLanes) {                                      \
    for (int64_t k = 0; k < left.pitch; k += kFilters) {                                        \
      add_left<Sixteen, kFilters, kLanes>(left, own + lane * kLane, k,                          \
                                          to + k * size + lane * kLane, size);                  \
    }                                                                                           \
  }
      if constexpr (kMost >= 24) {
        TAKE(6, 4)
        TAKE(3, 8)
        TAKE(2, 8)
        TAKE(1, 8)
      } else {
        TAKE(6, 1)
        TAKE(3, 2)
        TAKE(1, 4)
      }
#undef TAKE
    }
  }

  template <typename Sixteen>
  static INLINE void of_input(const ConvGeometry& g, const Patches& patches, const Left& left,
                              const float* filters, float* to) {
    for (int64_t row = 0; row < patches.rows; row++) {
      const float* own = filters + row * patches.lanes * kLane;
      float* into = to + row * patches.pitch;
      int64_t lane = 0;
#define TAKE(kLanes)                                                                           \
  for (; patches.lanes - lane >= kLanes; lane += kLanes) {                                     \
    add_input<Sixteen, kLanes>(g, left, patches, own + lane * kLane, into + lane * kLane);     \
  }
      if constexpr (kSums<Sixteen> >= 24) TAKE(12)
      TAKE(6)
      TAKE(3)
      TAKE(1)
#undef TAKE
    }
  }

  template <typename Sixteen>
  static INLINE void run(const ConvGeometry& g, int64_t count, const float* x, const float* filters,
                         const Slopes& given, const Gradients& made) {
    const Patches patches(g, made.x != nullptr);
    Left left(g);
    const int64_t size = patches.size();
    const Floats picture(padded_picture(g) + kLane), copies(patches.copied ? g.height.places * patches.down : 0);
    const Floats bias(left.pitch), sum(left.pitch * size), turned(made.x ? left.pitch * size : 0);
    const int64_t seen = made.x ? padded_picture(g) + kLane : 0;
    const Floats of_x(seen);
    if (made.x) turn(g, patches, filters, turned.get());
    for (int64_t n = 0; n < count; n++, x += g.picture()) {
      pad(g, x, picture.get());
      if (patches.copied) patches.copy(g, picture.get(), copies.get());
      left.read<Sixteen>(g, patches, given, n * g.output());
      for (int64_t w = 0; w < left.windows; w++) {
        add_lanes<Sixteen>(bias.get(), left.slope.data() + w * left.pitch, left.pitch);
      }
      of_filters<Sixteen>(patches, left, patches.copied ? copies.get() : picture.get(), sum.get());
      if (!made.x) continue;
      left.sort(g, given.chosen + n * g.output());
      std::fill_n(of_x.get(), seen, 0.0f);
      of_input<Sixteen>(g, patches, left, turned.get(), of_x.get());
      unpad(g, of_x.get(), made.x + n * g.picture());
    }
    copy_rows(bias.get(), 1, g.filters, made.bias, left.pitch, g.filters);
    const int64_t row = patches.length;
    for (int64_t i = 0; i < g.kernel_size(); i++) {
      const float* from = sum.get() + i / row * patches.lanes * kLane + i % row;
      for (int64_t k = 0; k < g.filters; k++) made.filters[i * g.filters + k] = from[k * size];
    }
  }

  /// The filters, one behind the other, as patches are.
  static void turn(const ConvGeometry& g, const Patches& patches, const float* filters, float* to) {
    const int64_t row = patches.length;
    for (int64_t i = 0; i < g.kernel_size(); i++) {
      float* into = to + i / row * patches.lanes * kLane + i % row;
      for (int64_t k = 0; k < g.filters; k++) into[k * patches.size()] = filters[i * g.filters + k];
    }
  }
};

}  // namespace
