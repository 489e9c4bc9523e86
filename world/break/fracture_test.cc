#include "world/break/fracture.h"

#include <gtest/gtest.h>

#include "world/materials/material.h"
#include "world/step/bench_world.h"

namespace world {
namespace {

using namespace bench;

double sum_of_volumes(const std::vector<ShapePtr>& shards) {
    double sum = 0;
    for (const ShapePtr& s : shards) sum += s->volume_m3;
    return sum;
}

TEST(Fracture, SolidShardsFillTheShape) {
    for (const ShapePtr& shape : {box_shape({0.1, 0.05, 0.03}), box_shape({0.5, 0.002, 0.4}),
                                  ball_shape(0.1), cylinder_shape(0.05, 0.1)}) {
        const auto shards = fracture(*shape, 24, 7, {0, 0, -0.03});
        EXPECT_GT(shards.size(), 12u);
        EXPECT_NEAR(sum_of_volumes(shards), shape->volume_m3, 1e-6 * shape->volume_m3);
        for (const ShapePtr& s : shards) EXPECT_FALSE(s->parts[0].mesh.triangles.empty());
    }
}

TEST(Fracture, IsTheSameForTheSameSeedOnly) {
    const ShapePtr shape = box_shape({0.1, 0.05, 0.03});
    const auto a = fracture(*shape, 10, 1, {}), b = fracture(*shape, 10, 1, {});
    const auto c = fracture(*shape, 10, 2, {});
    ASSERT_EQ(a.size(), b.size());
    bool differs = a.size() != c.size();
    for (size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i]->parts[0].mesh.positions, b[i]->parts[0].mesh.positions);
        if (!differs) differs = !(a[i]->parts[0].mesh.positions == c[i]->parts[0].mesh.positions);
    }
    EXPECT_TRUE(differs);
}

// A vase as a shape builder makes it: ring of wall quads, hollow.
ShapePtr vase_shape() {
    auto shape = std::make_shared<Shape>(*cylinder_shape(0.06, 0.12));
    shape->hollow = true;
    shape->volume_m3 = 2e-4;
    MeshPart wall;
    const int around = 24;
    for (int k = 0; k < 2; ++k) {
        for (int i = 0; i < around; ++i) {
            const float a = 6.2831853f * static_cast<float>(i) / around;
            wall.mesh.positions.push_back(
                {0.06f * std::cos(a), 0.06f * std::sin(a), k ? 0.12f : -0.12f});
            wall.mesh.normals.push_back({std::cos(a), std::sin(a), 0});
        }
    }
    for (uint32_t i = 0; i < around; ++i) {
        const uint32_t j = (i + 1) % around;
        wall.mesh.triangles.push_back({i, j, around + j});
        wall.mesh.triangles.push_back({i, around + j, around + i});
    }
    for (const auto& p : wall.mesh.positions) shape->bounds.add(p.cast<double>());
    shape->parts.push_back(wall);
    return shape;
}

TEST(Fracture, HollowShardsAreWallPieces) {
    const ShapePtr shape = vase_shape();
    const auto shards = fracture(*shape, 20, 3, {0, 0, -0.12});
    EXPECT_GT(shards.size(), 10u);
    EXPECT_NEAR(sum_of_volumes(shards), shape->volume_m3, 1e-6 * shape->volume_m3);
}

Scene falling_vase(double height) {
    Scene scene;
    scene.bodies = {floor("tile"), box("vase", {1, 1, 1}, {0, 0, 0.12 + height}, "glass")};
    scene.bodies[1].shape = vase_shape();
    scene.bodies[1].pose.rotation = base::Quat::from_axis_angle({1, 0, 0}, 0.4);
    scene.bodies[1].pose.translation.z += 0.03;
    make_breakable(scene, 1, 30, 5);
    return scene;
}

TEST(Breaking, VaseSurvivesASmallDropAndShattersFromAMetre) {
    Trial soft(falling_vase(0.05));
    soft.to(1);
    EXPECT_TRUE(soft.of_kind(EventKind::Break).empty());
    EXPECT_TRUE(soft.body(1).visible);

    const Scene scene = falling_vase(1);
    Trial hard(scene);
    hard.to(1.5);
    ASSERT_EQ(hard.of_kind(EventKind::Break).size(), 1u);
    EXPECT_EQ(hard.of_kind(EventKind::Break)[0].a, "vase");
    EXPECT_FALSE(hard.body(1).visible);
    double farthest = 0;
    for (size_t i = 2; i < scene.bodies.size(); ++i) {
        const BodyState& s = hard.body(static_cast<int>(i));
        EXPECT_TRUE(s.visible);
        const double reach = std::hypot(s.pose.translation.x, s.pose.translation.y);
        farthest = std::max(farthest, reach);
        EXPECT_LT(reach, 4) << i;
        EXPECT_GT(s.pose.translation.z, -0.3) << i;
    }
    EXPECT_GT(farthest, 0.1);
    double mass = 0;
    for (size_t i = 2; i < scene.bodies.size(); ++i)
        mass += hard.simulator->mass_kg(static_cast<int>(i));
    EXPECT_NEAR(mass, hard.simulator->mass_kg(1), 1e-6);
}

TEST(Breaking, BallGoesThroughAPaneAndLosesOnlyTheBreakingImpulse) {
    Scene scene;
    scene.gravity_mps2 = {};
    scene.air_density_kgpm3 = 0;
    scene.bodies = {ball("ball", 0.04, {0, -1, 0}, "steel"),
                    box("pane", {0.3, 0.002, 0.3}, {0, 0, 0}, "glass")};
    scene.bodies[0].velocity_mps = {0, 10, 0};
    scene.bodies[1].break_impulse_Ns = 2;
    make_breakable(scene, 1, 40, 5);
    Trial run(scene);
    const Vec3 before = run.simulator->momentum();
    run.to(0.3);
    EXPECT_EQ(run.of_kind(EventKind::Break).size(), 1u);
    EXPECT_GT(run.body(0).velocity_mps.y, 6);
    EXPECT_GT(run.body(0).pose.translation.y, 0.2);
    EXPECT_NEAR(run.simulator->momentum().y, before.y, 0.15 * before.y);
}

}  // namespace
}  // namespace world
