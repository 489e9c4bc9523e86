// The raw tables behind find_material and contact_between.
#pragma once

#include <span>

#include "world/materials/material.h"

namespace world {

struct MeasuredPair {
    std::string_view a, b;
    double friction, restitution;
    std::string_view source;
};

std::span<const Material> material_table();
std::span<const MeasuredPair> measured_pairs();

}  // namespace world
