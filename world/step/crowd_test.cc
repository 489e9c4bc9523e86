// Many bodies: rows, stacks, walls; what must stand still and what must fall.
#include <gtest/gtest.h>

#include "world/materials/material.h"
#include "world/step/bench_world.h"

namespace world {
namespace {

using namespace bench;

// Balls that just touch, on two strings each, as in the desk toy.
Scene cradle(int pulled, double restitution) {
    Scene scene;
    const double r = 0.02, l = 0.25, angle = 0.5;
    for (int i = 0; i < 5; ++i) {
        const double x = 2 * r * i;
        Body b = ball("ball_" + std::to_string(i + 1), r, {x, 0, 0}, "steel");
        b.restitution = restitution;
        if (i < pulled) {
            b.pose.translation = {x - l * std::sin(angle), 0, l * (1 - std::cos(angle))};
            b.release_s = 0.0;
        }
        scene.bodies.push_back(b);
        for (const double side : {-0.1, 0.1}) {
            Joint j;
            j.kind = JointKind::Rope;
            j.b = i;
            j.point = {x, side, l};
            j.point_b = b.pose.translation;
            j.length_m = std::hypot(l, side);
            scene.joints.push_back(j);
        }
    }
    return scene;
}

TEST(Cradle, OneInOneOutForManySwings) {
    const Scene scene = cradle(1, 0.99);
    Trial run(scene);
    double left = 0, right = 0, middle = 0;
    run.to(10, [&](const Snapshot& s) {
        if (s.world_t_s < 8) return;
        left = std::max(left, -s.bodies[0].pose.translation.x);
        right = std::max(right, s.bodies[4].pose.translation.x - 0.16);
        middle = std::max(middle, std::abs(s.bodies[2].pose.translation.x - 0.08));
    });
    EXPECT_GT(left, 0.05);
    EXPECT_GT(right, 0.05);
    EXPECT_LT(middle, 0.5 * right);
    const auto contacts = run.of_kind(EventKind::Contact);
    EXPECT_GT(contacts.size(), 20u);
}

TEST(Cradle, TwoInTwoOut) {
    Trial run(cradle(2, 0.999));
    double three = 0, four = 0, five = 0, one = 1;
    run.to(0.75, [&](const Snapshot& s) {
        if (s.world_t_s < 0.3) return;
        three = std::max(three, s.bodies[2].pose.translation.x - 0.08);
        four = std::max(four, s.bodies[3].pose.translation.x - 0.12);
        five = std::max(five, s.bodies[4].pose.translation.x - 0.16);
        if (s.world_t_s > 0.4) one = std::min(one, s.bodies[0].pose.translation.x);
    });
    EXPECT_GT(four, 0.1);
    EXPECT_GT(five, 0.1);
    EXPECT_LT(three, 0.02);
    EXPECT_GT(one, -0.02);
}

Scene tower(int count, bool asleep) {
    Scene scene;
    scene.bodies = {floor("wood")};
    for (int i = 0; i < count; ++i) {
        scene.bodies.push_back(box("block_" + std::to_string(i + 1), {0.03, 0.03, 0.015},
                                   {0, 0, 0.015 + 0.03 * i}, "wood"));
        scene.bodies.back().asleep = asleep;
    }
    return scene;
}

TEST(Tower, OfTwentyStandsStillAwakeOrAsleep) {
    for (const bool asleep : {true, false}) {
        Trial run(tower(20, asleep));
        run.to(10);
        for (int i = 0; i < 20; ++i) {
            const Vec3 moved = run.body(i + 1).pose.translation - Vec3{0, 0, 0.015 + 0.03 * i};
            EXPECT_LT(length(moved), asleep ? 1e-9 : 0.004) << i;
            EXPECT_TRUE(run.body(i + 1).asleep);
        }
        EXPECT_TRUE(run.events.empty());
    }
}

Scene dominoes(int count) {
    Scene scene;
    scene.bodies = {floor("wood")};
    for (int i = 0; i < count; ++i) {
        Body b = box("domino_" + std::to_string(i + 1), {0.004, 0.012, 0.024}, {0.02 * i, 0, 0.024},
                     "plastic");
        b.asleep = true;
        scene.bodies.push_back(b);
    }
    Body finger = ball("ball", 0.01, {-0.03, 0, 0.04}, "steel");
    finger.velocity_mps = {0.35, 0, 0.3};
    scene.bodies.push_back(finger);
    return scene;
}

TEST(Dominoes, FallOneAfterTheOther) {
    const int count = 20;
    Trial run(dominoes(count));
    std::vector<double> fell(count, -1);
    run.to(3, [&](const Snapshot& s) {
        for (int i = 0; i < count; ++i) {
            const Vec3 up = s.bodies[i + 1].pose.rotation.rotate({0, 0, 1});
            if (fell[i] < 0 && up.z < 0.8) fell[i] = s.world_t_s;
        }
    });
    for (int i = 0; i < count; ++i) ASSERT_GT(fell[i], 0) << i;
    for (int i = 1; i < count; ++i) EXPECT_GE(fell[i], fell[i - 1]) << i;
    EXPECT_GT(fell[count - 1], fell[0] + 0.3);
}

// Running bond, 15 rows of 10.
Scene wall_and_ball() {
    Scene scene;
    scene.bodies = {floor("concrete")};
    const Vec3 half{0.105, 0.05, 0.0325};
    for (int row = 0; row < 15; ++row) {
        for (int k = 0; k < 10; ++k) {
            const double x = (k - 4.5) * 0.21 + (row % 2 ? 0.0525 : -0.0525);
            Body b = box("brick_" + std::to_string(row * 10 + k + 1), half,
                         {x, 0, half.z + row * 2 * half.z}, "brick");
            b.asleep = true;
            scene.bodies.push_back(b);
        }
    }
    Body heavy = ball("wrecking_ball", 0.25, {0, -2.0, 2.0}, "iron");
    heavy.release_s = 1;
    const Vec3 hook{0, -0.3, 4};
    Joint rope;
    rope.kind = JointKind::Rope;
    rope.b = static_cast<int>(scene.bodies.size());
    rope.point = hook;
    rope.point_b = heavy.pose.translation;
    rope.length_m = 3.3;
    scene.bodies.push_back(heavy);
    scene.joints = {rope};
    return scene;
}

TEST(Wall, StandsThenFallsToAWreckingBall) {
    Scene scene = wall_and_ball();
    for (Body& b : scene.bodies) b.asleep = false;
    const int ball_index = static_cast<int>(scene.bodies.size()) - 1;
    Trial run(scene);
    run.to(1);
    for (int i = 1; i < ball_index; ++i) {
        EXPECT_LT(length(run.body(i).pose.translation - scene.bodies[i].pose.translation), 0.003);
    }
    EXPECT_TRUE(run.of_kind(EventKind::Contact).empty());
    run.to(1.01);  // the ball hangs no more: its energy counts
    double longest = 0;
    const double energy = run.simulator->energy_J();
    run.to(4, [&](const Snapshot& s) {
        longest =
            std::max(longest, length(s.bodies[ball_index].pose.translation - Vec3{0, -0.3, 4}));
    });
    EXPECT_LT(longest, 3.3 * 1.002);
    EXPECT_LT(run.simulator->energy_J(), energy + 1);
    int moved = 0;
    for (int i = 1; i < ball_index; ++i) {
        moved += length(run.body(i).pose.translation - scene.bodies[i].pose.translation) > 0.1;
    }
    EXPECT_GT(moved, 20);
    EXPECT_GT(run.of_kind(EventKind::Contact).size(), 50u);
}

TEST(Crowd, EnergyNeverGrowsInAClosedPile) {
    Scene scene;
    scene.air_density_kgpm3 = 0;
    scene.bodies = {floor("wood")};
    for (int i = 0; i < 30; ++i) {
        scene.bodies.push_back(box("box_" + std::to_string(i + 1), {0.05, 0.04, 0.03},
                                   {0.06 * (i % 3), 0.05 * (i % 2), 0.1 + 0.11 * i}, "wood"));
        scene.bodies.back().pose.rotation =
            base::Quat::from_axis_angle(normalize(Vec3{1, 0.3 * i, 0.2}), 0.7 * i);
    }
    Trial run(scene);
    double least = run.simulator->energy_J();
    const double start = least;
    run.to(3, [&](const Snapshot&) {
        const double now = run.simulator->energy_J();
        EXPECT_LT(now, least + 2e-3 * start);
        least = std::min(least, now);
    });
}

TEST(Crowd, SameSceneSameBitsAndRestoreGoesOnAlike) {
    const Scene scene = wall_and_ball();
    Trial a(scene), b(scene);
    a.to(2.2);
    const auto saved = a.simulator->save();
    a.to(2.6);
    b.to(2.6);
    EXPECT_EQ(pose_hash(a.simulator->snapshot()), pose_hash(b.simulator->snapshot()));
    Trial c(scene);
    ASSERT_TRUE(c.simulator->restore(saved).ok());
    EXPECT_DOUBLE_EQ(c.simulator->time_s(), 2.2);
    c.to(2.6);
    EXPECT_EQ(pose_hash(a.simulator->snapshot()), pose_hash(c.simulator->snapshot()));
    EXPECT_FALSE(c.simulator->restore({1, 2, 3}).ok());
}

TEST(Crowd, FastSmallBallsDoNotTunnel) {
    Scene scene;
    scene.air_density_kgpm3 = 0;
    scene.gravity_mps2 = {};
    Body pane = box("pane", {0.5, 0.002, 0.5}, {0, 0, 0}, "glass");
    pane.motion = Motion::Static;
    scene.bodies = {pane};
    for (int i = 0; i < 8; ++i) {
        Body b =
            ball("ball_" + std::to_string(i + 1), 0.01, {-0.4 + 0.1 * i, -1, 0.03 * i}, "steel");
        b.velocity_mps = {0, 10.0 + 12.0 * i, 0};
        scene.bodies.push_back(b);
    }
    Trial run(scene);
    run.to(0.5);
    for (int i = 1; i <= 8; ++i) EXPECT_LT(run.body(i).pose.translation.y, 0) << i;
}

TEST(Crowd, CylindersConesAndCapsulesComeToRest) {
    Scene scene;
    scene.bodies = {floor("wood")};
    Body can = box("can", {1, 1, 1}, {0, 0, 0.06}, "aluminium");
    can.shape = cylinder_shape(0.03, 0.06);
    Body roller = can;
    roller.name = "roller";
    roller.pose.translation = {0.5, 0, 0.03};
    roller.pose.rotation = base::Quat::from_axis_angle({1, 0, 0}, base::kPi / 2);
    Body pill = can;
    pill.name = "pill";
    pill.shape = capsule_shape(0.03, 0.06);
    pill.pose.translation = {1, 0, 0.2};
    pill.pose.rotation = base::Quat::from_axis_angle({1, 0, 0}, 1.2);
    scene.bodies.insert(scene.bodies.end(), {can, roller, pill});
    Trial run(scene);
    run.to(5);
    EXPECT_NEAR(run.body(1).pose.translation.z, 0.06, 1e-3);
    EXPECT_NEAR(run.body(2).pose.translation.z, 0.03, 1e-3);
    EXPECT_NEAR(run.body(3).pose.translation.z, 0.03, 1e-3);
    for (int i = 1; i <= 3; ++i) EXPECT_LT(length(run.body(i).velocity_mps), 0.02) << i;
}

}  // namespace
}  // namespace world
