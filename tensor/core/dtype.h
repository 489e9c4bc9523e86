// Element types. Arithmetic is done in f32; every other type is a form of storage that is widened
// when it is read. Block types (q8_0 ... q6_K) are GGUF's: `block_elements` values share a scale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tensor {

enum class DType : uint8_t {
    F32,
    F16,
    BF16,
    F8E4M3,  // OCP FP8: 4 exponent bits, bias 7, no infinities
    F64,
    I8,
    U8,
    I32,
    I64,
    Q8_0,
    Q4_0,
    Q4_K,
    Q5_K,
    Q6_K,
    Encoded,  // no array of elements: tensor/core/encoding.h
};

std::string_view dtype_name(DType type);  // "f32", "q4_K"
std::optional<DType> dtype_from_name(std::string_view name);

int64_t block_elements(DType type);  // 1, 32 or 256
size_t block_bytes(DType type);      // bytes of one block

// Bytes of `elements` values. nullopt: not a whole number of blocks, negative, beyond 2^62, or of a
// type that has no bytes of its own (Encoded).
std::optional<size_t> bytes_of(DType type, int64_t elements);

// Widens `elements` values (a whole number of blocks) to f32. `source` needs no alignment.
void widen(DType type, const void* source, int64_t elements, float* target);

// Narrows f32 with round to nearest even; values beyond the range of f8 and i8 saturate. Every type
// but I32, I64, F64 and U8 can be a target; block types need whole blocks.
void narrow(DType type, const float* source, int64_t elements, void* target);

float f16_to_f32(uint16_t bits);
uint16_t f32_to_f16(float value);
inline float bf16_to_f32(uint16_t bits) {
    return __builtin_bit_cast(float, static_cast<uint32_t>(bits) << 16);
}
uint16_t f32_to_bf16(float value);
float f8e4m3_to_f32(uint8_t bits);
uint8_t f32_to_f8e4m3(float value);

}  // namespace tensor
