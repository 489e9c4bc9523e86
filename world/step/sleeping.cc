#include "world/step/sleeping.h"

#include <numeric>

namespace world::step {

namespace {

constexpr double kSlow = 0.012;  // m/s of the fastest point
constexpr double kQuiet = 0.5;   // s

double speed_of(const Dynamics& d, int body) {
    const RigidState& s = d.bodies[body];
    return length(s.v) + length(s.w) * d.models[body].shape->reach;
}

int root(std::vector<int>& parent, int i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
}

}  // namespace

void wake_island(Dynamics& d, int body) {
    std::vector<int> stack{body};
    while (!stack.empty()) {
        const int i = stack.back();
        stack.pop_back();
        RigidState& s = d.bodies[i];
        if (s.awake || s.hidden || d.models[i].motion != Motion::Dynamic || s.held) continue;
        s.awake = true;
        s.quiet_s = 0;
        d.pairs_dirty = true;
        for (const Touch& t : d.touches) {
            if (t.key.a == i) stack.push_back(t.key.b);
            if (t.key.b == i) stack.push_back(t.key.a);
        }
        for (const Joint& joint : d.scene.joints) {
            if (joint.a == i && joint.b >= 0) stack.push_back(joint.b);
            if (joint.b == i && joint.a >= 0) stack.push_back(joint.a);
        }
    }
}

bool wake_touched(Dynamics& d) {
    bool woke = false;
    const auto sleeps = [&](int i) { return d.movable(i) && !d.bodies[i].awake; };
    const auto stirs = [&](int i) { return d.active(i) && speed_of(d, i) > 1e-3; };
    for (size_t t = 0; t < d.touches.size(); ++t) {
        const Touch& touch = d.touches[t];
        const int a = touch.key.a, b = touch.key.b;
        if (!((sleeps(a) && stirs(b)) || (sleeps(b) && stirs(a)))) continue;
        bool meets = false;
        for (int i = 0; i < touch.count && !meets; ++i) {
            const Vec3 ra = d.now[a].rotation * touch.point[i].local_a;
            const Vec3 rb = d.now[b].rotation * touch.point[i].local_b;
            const double gap = dot(touch.normal, d.bodies[b].x + rb - d.bodies[a].x - ra);
            const double closing = dot(touch.normal, d.velocity_at(a, ra) - d.velocity_at(b, rb));
            meets = gap < std::max(closing, 0.0) * d.h() + 2e-5;
        }
        if (!meets) continue;
        wake_island(d, sleeps(a) ? a : b);
        woke = true;
    }
    return woke;
}

void put_to_sleep(Dynamics& d) {
    const int bodies = static_cast<int>(d.models.size());
    bool candidate = false;
    for (int i = 0; i < bodies; ++i) {
        RigidState& s = d.bodies[i];
        if (!d.movable(i) || !s.awake) continue;
        const bool slow = d.now[i].constrained && speed_of(d, i) < kSlow;
        s.quiet_s = slow ? s.quiet_s + d.h() : 0;
        candidate |= s.quiet_s >= kQuiet;
    }
    if (!candidate) return;
    std::vector<int> parent(bodies);
    std::iota(parent.begin(), parent.end(), 0);
    std::vector<double> quiet(bodies, 0);
    std::vector<bool> disturbed(bodies, false);
    const auto moves = [&](int i) { return d.movable(i) && d.bodies[i].awake; };
    for (const Touch& t : d.touches) {
        const int a = t.key.a, b = t.key.b;
        if (moves(a) && moves(b)) parent[root(parent, a)] = root(parent, b);
        const auto driven = [&](int i) {
            return d.models[i].motion == Motion::Driven && speed_of(d, i) > 1e-3;
        };
        if (moves(a) && driven(b)) disturbed[a] = true;
        if (moves(b) && driven(a)) disturbed[b] = true;
    }
    for (const Joint& joint : d.scene.joints) {
        if (joint.a >= 0 && joint.b >= 0 && moves(joint.a) && moves(joint.b)) {
            parent[root(parent, joint.a)] = root(parent, joint.b);
        }
        if (joint.motor_speed_radps && *joint.motor_speed_radps != 0) {
            if (joint.a >= 0) disturbed[joint.a] = true;
            if (joint.b >= 0) disturbed[joint.b] = true;
        }
    }
    std::vector<double> least(bodies, 1e9);
    for (int i = 0; i < bodies; ++i) {
        if (!moves(i)) continue;
        double& slot = least[root(parent, i)];
        slot = std::min(slot, disturbed[i] ? 0 : d.bodies[i].quiet_s);
    }
    for (int i = 0; i < bodies; ++i) {
        if (!moves(i) || least[root(parent, i)] < kQuiet) continue;
        d.bodies[i].awake = false;
        d.bodies[i].v = d.bodies[i].w = {};
    }
}

}  // namespace world::step
