// Upholstered and larger furniture. `base` on the floor, the piece faces local +y unless said.
#pragma once

#include "world/sets/shape_maker.h"

namespace world {

// Returns nothing; the seat's top is 0.44 m above `base`.
void add_sofa(ShapeMaker& maker, base::Vec3 base, double yaw_deg, double width, Paint cloth,
              Paint pillow);
// Double bed: head at local -y. Mattress top 0.55 m.
void add_bed(ShapeMaker& maker, base::Vec3 base, double yaw_deg, base::Vec3 size, Paint frame,
             Paint cover);
void add_cabinet(ShapeMaker& maker, base::Vec3 base, double yaw_deg, base::Vec3 size, int columns,
                 int rows, Paint body, Paint knobs);
void add_table_lamp(ShapeMaker& maker, base::Vec3 base, Paint foot, float glow);
void add_pallet(ShapeMaker& maker, base::Vec3 base, double yaw_deg);
void add_carton(ShapeMaker& maker, base::Vec3 base, double yaw_deg, base::Vec3 size);
// Steel rack with beams and shelves, loaded with cartons.
void add_pallet_rack(ShapeMaker& maker, base::Vec3 base, double yaw_deg, double width,
                     double height, int levels, uint64_t seed);

}  // namespace world
