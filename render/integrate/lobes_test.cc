#include "render/integrate/lobes.h"

#include <gtest/gtest.h>

#include "base/core/random.h"
#include "render/integrate/camera_frame.h"
#include "render/integrate/sampler.h"

namespace render {
namespace {

TEST(Lobes, MirrorAndGlassObeyTheirLaws) {
    const Vec3f n{0, 0, 1}, d = normalize(Vec3f{0.6f, 0.1f, -0.8f});
    const Vec3f r = reflect(d, n);
    EXPECT_NEAR(dot(r, n), -dot(d, n), 1e-6);
    EXPECT_NEAR(length(r), 1, 1e-6);
    Vec3f t;
    ASSERT_TRUE(refract(d, n, 1 / 1.5f, t));
    const float sine_in = length(cross(d, n)), sine_out = length(cross(t, n));
    EXPECT_NEAR(sine_in, 1.5f * sine_out, 1e-5);
    EXPECT_LT(t.z, 0);
    // Out of glass beyond 41.8 degrees nothing gets through.
    EXPECT_FALSE(refract(normalize(Vec3f{0.8f, 0, -0.6f}), n, 1.5f, t));
    EXPECT_EQ(fresnel_dielectric(0.6f, 1.5f), 1);
    EXPECT_NEAR(fresnel_dielectric(1, 1 / 1.5f), 0.04, 1e-4);
}

// No lobe gives back more than it gets: integral of brdf * cosine over the hemisphere <= 1.
TEST(Lobes, GlossKeepsEnergy) {
    for (const float roughness : {0.2f, 0.5f, 1.f}) {
        const Vec3f n{0, 0, 1}, v = normalize(Vec3f{0.5f, 0, 0.8f});
        base::Rng rng(3);
        double sum = 0;
        constexpr int kCount = 20000;
        for (int i = 0; i < kCount; ++i) {
            const Vec3f l = cosine_direction(
                n, {static_cast<float>(rng.uniform()), static_cast<float>(rng.uniform())});
            sum += ggx({1, 1, 1}, roughness * roughness, n, v, l).x / std::max(1e-4f, l.z) *
                   3.14159 / kCount;
        }
        EXPECT_LT(sum, 1.05) << roughness;
        EXPECT_GT(sum, 0.3) << roughness;  // 1 - 0.848 ln(1 + 1 / 0.848) = 0.34 at roughness 1
    }
}

TEST(Sampler, FillsTheUnitSquareEvenly) {
    int cells[4][4] = {};
    for (uint32_t i = 0; i < 64; ++i) {
        const Vec2f u = Sampler(9, 3, 4, i).two(kGatherDim);
        ASSERT_GE(u.x, 0);
        ASSERT_LT(u.x, 1);
        ++cells[static_cast<int>(4 * u.x)][static_cast<int>(4 * u.y)];
    }
    for (const auto& row : cells) {
        for (const int count : row) {
            EXPECT_GE(count, 2);
            EXPECT_LE(count, 6);
        }
    }
}

TEST(CameraFrame, ProjectsWhereItLooks) {
    Camera camera;
    camera.eye = {1, -4, 1.5};
    camera.target = {0, 0, 1};
    const CameraFrame frame(camera, 320, 180);
    for (const Vec2f at : {Vec2f{10.5f, 20.5f}, Vec2f{160, 90}, Vec2f{300, 170}}) {
        float x, y;
        ASSERT_TRUE(frame.project(frame.eye + frame.direction(at.x, at.y) * 7.f, x, y));
        EXPECT_NEAR(x, at.x, 2e-3);
        EXPECT_NEAR(y, at.y, 2e-3);
    }
    float x, y;
    EXPECT_FALSE(frame.project(frame.eye - frame.forward, x, y));
    // 36 mm film behind a 35 mm lens sees atan(18 / 35) to each side.
    EXPECT_NEAR(frame.tan_x, 18.0 / 35, 1e-6);
}

}  // namespace
}  // namespace render
