// The capsules that stand in for a figure in the simulation.
#pragma once

#include <vector>

#include "world/figure/figure.h"

namespace world {

struct Limb {
    int joint;                       // it moves with this one
    base::Vec3 centre;               // in the joint's frame
    base::Quat turn;                 // capsule axis = local z
    double radius_m, half_length_m;  // half of the cylindrical section
};

// In the order in which add_figure_bodies appends them.
std::vector<Limb> figure_limbs(const FigureModel& figure);

}  // namespace world
