#include "render/denoise/atrous.h"

#include <gtest/gtest.h>

#include "base/core/random.h"

namespace render {
namespace {

struct Fixture {
    static constexpr int kWidth = 96, kHeight = 64;
    FilterGuides guides;
    FilteredLight a, b;
    Fixture() {
        for (Plane* p : {&guides.normal_x, &guides.normal_y}) *p = Plane(kWidth, kHeight);
        guides.normal_z = Plane(kWidth, kHeight, 1);
        guides.depth = Plane(kWidth, kHeight, -1e9f);
        guides.slope = Plane(kWidth, kHeight, 0.01f);
        guides.reach = Plane(kWidth, kHeight, 1);
        for (int y = 0; y < kHeight; ++y) std::fill_n(guides.depth.row(y), kWidth, 5.f);
        for (FilteredLight* l : {&a, &b}) {
            for (Plane* p : {&l->r, &l->g, &l->b, &l->variance}) *p = Plane(kWidth, kHeight);
        }
    }
    void run(int levels) {
        for (int i = 0; i < levels; ++i) {
            atrous_level(b, a, guides, 0, kWidth, 0, kHeight, 1 << i, 3);
            std::swap(a, b);
        }
    }
};

TEST(Atrous, KeepsTheMeanAndTakesTheNoise) {
    Fixture f;
    base::Rng rng(1);
    double before = 0;
    for (int y = 0; y < Fixture::kHeight; ++y) {
        for (int x = 0; x < Fixture::kWidth; ++x) {
            const auto v = static_cast<float>(1 + 0.5 * (rng.uniform() + rng.uniform() - 1));
            f.a.r.row(y)[x] = f.a.g.row(y)[x] = f.a.b.row(y)[x] = v;
            f.a.variance.row(y)[x] = 0.25f / 6;
            before += v;
        }
    }
    f.run(5);
    double after = 0, square = 0;
    for (int y = 0; y < Fixture::kHeight; ++y) {
        for (int x = 0; x < Fixture::kWidth; ++x) {
            after += f.a.r.row(y)[x];
            square += f.a.r.row(y)[x] * f.a.r.row(y)[x];
        }
    }
    const double n = Fixture::kWidth * Fixture::kHeight;
    EXPECT_NEAR(after / n, before / n, 0.005);
    EXPECT_LT(std::sqrt(square / n - after / n * after / n), 0.05);  // was 0.2
}

TEST(Atrous, StopsAtFoldsDepthsAndTheFrame) {
    Fixture f;
    for (int y = 0; y < Fixture::kHeight; ++y) {
        for (int x = 0; x < Fixture::kWidth; ++x) {
            const bool right = x >= 48, low = y >= 32;
            f.guides.normal_z.row(y)[x] = right ? 0.f : 1.f;
            f.guides.normal_x.row(y)[x] = right ? 1.f : 0.f;
            f.guides.depth.row(y)[x] = low ? 3.f : 5.f;
            const float v = (right ? 2.f : 1.f) + (low ? 4.f : 0.f);
            f.a.r.row(y)[x] = f.a.g.row(y)[x] = f.a.b.row(y)[x] = v;
            f.a.variance.row(y)[x] = 10;  // so noisy that light itself stops nothing
        }
    }
    f.run(5);
    EXPECT_NEAR(f.a.r.row(10)[47], 1, 1e-2);
    EXPECT_NEAR(f.a.r.row(10)[48], 2, 1e-2);
    EXPECT_NEAR(f.a.r.row(31)[0], 1, 2e-2);
    EXPECT_NEAR(f.a.r.row(32)[95], 6, 2e-2);
}

}  // namespace
}  // namespace render
