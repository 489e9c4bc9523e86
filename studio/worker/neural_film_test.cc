// What a job asks of a neural model beside its words.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "media/atomic_file.h"
#include "media/clip.h"
#include "media/decode.h"
#include "media/still.h"
#include "studio/worker/failure.h"
#include "studio/worker/test_job.h"

namespace studio {
namespace {

using testing::Bench;
using testing::tiny_job;

FilmJob ask(const std::string& model) {
    FilmJob job = tiny_job(Task::Create, "A red ball falls.");
    job.engine = "neural";
    job.model = model;
    job.width_px = 64;
    job.height_px = 32;
    job.seconds = 0.5;
    job.steps = 1;
    return job;
}

base::Image8 plain(uint8_t red, uint8_t green, uint8_t blue) {
    base::Image8 image(80, 60, 3);
    for (size_t i = 0; i < image.data.size(); i += 3) {
        image.data[i] = red;
        image.data[i + 1] = green;
        image.data[i + 2] = blue;
    }
    return image;
}

void put_picture(Bench& bench, const base::Image8& image, const std::string& input) {
    const std::string path = bench / (input + ".png");
    ASSERT_TRUE(media::write_png(image, path).ok());
    bench.put(path, input);
}

// Seconds of pictures as a clip that this process may open.
void put_clip(Bench& bench, double seconds, const std::string& input) {
    const std::string path = bench / (input + ".mp4");
    media::testing::Pictures pictures(64, 48, 24, std::llround(seconds * 24));
    media::testing::Sound sound(std::llround(seconds * 48000), media::testing::tone(440));
    ASSERT_TRUE(media::encode_clip(pictures, sound, path, {}).ok());
    bench.put(path, input);
}

std::string hash_of(const base::Result<Made>& made) {
    EXPECT_TRUE(made.ok()) << made.error().text();
    return made.ok() ? made->result.at("frame_hash").get<std::string>() : "";
}

std::string code_of(const base::Result<Made>& made, const std::string& in_message) {
    EXPECT_FALSE(made.ok());
    if (made.ok()) return "";
    const JobFailure failure = failure_of(made.error());
    EXPECT_TRUE(failure.permanent) << failure.message;
    EXPECT_NE(failure.message.find(in_message), std::string::npos) << failure.message;
    return failure.code;
}

TEST(NeuralJob, KeyframesAndReferencesChangeTheFilm) {
    Bench bench;
    put_picture(bench, plain(200, 20, 20), "keyframe_0");
    put_picture(bench, plain(20, 20, 200), "keyframe_1");
    put_clip(bench, 0.4, "reference");
    FilmJob job = ask("tiny-ltx");
    const std::string free = hash_of(bench.make(job));
    job.keyframes = {{0.25, "keyframe_0"}};
    const std::string red = hash_of(bench.make(job));
    job.keyframes = {{0.25, "keyframe_1"}};
    const std::string blue = hash_of(bench.make(job));
    job.keyframes = {};
    job.reference = "reference";
    const std::string beside_clip = hash_of(bench.make(job));
    job.reference = "keyframe_1";
    const std::string beside_still = hash_of(bench.make(job));
    const std::set<std::string> all = {free, red, blue, beside_clip, beside_still};
    EXPECT_EQ(all.size(), 5u);
}

// Zero crossings a second of the film's sound.
double pitch_of(const base::Result<Made>& made) {
    EXPECT_TRUE(made.ok()) << made.error().text();
    if (!made.ok()) return 0;
    const auto source = media::open_sound(made->outputs.at("video"));
    EXPECT_TRUE(source.ok());
    int64_t rises = 0, samples = 0;
    float before = 0;
    while (const auto block = *(*source)->next()) {
        for (int64_t i = 0; i < block->sample_count(); ++i, ++samples) {
            const float now = block->samples[static_cast<size_t>(i * base::kAudioChannels)];
            rises += before < 0 && now >= 0;
            before = now;
        }
    }
    return static_cast<double>(rises) * base::kSampleRateHz / static_cast<double>(samples);
}

TEST(NeuralJob, ASoundIsFollowedAndHeard) {
    Bench bench;
    put_clip(bench, 0.9, "sound");  // 440 Hz, longer than the film
    FilmJob job = ask("tiny-ltx");
    const std::string free = hash_of(bench.make(job));
    job.sound = "sound";
    const auto made = bench.make(job);
    EXPECT_NE(hash_of(made), free);
    EXPECT_NEAR(pitch_of(made), 440, 15);
    EXPECT_EQ(made->result.at("frames"), 12);
    // As the worker gets a film that was made where it is.
    WorkOptions options;
    options.made_here = {"sound"};
    EXPECT_NEAR(pitch_of(bench.make(job, options)), 440, 15);
}

TEST(NeuralJob, TheDecoderIsChosen) {
    Bench bench;
    FilmJob job = ask("tiny-ltx");
    const std::string conv = hash_of(bench.make(job));
    job.decoder = "conv";
    EXPECT_EQ(hash_of(bench.make(job)), conv);
    job.decoder = "diffusion";
    EXPECT_NE(hash_of(bench.make(job)), conv);
}

TEST(NeuralJob, AFilmLastsAsLongAsTheModelThinks) {
    Bench bench;
    FilmJob job = ask("tiny-ltx");
    job.own_length = true;
    job.seconds = 20;
    const auto made = bench.make(job);
    ASSERT_TRUE(made.ok()) << made.error().text();
    const auto frames = made->result.at("frames").get<int64_t>();
    EXPECT_GE(frames, 24);
    EXPECT_EQ(frames % 8, 1);
    EXPECT_NE(made->result.at("understood").dump().find("own length"), std::string::npos);
    const auto shots = media::read_file(made->outputs.at("shots"), 1 << 20);
    const base::Json list = *base::parse_json(*shots, "shots");
    EXPECT_NEAR(list.at("shots").at(0).at("seconds").get<double>(),
                static_cast<double>(frames) / 24, 1e-3);
    job.seconds = 0.5;
    EXPECT_EQ(code_of(bench.make(job), "own length"), "too_long");
}

TEST(NeuralJob, AnExtensionOfOnesOwnLengthKeepsWhatThereWas) {
    Bench bench;
    FilmJob job = ask("tiny-ltx");
    const auto first = bench.make(job);
    ASSERT_TRUE(first.ok()) << first.error().text();
    bench.put(first->outputs.at("video"), "source");
    FilmJob more = ask("tiny-ltx");
    more.task = Task::Extend;
    more.prompt = "The ball rolls away.";
    more.source = "source";
    more.width_px = more.height_px = 0;
    more.seconds = 20;
    more.own_length = true;
    WorkOptions options;
    options.made_here = {"source"};
    const auto longer = bench.make(more, options);
    ASSERT_TRUE(longer.ok()) << longer.error().text();
    const auto frames = longer->result.at("frames").get<int64_t>();
    EXPECT_EQ(longer->result.at("kept_frames"), 12);
    EXPECT_EQ((frames - 12) % 8, 1);
    // Times are those of the whole film.
    put_picture(bench, plain(200, 20, 20), "keyframe_0");
    more.keyframes = {{0.25, "keyframe_0"}};
    EXPECT_EQ(code_of(bench.make(more, options), "kept"), "unsupported");
    more.keyframes = {{1, "keyframe_0"}};
    EXPECT_NE(hash_of(bench.make(more, options)), hash_of(longer));
}

TEST(NeuralJob, WhatAModelCannotDoIsPermanent) {
    Bench bench;
    put_picture(bench, plain(200, 20, 20), "keyframe_0");
    FilmJob job = ask("tiny-wan");
    job.keyframes = {{0.25, "keyframe_0"}};
    EXPECT_EQ(code_of(bench.make(job), "keyframes"), "unsupported");
    job = ask("tiny-wan");
    job.reference = "keyframe_0";
    EXPECT_EQ(code_of(bench.make(job), "reference"), "unsupported");
    job = ask("tiny-wan");
    put_clip(bench, 0.4, "sound");
    job.sound = "sound";
    EXPECT_EQ(code_of(bench.make(job), "sound"), "unsupported");
    job = ask("tiny-wan");
    job.control = {"depth"};
    EXPECT_EQ(code_of(bench.make(job), "control"), "unsupported");
    job = ask("tiny-wan");
    job.decoder = "diffusion";
    EXPECT_EQ(code_of(bench.make(job), "decoder"), "unsupported");
    job = ask("tiny-wan");
    job.own_length = true;
    EXPECT_EQ(code_of(bench.make(job), "seconds"), "unsupported");
    job = ask("tiny-ltx");
    job.keyframes = {{0.5, "keyframe_0"}};
    EXPECT_EQ(code_of(bench.make(job), "outside"), "unsupported");
    job = tiny_job(Task::Create, "A red ball falls.");
    job.own_length = true;
    EXPECT_EQ(code_of(bench.make(job), "length"), "unsupported");
}

TEST(NeuralJob, FilesThatAreNoPicturesAndNoSoundAreRefused) {
    Bench bench;
    ASSERT_TRUE(media::write_file(bench / "words", "I am text, and long enough to be read.").ok());
    bench.put(bench / "words", "words");
    FilmJob job = ask("tiny-ltx");
    job.keyframes = {{0.25, "words"}};
    EXPECT_EQ(code_of(bench.make(job), "PNG"), "invalid_image");
    job.keyframes = {};
    job.reference = "words";
    EXPECT_EQ(code_of(bench.make(job), "film"), "invalid_video");
    job.reference = "";
    job.sound = "words";
    EXPECT_EQ(code_of(bench.make(job), "sound"), "invalid_audio");
    put_picture(bench, plain(1, 2, 3), "silent");
    job.sound = "silent";
    EXPECT_EQ(code_of(bench.make(job), "sound"), "invalid_audio");
    job.sound = "";
    job.reference = "missing";
    const auto lost = bench.make(job);
    ASSERT_FALSE(lost.ok());
    EXPECT_FALSE(failure_of(lost.error()).permanent);
}

}  // namespace
}  // namespace studio
