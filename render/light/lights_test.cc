#include "render/light/lights.h"

#include <gtest/gtest.h>

#include "base/core/random.h"
#include "base/math/colour.h"
#include "render/integrate/tracer.h"
#include "render/light/blackbody.h"
#include "render/light/probe_grid.h"
#include "render/scene/test_room.h"
#include "render/scene/threads.h"

namespace render {
namespace {

constexpr float kPi = 3.14159265f;

// A small lambertian panel of flux F gives F / (pi d^2) on its axis.
TEST(Lights, PanelGivesItsFluxByTheFormula) {
    world::Lamp lamp;
    lamp.width_m = lamp.height_m = 0.1;
    lamp.power_lm = 1000;
    const Light light = make_light(lamp);
    const LightSample s = sample_light(light, {0, 0, -3}, 0.5f, 0.5f);
    EXPECT_NEAR(base::luminance(s.illuminance), 1000 / (kPi * 9), 0.5);
    EXPECT_NEAR(s.distance, 3, 1e-4);
    // Nothing behind it.
    EXPECT_EQ(base::luminance(sample_light(light, {0, 0, 3}, 0.5f, 0.5f).illuminance), 0);
}

// A round lamp of flux F gives F / (4 pi d^2).
TEST(Lights, BulbGivesItsFluxByTheFormula) {
    world::Lamp lamp;
    lamp.shape = world::LampShape::Sphere;
    lamp.width_m = 0.2;
    lamp.power_lm = 800;
    const Light light = make_light(lamp);
    float sum = 0;
    constexpr int kCount = 256;
    for (int i = 0; i < kCount; ++i) {
        const LightSample s =
            sample_light(light, {2, 0, 0}, (static_cast<float>(i) + 0.5f) / kCount, 0.3f);
        sum += base::luminance(s.illuminance) * std::max(0.f, -s.direction.x) / kCount;
    }
    EXPECT_NEAR(sum, 800 / (4 * kPi * 4), 0.02 * 800 / (4 * kPi * 4));
}

TEST(Lights, BlackbodyHasUnitLuminanceAndWarmsDownward) {
    for (const float kelvin : {2000.f, 3000.f, 4000.f, 6500.f, 12000.f}) {
        EXPECT_NEAR(base::luminance(blackbody(kelvin)), 1, 1e-4);
    }
    EXPECT_GT(blackbody(2700).x, blackbody(6500).x);
    EXPECT_LT(blackbody(2700).z, blackbody(6500).z);
    const Vec3f day = blackbody(6500);
    EXPECT_NEAR(day.x, 1, 0.06);
    EXPECT_NEAR(day.z, 1, 0.06);
}

// Integrating sphere: in a closed place of reflectance r the mean illuminance is F / (A (1 - r)),
// because what the lamp gives is what the walls swallow.
TEST(Lights, ClosedRoomSwallowsWhatTheLampGives) {
    TestWorld world("plaster");
    Settings settings;
    StageGeometry geometry(world.stage, settings);
    const world::Snapshot snapshot = world.snapshot();
    geometry.update(snapshot, snapshot);
    const LightSet lights = LightSet::build(world.stage, settings, nullptr);
    Tracer tracer(geometry, lights, nullptr, {}, 1, {});
    const Threads threads(2);
    ProbeGrid::Plan plan;
    plan.bounds = {{-2, -2, 0}, {2, 2, 3}};
    plan.most_probes = 400;
    plan.rays = 256;
    plan.bounces = 12;
    const ProbeGrid probes(plan, tracer, threads);
    const RayHit wall = geometry.rays().intersect({0, 0, 1}, {1, 0, 0}, 0, 10, kOpaque);
    ASSERT_GE(wall.instance, 0);
    const SurfaceHit hit = geometry.resolve(wall, {1, 0, 0});
    const float r = base::luminance(geometry.looks().mean(hit.part->look).albedo);
    ASSERT_GT(r, 0.3f);
    ASSERT_LT(r, 0.95f);

    base::Rng rng(5);
    double sum = 0, area = 0;
    for (int axis = 0; axis < 3; ++axis) {
        for (int sign = -1; sign <= 1; sign += 2) {
            const Vec3f size{4, 4, 3};
            const double face = static_cast<double>(size[(axis + 1) % 3]) * size[(axis + 2) % 3];
            constexpr int kCount = 300;
            for (int i = 0; i < kCount; ++i) {
                Vec3f p{static_cast<float>(rng.uniform(-2, 2)),
                        static_cast<float>(rng.uniform(-2, 2)),
                        static_cast<float>(rng.uniform(0, 3))};
                p[axis] = axis == 2 ? (sign > 0 ? 3.f : 0.f) : static_cast<float>(2 * sign);
                Vec3f n{};
                n[axis] = static_cast<float>(-sign);
                const Vec2f u{static_cast<float>(rng.uniform()), static_cast<float>(rng.uniform())};
                const Vec3f e = tracer.direct_diffuse(p + n * 1e-3f, n, u, 0.5f) * kPi +
                                probes.at(p).irradiance(n);
                sum += face * base::luminance(e) / kCount;
            }
            area += face;
        }
    }
    EXPECT_NEAR(sum / area, 3000 / (area * (1 - r)), 0.12 * 3000 / (area * (1 - r)));
}

TEST(Sky, NoonIsBlueAboveAndAsBrightAsMeasured) {
    const Threads threads(2);
    const Sky sky(TimeOfDay::Day, Weather::Clear, 1, 512, threads);
    // Clear noon sky: some thousand cd/m2; full sun: 60 .. 130 klx (CIE, IES handbook).
    const Vec3f up = sky.radiance(normalize(Vec3f{0.2f, 0.9f, 0.6f}));
    EXPECT_GT(base::luminance(up), 800);
    EXPECT_LT(base::luminance(up), 30000);
    EXPECT_GT(base::luminance(sky.sun_illuminance()), 60'000);
    EXPECT_LT(base::luminance(sky.sun_illuminance()), 130'000);
    const Sky evening(TimeOfDay::Sunset, Weather::Clear, 1, 512, threads);
    EXPECT_GT(evening.sun_illuminance().x, 1.5f * evening.sun_illuminance().z);
    const Sky dull(TimeOfDay::Day, Weather::Rain, 1, 512, threads);
    EXPECT_LT(base::luminance(dull.sun_illuminance()),
              0.1f * base::luminance(sky.sun_illuminance()));
    // No air: a black sky by day, and the Sun loses nothing (solar constant, 128 klx).
    const Sky moon(TimeOfDay::Day, Weather::Rain, 1, 512, threads, true);
    EXPECT_LT(base::luminance(moon.radiance(normalize(Vec3f{0.2f, 0.9f, 0.6f}))), 5);
    EXPECT_NEAR(base::luminance(moon.sun_illuminance()), 128'000, 6'000);
    EXPECT_EQ(moon.air({0, 1, 0}, 1000, 2).transmittance, 1);
}

}  // namespace
}  // namespace render
