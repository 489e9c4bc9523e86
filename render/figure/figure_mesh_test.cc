#include "render/figure/figure_mesh.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <set>

#include "render/figure/surface.h"
#include "world/figure/joints.h"

namespace render {
namespace {

world::FigureModel person(const char* outfit) {
    world::FigureModel figure;
    figure.name = "person";
    figure.height_m = 1.70;
    figure.mass_kg = 62;
    figure.look.outfit = outfit;
    return figure;
}

const FigureSkin& skater() {
    static const std::unique_ptr<FigureSkin> skin = build_skin(person("skating_dress"));
    return *skin;
}

std::string part_of(const FigureSkin& skin, size_t vertex) {
    for (const FigurePart& part : skin.parts)
        for (int t = part.first_triangle; t < part.first_triangle + part.triangle_count; ++t)
            for (const uint32_t i : skin.triangles[static_cast<size_t>(t)])
                if (i == vertex) return part.name;
    return "no part";
}

TEST(FigureSkin, PartsCoverAllTriangles) {
    const FigureSkin& skin = skater();
    int next = 0;
    for (const FigurePart& part : skin.parts) {
        EXPECT_EQ(part.first_triangle, next) << part.name;
        EXPECT_FALSE(part.material.empty());
        next += part.triangle_count;
    }
    EXPECT_EQ(next, static_cast<int>(skin.triangles.size()));
    for (const auto& t : skin.triangles)
        for (const uint32_t i : t) ASSERT_LT(i, static_cast<uint32_t>(skin.vertex_count()));
    EXPECT_LT(skin.triangles.size(), 200'000u);
}

TEST(FigureSkin, HasWhatAPersonHas) {
    std::set<std::string> names;
    for (const FigurePart& part : skater().parts) names.insert(part.name);
    for (const char* name :
         {"head", "hand_l", "hand_r", "nails_r", "eye_l", "brows", "lashes", "teeth_upper",
          "tongue", "hair", "skirt", "bodice", "shoe_l", "blade_r"})
        EXPECT_TRUE(names.contains(name)) << name;
}

TEST(FigureSkin, AClosedHelmetHidesTheHead) {
    for (const auto& [role, helmet] :
         {std::pair{"astronaut", "visor"}, std::pair{"black knight", "helm"}}) {
        world::FigureModel figure = person("");
        figure.look.role = role;
        const std::unique_ptr<FigureSkin> skin = build_skin(figure);
        std::set<std::string> names;
        for (const FigurePart& part : skin->parts) names.insert(part.name);
        EXPECT_TRUE(names.contains(helmet)) << role;
        for (const char* name : {"head", "hair", "eye_l", "hand_l", "nails_r"})
            EXPECT_FALSE(names.contains(name)) << role << " " << name;
        EXPECT_LT(skin->triangles.size(), 200'000u);
    }
}

TEST(FigureSkin, RestPoseGivesTheRestMesh) {
    const FigureSkin& skin = skater();
    // Standing on the floor, as high as the model says, normals of length one.
    std::vector<Vec3f> p, n;
    pose(skin, world::pose_figure(person("skating_dress"), 0), p, n);
    ASSERT_EQ(p.size(), static_cast<size_t>(skin.vertex_count()));
    float low = 1e9f, high = -1e9f;
    for (size_t i = 0; i < p.size(); ++i) {
        low = std::min(low, p[i].z);
        high = std::max(high, p[i].z);
        ASSERT_NEAR(base::length(n[i]), 1, 0.01) << part_of(skin, i) << " " << i;
    }
    EXPECT_NEAR(low, 0, 0.012);
    EXPECT_NEAR(high, 1.70, 0.06);
}

TEST(FigureSkin, BlinkShutsTheEyes) {
    const FigureSkin& skin = skater();
    world::FigureState state = world::pose_figure(person("skating_dress"), 0);
    std::vector<Vec3f> open, shut, n;
    state.blink = 0;
    pose(skin, state, open, n);
    state.blink = 1;
    pose(skin, state, shut, n);
    float moved = 0;
    for (size_t i = 0; i < open.size(); ++i) moved = std::max(moved, open[i].z - shut[i].z);
    EXPECT_GT(moved, 0.006f);
    EXPECT_LT(moved, 0.020f);
}

TEST(FigureSkin, PosesFast) {
    const FigureSkin& skin = skater();
    const world::FigureState state = world::pose_figure(person("skating_dress"), 0);
    std::vector<Vec3f> p, n;
    pose(skin, state, p, n);
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        const auto start = std::chrono::steady_clock::now();
        pose(skin, state, p, n);
        best = std::min(
            best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    EXPECT_LT(best, 0.030);  // a loose bound for loaded machines
}

TEST(FigureSkin, AStatueIsOfOneMatter) {
    world::FigureModel figure = person("dress");
    figure.look.material = "glass";
    const auto skin = build_skin(figure);
    for (const FigurePart& part : skin->parts) EXPECT_EQ(part.material, "glass");
}

TEST(Surface, ScrapsOfACutGoAndLargePiecesStay) {
    const auto axis = grid_axis(-0.2f, 0.2f, [](float) { return 0.01f; });
    const Field balls = [](Vec3f p) {
        return std::min({base::length(p - Vec3f{0.1f, 0, 0}) - 0.08f,
                         base::length(p + Vec3f{0.1f, 0, 0}) - 0.06f,
                         base::length(p - Vec3f{0, 0.15f, 0.15f}) - 0.012f});
    };
    const Surface all = mesh_field(balls, axis, axis, axis);
    const Surface kept = without_scraps(all, 0.05);
    EXPECT_LT(kept.tri.size(), all.tri.size());
    EXPECT_GT(kept.tri.size(), all.tri.size() * 9 / 10);
    bool left = false, right = false;
    for (const auto& t : kept.tri) {
        EXPECT_LT(kept.p[t[0]].z, 0.1f) << "the smallest is gone";
        (kept.p[t[0]].x < 0 ? left : right) = true;
    }
    EXPECT_TRUE(left && right);
    EXPECT_TRUE(open_edges(kept).empty());
}

TEST(Surface, NetsOfASphereAreClosedAndRound) {
    const Field sphere = [](Vec3f p) { return base::length(p) - 0.1f; };
    const auto axis = grid_axis(-0.13f, 0.13f, [](float) { return 0.011f; });
    const Surface s = mesh_field(sphere, axis, axis, axis);
    EXPECT_TRUE(open_edges(s).empty());
    double volume = 0;
    for (const auto& t : s.tri)
        volume += base::dot(s.p[t[0]], base::cross(s.p[t[1]], s.p[t[2]])) / 6;
    EXPECT_NEAR(volume, 4.0 / 3 * base::kPi * 1e-3,
                0.03 * 4.19e-3);  // positive: faces point outward
    const Surface half = clip(s, [](Vec3f p) { return p.z - 0.02f; });
    for (const Vec3f& p : half.p) EXPECT_GE(p.z, 0.0199f);
}

}  // namespace
}  // namespace render
