#include "studio/neural/control.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "media/clip.h"
#include "media/decode.h"
#include "media/still.h"
#include "media/test_film.h"
#include "script/writer/write.h"
#include "studio/film/make_film.h"
#include "studio/film/record_file.h"
#include "studio/neural/prompt.h"
#include "studio/neural/reference.h"

namespace studio {
namespace {

using media::testing::Folder;

// A floor that runs into the distance, a wall-like body in front of it, sky above.
render::Passes scene() {
    constexpr int kSide = 32;
    render::Passes p;
    p.depth_m = base::ImageF(kSide, kSide, 1);
    p.normal = base::ImageF(kSide, kSide, 3);
    p.body_id = base::ImageT<int32_t>(kSide, kSide, 1);
    p.right = {1, 0, 0};
    p.forward = {0, 1, 0};
    p.up = {0, 0, 1};
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            const bool sky = y < 10, body = x >= 8 && x < 16 && y >= 14 && y < 22;
            *p.depth_m.at(x, y) = sky    ? std::numeric_limits<float>::infinity()
                                  : body ? 2.0f
                                         : 20.0f / static_cast<float>(y - 9);
            *p.body_id.at(x, y) = sky ? -1 : body ? 7 : 0;
            p.normal.at(x, y)[1] = body ? -1.0f : 0.0f;
            p.normal.at(x, y)[2] = !sky && !body ? 1.0f : 0.0f;
        }
    }
    return p;
}

TEST(ControlPicture, DepthIsNearToFar) {
    const render::Passes p = scene();
    const float near_m = near_of(p);
    EXPECT_LT(near_m, 1.0f);
    EXPECT_GE(near_m, 20.0f / 22);
    const base::Image8 picture = control_picture(p, ControlPass::Depth, near_m);
    ASSERT_EQ(picture.channels, 3);
    EXPECT_EQ(picture.at(5, 5)[0], 0);  // the sky
    EXPECT_EQ(picture.at(5, 31)[0], 255);
    EXPECT_EQ(picture.at(10, 18)[1], std::lround(255 * near_m / 2));
    for (int y = 11; y < 32; ++y) EXPECT_GE(picture.at(0, y)[2], picture.at(0, y - 1)[2]);
    EXPECT_EQ(control_picture(p, ControlPass::Depth, 1e6f).at(10, 18)[0], 255);  // nearer than near
}

TEST(ControlPicture, NormalsAreTheCamerasView) {
    render::Passes p = scene();
    base::Image8 picture = control_picture(p, ControlPass::Normal, 1);
    const auto colour = [&](int x, int y) {
        return std::vector<int>{picture.at(x, y)[0], picture.at(x, y)[1], picture.at(x, y)[2]};
    };
    EXPECT_EQ(colour(10, 18), (std::vector<int>{128, 128, 255}));  // faces the camera
    EXPECT_EQ(colour(2, 30), (std::vector<int>{128, 255, 128}));   // up
    EXPECT_EQ(colour(2, 2), (std::vector<int>{128, 128, 255}));    // the sky
    // The camera looks from the other side: what it saw from the front it sees from behind.
    p.right = {-1, 0, 0};
    p.forward = {0, -1, 0};
    picture = control_picture(p, ControlPass::Normal, 1);
    EXPECT_EQ(colour(10, 18), (std::vector<int>{128, 128, 0}));
    EXPECT_EQ(colour(2, 30), (std::vector<int>{128, 255, 128}));
}

TEST(ControlPicture, EdgesAreOutlinesOnly) {
    const base::Image8 picture = control_picture(scene(), ControlPass::Edges, 1);
    int white = 0;
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 32; ++x) {
            const int value = picture.at(x, y)[0];
            EXPECT_TRUE(value == 0 || value == 255);
            white += value == 255;
            // Within the body, the sky and the floor's slope there is none.
            if ((x >= 8 && x < 15 && y >= 14 && y < 21) || y < 9 || (y >= 23 && x < 30)) {
                EXPECT_EQ(value, 0) << x << ' ' << y;
            }
        }
    }
    EXPECT_EQ(picture.at(20, 9)[0], 255);  // the horizon
    for (int y = 14; y < 22; ++y) {
        EXPECT_EQ(picture.at(7, y)[0], 255);   // left of the body
        EXPECT_EQ(picture.at(15, y)[0], 255);  // its right edge
    }
    EXPECT_LT(white, 32 + 4 * 8 + 8);
}

