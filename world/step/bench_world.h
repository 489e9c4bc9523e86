// A small workshop for tests and benches: simple bodies, floors and runs.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/core/check.h"
#include "world/step/simulator.h"

namespace world::bench {

using base::Vec3;

ShapePtr ball_shape(double radius_m, bool hollow = false);       // centre at its frame's origin
ShapePtr box_shape(Vec3 half);                                   // centred
ShapePtr cylinder_shape(double radius_m, double half_height_m);  // centred
ShapePtr capsule_shape(double radius_m, double half_height_m);

Body ball(const std::string& name, double radius_m, Vec3 centre, const std::string& material);
Body box(const std::string& name, Vec3 half, Vec3 centre, const std::string& material);
// Slab with its top at z = 0.
Body floor(const std::string& material = "concrete");

struct Trial {
    std::unique_ptr<Simulator> simulator;
    std::vector<Event> events;

    explicit Trial(const Scene& scene, SimulatorSettings settings = {}, Driver* driver = nullptr);
    // Advances at 240 snapshots a second; `each` sees every one.
    void to(double t_s, const std::function<void(const Snapshot&)>& each = {});
    const BodyState& body(int index) const { return simulator->snapshot().bodies[index]; }
    std::vector<Event> of_kind(EventKind kind) const;
};

// FNV hash of all poses: equal only when bit for bit the same.
uint64_t pose_hash(const Snapshot& snapshot);

}  // namespace world::bench
