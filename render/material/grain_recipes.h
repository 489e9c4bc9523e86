// How each grain is drawn: a function over the unit torus.
#pragma once

#include <span>
#include <string_view>

#include "base/math/vec.h"

namespace render {

struct GrainTexel {
    base::Vec3f tint{1, 1, 1};  // relative; the baker divides by the mean
    float height = 0;           // relief, in texels
    float roughness = 0;        // added to the material's, [-0.5, 0.5]
    float cavity = 1;           // 1 open .. 0 deep
};

struct GrainRecipe {
    std::string_view name;
    int size;                               // texels, power of two
    GrainTexel (*paint)(float u, float v);  // u, v in [0, 1), period 1
};

std::span<const GrainRecipe> grain_recipes();

}  // namespace render
