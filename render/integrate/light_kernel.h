// One random point on each of many lights at once, and how much each would give unshadowed.
#pragma once

#include <vector>

#include "render/light/lights.h"

namespace render {

// Lights side by side. Rectangles only carry weight here; the others are few and done one by one.
struct LightTable {
    static constexpr int kLane = 16;
    int count = 0, padded = 0;
    std::vector<float> data;  // kFields arrays of `padded` floats
    enum Field {
        kPx,
        kPy,
        kPz,
        kUx,
        kUy,
        kUz,
        kVx,
        kVy,
        kVz,
        kNx,
        kNy,
        kNz,
        kArea,
        kNearest,  // 1 / the smallest squared distance that counts
        kLuma,
        kOffsetU,
        kOffsetV,
        kFields
    };

    explicit LightTable(const std::vector<Light>& lights);
    const float* field(Field f) const {
        return data.data() + static_cast<size_t>(f) * static_cast<size_t>(padded);
    }
};

struct LightQuery {
    float p[3], n[3], v[3];  // point, unit normal, unit direction to the eye
    float u0, u1;            // random
    float wrap;              // soft terminator, 0 = lambert
    float diffuse;           // luminance of the diffuse albedo / pi
    int lobes;               // glossy ones, 0 to 2
    float f0[2], alpha2[2];  // their luminances and squared widths (at least 1e-4)
};

// Per light: expected luminance toward the eye, and the sample itself.
struct LightGuess {
    static constexpr int kMost = 256;
    float weight[kMost], dx[kMost], dy[kMost], dz[kMost], distance[kMost], factor[kMost];
};

void guess_lights(LightGuess& out, const LightTable& table, const LightQuery& query);

}  // namespace render
