// Colour of glowing bodies.
#pragma once

#include "base/math/vec.h"

namespace render {

// Linear Rec. 709 of a Planckian radiator, luminance 1, components >= 0. 1700 .. 20000 K.
// xy: cubic fits of Kim et al., US patent 7024034 (2006).
base::Vec3f blackbody(float temperature_K);

}  // namespace render
