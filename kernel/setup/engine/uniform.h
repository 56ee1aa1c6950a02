// An op that draws what TensorFlow's StatelessRandomUniform draws, to the last bit, several times as
// fast where the processor has AVX-512: blocks of Philox 4x32-10 (Salmon et al. 2011) side by side.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <vector>

#include "c_ops.h"
#include "each_processor.h"
#include "workers.h"

namespace tfnodejs {

constexpr char kUniformOp[] = "Tslearn2Uniform";

using Words = std::array<uint32_t, 4>;

// One block: ten rounds.
inline Words Scramble(Words w, uint32_t left, uint32_t right) {
  for (int round = 0; round < 10; round++) {
    const uint64_t first = uint64_t{0xd2511f53} * w[0];
    const uint64_t second = uint64_t{0xcd9e8d57} * w[2];
    w = {static_cast<uint32_t>(second >> 32) ^ w[1] ^ left, static_cast<uint32_t>(second),
         static_cast<uint32_t>(first >> 32) ^ w[3] ^ right, static_cast<uint32_t>(first)};
    left += 0x9e3779b9;
    right += 0xbb67ae85;
  }
  return w;
}

// TensorFlow scrambles the two seeds into a key and the upper half of the counter.
inline Words KeyOf(const int32_t* seeds) {
  Words words;
  for (int i = 0; i < 2; i++) {
    const uint64_t wide = static_cast<uint64_t>(static_cast<int64_t>(seeds[i]));
    words[2 * i] = static_cast<uint32_t>(wide);
    words[2 * i + 1] = static_cast<uint32_t>(wide >> 32);
  }
  return Scramble(words, 0x3ec8f720, 0x02461e29);
}

// Numbers in [0, 1): the 23 low bits become the mantissa of a number in [1, 2).
inline float Unit(uint32_t word) {
  const uint32_t bits = (word & 0x7fffff) | 0x3f800000;
  float number;
  std::memcpy(&number, &bits, sizeof number);
  return number - 1.0f;
}

#ifdef TSLEARN2_AVX512
// Vectors computed side by side: each waits for itself only.
constexpr int kVectors = 4;
// Blocks in all of them, one in each 64 bits.
constexpr int64_t kLanes = 8 * kVectors;

// 4 * kLanes numbers, of the blocks from `block` on. Of 64 bits the lower 32 count.
TSLEARN2_AVX512 inline void FillLanes(const Words& key, uint64_t block, float* out) {
  const __m512i factors[] = {_mm512_set1_epi64(0xd2511f53), _mm512_set1_epi64(0xcd9e8d57)};
  __m512i a[kVectors], b[kVectors], c[kVectors], d[kVectors];
  for (int v = 0; v < kVectors; v++) {
    const __m512i steps = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
    a[v] = _mm512_add_epi64(_mm512_set1_epi64(block + 8 * v), steps);
    b[v] = _mm512_srli_epi64(a[v], 32);
    c[v] = _mm512_set1_epi64(key[2]);
    d[v] = _mm512_set1_epi64(key[3]);
  }
  uint32_t left = key[0];
  uint32_t right = key[1];
  for (int round = 0; round < 10; round++) {
    const __m512i l = _mm512_set1_epi64(left), r = _mm512_set1_epi64(right);
    for (int v = 0; v < kVectors; v++) {
      const __m512i first = _mm512_mul_epu32(a[v], factors[0]);
      const __m512i second = _mm512_mul_epu32(c[v], factors[1]);
      a[v] = _mm512_xor_si512(_mm512_xor_si512(_mm512_srli_epi64(second, 32), b[v]), l);
      b[v] = second;
      c[v] = _mm512_xor_si512(_mm512_xor_si512(_mm512_srli_epi64(first, 32), d[v]), r);
      d[v] = first;
    }
    left += 0x9e3779b9;
    right += 0xbb67ae85;
  }
  const __m512i mantissa = _mm512_set1_epi32(0x7fffff), one = _mm512_set1_epi32(0x3f800000);
  const __m512i lower = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0);
  const __m512i upper = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
  for (int v = 0; v < kVectors; v++) {
    // Words a and b, then c and d, of each block in 64 bits; then all four of four blocks.
    const __m512i ab = _mm512_mask_blend_epi32(0xaaaa, a[v], _mm512_slli_epi64(b[v], 32));
    const __m512i cd = _mm512_mask_blend_epi32(0xaaaa, c[v], _mm512_slli_epi64(d[v], 32));
    const __m512i halves[] = {_mm512_permutex2var_epi64(ab, lower, cd),
                              _mm512_permutex2var_epi64(ab, upper, cd)};
    for (int half = 0; half < 2; half++) {
      const __m512i bits = _mm512_or_si512(_mm512_and_si512(halves[half], mantissa), one);
      const __m512 numbers = _mm512_sub_ps(_mm512_castsi512_ps(bits), _mm512_castsi512_ps(one));
      _mm512_storeu_ps(out + 32 * v + 16 * half, numbers);
    }
  }
}
#endif

// The numbers from `first` on, a multiple of four, of all that the key gives.
inline void FillUniform(const Words& key, int64_t first, float* out, int64_t size) {
  int64_t done = 0;
#ifdef TSLEARN2_AVX512
  if (__builtin_cpu_supports("avx512f")) {
    for (; size - done >= 4 * kLanes; done += 4 * kLanes) {
      FillLanes(key, (first + done) / 4, out + done);
    }
  }
#endif
  for (; done < size; done += 4) {
    const uint64_t block = (first + done) / 4;
    const Words words = Scramble({static_cast<uint32_t>(block),
                                  static_cast<uint32_t>(block >> 32), key[2], key[3]},
                                 key[0], key[1]);
    for (int64_t i = done; i < std::min(done + 4, size); i++) out[i] = Unit(words[i - done]);
  }
}

inline void ComputeUniform(void*, TF_OpKernelContext* context) {
  TF_AutoStatus status;
  TF_Tensor* shape = nullptr;
  TF_Tensor* seeds = nullptr;
  TF_GetInput(context, 0, &shape, status.status);
  TF_GetInput(context, 1, &seeds, status.status);
  if (shape != nullptr && seeds != nullptr) {
    const auto* sizes = static_cast<const int32_t*>(TF_TensorData(shape));
    const std::vector<int64_t> dims(sizes, sizes + TF_TensorElementCount(shape));
    int64_t size = 1;
    for (const int64_t dim : dims) size *= dim;
    TF_Tensor* out = TF_AllocateOutput(context, 0, TF_FLOAT, dims.data(), dims.size(),
                                       size * sizeof(float), status.status);
    if (out != nullptr) {
      const Words key = KeyOf(static_cast<const int32_t*>(TF_TensorData(seeds)));
      auto* numbers = static_cast<float*>(TF_TensorData(out));
      Workers::Ours().Share(size, [&](int64_t from, int64_t to) {
        FillUniform(key, from, numbers + from, to - from);
      });
    }
    TF_DeleteTensor(out);
  }
  TF_DeleteTensor(shape);
  TF_DeleteTensor(seeds);
  if (TF_GetCode(status.status) != TF_OK) TF_OpKernelContext_Failure(context, status.status);
}

// Makes the op known, once for the process; on the processor only.
inline void RegisterUniform() {
  static std::once_flag once;
  std::call_once(once, [] {
    Register({kUniformOp,
              {"shape: int32", "seed: int32"},
              {"numbers: float"},
              {},
              UnknownShape,
              nullptr,
              ComputeUniform,
              nullptr});
  });
}

}  // namespace tfnodejs
