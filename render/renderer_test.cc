#include <gtest/gtest.h>

#include "render/integrate/camera_frame.h"
#include "render/render.h"
#include "render/scene/test_room.h"

namespace render {
namespace {

Settings small(int threads = 2) {
    Settings s;
    s.width_px = 96;
    s.height_px = 64;
    s.threads = threads;
    s.quality = Quality::Draft;
    return s;
}

std::unique_ptr<Renderer> make(const TestWorld& world, const Settings& settings) {
    auto made = Renderer::create(world.stage, settings);
    EXPECT_TRUE(made.ok());
    return std::move(made).value();
}

FrameInput frame(int index, const world::Snapshot& now, const Camera& camera) {
    return {.index = index,
            .open = &now,
            .close = &now,
            .camera_open = camera,
            .camera_close = camera,
            .time_s = index / 24.0};
}

// Root mean square of differences in grey levels where `counts` says so.
template <typename F>
double difference(const base::Image8& a, const base::Image8& b, F counts) {
    double sum = 0;
    int n = 0;
    for (int y = 0; y < a.height_px; ++y) {
        for (int x = 0; x < a.width_px; ++x) {
            if (!counts(x, y)) continue;
            for (int k = 0; k < 3; ++k) {
                const double d = a.at(x, y)[k] - b.at(x, y)[k];
                sum += d * d;
                ++n;
            }
        }
    }
    return n > 0 ? std::sqrt(sum / n) : 0;
}

// A spinning, flying box in front of a moving camera: motion vectors are the projection of the same
// material point a frame ago, to a hundredth of a pixel.
TEST(Passes, MotionIsExact) {
    TestWorld world;
    const int box = world.add_box({0.3, 0.2, 0.25}, {0, 0, 0.8}, "wood");
    Settings settings = small();
    settings.passes = true;
    const auto renderer = make(world, settings);
    world::Snapshot first = world.snapshot(), second = first;
    auto& pose = second.bodies[static_cast<size_t>(box)].pose;
    pose.translation = {0.07, 0.03, 0.9};
    pose.rotation = base::Quat::from_axis_angle({0, 0, 1}, 0.2);
    Camera camera = world.camera();
    ASSERT_TRUE(renderer->render(frame(0, first, camera)).ok());
    const CameraFrame before(camera, settings.width_px, settings.height_px);
    camera.eye.x += 0.05;
    const CameraFrame now(camera, settings.width_px, settings.height_px);
    const auto picture = renderer->render(frame(1, second, camera));
    ASSERT_TRUE(picture.ok());
    const Passes& passes = *picture->passes;
    int on_box = 0;
    for (int y = 0; y < settings.height_px; ++y) {
        for (int x = 0; x < settings.width_px; ++x) {
            const int id = *passes.body_id.at(x, y);
            const float cx = static_cast<float>(x) + 0.5f, cy = static_cast<float>(y) + 0.5f;
            const Vec3f d = now.direction(cx, cy);
            const base::Vec3 p =
                (now.eye + d * (*passes.depth_m.at(x, y) / dot(d, now.forward))).cast<double>();
            base::Vec3 was = p;
            if (id == box) {
                was = first.bodies[static_cast<size_t>(box)].pose.apply(pose.apply_inverse(p));
                ++on_box;
            }
            float px, py;
            ASSERT_TRUE(before.project(was.cast<float>(), px, py));
            EXPECT_NEAR(passes.motion_px.at(x, y)[0], px - cx, 0.01);
            EXPECT_NEAR(passes.motion_px.at(x, y)[1], py - cy, 0.01);
        }
    }
    EXPECT_GT(on_box, 100);
}

TEST(Renderer, SameBytesForAnyThreadsAndAgain) {
    TestWorld world;
    const int box = world.add_box({0.3, 0.2, 0.25}, {0, 0, 0.8}, "glass");
    world.add_box({0.25, 0.25, 0.25}, {0.7, 0.3, 0.25}, "steel");
    std::vector<base::Image8> pictures;
    for (const int threads : {1, 2, 2}) {
        const auto renderer = make(world, small(threads));
        world::Snapshot s = world.snapshot();
        base::Image8 last;
        for (int i = 0; i < 3; ++i) {
            s.bodies[static_cast<size_t>(box)].pose.translation.z = 0.8 - 0.05 * i;
            auto picture = renderer->render(frame(i, s, world.camera()));
            ASSERT_TRUE(picture.ok());
            last = std::move(picture->image);
        }
        pictures.push_back(std::move(last));
    }
    EXPECT_EQ(pictures[0].data, pictures[1].data);
    EXPECT_EQ(pictures[1].data, pictures[2].data);
}

TEST(Renderer, StillShotDoesNotFlicker) {
    TestWorld world;
    world.add_box({0.3, 0.2, 0.25}, {0, 0, 0.25}, "wood");
    Settings settings = small();
    settings.quality = Quality::Standard;
    const auto renderer = make(world, settings);
    const world::Snapshot s = world.snapshot();
    base::Image8 last;
    for (int i = 0; i < 8; ++i) {
        auto picture = renderer->render(frame(i, s, world.camera()));
        ASSERT_TRUE(picture.ok());
        if (i > 0) {
            EXPECT_LT(difference(last, picture->image, [](int, int) { return true; }), 3) << i;
        }
        last = std::move(picture->image);
    }
}

// A box falls through a still picture: away from it and its shadow nothing moves.
TEST(Renderer, RestOfTheShotIsQuietWhileSomethingMoves) {
    TestWorld world;
    const int box = world.add_box({0.15, 0.15, 0.15}, {-0.6, 0.3, 1.6}, "wood");
    Settings settings = small();
    settings.quality = Quality::Standard;
    const auto renderer = make(world, settings);
    world::Snapshot s = world.snapshot();
    base::Image8 last;
    for (int i = 0; i < 8; ++i) {
        s.bodies[static_cast<size_t>(box)].pose.translation.z = 1.6 - 0.1 * i;
        auto picture = renderer->render(frame(i, s, world.camera()));
        ASSERT_TRUE(picture.ok());
        if (i > 1) {
            EXPECT_LT(difference(last, picture->image, [](int x, int) { return x > 64; }), 3) << i;
        }
        last = std::move(picture->image);
    }
}

// The camera slides sideways: frames agree where motion vectors say they should.
TEST(Renderer, MovingShotDoesNotFlicker) {
    TestWorld world;
    world.add_box({0.3, 0.2, 0.25}, {0, 0, 0.25}, "wood");
    Settings settings = small();
    settings.quality = Quality::Standard;
    settings.passes = true;
    const auto renderer = make(world, settings);
    const world::Snapshot s = world.snapshot();
    Camera camera = world.camera();
    base::Image8 last;
    for (int i = 0; i < 8; ++i) {
        camera.eye.x += 0.012;
        camera.target.x += 0.012;
        auto picture = renderer->render(frame(i, s, camera));
        ASSERT_TRUE(picture.ok());
        if (i > 1) {
            base::Image8 warped = picture->image;
            const auto inside = [&](int x, int y) {
                const float* m = picture->passes->motion_px.at(x, y);
                const float fx = static_cast<float>(x) + m[0], fy = static_cast<float>(y) + m[1];
                return fx >= 0 && fy >= 0 && fx < static_cast<float>(settings.width_px - 1) &&
                       fy < static_cast<float>(settings.height_px - 1);
            };
            for (int y = 0; y < settings.height_px; ++y) {
                for (int x = 0; x < settings.width_px; ++x) {
                    if (!inside(x, y)) continue;
                    const float* m = picture->passes->motion_px.at(x, y);
                    const float fx = static_cast<float>(x) + m[0],
                                fy = static_cast<float>(y) + m[1];
                    const int x0 = static_cast<int>(fx), y0 = static_cast<int>(fy);
                    const float u = fx - static_cast<float>(x0), v = fy - static_cast<float>(y0);
                    for (int k = 0; k < 3; ++k) {
                        const float top =
                            base::lerp<float>(last.at(x0, y0)[k], last.at(x0 + 1, y0)[k], u);
                        const float low = base::lerp<float>(last.at(x0, y0 + 1)[k],
                                                            last.at(x0 + 1, y0 + 1)[k], u);
                        warped.at(x, y)[k] =
                            static_cast<uint8_t>(std::lround(base::lerp(top, low, v)));
                    }
                }
            }
            EXPECT_LT(difference(warped, picture->image, inside), 3) << i;
        }
        last = std::move(picture->image);
    }
}

TEST(Renderer, EveryStyleGivesAPictureWithLightAndShade) {
    for (const Style style : {Style::Realistic, Style::Clay, Style::Anime, Style::Noir}) {
        TestWorld world;
        world.add_box({0.3, 0.3, 0.3}, {0, 0, 0.3}, "wood");
        Settings settings = small();
        settings.style = style;
        const auto renderer = make(world, settings);
        const world::Snapshot s = world.snapshot();
        const auto picture = renderer->render(frame(0, s, world.camera()));
        ASSERT_TRUE(picture.ok());
        const auto [low, high] =
            std::minmax_element(picture->image.data.begin(), picture->image.data.end());
        EXPECT_LT(*low, 90);
        EXPECT_GT(*high, 120);
        if (style == Style::Noir) {
            const uint8_t* p = picture->image.at(40, 30);
            EXPECT_NEAR(p[0], p[1], 1);
            EXPECT_NEAR(p[1], p[2], 1);
        }
    }
}

TEST(Renderer, SmallestPictureAndCancel) {
    TestWorld world;
    Settings settings = small();
    settings.width_px = settings.height_px = 1;
    const auto renderer = make(world, settings);
    const world::Snapshot s = world.snapshot();
    EXPECT_TRUE(renderer->render(frame(0, s, world.camera())).ok());
    base::CancelToken cancel;
    cancel.cancel();
    const auto stopped = renderer->render(frame(1, s, world.camera()), &cancel);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().kind, base::ErrorKind::Cancelled);
    EXPECT_FALSE(Renderer::create({}, settings).ok());
}

}  // namespace
}  // namespace render
