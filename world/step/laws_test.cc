// The laws a viewer feels: falling, throwing, bouncing, sliding, rolling, swinging.
#include <gtest/gtest.h>

#include "world/materials/material.h"
#include "world/step/bench_world.h"

namespace world {
namespace {

using namespace bench;

constexpr double kStep = 1.0 / 960;

Scene airless() {
    Scene scene;
    scene.air_density_kgpm3 = 0;
    return scene;
}

TEST(Laws, FreeFallTakesSqrtTwoHOverG) {
    for (const double height : {0.5, 2.0, 10.0}) {
        Scene scene = airless();
        scene.bodies = {floor(), ball("ball", 0.05, {0, 0, height + 0.05}, "steel")};
        scene.bodies[1].release_s = 0.1;
        Trial run(scene);
        run.to(0.3 + std::sqrt(2 * height / kStandardGravity));
        const auto contacts = run.of_kind(EventKind::Contact);
        const auto releases = run.of_kind(EventKind::Release);
        ASSERT_EQ(releases.size(), 1u);
        ASSERT_GE(contacts.size(), 1u);
        EXPECT_NEAR(contacts[0].t_s - releases[0].t_s, std::sqrt(2 * height / kStandardGravity),
                    kStep);
        EXPECT_EQ(contacts[0].a, "ball");
        EXPECT_EQ(contacts[0].b, "floor");
    }
}

TEST(Laws, ThrowFollowsTheParabola) {
    Scene scene = airless();
    scene.bodies = {ball("ball", 0.1, {1, 2, 3}, "rubber")};
    const Vec3 v0{4, -2, 6};
    scene.bodies[0].velocity_mps = v0;
    Trial run(scene);
    run.to(1.5, [&](const Snapshot& s) {
        const double t = s.world_t_s;
        const Vec3 expected =
            Vec3{1, 2, 3} + v0 * t + Vec3{0, 0, -kStandardGravity} * (0.5 * t * t);
        EXPECT_LT(length(s.bodies[0].pose.translation - expected), 1e-5) << t;
    });
}

struct DropCase {
    const char *ball, *ground;
};
class Restitution : public testing::TestWithParam<DropCase> {};

TEST_P(Restitution, IsThatOfTheTableWithinTwoPercent) {
    const auto [what, ground] = GetParam();
    Scene scene = airless();
    scene.bodies = {floor(ground), ball("ball", 0.05, {0, 0, 1.05}, what)};
    Trial run(scene);
    double top = 0;
    bool bounced = false;
    double fallen_m = 0;
    run.to(1.6, [&](const Snapshot& s) {
        if (s.bodies[1].velocity_mps.z > 0) bounced = true;
        if (bounced && s.world_t_s < 1.5) top = std::max(top, s.bodies[1].pose.translation.z);
    });
    (void)fallen_m;
    const double measured = std::sqrt((top - 0.05) / 1.0);
    const double table = contact_between(what, ground).restitution;
    EXPECT_NEAR(measured, table, 0.02 * table) << what << " on " << ground;
}
INSTANTIATE_TEST_SUITE_P(Pairs, Restitution,
                         testing::Values(DropCase{"steel", "steel"}, DropCase{"steel", "concrete"},
                                         DropCase{"rubber", "wood"}, DropCase{"glass", "glass"},
                                         DropCase{"resin", "felt"}, DropCase{"wood", "ice"}));

TEST(Laws, ImpulseIsMassTimesChangeOfVelocity) {
    Scene scene = airless();
    scene.bodies = {floor("concrete"), ball("ball", 0.05, {0, 0, 1.05}, "steel")};
    scene.bodies[1].mass_kg = 2;
    Trial run(scene);
    run.to(0.6);
    const auto contacts = run.of_kind(EventKind::Contact);
    ASSERT_EQ(contacts.size(), 1u);
    const double v = std::sqrt(2 * kStandardGravity);
    const double e = contact_between("steel", "concrete").restitution;
    EXPECT_NEAR(contacts[0].impulse_Ns, 2 * v * (1 + e), 0.01 * 2 * v * (1 + e));
    EXPECT_NEAR(contacts[0].closing_speed_mps, v, 0.01 * v);
}

TEST(Laws, ElasticHitKeepsMomentumAndEnergy) {
    Scene scene = airless();
    scene.gravity_mps2 = {};
    scene.bodies = {ball("a", 0.1, {-1, 0, 0}, "steel"), ball("b", 0.1, {0, 0.08, 0}, "steel")};
    for (Body& b : scene.bodies) b.restitution = 1, b.friction = 0;
    scene.bodies[0].mass_kg = 3;
    scene.bodies[1].mass_kg = 1;
    scene.bodies[0].velocity_mps = {2, 0, 0};
    scene.bodies[1].velocity_mps = {-1, 0, 0};
    Trial run(scene);
    const double energy = run.simulator->energy_J();
    const Vec3 momentum = run.simulator->momentum();
    run.to(1);
    EXPECT_GE(run.of_kind(EventKind::Contact).size(), 1u);
    EXPECT_NEAR(run.simulator->energy_J(), energy, 1e-9 * energy);
    EXPECT_LT(length(run.simulator->momentum() - momentum), 1e-12);
}

TEST(Laws, SlidingBlockStopsAfterVSquaredOverTwoMuG) {
    Scene scene = airless();
    scene.bodies = {floor("wood"), box("block", {0.1, 0.08, 0.03}, {0, 0, 0.03}, "wood")};
    for (const Vec3 direction : {Vec3{1, 0, 0}, Vec3{0.6, 0.8, 0}}) {
        scene.bodies[1].velocity_mps = direction * 3;
        Trial run(scene);
        run.to(2);
        const double mu = contact_between("wood", "wood").friction;
        const double expected = 9 / (2 * mu * kStandardGravity);
        EXPECT_NEAR(length(run.body(1).pose.translation - Vec3{0, 0, 0.03}), expected,
                    0.02 * expected);
    }
}

TEST(Laws, BallRollsDownAnInclineAtFiveSeventhsOfGSinTheta) {
    Scene scene = airless();
    const double angle = 0.2;
    scene.gravity_mps2 =
        base::Quat::from_axis_angle({0, 1, 0}, -angle).rotate({0, 0, -kStandardGravity});
    scene.bodies = {floor("steel"), ball("ball", 0.1, {0, 0, 0.1}, "steel")};
    Trial run(scene);
    run.to(1);
    const double a = 5.0 / 7 * kStandardGravity * std::sin(angle);
    EXPECT_NEAR(std::abs(run.body(1).pose.translation.x), a / 2, 0.01 * a / 2);
    EXPECT_NEAR(length(run.body(1).angular_velocity_radps) * 0.1, length(run.body(1).velocity_mps),
                0.01 * a);
}

double swing_period(double amplitude, JointKind kind) {
    Scene scene = airless();
    const double l = 1;
    scene.bodies = {
        ball("bob", 0.05, {l * std::sin(amplitude), 0, -l * std::cos(amplitude)}, "steel")};
    Joint joint;
    joint.kind = kind;
    joint.a = kind == JointKind::Rope ? kNoBody : 0;
    joint.b = kind == JointKind::Rope ? 0 : kNoBody;
    joint.point = {0, 0, 0};
    joint.point_b = scene.bodies[0].pose.translation;
    joint.axis = {0, 1, 0};
    scene.joints = {joint};
    Trial run(scene);
    std::vector<double> crossings;
    double before = 1, last_t = 0;
    run.to(6.5, [&](const Snapshot& s) {
        const double x = s.bodies[0].pose.translation.x;
        if (before > 0 && x <= 0) {
            crossings.push_back(last_t + (s.world_t_s - last_t) * before / (before - x));
        }
        before = x, last_t = s.world_t_s;
    });
    return (crossings.back() - crossings.front()) / static_cast<double>(crossings.size() - 1);
}

TEST(Laws, PendulumPeriodOfARopeWithAmplitude) {
    for (const double amplitude : {0.05, 0.5}) {
        const double t0 = 2 * base::kPi * std::sqrt(1 / kStandardGravity);
        const double a2 = amplitude * amplitude;
        const double expected = t0 * (1 + a2 / 16 + 11.0 / 3072 * a2 * a2);
        EXPECT_NEAR(swing_period(amplitude, JointKind::Rope), expected, 0.002 * expected);
    }
}

TEST(Laws, PendulumPeriodOfAHingeHasTheBobsOwnInertia) {
    const double k2 = 1 + 0.4 * 0.05 * 0.05;  // physical pendulum: I / (m l)
    const double expected =
        2 * base::kPi * std::sqrt(k2 / kStandardGravity) * (1 + 0.05 * 0.05 / 16);
    EXPECT_NEAR(swing_period(0.05, JointKind::Hinge), expected, 0.002 * expected);
    EXPECT_NEAR(swing_period(0.05, JointKind::BallSocket), expected, 0.002 * expected);
}

TEST(Laws, SpinningBodyKeepsAngularMomentumAndEnergy) {
    Scene scene = airless();
    scene.gravity_mps2 = {};
    scene.bodies = {box("book", {0.1, 0.07, 0.02}, {0, 0, 0}, "wood")};
    scene.bodies[0].angular_velocity_radps = {0.01, 12, 0.01};  // about the unstable axis
    Trial run(scene);
    const double energy = run.simulator->energy_J();
    run.to(5);
    EXPECT_NEAR(run.simulator->energy_J(), energy, 2e-3 * energy);
}

}  // namespace
}  // namespace world
