// The joints of every figure, in the order of Skeleton and FigureState::joints.
//
// Rest frames. Trunk and legs: x forward, y left, z up. Arms, hands and fingers: the bone runs
// along -z of its own joint, x stays forward (thumb side), so +y points away from the body on the
// left and toward it on the right. Rotation about y by a negative angle swings a limb forward.
#pragma once

#include <string_view>

namespace world {

enum FigureJoint : int {
    kPelvis,
    kSpine1,
    kSpine2,
    kSpine3,
    kNeck,
    kHead,
    kJaw,
    kEyeL,
    kEyeR,
    kClavicleL,                    // 22 joints of the left arm, see ArmPart
    kClavicleR = kClavicleL + 22,  // the same of the right
    kThighL = kClavicleR + 22,
    kShinL,
    kFootL,
    kToeL,
    kThighR,
    kShinR,
    kFootR,
    kToeR,
    kHands,   // virtual: between both palms
    kMouth,   // control: its offset from rest in the head's frame, m:
              // x lips forward, y corners apart, z upper lip raised
    kSkirt0,  // 8 panels, 0 in front, counter-clockwise from above
    kHair1 = kSkirt0 + 8,
    kHair2,  // long hair or a tail, from the back of the head down
    kFigureJointCount
};

enum ArmPart : int {
    kClavicle,
    kUpperArm,
    kUpperArmTwist,
    kForearm,
    kForearmTwist,
    kHand,
    kGrip,
    kThumb1,
    kIndex1 = kThumb1 + 3,
    kMiddle1 = kIndex1 + 3,
    kRing1 = kMiddle1 + 3,
    kLittle1 = kRing1 + 3,
    kArmPartCount = kLittle1 + 3
};
enum LegPart : int { kThigh, kShin, kFoot, kToe, kLegPartCount };

enum class Side : int { Left, Right };
constexpr Side kSides[2] = {Side::Left, Side::Right};
// +1 on the left (y > 0), -1 on the right.
constexpr double side_sign(Side side) { return side == Side::Left ? 1.0 : -1.0; }
constexpr int arm_joint(Side side, int part) {
    return kClavicleL + static_cast<int>(side) * kArmPartCount + part;
}
constexpr int leg_joint(Side side, int part) {
    return kThighL + static_cast<int>(side) * kLegPartCount + part;
}

// "pelvis", "hand_l", "index_2_r", "grip_r" ...
std::string_view joint_name(int joint);
// -1 when there is none of that name.
int find_joint(std::string_view name);
int joint_parent(int joint);

}  // namespace world
