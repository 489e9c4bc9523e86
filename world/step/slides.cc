#include "world/step/slides.h"

namespace world::step {

namespace {

constexpr double kAudible = 0.01;  // m/s, slower contact makes no sound
constexpr int kEveryFrames = 2;    // 1/120 s

}  // namespace

void SlideLog::sample(const Dynamics& d, int frame_steps) {
    if (!d.settings.record_slides || d.step_index % (kEveryFrames * frame_steps) != 0) return;
    for (const Touch& touch : d.touches) {
        const int a = touch.key.a, b = touch.key.b;
        if (!touch.loaded || (!d.active(a) && !d.active(b))) continue;
        SlideSample sample;
        double load = 0;
        Vec3 place, arm_a, arm_b;
        for (int i = 0; i < touch.count; ++i) {
            const double n = touch.point[i].normal_impulse;
            const Vec3 ra = d.now[a].rotation * touch.point[i].local_a;
            const Vec3 rb = d.now[b].rotation * touch.point[i].local_b;
            place += (d.bodies[a].x + ra) * n;
            arm_a += ra * n;
            arm_b += rb * n;
            load += n;
        }
        if (load <= 0) continue;
        arm_a = arm_a / load, arm_b = arm_b / load;
        const Vec3 slip = d.velocity_at(b, arm_b) - d.velocity_at(a, arm_a);
        const Vec3 across = slip - touch.normal * dot(slip, touch.normal);
        // The contact point travels with the body that turns: its centre's speed along the surface
        // relative to the other body.
        const Vec3 travel = d.bodies[b].v - d.bodies[a].v;
        const Vec3 along = travel - touch.normal * dot(travel, touch.normal);
        sample.t_s = d.time_s() + d.h();
        sample.body_a = a, sample.body_b = b;
        sample.normal_force_N = load / d.h();
        sample.slide_speed_mps = length(across);
        const bool turning = length(d.bodies[b].w - d.bodies[a].w) > 0.1;
        sample.roll_speed_mps = turning ? length(along) : 0;
        sample.position_m = place / load;
        if (sample.slide_speed_mps < kAudible && sample.roll_speed_mps < kAudible) continue;
        out_.push_back(sample);
    }
}

std::vector<SlideSample> SlideLog::take() {
    std::vector<SlideSample> out;
    out.swap(out_);
    return out;
}

}  // namespace world::step
