// Colours of a person by seed: skin, hair, eyes, clothes. Linear light.
#pragma once

#include "base/math/colour.h"
#include "world/figure/figure.h"

namespace render {

using base::Vec3f;

struct Palette {
    Vec3f skin, lips, hair, iris, nails;
    Vec3f top, bottom, shoes, trim;
};
Palette palette_of(const world::FigureLook& look, const std::string& outfit);

}  // namespace render
