// Volume, centroid and inertia of closed triangle meshes by the divergence theorem
// (B. Mirtich, "Fast and Accurate Computation of Polyhedral Mass Properties", 1996).
#pragma once

#include "world/shapes/kit/mesh.h"

namespace world::kit {

struct SolidMeasure {
    double volume_m3 = 0;
    Vec3 centroid;
    // Inertia about the centroid for density 1 kg/m3; xx, yy, zz, xy, yz, zx (products positive).
    double xx = 0, yy = 0, zz = 0, xy = 0, yz = 0, zx = 0;
};

// Parts that share a cut line (see split) may be summed; so may overlapping parts, roughly.
SolidMeasure measure(const std::vector<const TriMesh*>& meshes);
SolidMeasure measure(const TriMesh& mesh);

}  // namespace world::kit
