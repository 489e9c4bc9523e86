// Layouts: GGUF's block types as ggml-org/ggml documents them (ggml-common.h, docs/gguf.md).
//   q8_0  f16 d, i8 q[32]                               y = d q
//   q4_0  f16 d, u8 q[16] (low nibbles first)           y = d (q - 8)
//   q4_K  f16 d, f16 m, u8 s[12], u8 q[128]             y = d s q - m t, a 6-bit pair (s, t) per 32
//   q5_K  f16 d, f16 m, u8 s[12], u8 h[32], u8 q[128]   the same with a fifth bit in h
//   q6_K  u8 l[128], u8 h[64], i8 s[16], f16 d          y = d s (q - 32), a scale per 16
#include "tensor/core/blocks.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/cpu/kernel.h"

namespace tensor {
namespace {

float half_at(const uint8_t* at) {
    uint16_t bits;
    std::memcpy(&bits, at, 2);
    return f16_to_f32(bits);
}
void put_half(uint8_t* at, float value) {
    const uint16_t bits = f32_to_f16(value);
    std::memcpy(at, &bits, 2);
}

struct ScalePair {
    int scale, minimum;
};

// The j-th of eight 6-bit pairs packed into 12 bytes.
ScalePair scale_pair(const uint8_t* s, int j) {
    if (j < 4) return {s[j] & 63, s[j + 4] & 63};
    return {(s[j + 4] & 15) | ((s[j - 4] >> 6) << 4), (s[j + 4] >> 4) | ((s[j] >> 6) << 4)};
}
void put_scale_pair(uint8_t* s, int j, ScalePair pair) {
    if (j < 4) {
        s[j] = static_cast<uint8_t>((s[j] & 0xc0) | pair.scale);
        s[j + 4] = static_cast<uint8_t>((s[j + 4] & 0xc0) | pair.minimum);
    } else {
        s[j + 4] = static_cast<uint8_t>((pair.scale & 15) | ((pair.minimum & 15) << 4));
        s[j - 4] = static_cast<uint8_t>((s[j - 4] & 63) | ((pair.scale >> 4) << 6));
        s[j] = static_cast<uint8_t>((s[j] & 63) | ((pair.minimum >> 4) << 6));
    }
}

void widen_q8_0(const uint8_t* b, float* y) {
    const float d = half_at(b);
    for (int i = 0; i < 32; ++i) y[i] = d * static_cast<float>(static_cast<int8_t>(b[2 + i]));
}

void widen_q4_0(const uint8_t* b, float* y) {
    const float d = half_at(b);
    for (int i = 0; i < 16; ++i) {
        y[i] = d * static_cast<float>((b[2 + i] & 15) - 8);
        y[i + 16] = d * static_cast<float>((b[2 + i] >> 4) - 8);
    }
}

void widen_k(const uint8_t* b, const uint8_t* high, const uint8_t* q, float* y) {
    const float d = half_at(b);
    const float m = half_at(b + 2);
    for (int j = 0; j < 8; ++j) {
        const ScalePair pair = scale_pair(b + 4, j);
        const float scale = d * static_cast<float>(pair.scale);
        const float minimum = m * static_cast<float>(pair.minimum);
        const uint8_t* nibbles = q + 32 * (j / 2);
        for (int i = 0; i < 32; ++i) {
            int value = j % 2 ? nibbles[i] >> 4 : nibbles[i] & 15;
            if (high) value |= ((high[i] >> j) & 1) << 4;
            y[32 * j + i] = scale * static_cast<float>(value) - minimum;
        }
    }
}

void widen_q6_k(const uint8_t* b, float* y) {
    const uint8_t* low = b;
    const uint8_t* high = b + 128;
    const auto* scales = reinterpret_cast<const int8_t*>(b + 192);
    const float d = half_at(b + 208);
    for (int i = 0; i < 256; ++i) {
        const int half = i / 128, quarter = i % 128 / 32, l = i % 32;
        const uint8_t nibbles = low[64 * half + 32 * (quarter % 2) + l];
        const int value = (quarter < 2 ? nibbles & 15 : nibbles >> 4) |
                          (((high[32 * half + l] >> (2 * quarter)) & 3) << 4);
        y[i] = d * static_cast<float>(scales[i / 16]) * static_cast<float>(value - 32);
    }
}

float largest_magnitude(const float* x, int n) {
    float largest = 0;
    for (int i = 0; i < n; ++i) largest = std::max(largest, std::abs(x[i]));
    return largest;
}

int rounded(float value, int low, int high) {
    return std::clamp(static_cast<int>(std::nearbyint(value)), low, high);
}

void narrow_q8_0(const float* x, uint8_t* b) {
    put_half(b, largest_magnitude(x, 32) / 127.0f);
    const float d = half_at(b);
    const float inverse = d > 0 ? 1.0f / d : 0.0f;
    for (int i = 0; i < 32; ++i) {
        b[2 + i] = static_cast<uint8_t>(static_cast<int8_t>(rounded(x[i] * inverse, -127, 127)));
    }
}

void narrow_q4_0(const float* x, uint8_t* b) {
    float extreme = 0;
    for (int i = 0; i < 32; ++i) {
        if (std::abs(x[i]) > std::abs(extreme)) extreme = x[i];
    }
    put_half(b, extreme / -8.0f);  // the extreme value becomes exactly code 0
    const float d = half_at(b);
    const float inverse = d != 0 ? 1.0f / d : 0.0f;
    const auto code = [&](float v) { return rounded(v * inverse + 8.0f, 0, 15); };
    for (int i = 0; i < 16; ++i) {
        b[2 + i] = static_cast<uint8_t>(code(x[i]) | (code(x[i + 16]) << 4));
    }
}

void narrow_k(const float* x, int levels, uint8_t* b, uint8_t* high, uint8_t* q) {
    float scale[8], minimum[8];
    for (int j = 0; j < 8; ++j) {
        const auto [low, top] = std::minmax_element(x + 32 * j, x + 32 * (j + 1));
        minimum[j] = std::max(0.0f, -*low);
        scale[j] = std::max(0.0f, *top + minimum[j]) / static_cast<float>(levels - 1);
    }
    put_half(b, *std::max_element(scale, scale + 8) / 63.0f);
    put_half(b + 2, *std::max_element(minimum, minimum + 8) / 63.0f);
    const float d = half_at(b), m = half_at(b + 2);
    if (high) std::memset(high, 0, 32);
    std::memset(b + 4, 0, 12);
    for (int j = 0; j < 8; ++j) {
        const ScalePair pair = {d > 0 ? rounded(scale[j] / d, 0, 63) : 0,
                                m > 0 ? rounded(minimum[j] / m, 0, 63) : 0};
        put_scale_pair(b + 4, j, pair);
        const float step = d * static_cast<float>(pair.scale);
        const float offset = m * static_cast<float>(pair.minimum);
        for (int i = 0; i < 32; ++i) {
            const int value =
                step > 0 ? rounded((x[32 * j + i] + offset) / step, 0, levels - 1) : 0;
            uint8_t& at = q[32 * (j / 2) + i];
            at = static_cast<uint8_t>(j % 2 ? (at & 15) | ((value & 15) << 4) : value & 15);
            if (high) high[i] = static_cast<uint8_t>(high[i] | ((value >> 4) << j));
        }
    }
}

void narrow_q6_k(const float* x, uint8_t* b) {
    float extreme[16];
    for (int j = 0; j < 16; ++j) extreme[j] = largest_magnitude(x + 16 * j, 16) / 31.0f;
    put_half(b + 208, *std::max_element(extreme, extreme + 16) / 127.0f);
    const float d = half_at(b + 208);
    std::memset(b, 0, 192);
    for (int i = 0; i < 256; ++i) {
        const int s = d > 0 ? rounded(extreme[i / 16] / d, 0, 127) : 0;
        b[192 + i / 16] = static_cast<uint8_t>(s);
        const float step = d * static_cast<float>(s);
        const int value = step > 0 ? rounded(x[i] / step, -32, 31) + 32 : 32;
        const int half = i / 128, quarter = i % 128 / 32, l = i % 32;
        b[64 * half + 32 * (quarter % 2) + l] |=
            static_cast<uint8_t>(quarter < 2 ? value & 15 : (value & 15) << 4);
        b[128 + 32 * half + l] |= static_cast<uint8_t>((value >> 4) << (2 * quarter));
    }
}

// Two bytes anywhere. Read and written through memcpy the loops below are not vectorised.
typedef uint16_t Unaligned16 __attribute__((aligned(1), may_alias));

AOZORA_INLINE void bf16_body(const uint8_t* source, int64_t n, float* __restrict target) {
    const auto* bits = reinterpret_cast<const Unaligned16*>(source);
    for (int64_t i = 0; i < n; ++i)
        target[i] = __builtin_bit_cast(float, static_cast<uint32_t>(bits[i]) << 16);
}
// Half to float without branches: the exponent is moved by a multiplication, which also makes
// subnormals right; infinities and NaN are put back by a select.
AOZORA_INLINE void f16_body(const uint8_t* source, int64_t n, float* __restrict target) {
    const auto* bits = reinterpret_cast<const Unaligned16*>(source);
    for (int64_t i = 0; i < n; ++i) {
        const uint32_t sign = static_cast<uint32_t>(bits[i] & 0x8000u) << 16;
        const uint32_t rest = static_cast<uint32_t>(bits[i] & 0x7fffu) << 13;
        const float value = __builtin_bit_cast(float, rest) * 0x1p112f;
        const uint32_t special = rest >= (0x7c00u << 13) ? 0x7f800000u : 0u;
        target[i] = __builtin_bit_cast(float, sign | __builtin_bit_cast(uint32_t, value) | special);
    }
}
AOZORA_KERNEL(bf16, (const uint8_t* source, int64_t n, float* target), (source, n, target))
AOZORA_KERNEL(f16, (const uint8_t* source, int64_t n, float* target), (source, n, target))

}  // namespace

void widen_f16(const uint8_t* source, int64_t n, float* target) { f16(source, n, target); }
void widen_bf16(const uint8_t* source, int64_t n, float* target) { bf16(source, n, target); }

void widen_blocks(DType type, const uint8_t* source, int64_t n, float* y) {
    const int64_t step = block_elements(type);
    const auto bytes = static_cast<int64_t>(block_bytes(type));
    for (int64_t i = 0; i < n / step; ++i, y += step) {
        const uint8_t* b = source + i * bytes;
        switch (type) {
            case DType::Q8_0: widen_q8_0(b, y); break;
            case DType::Q4_0: widen_q4_0(b, y); break;
            case DType::Q4_K: widen_k(b, nullptr, b + 16, y); break;
            case DType::Q5_K: widen_k(b, b + 16, b + 48, y); break;
            default: widen_q6_k(b, y);
        }
    }
}

void narrow_blocks(DType type, const float* x, int64_t n, uint8_t* target) {
    const int64_t step = block_elements(type);
    const auto bytes = static_cast<int64_t>(block_bytes(type));
    for (int64_t i = 0; i < n / step; ++i, x += step) {
        uint8_t* b = target + i * bytes;
        switch (type) {
            case DType::Q8_0: narrow_q8_0(x, b); break;
            case DType::Q4_0: narrow_q4_0(x, b); break;
            case DType::Q4_K: narrow_k(x, 16, b, nullptr, b + 16); break;
            case DType::Q5_K: narrow_k(x, 32, b, b + 16, b + 48); break;
            default: narrow_q6_k(x, b);
        }
    }
}

}  // namespace tensor
