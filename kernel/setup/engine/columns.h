// An op that sums, averages or compares along the first axis, as monitors do over the examples and
// gradients of biases. It takes rows as they lie in memory, by all threads, where TensorFlow's ops
// take several times as long.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "c_ops.h"
#include "each_processor.h"
#include "workers.h"

namespace tfnodejs {

constexpr char kColumnsOp[] = "Tslearn2Columns";
// Columns whose results stay in the processor's first cache.
constexpr int64_t kStrip = 1024;

// As src/engine/columns.ts numbers them.
enum class Reduction { kSum, kMean, kMax, kMin };

// Four rows a time, whose sum is added: fewer numbers are rounded one after the other.
TSLEARN2_EACH_PROCESSOR
static void SumColumns(const float* x, int64_t rows, int64_t row, int64_t columns, float* out) {
  std::fill(out, out + columns, 0.0f);
  int64_t i = 0;
  for (; i + 4 <= rows; i += 4, x += 4 * row) {
    const float *a = x, *b = x + row, *c = x + 2 * row, *d = x + 3 * row;
#pragma GCC ivdep
    for (int64_t j = 0; j < columns; j++) out[j] += (a[j] + b[j]) + (c[j] + d[j]);
  }
  for (; i < rows; i++, x += row) {
#pragma GCC ivdep
    for (int64_t j = 0; j < columns; j++) out[j] += x[j];
  }
}

// What is not a number stays, as in TensorFlow.
TSLEARN2_EACH_PROCESSOR
static void CompareColumns(bool largest, const float* x, int64_t rows, int64_t row,
                           int64_t columns, float* out) {
  std::copy(x, x + columns, out);
  for (int64_t i = 1; i < rows; i++) {
    x += row;
    if (largest) {
#pragma GCC ivdep
      for (int64_t j = 0; j < columns; j++) out[j] = x[j] > out[j] || x[j] != x[j] ? x[j] : out[j];
    } else {
#pragma GCC ivdep
      for (int64_t j = 0; j < columns; j++) out[j] = x[j] < out[j] || x[j] != x[j] ? x[j] : out[j];
    }
  }
}

inline void ReduceColumns(Reduction reduction, const float* x, int64_t rows, int64_t row,
                          int64_t columns, float* out) {
  for (int64_t from = 0; from < columns; from += kStrip) {
    const int64_t width = std::min(kStrip, columns - from);
    float* strip = out + from;
    if (reduction == Reduction::kMax || reduction == Reduction::kMin) {
      CompareColumns(reduction == Reduction::kMax, x + from, rows, row, width, strip);
      continue;
    }
    SumColumns(x + from, rows, row, width, strip);
    if (reduction == Reduction::kSum) continue;
    for (int64_t j = 0; j < width; j++) strip[j] /= static_cast<float>(rows);
  }
}

struct ColumnsOptions {
  int32_t reduction = 0;
  unsigned char keeps_axis = 0;
};

inline void* CreateColumns(TF_OpKernelConstruction* construction) {
  TF_AutoStatus status;
  auto* options = new ColumnsOptions;
  TF_OpKernelConstruction_GetAttrInt32(construction, "reduction", &options->reduction,
                                       status.status);
  TF_OpKernelConstruction_GetAttrBool(construction, "keep_dims", &options->keeps_axis,
                                      status.status);
  return options;
}

inline void ComputeColumns(void* given, TF_OpKernelContext* context) {
  const auto* options = static_cast<ColumnsOptions*>(given);
  TF_AutoStatus status;
  TF_Tensor* x = nullptr;
  TF_GetInput(context, 0, &x, status.status);
  if (x != nullptr) {
    const int64_t rows = TF_Dim(x, 0);
    std::vector<int64_t> dims;
    if (options->keeps_axis) dims.push_back(1);
    for (int i = 1; i < TF_NumDims(x); i++) dims.push_back(TF_Dim(x, i));
    int64_t columns = 1;
    for (const int64_t dim : dims) columns *= dim;
    TF_Tensor* out = TF_AllocateOutput(context, 0, TF_FLOAT, dims.data(), dims.size(),
                                       columns * sizeof(float), status.status);
    if (out != nullptr) {
      const auto* numbers = static_cast<const float*>(TF_TensorData(x));
      auto* results = static_cast<float*>(TF_TensorData(out));
      constexpr int64_t kUnit = 16;
      const bool small = rows * columns < Workers::kSmall;
      Workers::Ours().Share(columns, kUnit, small, [&](int64_t from, int64_t to) {
        ReduceColumns(static_cast<Reduction>(options->reduction), numbers + from, rows, columns,
                      to - from, results + from);
      });
    }
    TF_DeleteTensor(out);
  }
  TF_DeleteTensor(x);
  if (TF_GetCode(status.status) != TF_OK) TF_OpKernelContext_Failure(context, status.status);
}

inline void DeleteColumns(void* options) { delete static_cast<ColumnsOptions*>(options); }

// Makes the op known, once for the process; on the processor only. There must be rows and columns.
inline void RegisterColumns() {
  static std::once_flag once;
  std::call_once(once, [] {
    Register({kColumnsOp,
              {"x: float"},
              {"reduced: float"},
              {"reduction: int", "keep_dims: bool = false"},
              UnknownShape,
              CreateColumns,
              ComputeColumns,
              DeleteColumns});
  });
}

}  // namespace tfnodejs
