// A film that plays in a picture: what nobody touches stays the picture, what bodies do shows.
#include "render/plate/plate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/core/random.h"
#include "base/math/colour.h"
#include "render/plate/fit.h"
#include "render/plate/plate_picture.h"
#include "render/plate/reading.h"
#include "render/plate/shoulder.h"
#include "render/render.h"
#include "render/scene/test_room.h"
#include "render/scene/threads.h"

namespace render {
namespace {

constexpr int kWidth = 160, kHeight = 96;

// Sky over ground, brighter from one side, with noise of every byte value.
base::Image8 picture(double horizon = 0.4, bool light_from_right = false) {
    base::Image8 image(kWidth, kHeight, 3);
    base::Rng rng(5);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const bool sky = y < horizon * kHeight;
            const double side = (light_from_right ? x : kWidth - x) / static_cast<double>(kWidth);
            for (int k = 0; k < 3; ++k) {
                const double level = sky ? 150 + 25 * k : 105 - 20 * k;
                image.at(x, y)[k] = static_cast<uint8_t>(
                    std::clamp(level + 50 * side + rng.uniform(-12, 12), 0.0, 255.0));
            }
        }
    }
    for (int i = 0; i < 256; ++i)  // every value once in each channel
        for (int k = 0; k < 3; ++k)
            image.at(i % kWidth, i / kWidth)[k] = static_cast<uint8_t>((i * (k + 1)) & 255);
    return image;
}

Camera first_camera() {
    Camera camera;
    camera.eye = {0, -5, 1.2};
    camera.target = {0, 0, 0.85};
    camera.lens_mm = 43;
    return camera;
}

// Ground, one box that lies on it, and the picture.
struct PlateWorld {
    world::Scene scene;
    world::SetModel set;
    Plate plate;
    Stage stage;
    int box = -1;

    explicit PlateWorld(base::Image8 image = picture(), base::Vec3 place = {0, 0, 0.4})
        : plate(image, read_picture(image), first_camera()) {
        set.room.outdoors = true;
        world::Body ground;
        ground.name = ground.set_part = "floor";
        ground.shape = test_box({60, 60, 0.25}, false);
        ground.material = "concrete";
        ground.motion = world::Motion::Static;
        ground.pose.translation = {0, 0, -0.25};
        scene.bodies.push_back(ground);
        world::Body body;
        body.name = "box";
        body.shape = test_box({0.4, 0.4, 0.4}, false);
        body.material = "wood";
        body.pose.translation = place;
        box = 1;
        scene.bodies.push_back(body);
        stage.scene = &scene;
        stage.set = &set;
        stage.plate = &plate;
    }
    PlateWorld(const PlateWorld&) = delete;

    base::Image8 render(int frames, double presence = 1, int threads = 2,
                        Style style = Style::Realistic) {
        Settings settings;
        settings.width_px = kWidth;
        settings.height_px = kHeight;
        settings.quality = Quality::Draft;
        settings.style = style;
        settings.threads = threads;
        auto renderer = Renderer::create(stage, settings).value();
        world::Snapshot snapshot;
        for (const world::Body& body : scene.bodies) snapshot.bodies.push_back({.pose = body.pose});
        base::Image8 image;
        for (int i = 0; i < frames; ++i) {
            FrameInput input;
            input.index = i;
            input.time_s = i / 24.0;
            input.open = input.close = &snapshot;
            input.camera_open = input.camera_close = first_camera();
            input.presence = presence;
            image = renderer->render(input).value().image;
        }
        return image;
    }
};

int worst_difference(const base::Image8& a, const base::Image8& b) {
    int worst = 0;
    for (size_t i = 0; i < a.data.size(); ++i)
        worst = std::max(worst, std::abs(a.data[i] - b.data[i]));
    return worst;
}

double mean_level(const base::Image8& image, int x0, int x1, int y0, int y1) {
    double sum = 0;
    for (int y = y0; y < y1; ++y) {
        for (int x = x0; x < x1; ++x)
            for (int k = 0; k < 3; ++k) sum += image.at(x, y)[k];
    }
    return sum / (3.0 * (x1 - x0) * (y1 - y0));
}

TEST(Shoulder, TakesEveryByteBack) {
    for (int i = 0; i < 256; ++i) {
        const float shown = base::srgb_to_linear(static_cast<float>(i) / 255);
        const float back = plate_curve(plate_light(shown));
        EXPECT_EQ(std::lround(255 * base::linear_to_srgb(back)), i);
    }
    EXPECT_FLOAT_EQ(plate_curve(kPlateWhite), 1);
    EXPECT_FLOAT_EQ(plate_curve(100), 1);
    EXPECT_FLOAT_EQ(plate_curve(-1), 0);
}

TEST(Fit, SameSizeIsTheSameBytes) {
    const base::Image8 image = picture();
    EXPECT_TRUE(fits(image, kWidth, kHeight));
    EXPECT_EQ(fit_picture(image, kWidth, kHeight).data, image.data);
}