script::ShotList tiny_list(double seconds, const char* words = "A red ball falls onto a floor.") {
    script::WriteOptions options;
    options.width_px = 64;
    options.height_px = 36;
    options.fps = 12;
    options.seconds = seconds;
    return script::write_shot_list(words, options)->shots;
}

std::vector<base::Image8> pull(base::FrameSource& source) {
    std::vector<base::Image8> pictures;
    while (true) {
        auto frame = source.next();
        EXPECT_TRUE(frame.ok()) << frame.error().text();
        if (!frame.ok() || !*frame) return pictures;
        EXPECT_EQ((*frame)->index, static_cast<int64_t>(pictures.size()));
        pictures.push_back(std::move((*frame)->image));
    }
}

// What the world engine itself says of the list.
std::vector<base::Image8> passes_of(const script::ShotList& list, ControlPass pass) {
    std::vector<base::Image8> pictures;
    float near_m = 0;
    TakeOptions options;
    options.quality = render::Quality::Draft;
    options.passes = [&](int64_t frame, const render::Passes& p) -> base::Status {
        if (frame == 0) near_m = near_of(p);
        pictures.push_back(control_picture(p, pass, near_m));
        return {};
    };
    RecordFile nothing(false);
    const auto take = direct(list, options, nothing);
    EXPECT_TRUE(take.ok());
    while (*(*take)->frames().next()) {
    }
    return pictures;
}

std::vector<base::Image8> led(const script::ShotList& list, ControlPass pass, int64_t first = 0) {
    neural::FilmPlan plan = neural_plan(list);
    ControlOptions options;
    options.first_frame = first;
    const auto report = std::make_shared<script::Report>();
    ControlWish wish;
    wish.pass = pass;
    lead_by_world(list, wish, options, plan, report);
    EXPECT_FALSE(plan.first_pictures);
    EXPECT_EQ(plan.reference->width_px(), list.width_px);
    EXPECT_EQ(plan.reference->height_px(), list.height_px);
    EXPECT_EQ(plan.reference->fps(), list.fps);
    auto pictures = pull(*plan.reference);
    EXPECT_EQ(plan.reference->frame_count(), static_cast<int64_t>(pictures.size()));
    return pictures;
}

TEST(Control, PicturesAreTheWorldsPasses) {
    const script::ShotList list = tiny_list(0.5, "A red ball rolls across a wooden floor.");
    for (const ControlPass pass : {ControlPass::Depth, ControlPass::Normal, ControlPass::Edges}) {
        const auto got = led(list, pass), wanted = passes_of(list, pass);
        ASSERT_EQ(got.size(), 6u);
        ASSERT_EQ(wanted.size(), 6u);
        for (size_t i = 0; i < got.size(); ++i) {
            EXPECT_EQ(got[i].width_px, 64);
            EXPECT_EQ(got[i].height_px, 36);
            EXPECT_EQ(got[i].data, wanted[i].data) << i;
        }
        EXPECT_NE(got.front().data, got.back().data) << "the ball rolls";
    }
    // A film that goes on from one takes the passes from there.
    const auto all = led(list, ControlPass::Edges), rest = led(list, ControlPass::Edges, 4);
    ASSERT_EQ(rest.size(), 2u);
    EXPECT_EQ(rest[0].data, all[4].data);
    EXPECT_EQ(rest[1].data, all[5].data);
}

TEST(Control, ShotsBeginWithTheWorldsPictures) {
    script::ShotList list = tiny_list(0.25);
    list.shots.push_back(list.shots[0]);
    list.shots[1].continues = false;
    neural::FilmPlan plan = neural_plan(list);
    ControlOptions options;
    options.quality = render::Quality::Draft;
    ControlWish wish;
    wish.first_frame = true;
    lead_by_world(list, wish, options, plan, std::make_shared<script::Report>());
    EXPECT_FALSE(plan.reference);
    TakeOptions own;
    own.quality = render::Quality::Draft;
    RecordFile nothing(false);
    const auto take = direct(list, own, nothing);
    ASSERT_TRUE(take.ok());
    const auto film = pull((*take)->frames());
    ASSERT_EQ(film.size(), 6u);
    for (const int64_t frame : {0, 3}) {
        const auto first = plan.first_pictures(frame);
        ASSERT_TRUE(first.ok()) << first.error().text();
        EXPECT_EQ((*first)->data, film[static_cast<size_t>(frame)].data);
    }
}

