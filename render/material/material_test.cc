// Looks keep to the laws of light, cover every name, and stand still.
#include "world/materials/material.h"

#include <gtest/gtest.h>

#include <chrono>

#include "base/core/random.h"
#include "render/material/base_look.h"
#include "render/material/grain.h"
#include "render/material/surface.h"

namespace render {
namespace {

using base::Vec3f;

SurfacePoint random_point(base::Rng& rng) {
    SurfacePoint point;
    point.p = Vec3f{static_cast<float>(rng.uniform(-4, 4)), static_cast<float>(rng.uniform(-4, 4)),
                    static_cast<float>(rng.uniform(-1, 3))};
    point.n = normalize(Vec3f{static_cast<float>(rng.normal()), static_cast<float>(rng.normal()),
                              static_cast<float>(rng.normal())});
    point.uv = {point.p.x, point.p.y};
    point.footprint_m = static_cast<float>(std::pow(10.0, rng.uniform(-4, 0)));
    return point;
}

void expect_sane(const Surface& s, Vec3f n, const std::string& name) {
    for (int c = 0; c < 3; ++c) {
        ASSERT_TRUE(std::isfinite(s.albedo[c])) << name;
        ASSERT_GE(s.albedo[c], 0) << name;
        ASSERT_LE(s.albedo[c], 1) << name;
        ASSERT_GE(s.emission[c], 0) << name;
        ASSERT_GE(s.absorption_per_m[c], 0) << name;
    }
    ASSERT_NEAR(length(s.normal), 1, 1e-3) << name;
    ASSERT_GT(dot(s.normal, n), 0.3f) << name;  // relief never turns a surface away
    ASSERT_GE(s.roughness, 0.02f) << name;
    ASSERT_LE(s.roughness, 1) << name;
    ASSERT_GE(s.opacity, 0) << name;
    ASSERT_LE(s.opacity, 1) << name;
}

TEST(Looks, EveryMaterialOfTheWorldHasOne) {
    for (const world::Material& material : world::all_materials()) {
        EXPECT_NE(find_base_look(material.name), nullptr) << material.name;
    }
    for (const BaseLook& look : all_base_looks()) {
        if (!look.grain.empty()) {
            EXPECT_NE(find_grain(look.grain), nullptr) << look.grain;
        }
    }
}

TEST(Looks, MaterialsAndPatternsStayWithinTheLawsOfLight) {
    for (const Style style : {Style::Realistic, Style::Clay, Style::Anime}) {
        LookTable looks({.style = style});
        base::Rng rng(7);
        const base::Boundsf bounds{{-4, -4, -1}, {4, 4, 3}};
        for (const std::string& name : look_materials()) {
            const LookId id = looks.resolve({.material = name, .bounds = bounds});
            for (int i = 0; i < 30; ++i) {
                const SurfacePoint point = random_point(rng);
                expect_sane(looks.evaluate(id, point), point.n, name);
            }
        }
        for (const std::string& name : look_patterns()) {
            const LookId id = looks.resolve({.material = "wood",
                                             .pattern = name,
                                             .colour = Vec3f{0.5f, 0.3f, 0.2f},
                                             .bounds = bounds,
                                             .wetness = 0.5f});
            for (int i = 0; i < 30; ++i) {
                const SurfacePoint point = random_point(rng);
                expect_sane(looks.evaluate(id, point), point.n, name);
            }
        }
    }
}

TEST(Looks, FromAfarASurfaceIsItsMean) {
    LookTable looks;
    const base::Boundsf bounds{{-5, -5, 0}, {5, 5, 0.1f}};
    base::Rng rng(3);
    for (const char* material : {"wood", "concrete", "brick", "grass", "sand", "leather"}) {
        const LookId id = looks.resolve({.material = material, .bounds = bounds});
        Vec3f low{1, 1, 1}, high{};
        for (int i = 0; i < 60; ++i) {
            SurfacePoint point = random_point(rng);
            point.n = {0, 0, 1};
            point.footprint_m = 3;
            const Surface s = looks.evaluate(id, point);
            low = base::min(low, s.albedo);
            high = base::max(high, s.albedo);
            EXPECT_GT(s.normal.z, 0.995f) << material;
        }
        EXPECT_LT(length(high - low), 0.02f) << material << " shimmers";
    }
}

TEST(Looks, AGrainKeepsTheColour) {
    for (const std::string_view name : grain_names()) {
        const GrainSample mean = find_grain(name)->mean();
        EXPECT_NEAR(mean.tint.x, 1, 0.05) << name;
        EXPECT_NEAR(mean.tint.y, 1, 0.05) << name;
        EXPECT_NEAR(mean.tint.z, 1, 0.05) << name;
        EXPECT_NEAR(mean.slope_u, 0, 0.03) << name;
        EXPECT_NEAR(mean.slope_v, 0, 0.03) << name;
    }
}

TEST(Looks, ColourIsHonoured) {
    LookTable looks;
    const base::Boundsf bounds{{0, 0, 0}, {1, 1, 1}};
    const LookId red = looks.resolve(
        {.material = "rubber", .colour = Vec3f{0.7f, 0.05f, 0.05f}, .bounds = bounds});
    const Vec3f c = looks.mean(red).albedo;
    EXPECT_GT(c.x, 5 * c.y);
    const LookId green_glass =
        looks.resolve({.material = "glass", .colour = Vec3f{0.1f, 0.8f, 0.2f}, .bounds = bounds});
    const Vec3f a = looks.mean(green_glass).absorption_per_m;
    EXPECT_GT(a.x, a.y);
    EXPECT_TRUE(looks.transmits(green_glass));
    EXPECT_FALSE(looks.transmits(red));
}

TEST(Looks, EqualRequestsShareALook) {
    LookTable looks;
    const LookRequest request{
        .material = "wood", .pattern = "plank_floor", .bounds = {{0, 0, 0}, {3, 3, 1}}};
    EXPECT_EQ(looks.resolve(request), looks.resolve(request));
    LookTable other;
    base::Rng rng(5);
    const LookId id = looks.resolve(request), same = other.resolve(request);
    for (int i = 0; i < 50; ++i) {
        const SurfacePoint point = random_point(rng);
        EXPECT_EQ(looks.evaluate(id, point).albedo, other.evaluate(same, point).albedo);
    }
}

TEST(Looks, WetGroundIsDarkerAndSmoother) {
    LookTable looks;
    const base::Boundsf bounds{{-5, -5, 0}, {5, 5, 0.1f}};
    const LookId dry = looks.resolve({.material = "asphalt", .pattern = "road", .bounds = bounds});
    const LookId wet =
        looks.resolve({.material = "asphalt", .pattern = "road", .bounds = bounds, .wetness = 1});
    EXPECT_LT(looks.mean(wet).albedo.y, looks.mean(dry).albedo.y);
    EXPECT_LT(looks.mean(wet).roughness, looks.mean(dry).roughness);
}

TEST(Looks, InClayEverythingIsPlasticine) {
    LookTable looks({.style = Style::Clay});
    for (const std::string& name : look_materials()) {
        const LookId id = looks.resolve({.material = name, .bounds = {{0, 0, 0}, {1, 1, 1}}});
        EXPECT_FALSE(looks.transmits(id)) << name;
        const Surface s = looks.evaluate(id, {.p = {0.3f, 0.4f, 0.5f}});
        EXPECT_EQ(s.metallic, 0) << name;
        EXPECT_NEAR(s.roughness, 0.58f, 0.2f) << name;
    }
}

}  // namespace
}  // namespace render
