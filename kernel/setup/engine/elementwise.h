// An op that runs a small program of elementwise ops, block after block: what lies between them stays
// in the processor's first cache, where TensorFlow would write out and read in every result whole.
// Each rounds as TensorFlow's does, to the last bit.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <mutex>
#include <vector>

#include "c_ops.h"
#include "each_processor.h"
#include "uniform.h"
#include "workers.h"

namespace tfnodejs {

constexpr char kElementwiseOp[] = "Tslearn2Elementwise";
// Numbers in a block.
constexpr int64_t kBlock = 512;

// As src/engine/elementwise.ts numbers them.
enum class Code {
  kUniform, kCopy, kNeg, kSquare, kSqrt, kAbs, kAdd, kSub, kMul, kDiv, kLess, kRelu, kReluGrad
};

// Numbers side by side, or one for all.
struct Numbers {
  const float* at;
  bool one;
};

TSLEARN2_EACH_PROCESSOR
static void Run(Code code, Numbers a, Numbers b, float* out, int64_t size) {
// What is written lies where one of both is read, or apart from them: no number waits for another.
#define TSLEARN2_LOOP(left, right, value)               \
  _Pragma("GCC ivdep") for (int64_t i = 0; i < size; i++) { \
    const float x = left, y = right;                    \
    out[i] = value;                                     \
  }
#define TSLEARN2_CASE(code, value)                  \
  case code:                                        \
    if (a.one) {                                    \
      const float first = *a.at;                    \
      TSLEARN2_LOOP(first, b.at[b.one ? 0 : i], value) \
    } else if (b.one) {                             \
      const float second = *b.at;                   \
      TSLEARN2_LOOP(a.at[i], second, value)         \
    } else {                                        \
      TSLEARN2_LOOP(a.at[i], b.at[i], value)        \
    }                                               \
    break;
  switch (code) {
    TSLEARN2_CASE(Code::kCopy, x)
    TSLEARN2_CASE(Code::kNeg, -x)
    TSLEARN2_CASE(Code::kSquare, x * x)
    TSLEARN2_CASE(Code::kSqrt, std::sqrt(x))
    TSLEARN2_CASE(Code::kAbs, std::fabs(x))
    TSLEARN2_CASE(Code::kAdd, x + y)
    TSLEARN2_CASE(Code::kSub, x - y)
    TSLEARN2_CASE(Code::kMul, x * y)
    TSLEARN2_CASE(Code::kDiv, x / y)
    TSLEARN2_CASE(Code::kLess, x < y ? 1.0f : 0.0f)
    TSLEARN2_CASE(Code::kRelu, x < 0.0f ? 0.0f : x)
    TSLEARN2_CASE(Code::kReluGrad, x * (y > 0.0f ? 1.0f : 0.0f))
    case Code::kUniform:
      break;  // From seeds, not from numbers.
  }
#undef TSLEARN2_CASE
#undef TSLEARN2_LOOP
}

// One op. `a` and `b` are slots: the inputs, then the results of the ops before. Of a uniform draw
// `a` is the place of its seeds.
struct Instruction {
  Code code;
  int64_t a, b;
  // Where its result stays for as long as it is wanted.
  int64_t place = 0;
};

struct ElementwiseProgram {
  std::vector<int64_t> shape;
  int64_t size = 1;
  int64_t inputs = 0;
  std::vector<Instruction> instructions;
  // Slots that are given out.
  std::vector<int64_t> outputs;
  // The last op that reads each slot, -1 if none does.
  std::vector<int64_t> last;
  int64_t places = 0;

