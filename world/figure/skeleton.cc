#include <array>
#include <string>

#include "base/core/check.h"
#include "world/figure/figure.h"
#include "world/figure/joints.h"
#include "world/figure/proportions.h"

namespace world {
namespace {

using base::Quat;
using base::Transform;
using base::Vec3;

struct JointTable {
    std::array<std::string, kFigureJointCount> names;
    std::array<int, kFigureJointCount> parents{};

    void set(int joint, std::string name, int parent) {
        names[static_cast<size_t>(joint)] = std::move(name);
        parents[static_cast<size_t>(joint)] = parent;
    }
    JointTable() {
        set(kPelvis, "pelvis", -1);
        set(kSpine1, "spine_1", kPelvis);
        set(kSpine2, "spine_2", kSpine1);
        set(kSpine3, "spine_3", kSpine2);
        set(kNeck, "neck", kSpine3);
        set(kHead, "head", kNeck);
        set(kJaw, "jaw", kHead);
        set(kEyeL, "eye_l", kHead);
        set(kEyeR, "eye_r", kHead);
        for (const Side side : kSides) {
            const std::string tail = side == Side::Left ? "_l" : "_r";
            const auto arm = [&](int part) { return arm_joint(side, part); };
            set(arm(kClavicle), "clavicle" + tail, kSpine3);
            set(arm(kUpperArm), "upper_arm" + tail, arm(kClavicle));
            set(arm(kUpperArmTwist), "upper_arm_twist" + tail, arm(kClavicle));
            set(arm(kForearm), "forearm" + tail, arm(kUpperArm));
            set(arm(kForearmTwist), "forearm_twist" + tail, arm(kForearm));
            set(arm(kHand), "hand" + tail, arm(kForearm));
            set(arm(kGrip), "grip" + tail, arm(kHand));
            constexpr const char* kFingers[5] = {"thumb", "index", "middle", "ring", "little"};
            for (int finger = 0; finger < 5; ++finger) {
                for (int bone = 0; bone < 3; ++bone) {
                    const int joint = arm(kThumb1 + finger * 3 + bone);
                    set(joint,
                        std::string(kFingers[finger]) + "_" + std::to_string(bone + 1) + tail,
                        bone == 0 ? arm(kHand) : joint - 1);
                }
            }
            const auto leg = [&](int part) { return leg_joint(side, part); };
            set(leg(kThigh), "thigh" + tail, kPelvis);
            set(leg(kShin), "shin" + tail, leg(kThigh));
            set(leg(kFoot), "foot" + tail, leg(kShin));
            set(leg(kToe), "toe" + tail, leg(kFoot));
        }
        set(kHands, "hands", kSpine3);
        set(kMouth, "mouth", kHead);
        for (int panel = 0; panel < 8; ++panel)
            set(kSkirt0 + panel, "skirt_" + std::to_string(panel), kPelvis);
        set(kHair1, "hair_1", kHead);
        set(kHair2, "hair_2", kHair1);
    }
};

const JointTable& table() {
    static const JointTable joints;
    return joints;
}

// Fractions of body mass, de Leva 1996 ("Adjustments to Zatsiorsky-Seluyanov's segment inertia
// parameters", table 4), trunk split into its three parts over the spine joints.
struct MassFractions {
    double head, upper_trunk, middle_trunk, lower_trunk;
    double upper_arm, forearm, hand, thigh, shin, foot;
};
constexpr MassFractions kFemale{0.0668, 0.1545, 0.1465, 0.1247, 0.0255,
                                0.0138, 0.0056, 0.1478, 0.0481, 0.0129};
constexpr MassFractions kMale{0.0694, 0.1596, 0.1633, 0.1117, 0.0271,
                              0.0162, 0.0061, 0.1416, 0.0433, 0.0137};

}  // namespace

std::string_view joint_name(int joint) { return table().names[static_cast<size_t>(joint)]; }
int joint_parent(int joint) { return table().parents[static_cast<size_t>(joint)]; }
int find_joint(std::string_view name) {
    for (int joint = 0; joint < kFigureJointCount; ++joint)
        if (table().names[static_cast<size_t>(joint)] == name) return joint;
    return -1;
}

Skeleton build_skeleton(const FigureModel& figure) {
    const Proportions p = proportions_of(figure);
    const double h = p.height;
    std::array<Transform, kFigureJointCount> world{};
    Skeleton skeleton(kFigureJointCount);
    const auto place = [&](int joint, Vec3 position, Quat rotation, double radius) {
        world[static_cast<size_t>(joint)] = {position, rotation};
        skeleton[static_cast<size_t>(joint)].radius_m = radius * p.girth;
    };
    const Quat upright{};
    const double torso = p.shoulder_z - p.hip_z;
    place(kPelvis, {-0.004 * h, 0, p.hip_z + 0.018 * h}, upright, 0.075 * h);
    place(kSpine1, {-0.014 * h, 0, p.hip_z + 0.28 * torso}, upright, 0.070 * h);
    place(kSpine2, {-0.012 * h, 0, p.hip_z + 0.53 * torso}, upright, 0.070 * h);
    place(kSpine3, {-0.020 * h, 0, p.hip_z + 0.78 * torso}, upright, 0.075 * h);
    const double neck_z = p.shoulder_z + 0.030 * h;
    place(kNeck, {-0.018 * h, 0, neck_z}, upright, 0.033 * h);
    const double u = p.head_scale();
    const Vec3 head{-0.006 * h, 0, h - 0.173 * u};
    place(kHead, head, upright, 0.085 * u);
    place(kJaw, head + Vec3{0.012, 0, 0.008} * u, upright, 0.03 * u);
    for (const Side side : kSides)
        place(side == Side::Left ? kEyeL : kEyeR,
              head + Vec3{0.0720 - 0.002 * p.child, side_sign(side) * 0.0330,
                          0.052 - 0.012 * p.child} *
                         u,
              upright, 0.0145 * u);

    for (const Side side : kSides) {
        const double s = side_sign(side);
        const auto arm = [&](int part) { return arm_joint(side, part); };
        const Quat hang = Quat::from_axis_angle({1, 0, 0}, s * kRestArmAngle);
        const Vec3 down = hang.rotate({0, 0, -1});
        const Vec3 shoulder{-0.020 * h, s * p.shoulder_half, p.shoulder_z};
        place(arm(kClavicle), {0.0, s * 0.018 * h, p.shoulder_z + 0.008 * h}, upright, 0.03 * h);
        place(arm(kUpperArm), shoulder, hang, 0.027 * h);
        place(arm(kUpperArmTwist), shoulder, hang, 0.027 * h);
        const Vec3 elbow = shoulder + down * p.upper_arm;
        place(arm(kForearm), elbow, hang, 0.021 * h);
        place(arm(kForearmTwist), elbow + down * (0.55 * p.forearm), hang, 0.018 * h);
        const Vec3 wrist = elbow + down * p.forearm;
        place(arm(kHand), wrist, hang, 0.016 * h);
        // The palm faces the thigh: its outward normal is -y on the left, +y on the right.
        const double hand = p.hand;
        const auto in_hand = [&](double forward, double out, double along) {
            return wrist + hang.rotate(Vec3{forward, s * out, -along} * hand);
        };
        place(arm(kGrip), in_hand(0.03, -0.10, 0.46), hang, 0.016 * h);
        // Knuckles and bone lengths as fractions of the hand's length (Buryanov & Kotiuk 2010).
        constexpr double kForward[5] = {0.13, 0.155, 0.050, -0.050, -0.145};
        constexpr double kAlong[5] = {0.12, 0.475, 0.500, 0.480, 0.430};
        constexpr double kBone[5][3] = {{0.24, 0.17, 0.14},
                                        {0.215, 0.13, 0.11},
                                        {0.240, 0.15, 0.115},
                                        {0.220, 0.14, 0.115},
                                        {0.170, 0.105, 0.100}};
        for (int finger = 0; finger < 5; ++finger) {
            Quat turn = hang;
            if (finger == 0) {
                // The thumb leaves the wrist forward and toward the palm, its nail facing forward.
                turn = hang * Quat::from_axis_angle({0, 1, 0}, -0.72) *
                       Quat::from_axis_angle({1, 0, 0}, -s * 0.42) *
                       Quat::from_axis_angle({0, 0, 1}, -s * 0.9);
            } else {
                const double fan = (2.2 - finger) * 0.055;
                turn = hang * Quat::from_axis_angle({0, 1, 0}, -fan) *
                       Quat::from_axis_angle({1, 0, 0}, -s * 0.10);
            }
            Vec3 at = finger == 0 ? in_hand(0.10, -0.05, kAlong[0])
                                  : in_hand(kForward[finger], 0.0, kAlong[finger]);
            for (int bone = 0; bone < 3; ++bone) {
                const Quat bent = turn * Quat::from_axis_angle(
                                             {1, 0, 0}, -s * (finger == 0 ? 0.10 : 0.12) * bone);
                place(arm(kThumb1 + finger * 3 + bone), at, bent, 0.0055 * h);
                at += bent.rotate({0, 0, -kBone[finger][bone] * hand});
            }
        }
        const auto leg = [&](int part) { return leg_joint(side, part); };
        const double y = s * p.hip_half;
        const double foot_y = s * p.hip_half * 0.92;
        place(leg(kThigh), {0.0, y, p.hip_z}, upright, 0.042 * h);
        place(leg(kShin), {0.006 * h, (y + foot_y) / 2, p.knee_z}, upright, 0.029 * h);
        place(leg(kFoot), {-0.010 * h, foot_y, p.ankle_z}, upright, 0.022 * h);
        place(leg(kToe), {-0.010 * h + p.foot_ball, foot_y, 0.012 * h}, upright, 0.016 * h);
    }
    place(kHands, {0.25 * h, 0, p.shoulder_z - 0.1 * h}, upright, 0.02 * h);
    place(kMouth, head + Vec3{0.098, 0, -0.0165} * u, upright, 0.02 * u);
    for (int panel = 0; panel < 8; ++panel) {
        const double angle = panel * base::kPi / 4;
        place(kSkirt0 + panel,
              {0.055 * h * std::cos(angle), 0.075 * h * std::sin(angle), p.hip_z + 0.035 * h},
              Quat::from_axis_angle({0, 0, 1}, angle), 0.02 * h);
    }
    place(kHair1, head + Vec3{-0.095, 0, 0.075} * u, upright, 0.02 * h);
    place(kHair2, head + Vec3{-0.120, 0, -0.045} * u, upright, 0.02 * h);

    const MassFractions& m = figure.look.sex == "male" ? kMale : kFemale;
    const auto mass = [&](int joint, double fraction) {
        skeleton[static_cast<size_t>(joint)].mass_kg = fraction * figure.mass_kg;
    };
    mass(kPelvis, m.lower_trunk);
    mass(kSpine1, m.middle_trunk * 0.5);
    mass(kSpine2, m.middle_trunk * 0.5);
    mass(kSpine3, m.upper_trunk);
    mass(kHead, m.head);
    for (const Side side : kSides) {
        mass(arm_joint(side, kUpperArm), m.upper_arm);
        mass(arm_joint(side, kForearm), m.forearm);
        mass(arm_joint(side, kHand), m.hand);
        mass(leg_joint(side, kThigh), m.thigh);
        mass(leg_joint(side, kShin), m.shin);
        mass(leg_joint(side, kFoot), m.foot);
    }
    for (int joint = 0; joint < kFigureJointCount; ++joint) {
        SkeletonJoint& out = skeleton[static_cast<size_t>(joint)];
        out.name = std::string(joint_name(joint));
        out.parent = joint_parent(joint);
        const Transform& here = world[static_cast<size_t>(joint)];
        out.rest = out.parent < 0 ? here : world[static_cast<size_t>(out.parent)].inverse() * here;
        CHECK(out.parent < joint, "a parent comes before its child");
    }
    return skeleton;
}

}  // namespace world
