#include "tensor/core/dtype.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/core/check.h"
#include "tensor/core/blocks.h"

namespace tensor {
namespace {

struct Info {
    DType type;
    std::string_view name;
    int64_t elements;
    size_t bytes;
};

// Block layouts: GGUF's specification (ggml-org/ggml, docs/gguf.md and its type table).
constexpr std::array kInfo = {
    Info{DType::F32, "f32", 1, 4},         Info{DType::F16, "f16", 1, 2},
    Info{DType::BF16, "bf16", 1, 2},       Info{DType::F8E4M3, "f8_e4m3", 1, 1},
    Info{DType::F64, "f64", 1, 8},         Info{DType::I8, "i8", 1, 1},
    Info{DType::U8, "u8", 1, 1},           Info{DType::I32, "i32", 1, 4},
    Info{DType::I64, "i64", 1, 8},         Info{DType::Q8_0, "q8_0", 32, 34},
    Info{DType::Q4_0, "q4_0", 32, 18},     Info{DType::Q4_K, "q4_K", 256, 144},
    Info{DType::Q5_K, "q5_K", 256, 176},   Info{DType::Q6_K, "q6_K", 256, 210},
    Info{DType::Encoded, "encoded", 1, 0},
};

const Info& info(DType type) { return kInfo[static_cast<size_t>(type)]; }

template <typename T>
void widen_plain(const void* source, int64_t n, float* target) {
    const auto* bytes = static_cast<const std::byte*>(source);
    for (int64_t i = 0; i < n; ++i) {
        T value;
        std::memcpy(&value, bytes + i * sizeof(T), sizeof(T));
        target[i] = static_cast<float>(value);
    }
}

const std::array<float, 256>& f8_table() {
    static const std::array<float, 256> table = [] {
        std::array<float, 256> t{};
        for (int i = 0; i < 256; ++i) t[i] = f8e4m3_to_f32(static_cast<uint8_t>(i));
        return t;
    }();
    return table;
}

}  // namespace

std::string_view dtype_name(DType type) { return info(type).name; }

std::optional<DType> dtype_from_name(std::string_view name) {
    for (const Info& i : kInfo) {
        if (i.name == name) return i.type;
    }
    return std::nullopt;
}

int64_t block_elements(DType type) { return info(type).elements; }
size_t block_bytes(DType type) { return info(type).bytes; }

std::optional<size_t> bytes_of(DType type, int64_t elements) {
    const Info& i = info(type);
    if (elements < 0 || elements % i.elements != 0 || i.bytes == 0) return std::nullopt;
    const int64_t blocks = elements / i.elements;
    if (blocks > (int64_t{1} << 62) / static_cast<int64_t>(i.bytes)) return std::nullopt;
    return static_cast<size_t>(blocks) * i.bytes;
}

float f16_to_f32(uint16_t bits) {
    const uint32_t sign = static_cast<uint32_t>(bits & 0x8000u) << 16;
    const uint32_t exponent = (bits >> 10) & 0x1f;
    const uint32_t mantissa = bits & 0x3ff;
    if (exponent == 0x1f) return std::bit_cast<float>(sign | 0x7f800000u | (mantissa << 13));
    if (exponent == 0) {
        const float magnitude = static_cast<float>(mantissa) * 0x1p-24f;
        return sign ? -magnitude : magnitude;
    }
    return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (mantissa << 13));
}

uint16_t f32_to_f16(float value) {
    const auto bits = std::bit_cast<uint32_t>(value);
    const auto sign = static_cast<uint16_t>((bits >> 16) & 0x8000u);
    const uint32_t magnitude = bits & 0x7fffffffu;
    if (magnitude > 0x7f800000u) return sign | 0x7e00u;
    if (magnitude >= 0x47800000u) return sign | 0x7c00u;  // 65536 and more; 65520 rounds up below
    if (magnitude < 0x38800000u) {                        // below the least normal half
        const float scaled = std::bit_cast<float>(magnitude) * 0x1p24f;
        return sign | static_cast<uint16_t>(std::nearbyint(scaled));
    }
    const uint32_t odd = (magnitude >> 13) & 1;
    return sign | static_cast<uint16_t>((magnitude + 0xfffu + odd - 0x38000000u) >> 13);
}

