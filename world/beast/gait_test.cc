#include "world/beast/gait.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "world/shapes/shape.h"

namespace world {
namespace {

using base::Vec3;
using base::Vec3f;

const BeastRig& rig_of(const char* kind) {
    static std::map<std::string, ShapePtr> shapes;
    ShapePtr& shape = shapes[kind];
    if (!shape) shape = build_shape({.kind = kind});
    return *shape->beast;
}

// Where a foot is in the frame that goes along with the animal on level ground.
Vec3 foot_at(const BeastRig& rig, const BeastMoment& now, int leg) {
    const auto rest = rig.legs[static_cast<size_t>(leg)].foot.cast<float>();
    const Vec3 in_shape =
        now.pose[static_cast<size_t>(leg_bone(leg, 2))].apply(rest).cast<double>();
    return base::Quat::from_axis_angle({0, 1, 0}, now.pitch_rad).rotate(in_shape) +
           Vec3{0, 0, now.lift_m};
}

class Gaits : public testing::TestWithParam<std::tuple<const char*, Gait>> {};

TEST_P(Gaits, FeetStayWhereTheyStandAndNeverSinkIn) {
    const auto [kind, gait] = GetParam();
    const BeastRig& rig = rig_of(kind);
    const double leg = rig.leg_m(), speed = usual_speed_mps(gait, leg),
                 hz = stride_hz(gait, speed, leg);
    double slid = 0, stood = 0;
    for (int i = 0; i < kBeastLegs; ++i) {
        const double touch = touch_down(gait, static_cast<BeastLeg>(i));
        Vec3 before{};
        constexpr int kSteps = 200;
        for (int k = 0; k <= kSteps; ++k) {
            const double cycle = touch + static_cast<double>(k) / kSteps;
            const BeastMoment now = beast_at(rig, gait, cycle, speed, hz);
            Vec3 foot = foot_at(rig, now, i);
            EXPECT_GT(foot.z, -0.03 * leg) << kind << " leg " << i << " at " << k;
            foot.x += speed / hz * cycle;
            if (k > 0 && foot.z < 0.01 * leg) {
                slid += std::abs(foot.x - before.x);
                stood += 1.0 / kSteps;
            }
            before = foot;
        }
    }
    EXPECT_GT(stood, 0.5);         // four legs, at least an eighth of a stride each
    EXPECT_LT(slid, leg) << kind;  // what the legs cannot reach
}

TEST_P(Gaits, ComesRoundWithoutAJump) {
    const auto [kind, gait] = GetParam();
    const BeastRig& rig = rig_of(kind);
    const double leg = rig.leg_m(), speed = usual_speed_mps(gait, leg),
                 hz = stride_hz(gait, speed, leg);
    BeastMoment before = beast_at(rig, gait, 0, speed, hz);
    constexpr int kSteps = 400;
    for (int k = 1; k <= kSteps; ++k) {
        const BeastMoment now = beast_at(rig, gait, static_cast<double>(k) / kSteps, speed, hz);
        for (int i = 0; i < kBeastLegs; ++i) {
            const double moved = base::length(foot_at(rig, now, i) - foot_at(rig, before, i));
            EXPECT_LT(moved, 0.08 * leg) << kind << " leg " << i << " at " << k;
        }
        before = now;
    }
    const BeastMoment first = beast_at(rig, gait, 0.25, speed, hz),
                      again = beast_at(rig, gait, 3.25, speed, hz);
    for (size_t b = 0; b < first.pose.size(); ++b) {
        EXPECT_LT(base::length(first.pose[b].translation - again.pose[b].translation), 1e-4f);
    }
}

TEST_P(Gaits, BonesKeepTogether) {
    const auto [kind, gait] = GetParam();
    const BeastRig& rig = rig_of(kind);
    const double leg = rig.leg_m(), speed = usual_speed_mps(gait, leg);
    const BeastMoment now = beast_at(rig, gait, 0.37, speed, stride_hz(gait, speed, leg));
    for (int i = 0; i < kBeastLegs; ++i) {
        const BeastRig::Leg& l = rig.legs[static_cast<size_t>(i)];
        const auto first = static_cast<size_t>(leg_bone(i, 0));
        const auto gap = [&](size_t a, size_t b, Vec3 joint) {
            const Vec3f p = joint.cast<float>();
            return base::length(now.pose[a].apply(p) - now.pose[b].apply(p));
        };
        EXPECT_LT(gap(kTrunkBone, first, l.hip), 1e-4f);
        EXPECT_LT(gap(first, first + 1, l.knee), 1e-4f);
        EXPECT_LT(gap(first + 1, first + 2, l.ankle), 1e-4f);
    }
}

INSTANTIATE_TEST_SUITE_P(Beasts, Gaits,
                         testing::Combine(testing::Values("dog", "cat", "horse", "elephant",
                                                          "giraffe", "pig"),
                                          testing::Values(Gait::Walk, Gait::Trot, Gait::Gallop)));

TEST(Gait, SpeedsGrowWithTheLegAndChooseTheGait) {
    for (const char* kind : {"cat", "dog", "horse", "elephant"}) {
        const double leg = rig_of(kind).leg_m();
        EXPECT_EQ(gait_for(usual_speed_mps(Gait::Walk, leg), leg), Gait::Walk) << kind;
        EXPECT_EQ(gait_for(usual_speed_mps(Gait::Trot, leg), leg), Gait::Trot) << kind;
        EXPECT_EQ(gait_for(usual_speed_mps(Gait::Gallop, leg), leg), Gait::Gallop) << kind;
        EXPECT_EQ(gait_for(0, leg), Gait::Stand) << kind;
    }
    // A walking dog and a galloping horse, as everybody knows them.
    EXPECT_NEAR(usual_speed_mps(Gait::Walk, rig_of("dog").leg_m()), 1.0, 0.35);
    EXPECT_NEAR(usual_speed_mps(Gait::Gallop, rig_of("horse").leg_m()), 6, 2);
}

TEST(Gait, HowAnimalsStand) {
    const BeastRig& rig = rig_of("dog");
    for (const double t : {0.0, 0.7, 3.1}) {
        const BeastMoment now = beast_at(rig, Gait::Stand, t, 0, 1);
        for (int i = 0; i < kBeastLegs; ++i) {
            const Vec3 foot = foot_at(rig, now, i), rest = rig.legs[static_cast<size_t>(i)].foot;
            EXPECT_LT(base::length(foot - rest), 0.01 * rig.leg_m()) << t;
        }
    }
    // It lives: the head is not where it was.
    const auto at = [&](double t) {
        return beast_at(rig, Gait::Stand, t, 0, 1).pose[kHeadBone].apply(rig.head.cast<float>());
    };
    EXPECT_GT(base::length(at(0) - at(2)), 0.02f * static_cast<float>(rig.leg_m()));
}

}  // namespace
}  // namespace world
