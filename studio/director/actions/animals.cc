// Animals on the move: driven along a path, four-legged ones with the gait that goes with their
// speed, others with a hop. Not free bodies: the scene says Motion::Driven, and the record lists
// what they push.
#include <algorithm>
#include <array>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"
#include "studio/director/staging/free_way.h"
#include "world/beast/gait.h"

namespace studio {
namespace {

using base::Quat;
using base::Transform;
using base::Vec3;
using world::BodyIndex;
using world::Gait;

constexpr double kSettle_s = 0.35;  // from standing into a gait, and back

bool stays(const std::string& verb) {
    static constexpr std::array kVerbs = {"look",  "speak", "wave", "sit",   "lie",
                                          "stand", "rest",  "clap", "point", "bow"};
    return std::find(kVerbs.begin(), kVerbs.end(), verb) != kVerbs.end();
}
// These leap from place to place; others bob as they go.
bool hops(const std::string& kind) {
    return kind == "rabbit" || kind == "frog" || kind == "kangaroo" || kind == "squirrel";
}
bool runs(const std::string& verb) { return verb == "run" || verb == "race"; }

// Ground covered since `start`, for one who is on the way already at 0, or sets off later and may
// have a goal to stop at.
struct Progress {
    double start_s = 0, speed_mps = 1, length_m = 1e9;
    static constexpr double kRamp_s = 0.5;

