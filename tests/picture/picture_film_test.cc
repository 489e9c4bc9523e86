// A film that starts from a picture: its first frame is the picture, before and after encoding.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "base/core/random.h"
#include "media/decode.h"
#include "media/still.h"
#include "render/plate/fit.h"
#include "script/writer/write.h"
#include "studio/director/take.h"
#include "studio/film/make_film.h"

namespace {

constexpr int kWidth = 320, kHeight = 192;

// Sky, ground, a house and fine texture: as much detail as a photograph has.
std::shared_ptr<base::Image8> picture(int width = kWidth, int height = kHeight) {
    auto image = std::make_shared<base::Image8>(width, height, 3);
    base::Rng rng(11);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double u = x / static_cast<double>(width), v = y / static_cast<double>(height);
            double c[3] = {110 + 60 * v, 160 + 40 * v, 220.0};
            if (v > 0.45) {
                const double stripes = 12 * std::sin(40 * u + 25 * v);
                c[0] = 120 + stripes, c[1] = 125 + stripes, c[2] = 80 + 0.5 * stripes;
            }
            if (u > 0.1 && u < 0.3 && v > 0.2 && v < 0.55) c[0] = 170, c[1] = 80, c[2] = 60;
            for (int k = 0; k < 3; ++k)
                image->at(x, y)[k] = static_cast<uint8_t>(c[k] + rng.uniform(-4, 4));
        }
    }
    return image;
}

script::ShotList shots(const std::string& prompt, double seconds = 0.25) {
    script::WriteOptions options;
    options.seconds = seconds;
    options.width_px = kWidth;
    options.height_px = kHeight;
    auto written = script::write_shot_list(prompt, options);
    EXPECT_TRUE(written.ok());
    return written->shots;
}

std::unique_ptr<studio::Take> take_of(const script::ShotList& list,
                                      std::shared_ptr<const base::Image8> image, int threads = 2) {
    world::MemoryRecord record;
    studio::TakeOptions options;
    options.quality = render::Quality::Draft;
    options.threads = threads;
    options.image = std::move(image);
    auto take = studio::direct(list, options, record);
    EXPECT_TRUE(take.ok()) << (take.ok() ? "" : take.error().text());
    return std::move(take).value();
}

std::vector<base::Image8> frames_of(studio::Take& take) {
    std::vector<base::Image8> frames;
    for (;;) {
        auto frame = take.frames().next();
        EXPECT_TRUE(frame.ok());
        if (!frame.ok() || !frame->has_value()) return frames;
        frames.push_back(std::move((*frame)->image));
    }
}

double psnr_db(const base::Image8& a, const base::Image8& b) {
    double sum = 0;
    for (size_t i = 0; i < a.data.size(); ++i) {
        const double d = a.data[i] - b.data[i];
        sum += d * d;
    }
    return 10 *
           std::log10(255.0 * 255.0 * static_cast<double>(a.data.size()) / std::max(1e-9, sum));
}

TEST(PictureFilm, FirstFrameIsThePicture) {
    const auto image = picture();
    for (const char* prompt : {"a red ball rolls across", "a red ball rolls across, clay style",
                               "a red ball rolls across, anime style",
                               "a red ball rolls across, the camera pans left"}) {
        const auto take = take_of(shots(prompt), image);
        const std::vector<base::Image8> frames = frames_of(*take);
        ASSERT_EQ(frames.size(), 6u);
        EXPECT_EQ(frames.front().data, image->data) << prompt;
        EXPECT_NE(frames.back().data, image->data) << prompt;
    }
}

TEST(PictureFilm, AnotherSizeIsFittedFirst) {
    const auto image = picture(500, 400);
    const auto take = take_of(shots("a red ball rolls across"), image);
    const base::Image8 fitted = render::fit_picture(*image, kWidth, kHeight);
    EXPECT_EQ(frames_of(*take).front().data, fitted.data);
    bool told = false;
    for (const script::Replaced& r : take->report().replaced)
        told |= r.asked == "the picture of 500x400";
    EXPECT_TRUE(told);
}