TEST(Control, NamesAreChecked) {
    const auto both = parse_control({"edges", "first-frame"});
    ASSERT_TRUE(both.ok());
    EXPECT_EQ(both->pass, ControlPass::Edges);
    EXPECT_TRUE(both->first_frame);
    EXPECT_FALSE(parse_control({})->any());
    EXPECT_TRUE(parse_control({"depth", "depth"}).ok());
    for (const std::vector<std::string>& bad :
         {std::vector<std::string>{"depth", "normal"}, {"pose"}, {""}}) {
        const auto refused = parse_control(bad);
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().kind, base::ErrorKind::Usage);
        EXPECT_EQ(refused.error().where, bad.back());
    }
}

TEST(Reference, ClipsComeAtTheFilmsRate) {
    Folder folder;
    media::testing::Pictures pictures(64, 48, 10, 10);
    media::testing::Sound sound(48000, media::testing::tone(440));
    ASSERT_TRUE(media::encode_clip(pictures, sound, folder / "clip.mp4", {}).ok());
    const auto frames = media::open_frames(folder / "clip.mp4");
    const auto own = pull(**frames);
    ASSERT_EQ(own.size(), 10u);
    for (const double fps : {5.0, 10.0, 24.0}) {
        const auto reference = open_reference(folder / "clip.mp4", fps, 100);
        ASSERT_TRUE(reference.ok()) << reference.error().text();
        const auto got = pull(**reference);
        EXPECT_EQ(got.size(), static_cast<size_t>(fps));  // a second
        for (size_t i = 0; i < got.size(); ++i) {
            const auto at = static_cast<size_t>(static_cast<double>(i) * 10 / fps + 1e-6);
            EXPECT_EQ(got[i].data, own[at].data) << fps << ' ' << i;
        }
    }
    ASSERT_TRUE(media::write_png(pictures.picture(3), folder / "still.png").ok());
    const auto still = pull(**open_reference(folder / "still.png", 24, 7));
    ASSERT_EQ(still.size(), 7u);
    EXPECT_EQ(still[6].data, pictures.picture(3).data);
    const auto neither = open_reference(folder / "none.mp4", 24, 7);
    ASSERT_FALSE(neither.ok());
    EXPECT_EQ(neither.error().kind, base::ErrorKind::Usage);
}

// Words to a file, led by the world.
TEST(Control, LeadsTheTinyModel) {
    Folder folder;
    const auto film = [&](const char* name, const char* model,
                          const std::vector<std::string>& control) -> base::Result<FilmResult> {
        FilmRequest request;
        request.shots = tiny_list(0.5);
        request.output_path = folder / name;
        request.model = model;
        request.quality = render::Quality::Draft;
        request.neural.steps = 1;
        request.neural.control = TRY(parse_control(control));
        return make_film(request, {}, nullptr);
    };
    const auto free = film("free.mp4", "tiny-ltx", {}),
               depth = film("d.mp4", "tiny-ltx", {"depth"}),
               edges = film("e.mp4", "tiny-ltx", {"edges"}),
               first = film("f.mp4", "tiny-ltx", {"first-frame"});
    for (const auto* made : {&free, &depth, &edges, &first}) {
        ASSERT_TRUE(made->ok()) << made->error().text();
        EXPECT_EQ((*made)->clip.frame_count, 6);
        if (made != &free) {
            EXPECT_NE((*made)->clip.frame_hash, free->clip.frame_hash);
        }
    }
    EXPECT_NE(depth->clip.frame_hash, edges->clip.frame_hash);
    // Wan begins with a picture and has no control form.
    EXPECT_TRUE(film("w.mp4", "tiny-wan", {"first-frame"}).ok());
    const auto wan = film("x.mp4", "tiny-wan", {"depth"});
    ASSERT_FALSE(wan.ok());
    EXPECT_EQ(wan.error().kind, base::ErrorKind::Usage);
    EXPECT_EQ(wan.error().where, "--control");
    EXPECT_FALSE(std::filesystem::exists(folder / "x.mp4"));
}

}  // namespace
}  // namespace studio
