// Indirect light of the static set, cached at points of a regular grid as spherical harmonics.
//
// Every probe shoots rays once; light at their ends is gathered over a few bounces from the probes
// themselves. Probes inside solid things see mostly backs and take over their neighbours' light.
#pragma once

#include <vector>

#include "render/light/harmonics.h"
#include "render/scene/stage_geometry.h"

namespace render {

class Threads;
class Tracer;

class ProbeGrid {
public:
    struct Plan {
        base::Boundsf bounds;
        int most_probes = 4000;
        int rays = 96;
        int bounces = 3;
        uint64_t seed = 1;
    };
    ProbeGrid(const Plan& plan, const Tracer& tracer, const Threads& threads);

    // Light field at `p` (clamped into the grid), of light that has bounced or comes from the sky;
    // lamps' and sun's own light is not in it.
    Harmonics at(Vec3f p) const;
    int size() const { return static_cast<int>(probes_.size()); }

private:
    Vec3f position(int index) const;

    base::Boundsf bounds_;
    int nx_ = 1, ny_ = 1, nz_ = 1;
    Vec3f step_;
    std::vector<Harmonics> probes_;  // [z, y, x]
};

}  // namespace render
