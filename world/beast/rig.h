// Skeleton of a four-legged animal at rest, in its shape's frame (metres, z up, facing +x).
#pragma once

#include <array>

#include "base/math/transform.h"

namespace world {

enum BeastLeg { kForeLeft, kForeRight, kHindLeft, kHindRight, kBeastLegs };

struct BeastRig {
    struct Leg {
        base::Vec3 hip, knee, ankle;     // fore: shoulder, elbow, wrist
        base::Vec3 foot;                 // where it touches the ground
        double thick_m = 0, thin_m = 0;  // radii at hip and ankle
    };
    std::array<Leg, kBeastLegs> legs;
    base::Vec3 rump, chest;  // ends of the trunk's axis
    double trunk_m = 0;      // radius of the trunk
    base::Vec3 neck, head, muzzle;
    double neck_m = 0, head_m = 0;  // radii
    base::Vec3 tail, tail_tip;      // equal: no tail
    double tail_m = 0;

    // Height of the hips over the ground: what an animal's speeds go by.
    double leg_m() const { return legs[kHindLeft].hip.z - legs[kHindLeft].foot.z; }
};

// What moves the skin: each bone is rigid. Order of the bones of a pose.
enum BeastBone {
    kTrunkBone,
    kFirstLegBone,
    kHeadBone = kFirstLegBone + 3 * kBeastLegs,
    kTailBone,
    kBeastBones
};
constexpr int leg_bone(int leg, int segment) { return kFirstLegBone + 3 * leg + segment; }

// Where each bone has gone from rest, in the shape's frame: posed = bone.apply(rest).
using BeastPose = std::array<base::Transformf, kBeastBones>;

}  // namespace world
