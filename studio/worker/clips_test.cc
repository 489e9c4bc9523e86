// The tasks that work on pictures: loop, blend, re-cut, strangers' clips.
#include "studio/worker/clips.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "media/atomic_file.h"
#include "media/clip.h"
#include "media/decode.h"
#include "studio/film/make_film.h"
#include "studio/worker/failure.h"
#include "studio/worker/test_job.h"

namespace studio {
namespace {

using testing::Bench;
using testing::tiny_job;

constexpr double kFps = 12;

std::vector<base::Image8> pictures_of(const std::string& film) {
    std::vector<base::Image8> pictures;
    const auto frames = media::open_frames(film);
    EXPECT_TRUE(frames.ok());
    while (frames.ok()) {
        auto frame = (*frames)->next();
        if (!frame.ok() || !*frame) break;
        pictures.push_back(std::move((*frame)->image));
    }
    return pictures;
}

std::vector<float> sound_of(const std::string& film) {
    std::vector<float> samples;
    const auto source = media::open_sound(film);
    EXPECT_TRUE(source.ok());
    while (source.ok()) {
        auto block = (*source)->next();
        if (!block.ok() || !*block) break;
        samples.insert(samples.end(), (*block)->samples.begin(), (*block)->samples.end());
    }
    return samples;
}

double difference(const base::Image8& a, const base::Image8& b) {
    double sum = 0;
    for (size_t i = 0; i < a.data.size(); ++i) sum += std::abs(a.data[i] - b.data[i]);
    return sum / static_cast<double>(a.data.size());
}

// A stranger's clip: a gradient that changes for good, so its end is unlike its beginning.
class Drift final : public base::FrameSource {
public:
    Drift(int64_t count, int hue, int width = 96, int height = 64)
        : count_(count), hue_(hue), width_(width), height_(height) {}
    int width_px() const override { return width_; }
    int height_px() const override { return height_; }
    double fps() const override { return kFps; }
    int64_t frame_count() const override { return count_; }
    base::Result<std::optional<base::Frame>> next() override {
        if (next_ >= count_) return std::optional<base::Frame>();
        return std::optional<base::Frame>(base::Frame{next_, picture(next_++)});
    }
    base::Image8 picture(int64_t n) const {
        base::Image8 image(width_, height_, 3);
        for (int y = 0; y < height_; ++y) {
            for (int x = 0; x < width_; ++x) {
                const int t = static_cast<int>(60 + 4 * n);
                image.at(x, y)[hue_] = static_cast<uint8_t>(std::min(235, t + x / 4));
                image.at(x, y)[(hue_ + 1) % 3] = static_cast<uint8_t>(40 + y);
            }
        }
        return image;
    }

private:
    int64_t count_, next_ = 0;
    int hue_, width_, height_;
};

void put_clip(Bench& bench, const std::string& input, int64_t frames, int hue, double hz = 300,
              int width = 96, int height = 64) {
    media::testing::Folder folder;
    Drift pictures(frames, hue, width, height);
    media::testing::Sound sound(frames * 4000, media::testing::tone(hz));
    ASSERT_TRUE(media::encode_clip(pictures, sound, folder / "clip.mp4", {}).ok());
    bench.put(folder / "clip.mp4", input);
}

FilmJob clip_job(Task task, const std::string& prompt = "") {
    FilmJob job = tiny_job(task, prompt);
    job.source = "source";
    return job;
}

TEST(Loop, TheSeamIsNoLargerThanAnyStep) {
    for (const double strength : {0.1, 0.5, 1.0}) {
        Bench bench;
        put_clip(bench, "source", 36, 0);
        FilmJob job = clip_job(Task::Loop);
        job.strength = strength;
        const auto made = bench.make(job);
        ASSERT_TRUE(made.ok()) << made.error().text();
        const auto pictures = pictures_of(made->outputs.at("video"));
        ASSERT_GE(pictures.size(), 18u);
        EXPECT_LE(pictures.size(), 32u);
        double largest = 0;
        for (size_t i = 1; i < pictures.size(); ++i)
            largest = std::max(largest, difference(pictures[i - 1], pictures[i]));
        EXPECT_LE(difference(pictures.back(), pictures.front()), 1.5 * largest) << strength;

        const std::vector<float> sound = sound_of(made->outputs.at("video"));
        EXPECT_EQ(sound.size(), pictures.size() * 4000 * 2);
        float step = 0;
        for (size_t i = 2; i < sound.size(); ++i)
            step = std::max(step, std::abs(sound[i] - sound[i - 2]));
        EXPECT_LE(std::abs(sound[0] - sound[sound.size() - 2]), 1.5f * step) << "a click";
    }
}

TEST(Loop, ChoosesAPart) {
    Bench bench;
    put_clip(bench, "source", 36, 0);
    FilmJob job = clip_job(Task::Loop);
    job.start_s = 1;
    job.end_s = 2.5;
    job.strength = 0.5;
    const auto made = bench.make(job);
    ASSERT_TRUE(made.ok()) << made.error().text();
    EXPECT_EQ(made->result.at("frames"), 18 - 5);  // a quarter is dissolve
    // After the dissolve's own pictures, where nothing is mixed.
    const Drift clip(36, 0);
    EXPECT_LT(difference(pictures_of(made->outputs.at("video")).front(), clip.picture(12 + 5)), 4);
    job.end_s = 1.5;
    EXPECT_EQ(failure_of(bench.make(job).error()).code, "invalid_video");
}

TEST(Blend, TurnsOneIntoTheOther) {
    Bench bench;
    put_clip(bench, "source", 36, 0);
    put_clip(bench, "source_b", 24, 2, 500, 128, 64);
    FilmJob job = clip_job(Task::Blend);
    job.source_b = "source_b";
    job.seconds = 2.5;
    for (const double strength : {0.25, 0.5, 0.75}) {
        job.strength = strength;
        const auto made = bench.make(job);
        ASSERT_TRUE(made.ok()) << made.error().text();
        const auto pictures = pictures_of(made->outputs.at("video"));
        ASSERT_EQ(pictures.size(), 30u);
        const Drift a(36, 0);
        const base::Image8 last = fill(Drift(24, 2, 128, 64).picture(23), 96, 64);
        EXPECT_LT(difference(pictures.front(), a.picture(0)), 4);
        EXPECT_LT(difference(pictures.back(), last), 4);
        // Half of each at 1 - strength: as far from one as from the other.
        const auto middle = static_cast<size_t>(std::lround(29 * (1 - strength)));
        const auto b_now =
            static_cast<int64_t>(std::lround(24 - (30.0 - static_cast<double>(middle))));
        const base::Image8 b =
            fill(Drift(24, 2, 128, 64).picture(std::clamp<int64_t>(b_now, 0, 23)), 96, 64);
        const double to_a = difference(pictures[middle], a.picture(static_cast<int64_t>(middle))),
                     to_b = difference(pictures[middle], b);
        EXPECT_NEAR(to_a / (to_a + to_b), 0.5, 0.12) << strength;
        EXPECT_EQ(sound_of(made->outputs.at("video")).size(), 30u * 4000 * 2);
    }
}

TEST(Recut, KeepsAPartOfAStrangersClip) {
    Bench bench;
    put_clip(bench, "source", 36, 0);
    FilmJob job = clip_job(Task::Recut);
    job.start_s = 0.5;
    job.end_s = 2;
    const auto made = bench.make(job);
    ASSERT_TRUE(made.ok()) << made.error().text();
    const auto pictures = pictures_of(made->outputs.at("video"));
    ASSERT_EQ(pictures.size(), 18u);
    const Drift clip(36, 0);
    EXPECT_LT(difference(pictures.front(), clip.picture(6)), 4);
    EXPECT_LT(difference(pictures.back(), clip.picture(23)), 4);
    job.start_s = 9;
    job.end_s = 10;
    EXPECT_EQ(failure_of(bench.make(job).error()).code, "invalid_video");
}

TEST(StrangersClip, IsExtendedByAFilmBehindIt) {
    Bench bench;
    put_clip(bench, "source", 12, 0);
    FilmJob job = clip_job(Task::Extend, "A red ball falls.");
    job.seconds = 0.5;
    const auto made = bench.make(job);
    ASSERT_TRUE(made.ok()) << made.error().text();
    EXPECT_EQ(made->result.at("frames"), 18);
    EXPECT_FALSE(made->result.at("replaced").empty());
    EXPECT_EQ(made->outputs.count("record"), 0u);
    const auto pictures = pictures_of(made->outputs.at("video"));
    ASSERT_EQ(pictures.size(), 18u);
    const Drift clip(12, 0);
    for (int64_t i = 0; i < 12; ++i)
        EXPECT_LT(difference(pictures[static_cast<size_t>(i)], clip.picture(i)), 4) << i;
    EXPECT_EQ(sound_of(made->outputs.at("video")).size(), 18u * 4000 * 2);
}

TEST(StrangersClip, IsRemixedByANewFilmOfItsKind) {
    Bench bench;
    put_clip(bench, "source", 12, 0);
    const auto made = bench.make(clip_job(Task::Remix, "A ball falls."));
    ASSERT_TRUE(made.ok()) << made.error().text();
    EXPECT_EQ(made->result.at("frames"), 12);
    EXPECT_EQ(made->result.at("width_px"), 96);
    EXPECT_FALSE(made->result.at("replaced").empty());
}

TEST(StrangersClip, IsRefusedWhenItIsNone) {
    Bench bench;
    media::testing::Folder folder;
    std::ofstream(folder / "x.mp4") << "This is a text, whatever its name says.";
    bench.put(folder / "x.mp4", "source");
    for (const Task task : {Task::Remix, Task::Extend, Task::Loop, Task::Recut, Task::Character}) {
        FilmJob job = clip_job(task, "A ball falls.");
        job.seconds = 1;
        const auto made = bench.make(job);
        ASSERT_FALSE(made.ok());
        const JobFailure failure = failure_of(made.error());
        EXPECT_TRUE(failure.permanent);
        EXPECT_EQ(failure.code, "invalid_video") << failure.message;
    }
    FilmJob job = tiny_job(Task::Create, "A ball falls.");
    job.image = "source";
    EXPECT_EQ(failure_of(bench.make(job).error()).code, "invalid_image");
}

// -- re-cut of films of ours ---------------------------------------------------------------------

class RecutOfOurs : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        source_ = new Bench;
        FilmJob job = tiny_job(Task::Create, "A red ball falls onto a wooden floor.");
        job.fps = kFps;
        job.seconds = 2;
        ASSERT_TRUE(source_->make(job).ok());
    }
    static void TearDownTestSuite() {
        delete source_;
        source_ = nullptr;
    }
    base::Result<Made> recut(double start_s, double end_s, const std::string& prompt,
                             double seconds, bool made_here = true) {
        bench_.put(*source_ / "outputs/video.mp4", "source");
        FilmJob job = clip_job(Task::Recut, prompt);
        job.start_s = start_s;
        job.end_s = end_s;
        job.seconds = seconds;
        WorkOptions options;
        if (made_here) options.made_here = {"source"};
        return bench_.make(job, options);
    }
    static Bench* source_;
    Bench bench_;
};
Bench* RecutOfOurs::source_ = nullptr;