  // Gives each result the place of one that is no longer wanted, where there is one.
  void Settle() {
    for (const int64_t length : shape) size *= length;
    const auto count = static_cast<int64_t>(instructions.size());
    last.assign(inputs + count, -1);
    for (int64_t i = 0; i < count; i++) {
      if (instructions[i].code == Code::kUniform) continue;
      last[instructions[i].a] = last[instructions[i].b] = i;
    }
    std::vector<int64_t> free;
    for (int64_t i = 0; i < count; i++) {
      if (free.empty()) free.push_back(places++);
      instructions[i].place = free.back();
      free.pop_back();
      // After the result has its place: an op must not write where it reads.
      for (int64_t slot = inputs; slot < inputs + i; slot++) {
        const bool given = std::find(outputs.begin(), outputs.end(), slot) != outputs.end();
        if (last[slot] == i && !given) free.push_back(instructions[slot - inputs].place);
      }
    }
  }
};

// An input: one number, a row that is repeated, or as many numbers as the result.
struct Operand {
  const float* numbers;
  int64_t size;
};

// Where an output goes.
struct Result {
  float* numbers;
  // The input whose memory that was, or -1.
  int forwarded;
};

// The numbers from `first` on: where they lie, or a repeated row copied to `room`.
inline Numbers Stretch(const Operand& from, int64_t whole, int64_t first, int64_t size,
                       float* room) {
  if (from.size == 1) return {from.numbers, true};
  if (from.size == whole) return {from.numbers + first, false};
  for (int64_t done = 0, start = first % from.size; done < size; start = 0) {
    const int64_t count = std::min(from.size - start, size - done);
    std::memcpy(room + done, from.numbers + start, count * sizeof *room);
    done += count;
  }
  return {room, false};
}

// So many blocks for the calling thread, at the start of a line of the cache.
inline float* Rooms(int64_t blocks) {
  constexpr int64_t kLine = 64;
  thread_local std::vector<float> rooms;
  rooms.resize(std::max<size_t>(rooms.size(), blocks * kBlock + kLine / sizeof(float)));
  const auto at = reinterpret_cast<uintptr_t>(rooms.data());
  return rooms.data() + (kLine - at % kLine) % kLine / sizeof(float);
}

inline void RunProgram(const ElementwiseProgram& program, const std::vector<Operand>& operands,
                       const std::vector<Words>& keys, const std::vector<Result>& results,
                       int64_t from, int64_t to) {
  const int64_t inputs = program.inputs;
  const auto count = static_cast<int64_t>(program.instructions.size());
  float* rooms = Rooms(inputs + program.places);
  // Outputs that go to their memory at once: no op after theirs reads the input that was there.
  std::vector<float*> direct(count, nullptr);
  for (size_t i = 0; i < results.size(); i++) {
    const int64_t at = program.outputs[i] - inputs;
    const auto& [numbers, forwarded] = results[i];
    if (forwarded < 0 || program.last[forwarded] <= at) direct[at] = numbers;
  }
  std::vector<Numbers> slots(inputs + count);
  for (int64_t first = from; first < to; first += kBlock) {
    const int64_t size = std::min(kBlock, to - first);
    for (int64_t i = 0; i < inputs; i++) {
      slots[i] = Stretch(operands[i], program.size, first, size, rooms + i * kBlock);
    }
    for (int64_t i = 0; i < count; i++) {
      const Instruction& one = program.instructions[i];
      float* out = direct[i] ? direct[i] + first : rooms + (inputs + one.place) * kBlock;
      if (one.code == Code::kUniform) {
        FillUniform(keys[one.a], first, out, size);
      } else {
        Run(one.code, slots[one.a], slots[one.b], out, size);
      }
      slots[inputs + i] = {out, false};
    }
    for (size_t i = 0; i < results.size(); i++) {
      const int64_t slot = program.outputs[i];
      if (direct[slot - inputs]) continue;
      std::memcpy(results[i].numbers + first, slots[slot].at, size * sizeof(float));
    }
  }
}

inline std::vector<int64_t> Integers(TF_OpKernelConstruction* construction, const char* name,
                                     TF_Status* status) {
  int32_t length = 0, bytes = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, name, &length, &bytes, status);
  std::vector<int64_t> values(std::max(length, 0));
  TF_OpKernelConstruction_GetAttrInt64List(construction, name, values.data(), values.size(),
                                           status);
  return values;
}

inline void* CreateElementwise(TF_OpKernelConstruction* construction) {
  TF_AutoStatus status;
  auto* program = new ElementwiseProgram;
  int32_t inputs = 0;
  TF_OpKernelConstruction_GetAttrInt32(construction, "N", &inputs, status.status);
  program->inputs = inputs;
  program->shape = Integers(construction, "shape", status.status);
  program->outputs = Integers(construction, "slots", status.status);
  const std::vector<int64_t> words = Integers(construction, "program", status.status);
  for (size_t i = 0; i + 2 < words.size(); i += 3) {
    program->instructions.push_back({static_cast<Code>(words[i]), words[i + 1], words[i + 2]});
  }
  program->Settle();
  return program;
}

inline void ComputeElementwise(void* raw, TF_OpKernelContext* context) {
  const auto& program = *static_cast<ElementwiseProgram*>(raw);
  TF_AutoStatus status;
  std::vector<Operand> operands;
  std::vector<Words> keys;
  // Inputs whose memory may become an output's, if nobody else wants them.
  std::vector<int> whole;
  for (int i = 0; i < TF_NumInputs(context); i++) {
    TF_Tensor* input = nullptr;
    TF_GetInput(context, i, &input, status.status);
    if (input == nullptr) break;
    const void* data = TF_TensorData(input);
    if (i < program.inputs) {
      operands.push_back({static_cast<const float*>(data), TF_TensorElementCount(input)});
      if (operands.back().size == program.size) whole.push_back(i);
    } else {
      keys.push_back(KeyOf(static_cast<const int32_t*>(data)));
    }
    // The context goes on holding it; a second holder would keep its memory from being reused.
    TF_DeleteTensor(input);
  }
  std::vector<Result> results;
  for (size_t i = 0; i < program.outputs.size(); i++) {
    if (TF_GetCode(status.status) != TF_OK) break;
    int forwarded = -1;
    TF_Tensor* output = TF_ForwardInputOrAllocateOutput(
        context, whole.data(), whole.size(), i, program.shape.data(), program.shape.size(),
        &forwarded, status.status);
    if (output == nullptr) break;
    results.push_back({static_cast<float*>(TF_TensorData(output)), forwarded});
    whole.erase(std::remove(whole.begin(), whole.end(), forwarded), whole.end());
    TF_DeleteTensor(output);
  }
  if (TF_GetCode(status.status) != TF_OK) {
    TF_OpKernelContext_Failure(context, status.status);
    return;
  }
  Workers::Ours().Share(program.size, [&](int64_t from, int64_t to) {
    RunProgram(program, operands, keys, results, from, to);
  });
}

inline void DeleteElementwise(void* program) { delete static_cast<ElementwiseProgram*>(program); }

// Makes the op known, once for the process; on the processor only.
inline void RegisterElementwise() {
  static std::once_flag once;
  std::call_once(once, [] {
    Register({kElementwiseOp,
              {"inputs: N * float", "seeds: S * int32"},
              {"outputs: K * float"},
              {"N: int >= 0", "S: int >= 0", "K: int >= 1", "shape: list(int)",
               "program: list(int)", "slots: list(int)"},
              UnknownShape,
              CreateElementwise,
              ComputeElementwise,
              DeleteElementwise});
  });
}

}  // namespace tfnodejs