uint16_t f32_to_bf16(float value) {
    const auto bits = std::bit_cast<uint32_t>(value);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return static_cast<uint16_t>(bits >> 16) | 0x40u;
    return static_cast<uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1)) >> 16);
}

float f8e4m3_to_f32(uint8_t bits) {
    const int exponent = (bits >> 3) & 0xf;
    const int mantissa = bits & 7;
    float magnitude;
    if (exponent == 15 && mantissa == 7) {
        magnitude = std::numeric_limits<float>::quiet_NaN();
    } else if (exponent == 0) {
        magnitude = std::ldexp(static_cast<float>(mantissa), -9);
    } else {
        magnitude = std::ldexp(static_cast<float>(8 + mantissa), exponent - 10);
    }
    return (bits & 0x80) ? -magnitude : magnitude;
}

uint8_t f32_to_f8e4m3(float value) {
    const uint8_t sign = std::signbit(value) ? 0x80 : 0;
    if (std::isnan(value)) return sign | 0x7f;
    const float magnitude = std::min(std::abs(value), 448.0f);
    if (magnitude == 0.0f) return sign;
    int exponent = std::max(std::ilogb(magnitude), -6);
    auto steps = static_cast<int>(std::nearbyint(std::ldexp(magnitude, 3 - exponent)));
    if (steps == 16) {
        ++exponent;
        steps = 8;
    }
    if (steps < 8) return sign | static_cast<uint8_t>(steps);  // subnormal: exponent is -6
    return sign | static_cast<uint8_t>(((exponent + 7) << 3) | (steps - 8));
}

void widen(DType type, const void* source, int64_t n, float* target) {
    const auto* bytes = static_cast<const uint8_t*>(source);
    switch (type) {
        case DType::F32: std::memcpy(target, source, static_cast<size_t>(n) * 4); return;
        case DType::F16: widen_f16(bytes, n, target); return;
        case DType::BF16: widen_bf16(bytes, n, target); return;
        case DType::F8E4M3: {
            const auto& table = f8_table();
            for (int64_t i = 0; i < n; ++i) target[i] = table[bytes[i]];
            return;
        }
        case DType::F64: widen_plain<double>(source, n, target); return;
        case DType::I8: widen_plain<int8_t>(source, n, target); return;
        case DType::U8: widen_plain<uint8_t>(source, n, target); return;
        case DType::I32: widen_plain<int32_t>(source, n, target); return;
        case DType::I64: widen_plain<int64_t>(source, n, target); return;
        case DType::Q8_0:
        case DType::Q4_0:
        case DType::Q4_K:
        case DType::Q5_K:
        case DType::Q6_K:
            CHECK(n % block_elements(type) == 0, "whole blocks");
            widen_blocks(type, bytes, n, target);
            return;
        case DType::Encoded: CHECK(false, "a type that only its tensor can widen");
    }
}

void narrow(DType type, const float* source, int64_t n, void* target) {
    auto* out = static_cast<uint8_t*>(target);
    const auto put16 = [&](int64_t i, uint16_t bits) { std::memcpy(out + 2 * i, &bits, 2); };
    switch (type) {
        case DType::F32: std::memcpy(target, source, static_cast<size_t>(n) * 4); return;
        case DType::F16:
            for (int64_t i = 0; i < n; ++i) put16(i, f32_to_f16(source[i]));
            return;
        case DType::BF16:
            for (int64_t i = 0; i < n; ++i) put16(i, f32_to_bf16(source[i]));
            return;
        case DType::F8E4M3:
            for (int64_t i = 0; i < n; ++i) out[i] = f32_to_f8e4m3(source[i]);
            return;
        case DType::I8:
            for (int64_t i = 0; i < n; ++i) {
                const float v = std::clamp(std::nearbyint(source[i]), -128.0f, 127.0f);
                out[i] = static_cast<uint8_t>(static_cast<int8_t>(v));
            }
            return;
        case DType::Q8_0:
        case DType::Q4_0:
        case DType::Q4_K:
        case DType::Q5_K:
        case DType::Q6_K:
            CHECK(n % block_elements(type) == 0, "whole blocks");
            narrow_blocks(type, source, n, out);
            return;
        case DType::F64:
        case DType::U8:
        case DType::I32:
        case DType::I64:
        case DType::Encoded: CHECK(false, "not a type to narrow to");
    }
}

}  // namespace tensor
