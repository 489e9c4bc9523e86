// Pre-fracture: cuts a shape into shards before the film begins, the same for the same seed.
//
// Solid shapes are cut by the Voronoi cells of scattered seeds (denser near the point where the
// blow is expected); hollow ones (Shape::hollow: vases, cups, bottles) into pieces of their wall
// with its thickness. Shards keep the parent's frame: a shard at the parent's pose lies where it
// was.
#pragma once

#include <cstdint>
#include <vector>

#include "world/scene/scene.h"

namespace world {

// About `pieces` shards (2 .. 200) whose volumes add up to that of the shape. `focus` in the
// shape's frame. Empty when the shape has no solid part.
std::vector<ShapePtr> fracture(const Shape& shape, int pieces, uint64_t seed, base::Vec3 focus);

// Appends hidden shard bodies to the scene ("vase_shard_1" ...), shares the parent's mass among
// them and marks the parent breakable. Call before Simulator::create, after the body's pose is set.
void make_breakable(Scene& scene, BodyIndex body, int pieces, uint64_t seed);

}  // namespace world