TEST(Fit, CutsTheMiddleOut) {
    // Three upright bands; a tall film sees the middle one only.
    base::Image8 bands(90, 30, 3);
    for (int y = 0; y < 30; ++y) {
        for (int x = 0; x < 90; ++x) bands.at(x, y)[x / 30] = 200;
    }
    const base::Image8 cut = fit_picture(bands, 20, 40);
    ASSERT_EQ(cut.width_px, 20);
    ASSERT_EQ(cut.height_px, 40);
    for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 20; ++x) {
            EXPECT_EQ(cut.at(x, y)[0], 0);
            EXPECT_EQ(cut.at(x, y)[1], 200);
            EXPECT_EQ(cut.at(x, y)[2], 0);
        }
    }
}

TEST(Fit, AveragesLightNotBytes) {
    // A fine checkerboard of black and white is a grey of half the light: 188 in sRGB.
    base::Image8 board(128, 128, 3);
    for (int y = 0; y < 128; ++y) {
        for (int x = 0; x < 128; ++x)
            for (int k = 0; k < 3; ++k) board.at(x, y)[k] = (x + y) % 2 ? 255 : 0;
    }
    const base::Image8 small = fit_picture(board, 16, 16);
    EXPECT_NEAR(mean_level(small, 2, 14, 2, 14), 188, 1.5);
}

TEST(Fit, KeepsAFlatColourAtAnyScale) {
    for (const int size : {7, 33, 100, 640}) {
        base::Image8 flat(size, size / 2 + 3, 3);
        std::fill(flat.data.begin(), flat.data.end(), uint8_t{77});
        const base::Image8 fitted = fit_picture(flat, 64, 48);
        EXPECT_TRUE(
            std::all_of(fitted.data.begin(), fitted.data.end(), [](uint8_t v) { return v == 77; }));
    }
}

TEST(Reading, FindsTheHorizon) {
    for (const double horizon : {0.3, 0.4, 0.5, 0.6})
        EXPECT_NEAR(read_picture(picture(horizon)).horizon, horizon, 0.04) << horizon;
    base::Image8 flat(64, 64, 3);
    std::fill(flat.data.begin(), flat.data.end(), uint8_t{120});
    EXPECT_NEAR(read_picture(flat).horizon, 0.45, 0.01);
}

TEST(Reading, LightComesFromTheBrightSide) {
    EXPECT_LT(read_picture(picture(0.4, false)).toward_key.x, -0.2f);
    EXPECT_GT(read_picture(picture(0.4, true)).toward_key.x, 0.2f);
}

TEST(Reading, ALampInThePictureLightsFromBehind) {
    base::Image8 image = picture(0.5);
    for (uint8_t& v : image.data) v = static_cast<uint8_t>(v / 2);
    for (int y = 8; y < 20; ++y) {
        for (int x = 110; x < 122; ++x)
            for (int k = 0; k < 3; ++k) image.at(x, y)[k] = 250;
    }
    const PictureReading reading = read_picture(image);
    EXPECT_GT(reading.toward_key.y, 0.3f);
    EXPECT_GT(reading.toward_key.x, 0.1f);
    EXPECT_LT(read_picture(picture(0.5)).toward_key.y, 0);  // else over the shoulder
}

TEST(Reading, DarkPicturesHaveLessLight) {
    base::Image8 bright = picture(), dark = bright;
    for (uint8_t& v : dark.data) v = static_cast<uint8_t>(v / 4);
    EXPECT_LT(read_picture(dark).brightness, 0.4f * read_picture(bright).brightness);
}

TEST(Plate, AnyPictureCanBeRead) {
    for (const int w : {1, 2, 3, 64, 301}) {
        for (const int h : {1, 2, 5, 200}) {
            base::Image8 image(w, h, 3);
            std::fill(image.data.begin(), image.data.end(), static_cast<uint8_t>(w % 2 ? 0 : 255));
            const PictureReading reading = read_picture(image);
            EXPECT_NEAR(length(reading.toward_key), 1, 1e-4);
            EXPECT_GT(reading.brightness, 0);
            const Plate plate(image, reading, first_camera());
            const Vec3f light = plate.key_on_ground() + plate.dome_on_ground();
            EXPECT_TRUE(std::isfinite(light.x) && light.x > 0);
            EXPECT_TRUE(std::isfinite(plate.light_at({3, -40, 0}).y));
            EXPECT_TRUE(std::isfinite(plate.around({0, 0, 1}, {0, 0, 1}).y));
        }
    }
}

TEST(Plate, StartsAsThePicture) {
    PlateWorld world;
    EXPECT_EQ(world.render(1, 0).data, world.plate.picture().data);
    EXPECT_EQ(world.render(3, 0).data, world.plate.picture().data);
}

