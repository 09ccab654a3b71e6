// What max pooling has left of a convolution's output, and what of the input each number was made of.

#pragma once

#include <algorithm>
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

  explicit Patches(const ConvGeometry& g) {
    const int64_t whole = whole_lanes(g.row_length()), single = whole_lanes(g.kernel_size());
    copied = single < whole * g.height.window;
    rows = copied ? 1 : g.height.window;
    length = copied ? g.kernel_size() : g.row_length();
    lanes = whole_lanes(length) / kLane;
    pitch = copied ? single : g.row_pitch();
    right = copied ? single : g.channels;
    down = copied ? g.width.places * single : g.row_pitch();
  }
  int64_t size() const { return rows * lanes * kLane; }
  int64_t picture(const ConvGeometry& g) const {
    return (copied ? g.height.places * down : padded_picture(g)) + kLane;
  }

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
    using Vector = Register<Sixteen>;
    constexpr int64_t kStep = kNumbers<Vector>;
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
      int64_t k = 0;
      for (; g.filters - k >= kStep; k += kStep) {
        Integers<Vector> own;
        std::memcpy(&own, chosen + k, sizeof own);
        Integers<Vector> found = {};
        for (int32_t i = 0; i < numbers; i++) found = own == i ? Integers<Vector>{} + places[i] : found;
        std::memcpy(to + k, &found, sizeof found);
      }
      for (; k < g.filters; k++) to[k] = places[chosen[k]];
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

}  // namespace
