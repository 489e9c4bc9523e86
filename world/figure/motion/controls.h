// The strings of the puppet: what a clip says, before inverse kinematics turns it into joints.
//
// All members are doubles, so that any two Controls can be blended number by number. Positions are
// in the frame of the clip (then of the world after `placed`); angles in radians.
#pragma once

#include <array>
#include <bit>

#include "base/math/transform.h"
#include "world/figure/joints.h"

namespace world {

struct ArmControl {
    // The upper arm hangs at raise 0, is level at pi/2 and points up at pi. The plane it rises in:
    // 0 to its own side, pi/2 forward, beyond that across the chest, negative backward.
    double raise = 0.10, plane = 0.2;
    double twist = 0;       // humerus inward (a bent forearm swings toward the belly)
    double elbow = 0.22;    // 0 straight, positive bends
    double pronate = 0.0;   // 0 thumb forward, +pi/2 palm back or down, negative palm forward
    double wrist = 0;       // + palm toward forearm
    double wrist_side = 0;  // + toward the thumb
    double shrug = 0, reach_forward = 0;  // shoulder blade
    double curl = 0.28;                   // fingers: 0 flat, 1 fist
    double spread = 0.15;
    double thumb = 0.2;  // 0 out, 1 laid over the fist
    double point = 0;    // 1: index stays straight
    // Inverse kinematics: the grip (palm centre) goes to `at`; weight 0 = angles above rule.
    double ik = 0;
    base::Vec3 at;
    base::Vec3 elbow_toward{-0.4, 0, -1};  // the elbow points this way (y mirrored: + is outward)
    double aim = 0;                        // weight of the palm directions below
    base::Vec3 palm{0, 0, -1};             // outward normal of the palm
    base::Vec3 fingers{1, 0, 0};           // from wrist to fingertips
};

struct FootControl {
    base::Vec3 ball;   // ball of the foot on its sole; z = height over the floor
    double yaw = 0;    // of the toes, 0 forward
    double pitch = 0;  // + toes up (about the heel), - heel up (about the ball)
    double roll = 0;
    double knee_out = 0;  // knee away from the toe direction, + outward
    // Free leg by angles (in the air, kicks): weight 0 = `ball` rules.
    double free = 0;
    double swing = 0, raise = 0, turn = 0;  // thigh forward, outward, toes outward
    double knee = 0;
    double point = 0;  // toes pointed down
};

struct Controls {
    base::Vec3 pelvis;  // of the joint
    double yaw = 0, pitch = 0,
           roll = 0;        // of the pelvis: + left, + forward down, + right side down
    base::Vec3 spine;       // whole bend: x to the right side down, y forward, z left
    base::Vec3 head;        // relative to the chest, same signs
    double com_weight = 0;  // 1: the centre of mass is at `com`, pelvis follows
    base::Vec3 com;
    double look_weight = 0;  // head and eyes turn to look_at
    base::Vec3 look_at{5, 0, 1.5};
    double smile = 0.12, brow = 0, jaw = 0, blink = 0;
    double alive = 1;  // idle sway and breath
    double skirt = 0;  // extra flare, rad
    double floor = 0;  // height of the floor: free limbs do not go below it
    ArmControl arms[2];
    FootControl feet[2];

    ArmControl& arm(Side side) { return arms[static_cast<int>(side)]; }
    const ArmControl& arm(Side side) const { return arms[static_cast<int>(side)]; }
    FootControl& foot(Side side) { return feet[static_cast<int>(side)]; }
    const FootControl& foot(Side side) const { return feet[static_cast<int>(side)]; }
};

constexpr size_t kControlCount = sizeof(Controls) / sizeof(double);
using ControlArray = std::array<double, kControlCount>;
inline ControlArray to_array(const Controls& c) { return std::bit_cast<ControlArray>(c); }
inline Controls to_controls(const ControlArray& a) { return std::bit_cast<Controls>(a); }

inline Controls blend(const Controls& a, const Controls& b, double w) {
    ControlArray x = to_array(a);
    const ControlArray y = to_array(b);
    for (size_t i = 0; i < kControlCount; ++i) x[i] += (y[i] - x[i]) * w;
    return to_controls(x);
}

// Where a figure stands: on the floor, facing `heading`.
struct Home {
    base::Vec3 at;
    double heading = 0;  // rad about z, 0 = +x
    base::Quat turn() const { return base::Quat::from_axis_angle({0, 0, 1}, heading); }
    base::Vec3 out(base::Vec3 local) const { return at + turn().rotate(local); }
    base::Vec3 in(base::Vec3 world) const { return turn().conjugate().rotate(world - at); }
};

// From the frame of `home` to the world.
Controls placed(const Controls& local, const Home& home);

inline double smooth(double x) {
    x = std::clamp(x, 0.0, 1.0);
    return x * x * (3 - 2 * x);
}
inline double smoother(double x) {
    x = std::clamp(x, 0.0, 1.0);
    return x * x * x * (x * (x * 6 - 15) + 10);
}
inline double wrap_angle(double a) {
    while (a > base::kPi) a -= 2 * base::kPi;
    while (a < -base::kPi) a += 2 * base::kPi;
    return a;
}

}  // namespace world
