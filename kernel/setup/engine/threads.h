// An op that passes its input on and says how many threads the ops after it, run by the same thread
// of TensorFlow's, may spread over: TensorFlow's ops, and whether our own may have help. Where
// products are small, handing halves of them to another thread and waiting for it takes longer than
// they do.
#pragma once

#include <memory>
#include <mutex>

#include "c_ops.h"
#include "workers.h"

namespace tfnodejs {

constexpr char kThreadsOp[] = "Tslearn2Threads";

inline void SameShape(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeHandle* shape = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, 0, shape, status);
  if (TF_GetCode(status) == TF_OK) TF_ShapeInferenceContextSetOutput(context, 0, shape, status);
  TF_DeleteShapeHandle(shape);
}

struct ThreadLimits {
  int32_t count = 1;
  unsigned char alone = 0;
};

inline void* CreateThreads(TF_OpKernelConstruction* construction) {
  TF_AutoStatus status;
  auto* limits = new ThreadLimits;
  TF_OpKernelConstruction_GetAttrInt32(construction, "count", &limits->count, status.status);
  TF_OpKernelConstruction_GetAttrBool(construction, "alone", &limits->alone, status.status);
  return limits;
}

inline void ComputeThreads(void* raw, TF_OpKernelContext* context) {
  const auto* limits = static_cast<ThreadLimits*>(raw);
  tensorflow::SetPerThreadMaxParallelism(limits->count);
  Workers::Alone() = limits->alone;
  TF_AutoStatus status;
  TF_Tensor* tensor = nullptr;
  TF_GetInput(context, 0, &tensor, status.status);
  if (tensor != nullptr) TF_SetOutput(context, 0, tensor, status.status);
  TF_DeleteTensor(tensor);
  if (TF_GetCode(status.status) != TF_OK) TF_OpKernelContext_Failure(context, status.status);
}

inline void DeleteThreads(void* limits) { delete static_cast<ThreadLimits*>(limits); }

// Makes the op known, once for the process.
inline void RegisterThreads() {
  static std::once_flag once;
  std::call_once(once, [] {
    Register({kThreadsOp,
              {"x: T"},
              {"y: T"},
              {"T: type", "count: int", "alone: bool"},
              SameShape,
              CreateThreads,
              ComputeThreads,
              DeleteThreads});
  });
}

}  // namespace tfnodejs
