// What stands along streets and around building plots.
#pragma once

#include <cstdint>

#include "world/sets/set_builder.h"

namespace world {

struct HouseStyle {
    Paint wall, trim, roof;
    int floors = 3;
    double bay_m = 2.4;  // distance of the windows
    double storey_m = 3.1;
    bool shop = false;  // glass front and awning on the ground floor
    unsigned awning_srgb = 0xa5332b;
};

// A terraced house front along local x from 0 to width, its face at local y = 0 looking to -y,
// body behind it. Collides as one box. Windows are lit here and there at night.
void add_house_front(SetBuilder& set, ShapeMaker& maker, base::Vec3 base, double yaw_deg,
                     double width, const HouseStyle& style, uint64_t seed);
// Lantern on a post with a night lamp, 4.5 m.
void add_street_lamp(SetBuilder& set, ShapeMaker& maker, base::Vec3 base, double yaw_deg,
                     double height = 4.6);
// Parked car about 4.2 m long, along local x.
void add_parked_car(ShapeMaker& maker, base::Vec3 base, double yaw_deg, unsigned srgb);
void add_park_bench(ShapeMaker& maker, base::Vec3 base, double yaw_deg);
// Posts with rails (paddock fence) from a to b.
void add_fence(ShapeMaker& maker, base::Vec3 a, base::Vec3 b, double height, Paint paint,
               bool pickets);
// Steel lattice mast or jib between two points, square section.
void add_lattice(ShapeMaker& maker, base::Vec3 from, base::Vec3 to, double width, double pitch,
                 double bar);

}  // namespace world
