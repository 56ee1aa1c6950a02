// An op that multiplies two matrices of float32 by OpenBLAS. Where one side is a batch of a hundred
// rows, it comes nearer to what the processor can do than the library that TensorFlow asks.
#pragma once

#include <dlfcn.h>

#include <cstring>
#include <memory>
#include <string>

#include "c_ops.h"
#include "factor.h"
#include "sparse_product.h"
#include "workers.h"

namespace tfnodejs {

constexpr char kProductOp[] = "Tslearn2Product";
// Where it is unpacked, seen from the binding's folder.
constexpr char kBlas[] = "/../../scipy_openblas32/lib/libscipy_openblas.so";

// cblas_sgemm; orders and turns are the numbers of CBLAS's header.
using Sgemm = void (*)(int order, int turn_a, int turn_b, int rows, int columns, int inner,
                       float alpha, const float* a, int row_of_a, const float* b, int row_of_b,
                       float beta, float* c, int row_of_c);
constexpr int kRowMajor = 101, kAsIs = 111, kTurned = 112;

// Null where there is no OpenBLAS.
inline Sgemm LoadSgemm() {
  Dl_info binding;
  if (dladdr(reinterpret_cast<void*>(&LoadSgemm), &binding) == 0) return nullptr;
  const std::string file = binding.dli_fname;
  void* blas = dlopen((file.substr(0, file.rfind('/')) + kBlas).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (blas == nullptr) return nullptr;
  // The parts are shared out here, among threads that do not go on spinning after their work.
  const auto limit = reinterpret_cast<void (*)(int)>(dlsym(blas, "scipy_openblas_set_num_threads"));
  if (limit == nullptr) return nullptr;
  limit(1);
  return reinterpret_cast<Sgemm>(dlsym(blas, "scipy_cblas_sgemm"));
}

inline Sgemm& OurSgemm() {
  static Sgemm sgemm = nullptr;
  return sgemm;
}

// Columns of the product, or rows of it.
struct Part {
  int64_t from, count;
};

inline void MultiplyPart(const Factor& a, const Factor& b, float* c, bool by_rows,
                            Part part) {
  const auto turn = [](const Factor& factor) { return factor.turned ? kTurned : kAsIs; };
  const auto [from, count] = part;
  const int64_t columns = b.columns();
  OurSgemm()(kRowMajor, turn(a), turn(b), by_rows ? count : a.rows(), by_rows ? columns : count,
             a.columns(), 1.0f, by_rows ? a.FromRow(from) : a.numbers, a.width,
             by_rows ? b.numbers : b.FromColumn(from), b.width, 0.0f,
             c + (by_rows ? from * columns : from), columns);
}

inline void Multiply(const Factor& a, const Factor& b, float* c) {
  const int64_t rows = a.rows(), columns = b.columns(), inner = a.columns();
  if (rows == 0 || columns == 0) return;
  if (inner == 0) {
    std::memset(c, 0, rows * columns * sizeof *c);
    return;
  }
  // Smaller ones take less time than handing a part of them over, or listing what is not 0.
  constexpr int64_t kSmall = 5000000, kVector = 16;
  const bool small = rows * columns * inner < kSmall;
  const auto dense = [&](int64_t from, int64_t count) {
    MultiplyPart(a, b, c, false, {from, count});
  };
  if (!small && columns >= kPanel && MultiplySparse(a, b, c, dense)) return;
  const bool by_rows = rows > columns || a.turned;
  const int64_t length = by_rows ? rows : columns;
  Workers::Ours().Share(length, kVector, small, [&](int64_t from, int64_t to) {
    MultiplyPart(a, b, c, by_rows, {from, to - from});
  });
}

struct Turns {
  unsigned char a = 0, b = 0;
};

inline void* CreateProduct(TF_OpKernelConstruction* construction) {
  TF_AutoStatus status;
  auto* turns = new Turns;
  TF_OpKernelConstruction_GetAttrBool(construction, "adj_x", &turns->a, status.status);
  TF_OpKernelConstruction_GetAttrBool(construction, "adj_y", &turns->b, status.status);
  return turns;
}

inline Factor FactorOf(const TF_Tensor* tensor, bool turned) {
  return {static_cast<const float*>(TF_TensorData(tensor)), TF_Dim(tensor, 0), TF_Dim(tensor, 1),
          turned};
}

inline void ComputeProduct(void* turns, TF_OpKernelContext* context) {
  TF_AutoStatus status;
  TF_Tensor* x = nullptr;
  TF_Tensor* y = nullptr;
  TF_GetInput(context, 0, &x, status.status);
  TF_GetInput(context, 1, &y, status.status);
  if (x != nullptr && y != nullptr) {
    const Factor a = FactorOf(x, static_cast<Turns*>(turns)->a);
    const Factor b = FactorOf(y, static_cast<Turns*>(turns)->b);
    const int64_t dims[] = {a.rows(), b.columns()};
    TF_Tensor* out = TF_AllocateOutput(context, 0, TF_FLOAT, dims, 2,
                                       dims[0] * dims[1] * sizeof(float), status.status);
    if (out != nullptr) Multiply(a, b, static_cast<float*>(TF_TensorData(out)));
    TF_DeleteTensor(out);
  }
  TF_DeleteTensor(x);
  TF_DeleteTensor(y);
  if (TF_GetCode(status.status) != TF_OK) TF_OpKernelContext_Failure(context, status.status);
}

inline void DeleteProduct(void* turns) { delete static_cast<Turns*>(turns); }

// Makes the op known, once for the process; on the processor only. Both factors are matrices, whose
// sizes whoever makes the op has compared.
// Returns whether there is an OpenBLAS to run it.
inline bool RegisterProduct() {
  static std::once_flag once;
  std::call_once(once, [] {
    OurSgemm() = LoadSgemm();
    if (OurSgemm() == nullptr) return;
    Register({kProductOp,
              {"x: float", "y: float"},
              {"product: float"},
              {"adj_x: bool = false", "adj_y: bool = false"},
              UnknownShape,
              CreateProduct,
              ComputeProduct,
              DeleteProduct});
  });
  return OurSgemm() != nullptr;
}

}  // namespace tfnodejs
