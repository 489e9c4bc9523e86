#include "media/sound_picture.h"

#include <gtest/gtest.h>

#include "media/test_film.h"

namespace media {
namespace {

int brightness(const base::Image8& image, int x, int y) {
    const uint8_t* p = image.at(x, y);
    return p[0] + p[1] + p[2];
}

TEST(SoundPicture, ATonesRowIsBrightestAndClicksStandInTheirColumn) {
    SoundPictureOptions options;
    options.width_px = 200;
    testing::Sound sound(96000, testing::tone(1000, 0.8f));
    const base::Image8 picture = *draw_sound(sound, options);
    ASSERT_EQ(picture.height_px, 270);
    int best = 0;
    for (int row = 0; row < 180; ++row) {
        if (brightness(picture, 100, 90 + row) > brightness(picture, 100, 90 + best)) best = row;
    }
    // 1 kHz lies at log(1000/40) / log(16000/40) of the height.
    EXPECT_NEAR(179 - best, 180 * std::log(25.0) / std::log(400.0), 3);

    testing::Sound click(960000, [](int64_t n, int) { return n / 200 == 2400 ? 0.9f : 0.f; });
    const base::Image8 late = *draw_sound(click, options);
    EXPECT_GT(brightness(late, 100, 10), brightness(late, 50, 10) + 100);
}

TEST(SoundPicture, NothingIsBlack) {
    testing::Sound none(0, testing::tone(1));
    EXPECT_EQ(brightness(*draw_sound(none), 5, 5), 0);
}

}  // namespace
}  // namespace media
