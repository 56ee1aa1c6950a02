// Functions compiled several times, for processors with wide registers as well; which one runs is
// seen when the binding is loaded.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define TSLEARN2_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
// Where a product and the sum that takes it may be rounded once.
#define TSLEARN2_EACH_PROCESSOR_FUSED \
  __attribute__((target_clones("avx512f", "arch=haswell", "default")))
#define TSLEARN2_HAS_FUSED __builtin_cpu_supports("fma")
#else
#define TSLEARN2_EACH_PROCESSOR
#define TSLEARN2_EACH_PROCESSOR_FUSED
#define TSLEARN2_HAS_FUSED false
#endif

// For what is written in AVX-512's own words.
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define TSLEARN2_AVX512 __attribute__((target("avx512f")))
#define TSLEARN2_HAS_AVX512 __builtin_cpu_supports("avx512f")
#endif
