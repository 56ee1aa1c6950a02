// What ops of our own need of tensorflow/c/kernels.h and core/util/work_sharder.h, which want more
// headers than are unpacked.
#pragma once

#include <memory>
#include <vector>

#include "tensorflow/c/c_api.h"
#include "tensorflow/c/ops.h"

extern "C" {
struct TF_KernelBuilder;
struct TF_OpKernelConstruction;
struct TF_OpKernelContext;
TF_KernelBuilder* TF_NewKernelBuilder(const char* op, const char* device,
                                      void* (*create)(TF_OpKernelConstruction*),
                                      void (*compute)(void*, TF_OpKernelContext*),
                                      void (*dispose)(void*));
void TF_RegisterKernelBuilder(const char* name, TF_KernelBuilder* builder, TF_Status* status);
void TF_OpKernelConstruction_GetAttrInt32(TF_OpKernelConstruction* construction, const char* name,
                                          int32_t* value, TF_Status* status);
void TF_OpKernelConstruction_GetAttrBool(TF_OpKernelConstruction* construction, const char* name,
                                         unsigned char* value, TF_Status* status);
void TF_OpKernelConstruction_GetAttrSize(TF_OpKernelConstruction* construction, const char* name,
                                         int32_t* list, int32_t* bytes, TF_Status* status);
void TF_OpKernelConstruction_GetAttrInt64List(TF_OpKernelConstruction* construction,
                                              const char* name, int64_t* values, int most,
                                              TF_Status* status);
int TF_NumInputs(TF_OpKernelContext* context);
void TF_GetInput(TF_OpKernelContext* context, int index, TF_Tensor** tensor, TF_Status* status);
void TF_SetOutput(TF_OpKernelContext* context, int index, const TF_Tensor* tensor,
                  TF_Status* status);
TF_Tensor* TF_AllocateOutput(TF_OpKernelContext* context, int index, TF_DataType dtype,
                             const int64_t* dims, int num_dims, size_t len, TF_Status* status);
TF_Tensor* TF_ForwardInputOrAllocateOutput(TF_OpKernelContext* context, const int* candidates,
                                           int count, int index, const int64_t* dims, int num_dims,
                                           int* forwarded, TF_Status* status);
void TF_OpKernelContext_Failure(TF_OpKernelContext* context, TF_Status* status);
}
namespace tensorflow {
void SetPerThreadMaxParallelism(int max_parallelism);
}

namespace tfnodejs {

inline void UnknownShape(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

// What an op is: its arguments and attributes as TensorFlow's definitions write them, and how it
// computes on the processor. Of an op without attributes nothing is created.
struct OpDescription {
  const char* name;
  std::vector<const char*> inputs, outputs, attributes;
  void (*shape)(TF_ShapeInferenceContext*, TF_Status*);
  void* (*create)(TF_OpKernelConstruction*);
  void (*compute)(void*, TF_OpKernelContext*);
  void (*dispose)(void*);
};

// Makes an op known. To be called once for each in a process.
inline void Register(const OpDescription& description) {
  TF_AutoStatus status;
  TF_OpDefinitionBuilder* op = TF_NewOpDefinitionBuilder(description.name);
  for (const char* input : description.inputs) TF_OpDefinitionBuilderAddInput(op, input);
  for (const char* output : description.outputs) TF_OpDefinitionBuilderAddOutput(op, output);
  for (const char* one : description.attributes) TF_OpDefinitionBuilderAddAttr(op, one);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(op, description.shape);
  TF_RegisterOpDefinition(op, status.status);
  TF_KernelBuilder* kernel = TF_NewKernelBuilder(description.name, "CPU", description.create,
                                                 description.compute, description.dispose);
  TF_RegisterKernelBuilder(description.name, kernel, status.status);
}

}  // namespace tfnodejs
