#include "world/step/bench_world.h"

#include <cstring>

namespace world::bench {

namespace {

ShapePtr make(CollisionKind kind, Vec3 half, double volume, const char* name) {
    auto shape = std::make_shared<Shape>();
    shape->name = name;
    CollisionPart part;
    part.kind = kind;
    part.half_extents = half;
    shape->collision.push_back(part);
    shape->volume_m3 = volume;
    return shape;
}

}  // namespace

ShapePtr ball_shape(double r, bool hollow) {
    auto shape = std::make_shared<Shape>(
        *make(CollisionKind::Sphere, {r, r, r}, 4.0 / 3 * base::kPi * r * r * r, "ball"));
    shape->hollow = hollow;
    return shape;
}

ShapePtr box_shape(Vec3 half) {
    return make(CollisionKind::Box, half, 8 * half.x * half.y * half.z, "box");
}

ShapePtr cylinder_shape(double r, double half_height) {
    return make(CollisionKind::Cylinder, {r, r, half_height}, 2 * base::kPi * r * r * half_height,
                "cylinder");
}

ShapePtr capsule_shape(double r, double half_height) {
    return make(CollisionKind::Capsule, {r, r, half_height},
                base::kPi * r * r * (2 * half_height + 4.0 / 3 * r), "capsule");
}

Body ball(const std::string& name, double radius_m, Vec3 centre, const std::string& material) {
    Body body;
    body.name = name, body.kind = "ball", body.material = material;
    body.shape = ball_shape(radius_m);
    body.pose.translation = centre;
    return body;
}

Body box(const std::string& name, Vec3 half, Vec3 centre, const std::string& material) {
    Body body;
    body.name = name, body.kind = "box", body.material = material;
    body.shape = box_shape(half);
    body.pose.translation = centre;
    return body;
}

Body floor(const std::string& material) {
    Body body = box("floor", {20, 20, 0.5}, {0, 0, -0.5}, material);
    body.motion = Motion::Static;
    body.set_part = "floor";
    return body;
}

Trial::Trial(const Scene& scene, SimulatorSettings settings, Driver* driver) {
    auto made = Simulator::create(scene, settings, driver);
    CHECK(made.ok(), made.ok() ? "" : made.error().text());
    simulator = std::move(*made);
}

void Trial::to(double t_s, const std::function<void(const Snapshot&)>& each) {
    const auto start = std::lround(simulator->time_s() * 240);
    for (long i = start + 1; i <= std::lround(t_s * 240); ++i) {
        simulator->advance_to(static_cast<double>(i) / 240);
        if (each) each(simulator->snapshot());
        for (Event& e : simulator->take_events()) events.push_back(std::move(e));
    }
    if (simulator->time_s() < t_s) simulator->advance_to(t_s);
    for (Event& e : simulator->take_events()) events.push_back(std::move(e));
}

std::vector<Event> Trial::of_kind(EventKind kind) const {
    std::vector<Event> out;
    for (const Event& e : events) {
        if (e.kind == kind) out.push_back(e);
    }
    return out;
}

uint64_t pose_hash(const Snapshot& snapshot) {
    uint64_t hash = 0xcbf29ce484222325ull;
    const auto add = [&](double value) {
        uint64_t bits;
        std::memcpy(&bits, &value, sizeof bits);
        hash = (hash ^ bits) * 0x100000001b3ull;
    };
    for (const BodyState& b : snapshot.bodies) {
        add(b.pose.translation.x), add(b.pose.translation.y), add(b.pose.translation.z);
        add(b.pose.rotation.x), add(b.pose.rotation.y), add(b.pose.rotation.z);
        add(b.pose.rotation.w);
    }
    return hash;
}

}  // namespace world::bench
