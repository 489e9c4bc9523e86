// Colour in linear light with sRGB (Rec. 709) primaries.
#pragma once

#include <cmath>

#include "base/math/vec.h"

namespace base {

// IEC 61966-2-1, both ways; [0, 1].
inline float srgb_to_linear(float s) {
    return s <= 0.04045f ? s / 12.92f : std::pow((s + 0.055f) / 1.055f, 2.4f);
}
inline float linear_to_srgb(float l) {
    return l <= 0.0031308f ? l * 12.92f : 1.055f * std::pow(l, 1.0f / 2.4f) - 0.055f;
}
// 0xrrggbb in sRGB -> linear.
inline Vec3f colour_from_hex(unsigned rgb) {
    return {srgb_to_linear(static_cast<float>((rgb >> 16) & 255u) / 255.f),
            srgb_to_linear(static_cast<float>((rgb >> 8) & 255u) / 255.f),
            srgb_to_linear(static_cast<float>(rgb & 255u) / 255.f)};
}
inline float luminance(Vec3f c) { return 0.2126f * c.x + 0.7152f * c.y + 0.0722f * c.z; }

}  // namespace base
