#include "render/integrate/light_kernel.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/core/random.h"
#include "base/math/colour.h"

namespace render {
namespace {

// The same in double, by the formulas as they are written in books.
struct Twin {
    double weight, distance, factor;
    base::Vec3 direction;
};

double fraction(double x) { return x - std::floor(x); }

Twin twin_of(const Light& light, int i, const LightQuery& q) {
    const base::Vec3 p{q.p[0], q.p[1], q.p[2]}, n{q.n[0], q.n[1], q.n[2]},
        v{q.v[0], q.v[1], q.v[2]};
    const double a = 2 * fraction(q.u0 + fraction(0.7548777 * i)) - 1,
                 b = 2 * fraction(q.u1 + fraction(0.5698403 * i)) - 1;
    const base::Vec3 to = light.position.cast<double>() + light.half_u.cast<double>() * a +
                          light.half_v.cast<double>() * b - p;
    Twin out;
    out.distance = base::length(to);
    out.direction = to / out.distance;
    const double area =
        4 * base::length(base::cross(light.half_u.cast<double>(), light.half_v.cast<double>()));
    const double facing = std::max(0.0, -base::dot(out.direction, light.normal.cast<double>()));
    out.factor = area * facing / std::max(out.distance * out.distance, 0.02 * area);
    const double nl = base::dot(n, out.direction), nv = std::max(1e-3, base::dot(n, v));
    double shade = q.diffuse * std::max(0.0, nl + q.wrap) / ((1 + q.wrap) * (1 + q.wrap));
    const base::Vec3 half = base::normalize(out.direction + v);
    const double nh = std::max(0.0, base::dot(n, half)), vh = std::max(0.0, base::dot(v, half));
    for (int k = 0; k < q.lobes; ++k) {
        const double a2 = q.alpha2[k], e = nh * nh * (a2 - 1) + 1, l = std::max(0.0, nl);
        const double visible = 0.5 / (l * std::sqrt(nv * nv * (1 - a2) + a2) +
                                      nv * std::sqrt(l * l * (1 - a2) + a2) + 1e-6);
        shade += (q.f0[k] + (1 - q.f0[k]) * std::pow(1 - vh, 5)) * a2 / (3.14159265 * e * e) *
                 visible * l;
    }
    out.weight = base::luminance(light.luminance) * out.factor * shade;
    return out;
}

TEST(GuessLights, MatchesTheFormulasInDouble) {
    base::Rng rng(11, 1);
    const auto within = [&](double low, double high) {
        return static_cast<float>(low + (high - low) * rng.uniform());
    };
    std::vector<Light> lights;
    for (int i = 0; i < 21; ++i) {  // more than a lane, and no whole number of lanes
        Light light;
        light.kind = Light::Kind::Rectangle;
        light.position = {within(-4, 4), within(-4, 4), within(2, 4)};
        light.half_u = {within(0.1, 1), 0, 0};
        light.half_v = {0, within(0.1, 1), 0};
        light.normal = {0, 0, -1};
        light.luminance = {within(1, 9), within(1, 9), within(1, 9)};
        lights.push_back(light);
    }
    const LightTable table(lights);
    for (int turn = 0; turn < 60; ++turn) {
        LightQuery q{};
        const base::Vec3f n =
            base::normalize(base::Vec3f{within(-1, 1), within(-1, 1), within(0, 1)});
        const base::Vec3f v = base::normalize(n + base::Vec3f{within(-1, 1), within(-1, 1), 0});
        for (int k = 0; k < 3; ++k) {
            q.p[k] = within(-1, 1);
            q.n[k] = n[k];
            q.v[k] = v[k];
        }
        q.u0 = within(0, 1);
        q.u1 = within(0, 1);
        q.wrap = turn % 2 ? within(0, 0.4) : 0;
        q.diffuse = within(0, 0.3);
        q.lobes = turn % 3;
        for (int k = 0; k < 2; ++k) {
            q.f0[k] = within(0.01, 0.9);
            const float alpha = within(0.02, 1);
            q.alpha2[k] = alpha * alpha;
        }
        LightGuess guess;
        guess_lights(guess, table, q);
        for (int i = 0; i < table.count; ++i) {
            const Twin twin = twin_of(lights[static_cast<size_t>(i)], i, q);
            // A sharp lobe multiplies the half vector's error: only the choice of a lamp rests on
            // the weight, not its light.
            EXPECT_NEAR(guess.weight[i], twin.weight, 1e-4 + 0.05 * twin.weight);
            if (q.lobes == 0) {
                EXPECT_NEAR(guess.weight[i], twin.weight, 1e-4 * (1 + twin.weight));
            }
            EXPECT_NEAR(guess.factor[i], twin.factor, 1e-4 * (1 + twin.factor));
            EXPECT_NEAR(guess.distance[i], twin.distance, 2e-5 * twin.distance);
            EXPECT_NEAR(guess.dx[i], twin.direction.x, 2e-5);
            EXPECT_NEAR(guess.dy[i], twin.direction.y, 2e-5);
            EXPECT_NEAR(guess.dz[i], twin.direction.z, 2e-5);
        }
        for (int i = table.count; i < table.padded; ++i) EXPECT_EQ(guess.weight[i], 0.f);
    }
}

}  // namespace
}  // namespace render
