// Contact finding and quiet contact: meshes without bumps, rolling and sliding without events.
#include <gtest/gtest.h>

#include "base/core/random.h"
#include "world/step/bench_world.h"
#include "world/step/collide.h"
#include "world/step/event_log.h"
#include "world/step/hull.h"

namespace world {
namespace {

using namespace bench;

// A flat sheet of triangles, 40 x 4, top at z = 0.
Body mesh_floor() {
    auto shape = std::make_shared<Shape>();
    CollisionPart part;
    part.kind = CollisionKind::StaticMesh;
    for (int j = 0; j <= 4; ++j) {
        for (int i = 0; i <= 40; ++i) part.points.push_back({i * 0.1f - 1, j * 0.1f - 0.2f, 0});
    }
    for (uint32_t j = 0; j < 4; ++j) {
        for (uint32_t i = 0; i < 40; ++i) {
            const uint32_t a = j * 41 + i;
            part.triangles.push_back({a, a + 1, a + 42});
            part.triangles.push_back({a, a + 42, a + 41});
        }
    }
    shape->collision.push_back(part);
    Body body;
    body.name = "track", body.material = "wood", body.shape = shape;
    body.motion = Motion::Static;
    return body;
}

TEST(Surface, BallRollsOverMeshSeamsWithoutBumps) {
    Scene scene;
    scene.air_density_kgpm3 = 0;
    scene.bodies = {mesh_floor(), ball("marble", 0.01, {-0.9, 0.013, 0.01}, "glass")};
    scene.bodies[1].velocity_mps = {1, 0, 0};
    scene.bodies[1].angular_velocity_radps = {0, 100, 0};
    Trial run(scene);
    run.to(2, [&](const Snapshot& s) {
        EXPECT_NEAR(s.bodies[1].pose.translation.z, 0.01, 1e-4);
        EXPECT_NEAR(s.bodies[1].pose.translation.y, 0.013, 1e-3);
    });
    EXPECT_GT(run.body(1).pose.translation.x, 0.8);
    EXPECT_TRUE(run.events.empty());
}

TEST(Surface, RollingAndSlidingAreNoEventsButSlides) {
    Scene scene;
    scene.bodies = {floor("wood"), box("block", {0.1, 0.08, 0.03}, {0, 0, 0.03}, "wood"),
                    ball("ball", 0.1, {0, 2, 0.1}, "resin"),
                    box("roller", {1, 1, 1}, {0, 4, 0.05}, "wood")};
    scene.bodies[3].shape = cylinder_shape(0.05, 0.1);
    scene.bodies[3].pose.rotation = base::Quat::from_axis_angle({1, 0, 0}, base::kPi / 2);
    for (int i = 1; i <= 3; ++i) scene.bodies[i].velocity_mps = {2, 0, 0};
    Trial run(scene);
    run.to(2);
    EXPECT_TRUE(run.events.empty());
    bool slid = false, rolled = false;
    for (const SlideSample& s : run.simulator->take_slides()) {
        slid |= s.body_b == 1 && s.slide_speed_mps > 1;
        rolled |= s.body_b == 2 && s.roll_speed_mps > 1 && s.slide_speed_mps < 0.1;
        EXPECT_GT(s.normal_force_N, 0);
    }
    EXPECT_TRUE(slid);
    EXPECT_TRUE(rolled);
}

// The normal and depth of GJK/EPA agree with the separating axes on turned boxes and hulls.
TEST(Collide, HullOfABoxMeetsLikeTheBox) {
    base::Rng random(5);
    const ShapePtr shape = box_shape({0.1, 0.06, 0.04});
    CollisionPart hull;
    hull.kind = CollisionKind::ConvexHull;
    for (int i = 0; i < 8; ++i) {
        hull.points.push_back({i & 1 ? .1f : -.1f, i & 2 ? .06f : -.06f, i & 4 ? .04f : -.04f});
    }
    const step::Convex as_box = step::make_convex(shape->collision[0], {});
    const step::Convex as_hull = step::make_convex(hull, {});
    EXPECT_EQ(as_hull.faces.size(), 6u);
    EXPECT_NEAR(step::convex_volume(as_hull), step::convex_volume(as_box), 1e-8);
    int met = 0;
    for (int i = 0; i < 400; ++i) {
        const auto turn = [&] {
            return step::Mat3::rotation(base::Quat::from_axis_angle(
                normalize(Vec3{random.normal(), random.normal(), random.normal()}),
                random.uniform(0, 6)));
        };
        const Vec3 at{random.uniform(-0.15, 0.15), random.uniform(-0.15, 0.15),
                      random.uniform(-0.15, 0.15)};
        const step::Mat3 ra = turn(), rb = turn();
        step::Patch boxes, hulls;
        const bool a = step::collide({&as_box, {}, ra}, {&as_box, at, rb}, 0.001, boxes);
        const bool b = step::collide({&as_hull, {}, ra}, {&as_hull, at, rb}, 0.001, hulls);
        const auto deepest = [](const step::Patch& p) {
            double s = 1;
            for (int k = 0; k < p.count; ++k) s = std::min(s, p.point[k].separation);
            return s;
        };
        if (a != b) {  // only at the rim of what counts as near
            EXPECT_GT(deepest(a ? boxes : hulls), -1e-3);
            continue;
        }
        if (!a) continue;
        ++met;
        EXPECT_NEAR(deepest(boxes), deepest(hulls), 4e-3) << i;
    }
    EXPECT_GT(met, 100);
}

TEST(Hull, SurvivesFlatDoubledAndCurvedPointSets) {
    base::Rng random(9);
    for (int round = 0; round < 50; ++round) {
        std::vector<Vec3> points;
        for (int i = 0; i < 40; ++i) {
            const double a = random.uniform(0, 0.6), z = random.uniform(0, 0.1);
            const float r = i % 2 ? 0.06f : 0.0575f;
            points.push_back({static_cast<float>(r * std::cos(a)),
                              static_cast<float>(r * std::sin(a)), static_cast<float>(z)});
            if (i % 5 == 0) points.push_back(points.back());
        }
        const step::Hull hull = step::convex_hull(points);
        const auto solid = step::solid_integral(hull.vertices, hull.triangles);
        EXPECT_GT(solid.amount, 0);
        EXPECT_GT(solid.inertia.determinant(), 0);
        for (const auto& face : hull.faces) {
            // A hundredth of a millimetre: faces take the plane of their largest triangle.
            for (const Vec3& p : points) EXPECT_LT(dot(face.normal, p) - face.offset, 1e-5);
        }
    }
    EXPECT_GT(step::convex_hull({{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {1, 1, 0}}).faces.size(), 3u);
}

TEST(Hertz, ContactOfSteelBallsLastsAboutAHundredMicroseconds) {
    // Two steel balls of 25 mm at 1 m/s: about 90 microseconds (Goldsmith 1960, ch. 4).
    const double r = 0.0127, m = 7850 * 4.0 / 3 * base::kPi * r * r * r;
    const double t = step::hertz_duration_s(m / 2, r / 2, 205e9 / (2 * (1 - 0.29 * 0.29)), 1);
    EXPECT_GT(t, 50e-6);
    EXPECT_LT(t, 130e-6);
}

}  // namespace
}  // namespace world