    double at(double t) const {
        const double since = t - start_s;
        if (since <= 0) return start_s > 0 ? 0 : speed_mps * t;
        double s = speed_mps * since;
        if (start_s > 0)
            s = since < kRamp_s ? speed_mps * since * since / (2 * kRamp_s)
                                : speed_mps * (since - kRamp_s / 2);
        const double brake = length_m - speed_mps * kRamp_s / 2;
        if (s <= brake) return s;
        const double u = std::min(kRamp_s, (s - brake) / speed_mps);
        return std::min(length_m, brake + speed_mps * (u - u * u / (2 * kRamp_s)));
    }
    // 0 standing .. 1 on the way
    double share(double t) const {
        const double off = start_s > 0 ? std::clamp((t - start_s) / kSettle_s, 0.0, 1.0) : 1;
        const double end_s = start_s + (length_m + speed_mps * kRamp_s / 2) / speed_mps +
                             (start_s > 0 ? kRamp_s / 2 : 0);
        return std::min(off, std::clamp((end_s + kSettle_s - t) / kSettle_s, 0.0, 1.0));
    }
};

void drive(Workshop& shop, BodyIndex body, std::function<Transform(double)> pose,
           std::function<world::BeastPose(double)> limbs,
           std::function<std::vector<world::Event>(double, double)> steps = {}) {
    shop.body(body).motion = world::Motion::Driven;
    shop.body(body).pose = pose(0);
    shop.stage().paths.push_back({body, std::move(pose), std::move(limbs), std::move(steps)});
}

bool hoofed(const world::Shape& shape) {
    return std::any_of(shape.parts.begin(), shape.parts.end(),
                       [](const world::MeshPart& part) { return part.name == "hoof"; });
}

Transform lifted(const Transform& place, const world::BeastMoment& now) {
    return place * Transform{{0, 0, now.lift_m}, Quat::from_axis_angle({0, 1, 0}, now.pitch_rad)};
}

// A beast that walks or runs; `track` gives its shape's frame on the ground.
void drive_beast(Workshop& shop, BodyIndex body, const Track& track, const Progress& progress,
                 Gait gait, double phase) {
    const world::BeastRig rig = *shop.body(body).shape->beast;
    const double hz = world::stride_hz(gait, progress.speed_mps, rig.leg_m());
    const auto moment = [=](double t) {
        const double cycle = progress.at(t) * hz / progress.speed_mps + phase;
        const world::BeastMoment going = world::beast_at(rig, gait, cycle, progress.speed_mps, hz);
        const double share = progress.share(t);
        if (share >= 1) return going;
        return world::blend(world::beast_at(rig, Gait::Stand, t + phase, 0, 1), going, share);
    };
    world::Event step;
    step.kind = world::EventKind::Footstep;
    step.a = shop.body(body).name;
    step.b = "floor";
    step.material_a = hoofed(*shop.body(body).shape) ? "wood" : "skin";
    step.closing_speed_mps = 0.3 + 0.15 * progress.speed_mps;
    // One leg of four stops a share of the weight, softly.
    constexpr double kFlesh_kgpm3 = 1000;
    const double mass_kg = shop.body(body).mass_kg > 0
                               ? shop.body(body).mass_kg
                               : shop.body(body).shape->volume_m3 * kFlesh_kgpm3;
    step.impulse_Ns = std::min(60.0, 0.1 * mass_kg * step.closing_speed_mps);
    const auto steps = [=](double after_s, double until_s) {
        std::vector<world::Event> events;
        const auto cycle = [&](double t) {
            return progress.at(t) * hz / progress.speed_mps + phase;
        };
        for (int i = 0; i < world::kBeastLegs; ++i) {
            const double touch = world::touch_down(gait, static_cast<world::BeastLeg>(i));
            const double a = cycle(after_s) - touch, b = cycle(until_s) - touch;
            if (std::floor(b) <= std::floor(a)) continue;
            world::Event e = step;
            e.t_s = base::lerp(after_s, until_s, (std::floor(b) - a) / (b - a));
            e.position_m =
                track.at(progress.at(e.t_s)).apply(rig.legs[static_cast<size_t>(i)].foot);
            events.push_back(std::move(e));
        }
        return events;
    };
    drive(
        shop, body, [=](double t) { return lifted(track.at(progress.at(t)), moment(t)); },
        [=](double t) { return moment(t).pose; }, steps);
}

// In place: stands and looks about, or dances.
void drive_standing(Workshop& shop, BodyIndex body, bool dances, double phase) {
    const world::BeastRig rig = *shop.body(body).shape->beast;
    const Transform place = shop.body(body).pose;
    constexpr double kBeat_hz = 1.6;
    const auto moment = [=](double t) {
        return dances ? world::beast_at(rig, Gait::Trot, kBeat_hz * t + phase, 0, kBeat_hz)
                      : world::beast_at(rig, Gait::Stand, t + phase, 0, 1);
    };
    drive(
        shop, body,
        [=](double t) {
            const double sway = dances ? 0.45 * std::sin(base::kPi * 0.5 * kBeat_hz * t) : 0;
            const Transform turned = place * Transform{{}, Quat::from_axis_angle({0, 0, 1}, sway)};
            return lifted(turned, moment(t));
        },
        [=](double t) { return moment(t).pose; });
}

// One that stands on stage already sets off the way it faces; others are left to what they do.
void go_on(Workshop& shop, BodyIndex body, const script::Action& action, double phase) {
    auto& paths = shop.stage().paths;
    const auto known = std::find_if(paths.begin(), paths.end(),
                                    [&](const DrivenPath& p) { return p.body == body && p.limbs; });
    if (known == paths.end() || stays(action.verb) || action.verb == "dance") return;
    Track track{known->pose(shop.start_s())};
    track.origin.translation.z = shop.surface().centre.z;  // without its breath
    paths.erase(known);
    const double leg = shop.body(body).shape->beast->leg_m();
    Progress progress;
    progress.start_s = std::max(0.01, shop.start_s());
    progress.speed_mps = std::max(0.01, action.speed_mps.value_or(world::usual_speed_mps(
                                            runs(action.verb) ? Gait::Gallop : Gait::Walk, leg)));
    drive_beast(shop, body, track, progress, world::gait_for(progress.speed_mps, leg), phase);
}

// Birds, rabbits, crabs: the whole body bobs. Robots and teapots rock on alternate edges.
struct Hop {
    double height_m, pitch_rad, roll_rad, turn_rad, hz;
};
void drive_hopping(Workshop& shop, BodyIndex body, const Track& track, const Progress& progress,
                   const Hop& hop, double phase) {
    drive(shop, body,
          [=](double t) {
              const double cycle = progress.at(t) / progress.speed_mps * hop.hz + phase;
              const double share = progress.share(t);
              const double swing = std::sin(base::kPi * cycle);
              const Quat tilt =
                  Quat::from_axis_angle({0, 0, 1}, share * hop.turn_rad * swing) *
                  Quat::from_axis_angle({1, 0, 0}, share * hop.roll_rad * swing) *
                  Quat::from_axis_angle({0, 1, 0},
                                        share * hop.pitch_rad * std::cos(2 * base::kPi * cycle));
              return track.at(progress.at(t)) *
                     Transform{{0, 0, share * hop.height_m * std::abs(swing)}, tilt};
          },
          {});
}

}  // namespace

void stage_animal_move(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty()) return;
    const bool fresh = !player->placed;
    player->placed = true;
    const bool swims = action.verb == "swim", dances = action.verb == "dance";
    int slot = 0;
    const int count = static_cast<int>(player->bodies.size());
    for (const BodyIndex body : player->bodies) {
        const world::Shape& shape = *shop.body(body).shape;
        const double phase = 0.37 * slot;
        if (!fresh) {
            go_on(shop, body, action, phase);
            shop.watch(body);
            ++slot;
            continue;
        }
        if (stays(action.verb) || dances) {
            const Vec3 spot = shop.take_place(shop.surface(), shop.radius_of(body));
            shop.stand(body, spot, -0.5);
            if (shape.beast) drive_standing(shop, body, dances, phase);
            else if (dances) {
                const double high = shape.bounds.size().z;
                drive_hopping(shop, body, {shop.body(body).pose}, {0, 1e-6, 1e9},
                              {0.06 * high, 0, 0.16, 0.7, 2.4}, phase);
            }
            shop.watch(body);
            ++slot;
            continue;
        }
        const double size = base::length(shape.bounds.size());
        const double leg = shape.beast ? shape.beast->leg_m() : 0.3 * size;
        Progress progress;
        progress.start_s = shop.start_s();
        progress.speed_mps = action.speed_mps.value_or(
            world::usual_speed_mps(runs(action.verb) ? Gait::Gallop : Gait::Walk, leg));
        progress.speed_mps = std::max(0.01, swims ? 0.6 * progress.speed_mps : progress.speed_mps);
        const double seconds = std::max(1.0, shop.shot_world_s() - shop.start_s());
        const double distance = progress.speed_mps * seconds;
        Track track;
        Player* target = shop.player(action.target);
        if (target != nullptr && !target->bodies.empty()) {
            if (!target->placed) place_still(shop, *target);
            const BodyIndex goal = target->bodies.front();
            const Vec3 there = shop.body(goal).pose.apply(shop.body(goal).shape->bounds.centre());
            // Not from so far that both are dots.
            const bool table = shop.surface().radius_m < 1.2;
            progress.length_m =
                std::min({distance, 2.4 * std::max(table ? 0.0 : 2.5, shop.surface().radius_m),
                          std::max(table ? 0.3 : 2.5, 5 * shape.bounds.size().x)});
            const double gap = shop.radius_of(goal) + 0.55 * shape.bounds.size().x;
            const double short_of = gap + progress.length_m;
            // "through a house of cards": not up to it.
            if (action.path == "through") progress.length_m += 2.2 * gap;
            track.origin.translation = {there.x - short_of,
                                        there.y + 2.6 * shop.radius_of(body) * slot,
                                        shop.surface().centre.z};
            shop.watch(goal, 0.7);
        } else {
            track = free_way(shop, body, distance, slot, count);
            // Nobody leans into a bend by more than half their weight.
            if (track.radius_m > 0 && !action.speed_mps) {
                progress.speed_mps =
                    std::min(progress.speed_mps, std::sqrt(0.5 * 9.81 * track.radius_m));
            }
        }
        if (swims) {
            if (const auto water = shop.surface_named("water")) {
                track.origin.translation =
                    water->centre - Vec3{0.5 * distance, 0, 0.55 * shop.height_of(body)};
                track.radius_m = 0;
            }
        }
        if (shape.beast) {
            const Gait gait = swims ? Gait::Trot : world::gait_for(progress.speed_mps, leg);
            drive_beast(shop, body, track, progress, gait, phase);
        } else {
            track.origin.translation.z -= shape.bounds.low.z;
            const bool fast = runs(action.verb);
            Hop hop{(swims  ? 0.03
                     : fast ? 0.10
                            : 0.035) *
                        size,
                    fast ? 0.13 : 0.04, 0, 0,
                    std::clamp((fast ? 2.6 : 1.9) / std::sqrt(size), 0.8, 6.0)};
            if (hops(player->member->kind)) {
                hop.height_m = 0.28 * size;
                hop.pitch_rad = 0.16;
                hop.hz = std::clamp(1.5 / std::sqrt(size), 1.0, 3.0);
            }
            if (!is_animal(*player->member)) {
                hop.height_m = 0.02 * size;
                hop.pitch_rad = 0;
                hop.roll_rad = 0.13;
                hop.turn_rad = 0.18;
            }
            drive_hopping(shop, body, track, progress, hop, phase);
        }
        shop.watch(body);
        ++slot;
    }
    shop.ends_at(shop.start_s() + std::min(3.0, shop.shot_world_s()));
}

}  // namespace studio
