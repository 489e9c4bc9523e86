// The plain optical figures of every material, before texture and pattern.
#pragma once

#include <span>
#include <string_view>

#include "base/math/vec.h"
#include "render/material/surface.h"

namespace render {

struct BaseLook {
    std::string_view material;
    Surface surface;            // albedo = the material's own colour
    std::string_view grain;     // baked texture, grain.h; "" = smooth
    float grain_tile_m = 0.3f;  // size of one tile of it
    float colour_strength = 1;  // how much of the grain's colour variation shows
    float bump_strength = 1;
    bool takes_colour = true;  // a coloured body tints it (gold and grass do too; snow does not)
};

// nullptr when no such material.
const BaseLook* find_base_look(std::string_view material);
std::span<const BaseLook> all_base_looks();

}  // namespace render
