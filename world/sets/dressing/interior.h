// Things that make a room a room. Placement: `base` on the floor at the wall, `yaw_deg` turns local
// +y (into the room). All are added to the maker's current shape without collision unless said.
#pragma once

#include <cstdint>

#include "world/sets/shape_maker.h"

namespace world {

// Leaf with panels, frame and handle; local x along the wall. Collides.
void add_door(ShapeMaker& maker, base::Vec3 base, double yaw_deg, double width = 0.9,
              double height = 2.05, Paint leaf = {});
// Framed picture, centre at `centre`, facing local +y.
void add_picture(ShapeMaker& maker, base::Vec3 centre, double yaw_deg, double width, double height,
                 Paint canvas, Paint frame);
void add_radiator(ShapeMaker& maker, base::Vec3 base, double yaw_deg, double width);
// Board around the inside of a rectangular room.
void add_skirting(ShapeMaker& maker, base::Vec3 low, base::Vec3 high, double height, Paint paint);
// Open bookcase standing at `base`, filled with books; collides as one box.
void add_bookcase(ShapeMaker& maker, base::Vec3 base, double yaw_deg, double width, double height,
                  double depth, int shelves, uint64_t seed, Paint wood);
// A row of books on a board: from `base` along local x.
void add_books(ShapeMaker& maker, base::Vec3 base, double yaw_deg, double run, double depth,
               double tallest, uint64_t seed);
// Curtain hanging from a rod, with folds; local x along it.
void add_curtain(ShapeMaker& maker, base::Vec3 top_centre, double yaw_deg, double width,
                 double drop, int folds, Paint cloth);
// Potted plant about `height` tall.
void add_plant(ShapeMaker& maker, base::Vec3 base, double height, uint64_t seed);
// Four-legged table, top surface at base.z + height. Collides exactly at the top.
void add_table(ShapeMaker& maker, base::Vec3 base, double yaw_deg, base::Vec3 size, double top,
               Paint wood, Paint legs);
void add_chair(ShapeMaker& maker, base::Vec3 base, double yaw_deg, Paint frame, Paint seat);
// Lamp shade on a cord below `hook`, its rim `drop` under it; the bulb is a Lamp of the set.
void add_pendant(ShapeMaker& maker, base::Vec3 hook, double drop, double radius, Paint shade);
void add_clock(ShapeMaker& maker, base::Vec3 centre, double yaw_deg, double radius);

}  // namespace world
