// A Shape made ready for the solver: parts about the centre of mass, mass distribution, and a
// lattice of points for buoyancy. Made once per (shape, material) and shared between simulators,
// so that an outcome search pays for a shape only once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "world/step/convex.h"
#include "world/step/triangle_mesh.h"

namespace world::step {

// What the contact finder pairs: one convex part, or one whole static mesh.
struct CompiledPart {
    Convex convex;  // unused for meshes
    std::shared_ptr<const TriangleMesh> mesh;
    std::string name, material;  // "" = the body's
    base::Bounds bounds;         // body frame
};

struct CompiledShape {
    ShapePtr source;  // keeps the key of the cache alive
    std::vector<CompiledPart> parts;
    Vec3 centre_of_mass;   // in the shape's frame
    double mass_kg = 0;    // default mass in this material
    Mat3 unit_inertia;     // about the centre of mass, for 1 kg
    double reach = 0;      // farthest point from the centre of mass
    base::Bounds bounds;   // of all parts, body frame
    bool is_ball = false;  // one sphere, centred: closed forms apply
    double ball_radius = 0;
    // Displaced volume as equal cells: centres in the body frame.
    std::vector<Vec3> cells;
    double cell_volume_m3 = 0, cell_size_m = 0;
    double displaced_m3 = 0;
    Vec3 face_area_m2;  // of the bounding box seen along x, y, z; for drag
};

std::shared_ptr<const CompiledShape> compile_shape(const ShapePtr& shape,
                                                   const std::string& material);

}  // namespace world::step
