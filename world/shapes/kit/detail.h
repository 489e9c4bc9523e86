// Small things that many nouns share: eyes, wheels, digits, patches on spheres.
#pragma once

#include "world/shapes/kit/maker.h"
#include "world/shapes/kit/solids.h"

namespace world::kit {

// Part of a sphere between longitudes and latitudes in degrees, open at its borders.
Mesh sphere_patch(Vec3 centre, double radius, double lon0, double lon1, double lat0, double lat1,
                  int columns = 16, int rows = 32);
// A cushion over a spherical polygon given by directions; its border sinks by `sink` x radius.
Mesh puffed_panel(const std::vector<Vec3>& corners, double radius, double sink);

// A decimal number in strokes, in the x-y plane, centred, `height` tall, reading along +x.
Mesh number_strokes(int number, double height, double thickness);

// Both eyes (mirrored in y) as dark glossy balls looking along `out`; `white` adds eyeballs.
void add_eyes(Maker& m, Vec3 left, double radius, bool white = false, unsigned iris_hex = 0x140c08);

struct WheelLook {
    unsigned hub_hex = 0xb8bcc0;
    int spokes = 5;
    double tyre_share = 0.32;  // of the radius
};
// Wheel about the y axis: rubber tyre, metal hub with spokes. Adds parts only.
void add_wheel(Maker& m, Vec3 centre, double radius, double width, const WheelLook& look = {});

}  // namespace world::kit