TEST_F(RecutOfOurs, KeptPicturesAreTheOldOnes) {
    const auto made = recut(0.5, 1.5, "", 0);
    ASSERT_TRUE(made.ok()) << made.error().text();
    EXPECT_EQ(made->result.at("frames"), 12);
    EXPECT_EQ(made->result.at("kept_frames"), 12);
    const auto before = pictures_of(*source_ / "outputs/video.mp4"),
               after = pictures_of(made->outputs.at("video"));
    ASSERT_EQ(after.size(), 12u);
    for (size_t i = 0; i < after.size(); ++i) EXPECT_LT(difference(after[i], before[i + 6]), 4);
    const base::Json record =
        *base::parse_json(*media::read_file(made->outputs.at("record"), 1 << 24), "record");
    EXPECT_NEAR(record.at("duration_s").get<double>(), 1, 1e-6);
    EXPECT_EQ(record.at("tracks").at("ball").size(), 12u);
}

TEST_F(RecutOfOurs, GoesOnFromWhereTheWorldWasThen) {
    const auto made = recut(0.5, 1, "The ball rolls to the right.", 0.5);
    ASSERT_TRUE(made.ok()) << made.error().text();
    EXPECT_EQ(made->result.at("frames"), 12);
    const auto json = [](const std::string& path) {
        return *base::parse_json(*media::read_file(path, 1 << 24), "record");
    };
    const base::Json before = json(*source_ / "outputs/record.json"),
                     after = json(made->outputs.at("record"));
    // Picture 12 of the source is picture 6 of the re-cut film.
    const base::Json &a = before.at("tracks").at("ball").at(12),
                     &b = after.at("tracks").at("ball").at(6);
    for (int k = 0; k < 3; ++k) {
        EXPECT_NEAR(a.at("position_m").at(k).get<double>(), b.at("position_m").at(k).get<double>(),
                    0.001);
    }
}

TEST_F(RecutOfOurs, WhatWasRecutCanBeExtended) {
    const auto cut = recut(0.5, 1, "", 0, false);
    ASSERT_TRUE(cut.ok()) << cut.error().text();
    Bench next;
    next.put(cut->outputs.at("video"), "source");
    FilmJob job = clip_job(Task::Extend, "The ball rolls.");
    job.seconds = 0.5;
    WorkOptions options;
    options.made_here = {"source"};
    const auto longer = next.make(job, options);
    ASSERT_TRUE(longer.ok()) << longer.error().text();
    EXPECT_EQ(longer->result.at("frames"), 12);
    EXPECT_EQ(longer->result.at("kept_frames"), 6);
    EXPECT_EQ(read_film(longer->outputs.at("video"))->first_frame, 6);
}

}  // namespace
}  // namespace studio
