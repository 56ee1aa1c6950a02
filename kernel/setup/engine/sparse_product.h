// Products whose left factor is mostly zeros, as pictures of strokes on an empty ground are. The
// zeros are passed over: where four numbers in five are 0, that takes half the time of OpenBLAS.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "each_processor.h"
#include "factor.h"
#include "workers.h"

namespace tfnodejs {

// Columns of the product that are summed at a time, in the processor's registers.
constexpr int64_t kPanel = 64;
// Rows of the right factor that are taken at a time: with so many columns they fit the first cache.
constexpr int64_t kBand = 112;
using PanelVector = float __attribute__((vector_size(64)));
constexpr int64_t kPanelVectors = kPanel * sizeof(float) / sizeof(PanelVector);

struct alignas(64) PanelRow {
  float numbers[kPanel];
};

// What is not 0 in the rows of a matrix. Those of row i begin at i * pitch.
struct SparseRows {
  int64_t pitch;
  std::vector<int32_t> counts, columns;
  std::vector<float> numbers;

  void Clear(int64_t rows, int64_t most) {
    pitch = most;
    counts.assign(rows, 0);
    columns.resize(rows * pitch);
    numbers.resize(rows * pitch);
  }
};

// Lists what is not 0 in a row; there is room for as many numbers as it has, rounded up to kLane.
// Returns how many there are.
constexpr int64_t kLane = 16;
inline int32_t ListRow(const float* row, int64_t size, int32_t* columns, float* numbers) {
  int32_t count = 0;
  for (int64_t j = 0; j < size; j++) {
    // Without a branch, which would be taken at random: 0 is written too, but does not count.
    numbers[count] = row[j];
    columns[count] = static_cast<int32_t>(j);
    count += row[j] != 0.0f;
  }
  return count;
}

#ifdef TSLEARN2_AVX512
TSLEARN2_AVX512 inline int32_t ListRowInLanes(const float* row, int64_t size, int32_t* columns,
                                              float* numbers) {
  const __m512i lanes = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  int32_t count = 0;
  for (int64_t j = 0; j < size; j += kLane) {
    const __mmask16 there = size - j < kLane ? (1 << (size - j)) - 1 : 0xffff;
    const __m512 lane = _mm512_maskz_loadu_ps(there, row + j);
    const __mmask16 taken = _mm512_cmp_ps_mask(lane, _mm512_setzero_ps(), _CMP_NEQ_UQ);
    const __m512i places = _mm512_add_epi32(lanes, _mm512_set1_epi32(static_cast<int>(j)));
    _mm512_storeu_ps(numbers + count, _mm512_maskz_compress_ps(taken, lane));
    _mm512_storeu_si512(columns + count, _mm512_maskz_compress_epi32(taken, places));
    count += __builtin_popcount(taken);
  }
  return count;
}
#endif

// Lists the rows of a matrix as it lies in memory, for as long as they are sparse.
// Returns whether all are.
inline bool ListRows(const Factor& factor, SparseRows* rows) {
  // Lists pay where at most half of the numbers are not 0. A few rows may have more of them.
  constexpr double kMost = 0.5, kMostOfFew = 0.6;
  constexpr int64_t kFew = 8;
#ifdef TSLEARN2_AVX512
  const auto list = TSLEARN2_HAS_AVX512 ? ListRowInLanes : ListRow;
#else
  const auto list = ListRow;
#endif
  rows->Clear(factor.height, (factor.width + kLane - 1) / kLane * kLane);
  int64_t count = 0;
  for (int64_t i = 0; i < factor.height; i++) {
    const int64_t place = i * rows->pitch;
    rows->counts[i] = list(factor.numbers + i * factor.width, factor.width,
                           rows->columns.data() + place, rows->numbers.data() + place);
    count += rows->counts[i];
    if ((i + 1) % kFew == 0 && count > kMostOfFew * (i + 1) * factor.width) return false;
  }
  return count <= kMost * factor.height * factor.width;
}

// The rows of the turned matrix.
inline void TurnRows(const SparseRows& rows, int64_t width, SparseRows* turned) {
  const auto height = static_cast<int64_t>(rows.counts.size());
  turned->Clear(width, height);
  for (int64_t i = 0; i < height; i++) {
    for (int64_t k = i * rows.pitch; k < i * rows.pitch + rows.counts[i]; k++) {
      const int64_t place = rows.columns[k] * height + turned->counts[rows.columns[k]]++;
      turned->columns[place] = static_cast<int32_t>(i);
      turned->numbers[place] = rows.numbers[k];
    }
  }
}

// Copies columns of the right factor, at most a panel's, 0 in place of those that are missing.
// Returns whether all are finite: the exponents of others have all their bits set.
TSLEARN2_EACH_PROCESSOR
static bool CopyBand(const float* from, int64_t row_of_from, int64_t width, int64_t rows,
                     PanelRow* band) {
  constexpr uint32_t kExponent = 0x7f800000;
  uint32_t odd = 0;
  for (int64_t k = 0; k < rows; k++) {
    float* row = band[k].numbers;
    if (width == kPanel) {
      std::memcpy(row, from + k * row_of_from, sizeof band[k]);
    } else {
      std::memset(row, 0, sizeof band[k]);
      std::memcpy(row, from + k * row_of_from, width * sizeof *row);
    }
    for (int64_t j = 0; j < kPanel; j++) {
      uint32_t bits;
      std::memcpy(&bits, row + j, sizeof bits);
      odd |= (bits & kExponent) == kExponent;
    }
  }
  return odd == 0;
}

// Adds to a panel of the product what a band makes of it: the first one sets it.
// next: for each row the first of its numbers that is not in a band before.
TSLEARN2_EACH_PROCESSOR_FUSED
static void AddBand(const SparseRows& left, int64_t first, int64_t end, const PanelRow* band,
                    int32_t* next, int64_t width, float* out, int64_t row_of_out) {
  const auto rows = static_cast<int64_t>(left.counts.size());
  for (int64_t i = 0; i < rows; i++, out += row_of_out) {
    const float* numbers = left.numbers.data() + i * left.pitch;
    const int32_t* columns = left.columns.data() + i * left.pitch;
    PanelVector sums[kPanelVectors] = {};
    if (first > 0) std::memcpy(sums, out, width == kPanel ? sizeof sums : width * sizeof *out);
    int32_t k = next[i];
    for (; k < left.counts[i] && columns[k] < end; k++) {
      const auto* row = reinterpret_cast<const PanelVector*>(band + columns[k] - first);
#pragma GCC unroll 4
      for (int64_t v = 0; v < kPanelVectors; v++) sums[v] += numbers[k] * row[v];
    }
    next[i] = k;
    if (width == kPanel) {
      std::memcpy(out, sums, sizeof sums);
    } else {
      std::memcpy(out, sums, width * sizeof *out);
    }
  }
}

// Columns of the product, at most a panel's. Returns whether the right factor's are finite.
inline bool SumPanel(const SparseRows& left, const float* from, const Factor& b, int64_t width,
                     float* out) {
  thread_local PanelRow band[kBand];
  thread_local std::vector<int32_t> next;
  next.assign(left.counts.size(), 0);
  for (int64_t k = 0; k < b.height; k += kBand) {
    const int64_t end = std::min(k + kBand, b.height);
    if (!CopyBand(from + k * b.width, b.width, width, end - k, band)) return false;
    AddBand(left, k, end, band, next.data(), width, out, b.width);
  }
  return true;
}

// Multiplies where the left factor is sparse and the right one not turned.
// dense(from, count): does columns as any product's, where a factor of 0 does not leave 0.
// Returns whether it has.
template <typename Dense>
bool MultiplySparse(const Factor& a, const Factor& b, float* c, const Dense& dense) {
  // Of larger ones the lists would take more than 16 megabytes.
  constexpr int64_t kMost = 1 << 21;
  thread_local SparseRows listed, turned;
  if (!TSLEARN2_HAS_FUSED || b.turned || a.height * a.width > kMost) return false;
  if (!ListRows(a, &listed)) return false;
  if (a.turned) TurnRows(listed, a.width, &turned);
  // Other threads have lists of their own by these names.
  const SparseRows& left = a.turned ? turned : listed;
  // Stretches of panels: neighbours write to the same lines of the cache.
  Workers::Ours().Share(b.width, kPanel, false, [&](int64_t start, int64_t end) {
    for (int64_t from = start; from < end; from += kPanel) {
      const int64_t width = std::min(kPanel, end - from);
      if (!SumPanel(left, b.numbers + from, b, width, c + from)) dense(from, width);
    }
  });
  return true;
}

}  // namespace tfnodejs
