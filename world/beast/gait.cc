#include "world/beast/gait.h"

#include <algorithm>
#include <cmath>

namespace world {
namespace {

using base::kPi;
using base::Quat;
using base::Transform;
using base::Vec3;

constexpr double kGravity = 9.81;

struct Manner {
    double froude;             // v / sqrt(g leg) of a comfortable animal
    double duty;               // share of a stride that a foot stands
    double reach;              // most ground under a standing foot, in legs
    double touch[kBeastLegs];  // when each foot comes down, in strides
    double sink, bounce;       // of the trunk, in legs; bounces a stride below
    int bounces;
    double top;             // when the trunk is highest
    double pitch, nose_up;  // radians, and when the nose is highest
    double raise;           // of a swinging foot, in legs
    double nod;             // of the head, radians
};

const Manner& manner(Gait gait) {
    static constexpr Manner kWalk{
        0.5, 0.62, 0.62, {0.25, 0.75, 0.0, 0.5}, 0.05, 0.012, 2, 0.12, 0.012, 0.2, 0.16, 0.07};
    static constexpr Manner kTrot{1.0, 0.44, 0.72, {0.0, 0.5, 0.5, 0.0}, 0.07, 0.035, 2, 0.45, 0.01,
                                  0.1, 0.24, 0.03};
    static constexpr Manner kGallop{
        1.9, 0.30, 0.86, {0.40, 0.52, 0.0, 0.12}, 0.12, 0.07, 1, 0.92, 0.10, 0.12, 0.34, 0.13};
    switch (gait) {
        case Gait::Trot: return kTrot;
        case Gait::Gallop: return kGallop;
        default: return kWalk;
    }
}

base::Transformf single(const Transform& t) {
    return {t.translation.cast<float>(), t.rotation.cast<float>()};
}
base::Transformf about(Vec3 point, Quat turn) { return single({point - turn.rotate(point), turn}); }

double fraction(double x) { return x - std::floor(x); }
double ease(double u) { return u * u * (3 - 2 * u); }

// Angle about +y that carries the direction `from` to `to`, both in the plane of a leg.
double turn_between(Vec3 from, Vec3 to) {
    return std::atan2(to.x, to.z) - std::atan2(from.x, from.z);
}

// The knee bends to the side to which it is bent at rest.
void bend_leg(const BeastRig::Leg& leg, Vec3 foot, double fold_rad, BeastPose& pose, int index) {
    const Quat fold = Quat::from_axis_angle({0, 1, 0}, fold_rad);
    const Vec3 ankle_wanted = foot + fold.rotate(leg.ankle - leg.foot);
    const Vec3 upper = leg.knee - leg.hip, lower = leg.ankle - leg.knee;
    const auto flat = [](Vec3 v) { return Vec3{v.x, 0, v.z}; };
    const double a = base::length(flat(upper)), b = base::length(flat(lower));
    Vec3 to = flat(ankle_wanted - leg.hip);
    const double most = 0.999 * (a + b), least = 1.02 * std::abs(a - b) + 1e-6;
    const double d = std::clamp(base::length(to), least, most);
    to = base::normalize(to) * d;
    const double cosine = std::clamp((a * a + d * d - b * b) / (2 * a * d), -1.0, 1.0);
    const bool forward = upper.x * lower.z - upper.z * lower.x < 0;  // where the knee points
    const double open = std::acos(cosine) * (forward ? -1 : 1);
    const Vec3 thigh = Quat::from_axis_angle({0, 1, 0}, open).rotate(to * (a / d));
    const Vec3 shin = to - thigh;
    const double hip_turn = turn_between(flat(upper), thigh),
                 knee_turn = turn_between(flat(lower), shin);
    const Quat first = Quat::from_axis_angle({0, 1, 0}, hip_turn),
               second = Quat::from_axis_angle({0, 1, 0}, knee_turn);
    const Vec3 knee = leg.hip + first.rotate(leg.knee - leg.hip);
    const Vec3 ankle = knee + second.rotate(leg.ankle - leg.knee);
    const auto first_bone = static_cast<size_t>(leg_bone(index, 0));
    pose[first_bone] = about(leg.hip, first);
    pose[first_bone + 1] = single({knee - second.rotate(leg.knee), second});
    pose[first_bone + 2] = single({ankle - fold.rotate(leg.ankle), fold});
}

void turn_head(const BeastRig& rig, double down, double aside, BeastPose& pose) {
    const Quat turn =
        Quat::from_axis_angle({0, 0, 1}, aside) * Quat::from_axis_angle({0, 1, 0}, down);
    pose[kHeadBone] = about(rig.neck, turn);
}

void wag(const BeastRig& rig, double up, double aside, BeastPose& pose) {
    const Quat turn =
        Quat::from_axis_angle({0, 0, 1}, aside) * Quat::from_axis_angle({0, 1, 0}, up);
    pose[kTailBone] = about(rig.tail, turn);
}

BeastMoment stand(const BeastRig& rig, double t_s) {
    BeastMoment now;
    const double breath = std::sin(2 * kPi * 0.45 * t_s);
    now.lift_m = -0.006 * rig.leg_m() * (1 + breath);
    for (int i = 0; i < kBeastLegs; ++i) {
        const BeastRig::Leg& leg = rig.legs[static_cast<size_t>(i)];
        bend_leg(leg, leg.foot - Vec3{0, 0, now.lift_m}, 0, now.pose, i);
    }
    // Two slow rhythms that never quite repeat.
    turn_head(rig, 0.05 * std::sin(0.9 * t_s + 0.4) + 0.015 * breath,
              0.24 * std::sin(0.61 * t_s) + 0.12 * std::sin(1.13 * t_s + 1), now.pose);
    wag(rig, 0, 0.28 * std::sin(2 * kPi * 0.7 * t_s), now.pose);
    return now;
}

}  // namespace

double usual_speed_mps(Gait gait, double leg_m) {
    if (gait == Gait::Stand) return 0;
    return manner(gait).froude * std::sqrt(kGravity * leg_m);
}

Gait gait_for(double speed_mps, double leg_m) {
    const double froude = speed_mps / std::sqrt(kGravity * std::max(0.01, leg_m));
    if (froude < 0.02) return Gait::Stand;
    return froude < 0.75 ? Gait::Walk : froude < 1.45 ? Gait::Trot : Gait::Gallop;
}

double stride_hz(Gait gait, double speed_mps, double leg_m) {
    if (gait == Gait::Stand) return 1;
    // Longer strides first, quicker ones when the legs reach no farther.
    const Manner& m = manner(gait);
    const double share = speed_mps / std::max(1e-6, usual_speed_mps(gait, leg_m));
    const double ground = m.reach * leg_m * std::min(1.0, std::sqrt(share));
    return speed_mps * m.duty / std::max(1e-6, ground);
}

double touch_down(Gait gait, BeastLeg leg) { return manner(gait).touch[leg]; }

BeastMoment blend(const BeastMoment& from, const BeastMoment& to, double share) {
    BeastMoment now;
    now.lift_m = base::lerp(from.lift_m, to.lift_m, share);
    now.pitch_rad = base::lerp(from.pitch_rad, to.pitch_rad, share);
    const auto t = static_cast<float>(share);
    for (size_t i = 0; i < now.pose.size(); ++i) {
        now.pose[i] = {base::lerp(from.pose[i].translation, to.pose[i].translation, t),
                       base::slerp(from.pose[i].rotation, to.pose[i].rotation, t)};
    }
    return now;
}

BeastMoment beast_at(const BeastRig& rig, Gait gait, double cycle, double speed_mps, double hz) {
    if (gait == Gait::Stand) return stand(rig, cycle);
    const Manner& m = manner(gait);
    const double leg_m = rig.leg_m(), ground = speed_mps / hz * m.duty;
    BeastMoment now;
    now.lift_m = leg_m * (-m.sink + m.bounce * std::cos(2 * kPi * m.bounces * (cycle - m.top)));
    now.pitch_rad = -m.pitch * std::cos(2 * kPi * (cycle - m.nose_up));
    const Quat level = Quat::from_axis_angle({0, 1, 0}, -now.pitch_rad);
    for (int i = 0; i < kBeastLegs; ++i) {
        const BeastRig::Leg& leg = rig.legs[static_cast<size_t>(i)];
        const double phase = fraction(cycle - m.touch[i]);
        Vec3 foot = leg.foot;
        double fold = 0;
        if (phase < m.duty) {
            const double u = phase / m.duty;
            foot.x += ground * (0.5 - u);
            fold = 0.5 * ease(std::max(0.0, (u - 0.6) / 0.4));  // rolls off over the toes
        } else {
            const double u = (phase - m.duty) / (1 - m.duty);
            foot.x += ground * (ease(u) - 0.5);
            foot.z += m.raise * leg_m * std::sin(kPi * u);
            fold = 0.5 + 0.7 * std::sin(kPi * u) - 0.5 * ease(u);
        }
        // The ground is level whatever the trunk does.
        foot = level.rotate(foot - Vec3{0, 0, now.lift_m});
        bend_leg(leg, foot, fold - now.pitch_rad, now.pose, i);
    }
    const double beat = m.bounces * (cycle - m.top) + 0.5;
    turn_head(rig, m.nod * std::cos(2 * kPi * beat) - 0.5 * now.pitch_rad, 0, now.pose);
    wag(rig, gait == Gait::Gallop ? 0.25 + 0.15 * std::cos(2 * kPi * cycle) : 0,
        0.2 * std::sin(2 * kPi * cycle), now.pose);
    return now;
}

}  // namespace world
