#include "render/style/tone.h"

#include <gtest/gtest.h>

#include "render/style/exposure.h"

namespace render {
namespace {

TEST(Tone, CurveRisesThroughMiddleGreyToWhite) {
    for (const float contrast : {1.05f, 1.22f, 1.5f}) {
        float last = -1;
        for (int i = 0; i <= 400; ++i) {
            const float y =
                film_curve(0.0001f * std::exp(0.032f * static_cast<float>(i)), contrast);
            EXPECT_GE(y, last);
            EXPECT_LE(y, 1);
            last = y;
        }
        EXPECT_NEAR(film_curve(0.18f, contrast), 0.18, 0.012);
        EXPECT_EQ(film_curve(0, contrast), 0);
        EXPECT_NEAR(film_curve(16, contrast), 1, 1e-4);
    }
}

TEST(Tone, StrongRedStaysRedAndOnlyThenBleaches) {
    const Grade grade = grade_for(Style::Realistic);
    const Vec3f red = Developer(grade)(Vec3f{1, 0.05f, 0.04f});
    EXPECT_GT(red.x, 4 * red.y);
    EXPECT_GT(red.x, 0.5f);
    const Vec3f hot = Developer(grade)(Vec3f{200, 40, 40});
    EXPECT_GT(hot.y, 0.4f);
}

TEST(Exposure, FollowsWithoutPumping) {
    Exposure exposure(Style::Realistic, std::nullopt);
    std::vector<Vec3f> light(1000, Vec3f{50, 50, 50});
    exposure.set(light);
    const float start = exposure.value();
    for (Vec3f& c : light) c = c * 1.03f;  // a breath: not followed
    for (int i = 0; i < 48; ++i) exposure.follow(light, 1 / 24.0);
    EXPECT_EQ(exposure.value(), start);
    for (Vec3f& c : light) c = c * 4.f;
    float last = start;
    for (int i = 0; i < 120; ++i) {
        exposure.follow(light, 1 / 24.0);
        EXPECT_LE(exposure.value(), last);
        EXPECT_GT(exposure.value(), last * 0.93f);  // no jump
        last = exposure.value();
    }
    EXPECT_NEAR(last * 206, 0.25, 0.025);
    EXPECT_NEAR(Exposure(Style::Realistic, 10.0).value(), 1, 0);
}

}  // namespace
}  // namespace render
