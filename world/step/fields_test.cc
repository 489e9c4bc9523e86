// Water, cloth, ropes, magnets, driven and held bodies, joints with motors and limits.
#include <gtest/gtest.h>

#include "world/step/bench_world.h"
#include "world/step/water.h"

namespace world {
namespace {

using namespace bench;

Scene pool() {
    Scene scene;
    scene.water = Water{0, {-3, -3, -2}, {3, 3, 0}, 998.2};
    Body bottom = floor("tile");
    bottom.pose.translation.z -= 2;
    scene.bodies = {bottom};
    return scene;
}

TEST(Water, DraughtIsArchimedes) {
    Scene scene = pool();
    scene.bodies.push_back(box("crate", {0.2, 0.2, 0.1}, {-1, 0, 0.05}, "wood"));
    scene.bodies.push_back(ball("ball", 0.15, {1, 0, 0.1}, "wood"));
    Trial run(scene);
    run.to(20);
    const double share = 650 / 998.2;  // of the volume under water
    EXPECT_NEAR(run.body(1).pose.translation.z - 0.1, -0.2 * share, 0.02 * 0.2);
    const double depth = 0.15 - run.body(2).pose.translation.z;
    const double wet = base::kPi * depth * depth * (0.45 - depth) / 3;
    EXPECT_NEAR(wet / (4.0 / 3 * base::kPi * 0.15 * 0.15 * 0.15), share, 0.02);
}

TEST(Water, HeavyBallSplashesOnceAndSinks) {
    Scene scene = pool();
    scene.bodies.push_back(ball("bowling_ball", 0.108, {0, 0, 1.5}, "resin"));
    Trial run(scene);
    bool waves = false, drops = false;
    run.to(10, [&](const Snapshot& s) {
        for (float h : s.water.height_m) waves |= std::abs(h) > 0.01f;
        drops |= s.particles.size() > 20;
    });
    const auto splashes = run.of_kind(EventKind::Splash);
    ASSERT_EQ(splashes.size(), 1u);
    EXPECT_EQ(splashes[0].a, "bowling_ball");
    EXPECT_NEAR(splashes[0].closing_speed_mps, std::sqrt(2 * 9.80665 * 1.392), 0.1);
    EXPECT_GT(splashes[0].impulse_Ns, 0);
    EXPECT_TRUE(waves);
    EXPECT_TRUE(drops);
    EXPECT_NEAR(run.body(1).pose.translation.z, -2 + 0.108, 0.01);
}

TEST(Water, LightBallComesUpAgain) {
    Scene scene = pool();
    scene.bodies.push_back(ball("ball", 0.12, {0, 0, 1}, "rubber"));
    scene.bodies[1].mass_kg = 0.6;
    Trial run(scene);
    double deepest = 1;
    run.to(6,
           [&](const Snapshot& s) { deepest = std::min(deepest, s.bodies[1].pose.translation.z); });
    EXPECT_LT(deepest, 0.06);  // deeper than it floats
    EXPECT_GT(run.body(1).pose.translation.z, 0);
    EXPECT_LT(length(run.body(1).velocity_mps), 0.3);
}

TEST(Cloth, HangsFromItsPinsWithoutStretching) {
    Scene scene;
    Cloth cloth;
    cloth.pose.translation = {0, 0, 2};
    cloth.pose.rotation = base::Quat::from_axis_angle({1, 0, 0}, -base::kPi / 2);
    for (int c = 0; c < 24; c += 1) cloth.pinned.push_back({c, 0});
    scene.cloths = {cloth};
    Trial run(scene);
    run.to(3);
    const auto& v = run.simulator->snapshot().soft[0].vertices;
    ASSERT_EQ(v.size(), 576u);
    EXPECT_NEAR(v[0].z, 2, 1e-6);
    EXPECT_NEAR(v[23 * 24 + 12].z, 1, 0.05);
}

TEST(Cloth, CatchesABallTwoWays) {
    Scene scene;
    Cloth cloth;
    cloth.pose.translation = {-0.5, -0.5, 1};
    cloth.pinned = {{0, 0}, {23, 0}, {0, 23}, {23, 23}};
    scene.cloths = {cloth};
    scene.bodies = {ball("ball", 0.1, {0, 0, 1.3}, "rubber")};
    scene.bodies[0].mass_kg = 0.3;
    Trial run(scene);
    run.to(3);
    EXPECT_GT(run.body(0).pose.translation.z, 0.3);
    EXPECT_LT(length(run.body(0).velocity_mps), 1.5);
    Trial again(scene);
    again.to(3);
    EXPECT_EQ(pose_hash(run.simulator->snapshot()), pose_hash(again.simulator->snapshot()));
}

TEST(Cloth, DrapesOverABallAndStaysOutside) {
    Scene scene;
    Cloth cloth;
    cloth.pose.translation = {-0.5, -0.5, 0.9};
    scene.cloths = {cloth};
    scene.bodies = {floor("wood"), ball("ball", 0.25, {0, 0, 0.25}, "stone")};
    scene.bodies[1].motion = Motion::Static;
    Trial run(scene);
    run.to(2);
    for (const auto& p : run.simulator->snapshot().soft[0].vertices) {
        EXPECT_GT(length(p.cast<double>() - Vec3{0, 0, 0.25}), 0.245);
        EXPECT_GT(p.z, -0.001f);
    }
}

TEST(Rope, SlackSagsAndTautIsStraight) {
    Scene scene;
    scene.bodies = {ball("bob", 0.05, {0.5, 0, 0}, "steel")};
    scene.bodies[0].release_s = 1;
    Joint rope;
    rope.kind = JointKind::Rope;
    rope.b = 0;
    rope.point = {0, 0, 0};
    rope.point_b = {0.5, 0, 0};
    rope.length_m = 1;
    scene.joints = {rope};
    Trial run(scene);
    const auto lowest = [&] {
        float z = 0;
        for (const auto& p : run.simulator->snapshot().soft[0].vertices) z = std::min(z, p.z);
        return z;
    };
    run.to(0.9);
    EXPECT_LT(lowest(), -0.3f);
    double longest = 0;
    run.to(4, [&](const Snapshot& s) {
        longest = std::max(longest, length(s.bodies[0].pose.translation));
    });
    EXPECT_LT(longest, 1.002);
}

TEST(Magnets, OppositePolesPullLikePolesPush) {
    for (const bool flipped : {false, true}) {
        Scene scene;
        scene.gravity_mps2 = {};
        scene.bodies = {box("magnet_1", {0.01, 0.01, 0.02}, {0, 0, 0}, "iron"),
                        box("magnet_2", {0.01, 0.01, 0.02}, {0, 0, 0.12}, "iron")};
        for (Body& b : scene.bodies) b.magnetic_moment_Am2 = 8;
        if (flipped) {
            scene.bodies[1].pose.rotation = base::Quat::from_axis_angle({1, 0, 0}, base::kPi);
        }
        Trial run(scene);
        run.to(0.1);
        // F = 3 mu0 m^2 / (2 pi z^4) on the common axis (Griffiths, ch. 6).
        const double force = 3 * 4e-7 * base::kPi * 64 / (2 * base::kPi * std::pow(0.12, 4));
        const double expected = force * 0.1 / run.simulator->mass_kg(1);
        const double v = run.body(1).velocity_mps.z;
        EXPECT_NEAR(v, flipped ? expected : -expected, 0.25 * expected);
        EXPECT_LT(length(run.simulator->momentum()), 1e-9);
    }
}

struct Pusher : Driver {
    void drive(double t_s, const Scene&, Snapshot& state) override {
        state.bodies[1].pose.translation = {-1 + t_s, 0, 0.1};
    }
};

TEST(Driven, BodyPushesAndIsNeverPushed) {
    Scene scene;
    scene.bodies = {floor("wood"), box("pusher", {0.05, 0.2, 0.05}, {-1, 0, 0.1}, "steel"),
                    box("crate", {0.1, 0.1, 0.1}, {-0.5, 0, 0.1}, "wood")};
    scene.bodies[1].motion = Motion::Driven;
    Pusher pusher;
    Trial run(scene, {}, &pusher);
    run.to(1.5);
    EXPECT_NEAR(run.body(1).pose.translation.x, 0.5, 1e-9);
    EXPECT_NEAR(run.body(2).pose.translation.x, 0.65, 0.05);
}

TEST(Joints, MotorTurnsAndLimitsHold) {
    Scene scene;
    scene.gravity_mps2 = {};
    scene.bodies = {box("wheel", {0.2, 0.02, 0.2}, {0, 0, 0}, "wood"),
                    box("door", {0.4, 0.02, 1}, {5.4, 0, 0}, "wood")};
    Joint motor;
    motor.kind = JointKind::Hinge;
    motor.b = 0;
    motor.axis = {0, 1, 0};
    motor.motor_speed_radps = 5;
    motor.motor_torque_Nm = 50;
    Joint hinge;
    hinge.kind = JointKind::Hinge;
    hinge.b = 1;
    hinge.point = {5, 0, 0};
    hinge.limit_low = -0.5, hinge.limit_high = 0.5;
    scene.joints = {motor, hinge};
    scene.bodies[1].angular_velocity_radps = {0, 0, 2};
    scene.bodies[1].velocity_mps = {0, 0.8, 0};
    Trial run(scene);
    run.to(2, [&](const Snapshot& s) {
        const Vec3 along = s.bodies[1].pose.rotation.rotate({1, 0, 0});
        EXPECT_LT(std::abs(std::atan2(along.y, along.x)), 0.52);
        EXPECT_LT(length(s.bodies[1].pose.apply({-0.4, 0, 0}) - Vec3{5, 0, 0}), 1e-3);
    });
    EXPECT_NEAR(run.body(0).angular_velocity_radps.y, 5, 0.01);
}

TEST(Events, HungBodiesReleaseOnceAndRestingContactIsSilent) {
    Scene scene;
    scene.bodies = {floor("wood"), box("crate", {0.1, 0.1, 0.1}, {0, 0, 0.1}, "wood"),
                    ball("ball", 0.1, {2, 0, 1}, "rubber")};
    scene.bodies[2].release_s = 0.5;
    Trial run(scene);
    run.to(0.5);
    EXPECT_TRUE(run.events.empty());
    EXPECT_FALSE(run.body(2).released);
    run.to(4);
    EXPECT_EQ(run.of_kind(EventKind::Release).size(), 1u);
    for (const Event& e : run.of_kind(EventKind::Contact)) EXPECT_NE(e.a, "crate");
    for (size_t i = 1; i < run.events.size(); ++i) {
        EXPECT_GE(run.events[i].t_s, run.events[i - 1].t_s);
    }
}

TEST(Events, BadScenesNameTheBody) {
    Scene scene;
    scene.bodies = {ball("ghost", 0.1, {0, 0, std::nan("")}, "steel")};
    const auto made = Simulator::create(scene);
    ASSERT_FALSE(made.ok());
    EXPECT_NE(made.error().text().find("ghost"), std::string::npos);
    scene.bodies = {ball("odd", 0.1, {}, "unobtainium")};
    EXPECT_FALSE(Simulator::create(scene).ok());
}

}  // namespace
}  // namespace world
