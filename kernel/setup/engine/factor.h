// A factor of a product of two matrices.
#pragma once

#include <cstdint>

namespace tfnodejs {

// As it lies in memory, to be taken turned or as it is.
struct Factor {
  const float* numbers;
  int64_t height, width;
  bool turned;

  int64_t rows() const { return turned ? width : height; }
  int64_t columns() const { return turned ? height : width; }
  const float* FromRow(int64_t row) const { return numbers + (turned ? row : row * width); }
  const float* FromColumn(int64_t column) const {
    return numbers + (turned ? column * width : column);
  }
};

}  // namespace tfnodejs
