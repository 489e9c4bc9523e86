// Hot loops, compiled for every instruction set of isa.h from one source.
//
// A kernel is an always-inlined body, and AOZORA_KERNEL makes one function per level around it plus
// one that picks by isa(). The body must not call anything that is not inlined.
//
//   AOZORA_INLINE void blur_body(float* out, const float* in, int count) { ... }
//   AOZORA_KERNEL(blur, (float* out, const float* in, int count), (out, in, count))
//
// A body that is a template over the number of floats in a register, for loops whose shape depends
// on it (register tiles), becomes a kernel by AOZORA_KERNEL_BY_WIDTH: name_body<16>, <8> or <4>.
#pragma once

#include "base/cpu/isa.h"

#define AOZORA_INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define AOZORA_KERNEL(name, parameters, arguments)                                   \
    __attribute__((target("arch=x86-64-v4"))) static void name##_avx512 parameters { \
        name##_body arguments;                                                       \
    }                                                                                \
    __attribute__((target("arch=x86-64-v3"))) static void name##_avx2 parameters {   \
        name##_body arguments;                                                       \
    }                                                                                \
    static void name##_baseline parameters { name##_body arguments; }                \
    void name parameters {                                                           \
        switch (::base::isa()) {                                                     \
            case ::base::Isa::Avx512: return name##_avx512 arguments;                \
            case ::base::Isa::Avx2: return name##_avx2 arguments;                    \
            case ::base::Isa::Baseline: return name##_baseline arguments;            \
        }                                                                            \
    }
#define AOZORA_KERNEL_BY_WIDTH(name, parameters, arguments)                          \
    __attribute__((target("arch=x86-64-v4"))) static void name##_avx512 parameters { \
        name##_body<16> arguments;                                                   \
    }                                                                                \
    __attribute__((target("arch=x86-64-v3"))) static void name##_avx2 parameters {   \
        name##_body<8> arguments;                                                    \
    }                                                                                \
    static void name##_baseline parameters { name##_body<4> arguments; }             \
    void name parameters {                                                           \
        switch (::base::isa()) {                                                     \
            case ::base::Isa::Avx512: return name##_avx512 arguments;                \
            case ::base::Isa::Avx2: return name##_avx2 arguments;                    \
            case ::base::Isa::Baseline: return name##_baseline arguments;            \
        }                                                                            \
    }
#else
#define AOZORA_KERNEL(name, parameters, arguments) \
    void name parameters { name##_body arguments; }
#define AOZORA_KERNEL_BY_WIDTH(name, parameters, arguments) \
    void name parameters { name##_body<4> arguments; }
#endif
