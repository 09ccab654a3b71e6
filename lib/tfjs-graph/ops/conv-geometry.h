// Where the numbers of a convolution lie, and of the max pooling behind it.

#pragma once

#include <cstdint>

namespace {

/// A window that glides over pictures by steps.
struct Window {
  int64_t rows, columns;
  int64_t row_step, column_step;
  /// Whether pictures are padded so that there is a place for each step, as TensorFlow's SAME is.
  bool same;
};

/// A side of a picture, as a window glides over it.
struct Side {
  int64_t length, window, step;
  /// The window's places.
  int64_t places;
  /// Numbers put before the first.
  int64_t before;

  Side(int64_t of, int64_t window, int64_t step, bool same)
      : length(of), window(window), step(step) {
    places = same ? (of + step - 1) / step : of < window ? 0 : (of - window) / step + 1;
    const int64_t missing = same ? (places - 1) * step + window - of : 0;
    before = missing > 0 ? missing / 2 : 0;
  }

  /// Numbers up to the last that the window sees.
  int64_t seen() const {
    const int64_t end = places == 0 ? 0 : (places - 1) * step - before + window;
    return end < length ? end : length;
  }

  /// With what is put before and behind.
  int64_t padded() const {
    const int64_t covered = places == 0 ? 0 : (places - 1) * step + window;
    return covered > before + length ? covered : before + length;
  }
};

/// Of a convolution by steps of one, `[height, width, channels]` to `[places, places, filters]`, and of
/// the pooling of its output.
struct ConvGeometry {
  Side height, width;
  int64_t channels, filters;
  Side pooled_height, pooled_width;

  ConvGeometry(int64_t height, int64_t width, int64_t channels, int64_t filters, const Window& kernel,
               const Window& pool)
      : height(height, kernel.rows, kernel.row_step, kernel.same),
        width(width, kernel.columns, kernel.column_step, kernel.same),
        channels(channels),
        filters(filters),
        pooled_height(this->height.places, pool.rows, pool.row_step, pool.same),
        pooled_width(this->width.places, pool.columns, pool.column_step, pool.same) {}

  bool pools() const {
    return pooled_height.window * pooled_width.window * pooled_height.step * pooled_width.step > 1;
  }
  /// Numbers of a row of the kernel, which lie one behind the other in a picture, too.
  int64_t row_length() const { return width.window * channels; }
  int64_t kernel_size() const { return height.window * row_length(); }
  /// Numbers from a row of a padded picture to the next.
  int64_t row_pitch() const { return width.padded() * channels; }
  int64_t picture() const { return height.length * width.length * channels; }
  int64_t output() const { return pooled_height.places * pooled_width.places * filters; }
};

}  // namespace
