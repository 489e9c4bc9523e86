// A basketball goal to FIBA measures (Official Basketball Rules 2022, Basketball Equipment).
#pragma once

#include "world/sets/set_builder.h"

namespace world {

constexpr double kRimHeight = 3.05;    // m, top edge of the ring
constexpr double kRimRadius = 0.2286;  // m, inner radius plus half the rod: centre line
constexpr double kRimRod = 0.009;      // m, radius of the rod
constexpr double kRimToBoard = 0.375;  // m, ring centre to the board's face

// Ring centre above (x, y), board beyond it along +x. Adds the body "hoop" (parts "rim", "board"),
// the net, the score gate and the anchor "hoop" (x axis points into the court).
void add_hoop(SetBuilder& set, double x, double y, bool faces_minus_x, bool main);

}  // namespace world