TEST(PictureFilm, TellsWhatThePictureReplacesAndThatItStays) {
    const auto take = take_of(shots("a red ball rolls across the kitchen floor"), picture());
    ASSERT_FALSE(take->report().replaced.empty());
    EXPECT_EQ(take->report().replaced.front().asked, "kitchen");
    EXPECT_EQ(take->report().replaced.front().used, "the picture");
    ASSERT_FALSE(take->report().left_out.empty());
}

TEST(PictureFilm, SkyNobodyTouchesStaysToTheLastFrame) {
    const auto image = picture();
    const auto take = take_of(shots("a red ball rolls across", 0.75), image);
    const base::Image8 last = frames_of(*take).back();
    for (int y = 0; y < kHeight / 4; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            for (int k = 0; k < 3; ++k) ASSERT_EQ(last.at(x, y)[k], image->at(x, y)[k]);
        }
    }
}

TEST(PictureFilm, ThreadsDoNotMatter) {
    const auto image = picture();
    const script::ShotList list = shots("a dog walks, handheld camera", 0.25);
    const auto one = frames_of(*take_of(list, image, 1)), two = frames_of(*take_of(list, image, 2));
    ASSERT_EQ(one.size(), two.size());
    for (size_t i = 0; i < one.size(); ++i) EXPECT_EQ(one[i].data, two[i].data) << i;
}

// Whatever was asked for, in whatever set: a film comes out, and it starts with the picture.
TEST(PictureFilm, ActionsThatNeedTheirSetStillMakeAFilm) {
    const auto image = picture();
    for (const char* prompt :
         {"A basketball player shoots a ball.", "Three balls fall into a swimming pool.",
          "A glass vase falls off a table and breaks.", "A man jumps into the lake.",
          "A bowling ball knocks over all the pins.", "A woman skates on the ice.",
          "A ball rolls down the stairs.", "An astronaut jumps on the moon.",
          "It rains. Two people talk in the street."}) {
        const auto take = take_of(shots(prompt, 0.125), image);
        ASSERT_NE(take, nullptr) << prompt;
        auto first = take->frames().next(), second = take->frames().next();
        ASSERT_TRUE(first.ok() && first->has_value() && second.ok()) << prompt;
        EXPECT_EQ((*first)->image.data, image->data) << prompt;
    }
}

TEST(PictureFilm, GoesNotOnFromAState) {
    const auto image = picture();
    const script::ShotList list = shots("a red ball rolls across", 0.125);
    auto take = take_of(list, image);
    world::MemoryRecord record;
    studio::TakeOptions options;
    options.continue_state = take->end_state();
    auto again = studio::direct(list, options, record);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().kind, base::ErrorKind::Usage);
    options.image = image;
    again = studio::direct(list, options, record);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().kind, base::ErrorKind::Usage);
}

TEST(PictureFilm, DecodedFirstFrameIsThePictureAt35dB) {
    const auto folder = std::filesystem::temp_directory_path() / "aozora_picture_film_test";
    std::filesystem::create_directories(folder);
    const std::string still = folder / "picture.png", film = folder / "film.mp4";
    ASSERT_TRUE(media::write_png(*picture(480, 360), still).ok());
    studio::FilmRequest request;
    request.shots = shots("a red ball rolls across", 0.5);
    request.output_path = film;
    request.overwrite = true;
    request.image_path = still;
    const auto made = studio::make_film(request, {}, nullptr);
    ASSERT_TRUE(made.ok()) << made.error().text();
    auto source = media::open_frames(film);
    ASSERT_TRUE(source.ok());
    auto frame = (*source)->next();
    ASSERT_TRUE(frame.ok() && frame->has_value());
    const base::Image8 fitted = render::fit_picture(*picture(480, 360), kWidth, kHeight);
    const double db = psnr_db((*frame)->image, fitted);
    RecordProperty("psnr_db", std::to_string(db));
    EXPECT_GE(db, 35);
    std::filesystem::remove_all(folder);
}

TEST(PictureFilm, AMissingPictureIsTold) {
    studio::FilmRequest request;
    request.shots = shots("a red ball rolls across", 0.125);
    request.output_path =
        std::filesystem::temp_directory_path() / "aozora_picture_film_missing.mp4";
    request.image_path = "/nonexistent/picture.png";
    const auto made = studio::make_film(request, {}, nullptr);
    ASSERT_FALSE(made.ok());
    EXPECT_NE(made.error().text().find("picture.png"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(request.output_path));
}

}  // namespace
