// The solver's picture of a scene: what never changes (Model), what is saved (State), and what is
// derived anew each step (Now). Everything in State is plain data, so saving copies it bit for bit.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "world/materials/material.h"
#include "world/scene/scene.h"
#include "world/step/compiled_shape.h"
#include "world/step/simulator.h"

namespace world::step {

// --- Model -------------------------------------------------------------------------------------

struct BodyModel {
    std::shared_ptr<const CompiledShape> shape;
    Motion motion = Motion::Dynamic;
    double mass = 0, inverse_mass = 0;         // kg; 0 inverse for static and driven
    Mat3 inertia, inverse_inertia;             // body frame, about the centre of mass
    std::vector<int> part_material;            // index into MaterialTable
    std::vector<std::string> part_event_name;  // "floor", "hoop.rim", "ball"
    bool solid = true;                         // takes part in contacts (no sensor)
    int holder_joint = -1;                     // joint of the figure that holds it
};

struct MaterialTable {
    std::vector<const Material*> materials;
    std::vector<Contact> pair;  // [count * count]
    int index_of(const std::string& name);
    void fill_pairs();
    const Contact& between(int a, int b) const { return pair[a * materials.size() + b]; }
};

// --- State -------------------------------------------------------------------------------------

struct RigidState {  // of the centre of mass
    Vec3 x, v, w;
    Quat q;
    Vec3 old_x;  // one step ago, for interpolation
    Quat old_q;
    double quiet_s = 0;       // how long it has been slow
    double released_at = -1;  // world time; -1 = not yet or never held
    double loudest_Ns = 0;    // strongest impact of this step, for breaking
    Vec3 loudest_at, loudest_impulse;
    bool awake = true, hidden = false, held = false;
    bool submerged = false;
};

struct TouchPoint {
    Vec3 local_a, local_b;
    double normal_impulse = 0;  // of the last step, N s
    double tangent_impulse[2] = {0, 0};
};

struct TouchKey {
    int a = 0, b = 0;  // body indices, a < b
    int part_a = 0, part_b = 0, triangle = -1;
    auto operator<=>(const TouchKey&) const = default;
};

struct Touch {  // one contact patch
    TouchKey key;
    Vec3 normal;  // from a to b
    int count = 0;
    TouchPoint point[4];
    Vec3 rolling_impulse;
    double lasting_s = 0;     // how long it has carried load without a gap
    bool loaded = false;      // carried load in the last step
    Vec3 found_xa, found_xb;  // poses at which it was found
    Quat found_qa, found_qb;
};

struct JointState {
    std::array<double, 6> impulse{};  // warm start, row by row
    double load_Ns = 0;               // within this frame, for breaking
    bool broken = false;
};

struct PartPair {
    TouchKey key;
};

// --- Now ---------------------------------------------------------------------------------------

struct BodyNow {
    Mat3 rotation;
    Mat3 inverse_inertia;  // world frame; zero when not movable
    double inverse_mass = 0;
    Vec3 shift;                // correction for the time of impact
    Vec3 free_acceleration;    // of this step; exact parabola in free flight
    bool constrained = false;  // something touched or held it this step
    bool impacted = false;
};

struct Impact {  // one blow within a step
    int touch = 0;
    double time_s = 0;  // within the step, seconds from its start
    double closing_mps = 0;
    Vec3 impulse;  // on b, N s
    Vec3 position;
    bool had_rested = false;  // the pair lay against each other before
};

struct Dynamics {
    Scene scene;
    SimulatorSettings settings;
    MaterialTable materials;
    std::vector<BodyModel> models;
    std::vector<std::pair<int, int>> ignored_pairs;  // sorted; linked by joints

    std::vector<RigidState> bodies;
    std::vector<Touch> touches;   // sorted by key
    std::vector<PartPair> pairs;  // sorted by key; of this frame
    std::vector<JointState> joints;
    std::vector<double> speed_at_pairing;  // per body
    int64_t step_index = 0;
    bool pairs_dirty = true;  // somebody woke, appeared or was let go

    std::vector<BodyNow> now;

    double h() const { return settings.step_s; }
    double time_s() const { return static_cast<double>(step_index) * settings.step_s; }
    bool movable(int body) const {
        return models[body].motion == Motion::Dynamic && !bodies[body].held && !bodies[body].hidden;
    }
    bool active(int body) const {  // moves, or may move others
        const RigidState& s = bodies[body];
        if (s.hidden || models[body].motion == Motion::Static) return false;
        return s.awake;
    }
    Posed posed(int body, const Convex& convex) const {
        return {&convex, bodies[body].x, now[body].rotation};
    }
    Vec3 velocity_at(int body, Vec3 arm) const {
        return bodies[body].v + cross(bodies[body].w, arm);
    }
};

// Rotation matrix and world inertia from the pose; zero inverse masses for what is not movable.
void refresh_now(Dynamics& d, int body);

}  // namespace world::step
