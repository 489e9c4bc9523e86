#include "studio/director/skating.h"

#include <algorithm>
#include <cmath>

namespace studio {
namespace {

using base::Vec3;

constexpr double kBlade_m = 0.15;    // half a blade: what turns with the foot scrapes there
constexpr double kReach_m = 0.16;    // a foot this near the ice stands on it
constexpr double kQuiet_mps = 0.25;  // slower, a blade makes no sound

bool is_foot(const world::Body& body, const std::string& figure) {
    return body.motion == world::Motion::Driven && body.name.starts_with(figure + ".") &&
           body.name.find("foot") != std::string::npos;
}

bool on_ice(const ShotStage& stage) { return stage.set.room.floor_material == "ice"; }

double yaw_of(const base::Transform& pose) {
    const Vec3 ahead = pose.rotation.rotate({1, 0, 0}), aside = pose.rotation.rotate({0, 1, 0});
    return std::hypot(ahead.x, ahead.y) > 0.5 ? std::atan2(ahead.y, ahead.x)
                                              : std::atan2(aside.y, aside.x);
}

}  // namespace

void put_on_skates(ShotStage& stage) {
    if (!on_ice(stage)) return;
    for (const auto& figure : stage.scene.figures) {
        for (world::Body& body : stage.scene.bodies) {
            if (is_foot(body, figure->name)) body.material = "steel";
        }
    }
}

SkateMarks::SkateMarks(const ShotStage& stage) : floor_z_m_(0) {
    if (!on_ice(stage)) return;
    const double g = base::length(stage.scene.gravity_mps2);
    for (size_t f = 0; f < stage.scene.figures.size(); ++f) {
        for (size_t b = 0; b < stage.scene.bodies.size(); ++b) {
            if (!is_foot(stage.scene.bodies[b], stage.scene.figures[f]->name)) continue;
            Foot foot;
            foot.body = static_cast<int>(b);
            foot.figure = static_cast<int>(f);
            foot.weight_N = stage.scene.figures[f]->mass_kg * g;
            feet_.push_back(foot);
        }
    }
}

std::vector<world::SlideSample> SkateMarks::slides(double t_s, const world::Snapshot& now) {
    std::vector<world::SlideSample> found;
    for (Foot& foot : feet_) {
        const base::Transform pose = now.bodies[static_cast<size_t>(foot.body)].pose;
        const double seconds = t_s - foot.before_s;
        if (foot.before_s >= 0 && seconds > 1e-6 && pose.translation.z - floor_z_m_ < kReach_m) {
            const Vec3 way = pose.translation - foot.before.translation;
            const double turn =
                std::abs(std::remainder(yaw_of(pose) - yaw_of(foot.before), 2 * base::kPi));
            const double speed = (std::hypot(way.x, way.y) + kBlade_m * turn) / seconds;
            if (speed > kQuiet_mps) {
                world::SlideSample slide;
                slide.t_s = t_s;
                slide.body_a = foot.body;
                // The edge bites more on one side of each turn: a swish, not a tone.
                slide.normal_force_N = foot.weight_N * (0.35 + 0.3 * std::cos(yaw_of(pose)));
                slide.slide_speed_mps = std::min(speed, 12.0);
                slide.position_m = pose.translation;
                found.push_back(slide);
            }
        }
        foot.before = pose;
        foot.before_s = t_s;
    }
    return found;
}

}  // namespace studio