TEST(Plate, UntouchedPixelsStayThePicture) {
    PlateWorld world(picture(), {0, 0, -50});  // the box is under the ground
    EXPECT_EQ(world.render(1).data, world.plate.picture().data);
    EXPECT_EQ(world.render(6).data, world.plate.picture().data);
    PlateWorld with_box;
    const base::Image8 shown = with_box.render(4), bare = with_box.plate.picture();
    // The upper corners are far from the box and its shadow.
    int worst = 0;
    for (int y = 0; y < 20; ++y) {
        for (int x = 0; x < 30; ++x)
            for (int k = 0; k < 3; ++k)
                worst = std::max(worst, std::abs(shown.at(x, y)[k] - bare.at(x, y)[k]));
    }
    EXPECT_EQ(worst, 0);
    EXPECT_GT(worst_difference(shown, bare), 40);
}

TEST(Plate, UntouchedPixelsStayThePictureWhenDrawn) {
    PlateWorld world(picture(), {0, 0, -50});
    EXPECT_LE(worst_difference(world.render(2, 1, 2, Style::Anime), world.plate.picture()), 1);
    EXPECT_EQ(world.render(2, 1, 2, Style::Clay).data, world.plate.picture().data);
}

TEST(Plate, ABodyCastsAShadow) {
    PlateWorld world;
    const base::Image8 shown = world.render(6), bare = world.plate.picture();
    // Where the middle of the shadow on the ground is: from the box's upper half along the key.
    const Vec3f key = world.plate.key().normal;
    const Vec3f on_ground = Vec3f{0, 0, 0.5f} - key * (0.5f / key.z);
    // Seen past the box to its side.
    const Vec3f beside = on_ground + Vec3f{key.x < 0 ? 0.45f : -0.45f, 0, 0};
    float x = 0, y = 0;
    ASSERT_TRUE(world.plate.camera().project(beside, x, y));
    const int px = static_cast<int>(x), py = static_cast<int>(y);
    const double with = mean_level(shown, px - 2, px + 2, py - 1, py + 1),
                 without = mean_level(bare, px - 2, px + 2, py - 1, py + 1);
    EXPECT_LT(with, 0.9 * without);
    EXPECT_GT(with, 0.3 * without);
}

TEST(Plate, BodiesComeInGradually) {
    PlateWorld world;
    const base::Image8 none = world.render(2, 0), half = world.render(2, 0.5),
                       all = world.render(2, 1);
    const auto box_level = [](const base::Image8& image) {
        return mean_level(image, kWidth / 2 - 6, kWidth / 2 + 6, kHeight / 2, kHeight / 2 + 8);
    };
    const double a = box_level(none), b = box_level(half), c = box_level(all);
    EXPECT_GT((b - a) * (c - b), 0) << a << " " << b << " " << c;
}

TEST(Plate, ThreadsDoNotMatter) {
    PlateWorld world;
    EXPECT_EQ(world.render(3, 1, 1).data, world.render(3, 1, 2).data);
    EXPECT_EQ(world.render(2, 1, 1, Style::Noir).data, world.render(2, 1, 2, Style::Noir).data);
}

TEST(Plate, TurnsGreyInNoir) {
    PlateWorld world;
    const base::Image8 shown = world.render(1, 0, 2, Style::Noir);
    for (int i = 0; i < kWidth * kHeight; ++i) {
        EXPECT_EQ(shown.data[static_cast<size_t>(3 * i)],
                  shown.data[static_cast<size_t>(3 * i + 2)]);
    }
}

// A camera that has moved a little sees nearly the same; parallax moves the ground, not the far.
TEST(Plate, NearThingsMoveMoreThanFarOnes) {
    const base::Image8 image = picture();
    const Plate plate(image, read_picture(image), first_camera());
    const CameraFrame first = plate.camera();
    Camera moved = first_camera();
    moved.eye.x += 0.3;
    moved.target.x += 0.3;
    const CameraFrame now(moved, kWidth, kHeight);
    const auto shift = [&](int x, int y) {
        const Plate::Place place =
            plate.place(now.eye, now.direction(static_cast<float>(x), static_cast<float>(y)));
        float px = 0, py = 0;
        EXPECT_TRUE(first.project(place.point, px, py));
        return px - static_cast<float>(x);
    };
    EXPECT_GT(shift(80, 90), 5 * shift(80, 10));
    EXPECT_GT(shift(80, 10), 0);
    EXPECT_FALSE(plate.place(now.eye, now.direction(80, 10)).ground);
    EXPECT_TRUE(plate.place(now.eye, now.direction(80, 90)).ground);
}

TEST(Plate, GoesOnBeyondItsEdges) {
    const base::Image8 image = picture();
    const Plate plate(image, read_picture(image), first_camera());
    Camera turned = first_camera();
    turned.target = {3, -2, 0.9};
    const CameraFrame now(turned, kWidth, kHeight);
    for (int x = 0; x < kWidth; x += 7) {
        for (int y = 0; y < kHeight; y += 7) {
            const Vec3f light = plate.seen(now, x, y);
            EXPECT_GE(light.x, 0);
            EXPECT_LE(light.x, 1.3f * kPlateWhite);
        }
    }
    EXPECT_FALSE(plate.shows(plate.place(now.eye, now.direction(kWidth, 50)).point));
    EXPECT_TRUE(plate.shows(plate.place(plate.camera().eye, plate.camera().forward).point));
}

}  // namespace
}  // namespace render
