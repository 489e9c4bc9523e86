// A film whose maker died goes on from its last finished piece.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>

#include "media/atomic_file.h"
#include "media/decode.h"
#include "media/still.h"
#include "studio/worker/checkpoint.h"
#include "studio/worker/test_job.h"

namespace studio {
namespace {

using testing::Bench;
using testing::tiny_job;

// What a server keeps of a job.
struct Vault {
    std::map<std::string, std::string> parts;
    std::vector<std::string> checkpoints;

    WorkOptions options() {
        WorkOptions options;
        options.keep = [this](const Checkpoint& c) -> base::Status {
            parts[c.part] = TRY(media::read_file(c.path, 64 << 20));
            checkpoints.push_back(c.json);
            return {};
        };
        return options;
    }
    void give(const Bench& bench) const {
        std::filesystem::create_directories(bench / "parts");
        for (const auto& [name, bytes] : parts)
            EXPECT_TRUE(media::write_file(bench / ("parts/" + name), bytes).ok());
    }
};

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

double psnr_db(const base::Image8& a, const base::Image8& b) {
    double sum = 0;
    for (size_t i = 0; i < a.data.size(); ++i) {
        const double d = static_cast<double>(a.data[i]) - b.data[i];
        sum += d * d;
    }
    const double mean = sum / static_cast<double>(a.data.size());
    return mean > 0 ? 10 * std::log10(255 * 255 / mean) : 99;
}

// Goes on from `checkpoint` and says at which picture the drawing began.
base::Result<Made> resume(Bench& bench, const FilmJob& job, const Vault& vault,
                          const std::string& checkpoint, int64_t& first) {
    vault.give(bench);
    WorkOptions options;
    options.checkpoint = checkpoint;
    first = -1;
    options.progress = [&](const WorkProgress& p) {
        if (p.stage == "rendering" && first < 0) first = p.frame - 1;
    };
    return bench.make(job, options);
}

TEST(Resume, GoesOnFromTheLastPiece) {
    FilmJob job = tiny_job(Task::Create, "A red ball falls onto a wooden floor.");
    job.seconds = 5;
    job.fps = 8;
    Bench whole, rest;
    Vault vault;
    const auto one = whole.make(job, vault.options());
    ASSERT_TRUE(one.ok()) << one.error().text();
    ASSERT_EQ(vault.checkpoints.size(), 2u);  // at 2 and 4 s; the end is none

    int64_t first = 0;
    const auto two = resume(rest, job, vault, vault.checkpoints[0], first);
    ASSERT_TRUE(two.ok()) << two.error().text();
    EXPECT_EQ(first, 16);
    EXPECT_EQ(two->result.at("frames"), 40);
    EXPECT_EQ(two->result.at("sample_hash"), one->result.at("sample_hash"));
    const auto info = media::inspect_film(two->outputs.at("video"));
    EXPECT_EQ(info->frame_count, 40);
    EXPECT_NEAR(info->audio_start_s, 0, 1e-6);
    EXPECT_NEAR(info->audio_duration_s, 5, 1e-6);

    const auto a = pictures_of(one->outputs.at("video")), b = pictures_of(two->outputs.at("video"));
    ASSERT_EQ(a.size(), b.size());
    double worst = 99;
    for (size_t i = 0; i < a.size(); ++i) {
        if (i < 16) EXPECT_EQ(a[i].data, b[i].data) << "picture " << i << " was kept";
        else worst = std::min(worst, psnr_db(a[i], b[i]));
    }
    EXPECT_GT(worst, 32) << "noise only";
}

TEST(Resume, IsExactWhereAShotBegins) {
    FilmJob job = tiny_job(Task::Create, "");
    job.seconds = 0;
    job.storyboard = {{0.5, "A red ball falls onto a wooden floor."}, {0.5, "The ball rolls."}};
    Bench whole, rest;
    Vault vault;
    const auto one = whole.make(job, vault.options());
    ASSERT_TRUE(one.ok()) << one.error().text();
    ASSERT_EQ(vault.checkpoints.size(), 1u);
    int64_t first = 0;
    const auto two = resume(rest, job, vault, vault.checkpoints[0], first);
    ASSERT_TRUE(two.ok()) << two.error().text();
    EXPECT_EQ(first, 12);
    EXPECT_EQ(two->result.at("frame_hash"), one->result.at("frame_hash"));
    EXPECT_EQ(two->result.at("sample_hash"), one->result.at("sample_hash"));
}

TEST(Resume, PartsOfAnotherFilmOrDamagedOnesAreMadeAnew) {
    FilmJob job = tiny_job(Task::Create, "");
    job.seconds = 0;
    job.storyboard = {{0.25, "A red ball falls onto a wooden floor."}, {0.25, "The ball rolls."}};
    Bench whole;
    Vault vault;
    ASSERT_TRUE(whole.make(job, vault.options()).ok());
    ASSERT_EQ(vault.checkpoints.size(), 1u);
    int64_t first = 0;
    FilmJob other = job;
    other.seed = 2;
    Bench b1, b2, b3;
    EXPECT_TRUE(resume(b1, other, vault, vault.checkpoints[0], first).ok());
    EXPECT_EQ(first, 0);
    EXPECT_TRUE(resume(b2, job, vault, "{\"parts\": 7", first).ok());
    EXPECT_EQ(first, 0);
    Vault damaged = vault;
    damaged.parts["part-000.mp4"].resize(100);
    EXPECT_TRUE(resume(b3, job, damaged, vault.checkpoints[0], first).ok());
    EXPECT_EQ(first, 0);
}

// The job dies after every step, and every attempt gets one further.
TEST(Resume, ANeuralFilmLosesNoStepAndChangesNoBit) {
    FilmJob job = tiny_job(Task::Create, "A red ball falls.");
    job.engine = "neural";
    job.model = "tiny-wan";
    job.width_px = job.height_px = 64;
    job.seconds = 3;  // two clips
    job.fps = 8;
    Bench whole;
    const auto one = whole.make(job);
    ASSERT_TRUE(one.ok()) << one.error().text();

    Vault vault;
    std::optional<Made> two;
    int attempts = 0;
    size_t kept_before = 0;
    while (!two && attempts < 30) {
        ++attempts;
        Bench bench;
        vault.give(bench);
        base::CancelToken killed;
        WorkOptions options = vault.options();
        options.keep_steps_every_s = 0;
        options.cancel = &killed;
        if (!vault.checkpoints.empty()) options.checkpoint = vault.checkpoints.back();
        const auto keep = options.keep;
        options.keep = [&](const Checkpoint& c) {
            const base::Status kept = keep(c);
            killed.cancel();
            return kept;
        };
        auto made = bench.make(job, options);
        if (made.ok()) {
            two = std::move(*made);
            break;
        }
        ASSERT_EQ(made.error().kind, base::ErrorKind::Cancelled) << made.error().text();
        ASSERT_EQ(vault.checkpoints.size(), kept_before + 1);
        kept_before = vault.checkpoints.size();
    }
    ASSERT_TRUE(two);
    EXPECT_EQ(kept_before, 12u);  // six steps in each of two clips
    EXPECT_EQ(vault.parts.size(), 2u);
    EXPECT_EQ(two->result.at("frame_hash"), one->result.at("frame_hash"));
    EXPECT_EQ(two->result.at("sample_hash"), one->result.at("sample_hash"));
}

// The next attempt fetches the same inputs and goes on from the same step.
TEST(Resume, ANeuralFilmFindsItsKeyframesAgain) {
    FilmJob job = tiny_job(Task::Create, "A red ball falls.");
    job.engine = "neural";
    job.model = "tiny-ltx";
    job.width_px = 64;
    job.height_px = 32;
    job.seconds = 0.5;
    job.keyframes = {{0.25, "keyframe_0"}};
    media::testing::Folder folder;
    const std::string picture = folder / "a.png";
    ASSERT_TRUE(media::write_png(media::testing::Pictures(80, 60, 24, 1).picture(0), picture).ok());
    // Ends after `most` states were kept.
    const auto attempt = [&](Vault& vault, size_t most) {
        Bench bench;
        bench.put(picture, "keyframe_0");
        vault.give(bench);
        base::CancelToken killed;
        WorkOptions options = vault.options();
        options.keep_steps_every_s = 0;
        options.cancel = &killed;
        if (!vault.checkpoints.empty()) options.checkpoint = vault.checkpoints.back();
        options.keep = [&, keep = options.keep](const Checkpoint& c) {
            const base::Status kept = keep(c);
            if (vault.checkpoints.size() >= most) killed.cancel();
            return kept;
        };
        const auto made = bench.make(job, options);
        return made.ok() ? made->result.at("frame_hash").get<std::string>() : "";
    };
    Vault whole, broken;
    const std::string hash = attempt(whole, 1000);
    ASSERT_NE(hash, "");
    ASSERT_GT(whole.checkpoints.size(), 4u);
    EXPECT_EQ(attempt(broken, 3), "");
    EXPECT_EQ(attempt(broken, 1000), hash);
    EXPECT_EQ(broken.checkpoints.size(), whole.checkpoints.size());  // no step was made twice
}

TEST(Checkpoint, AnyTextIsSafe) {
    media::testing::Folder folder;
    for (
        const char* text :
        {"", "null", "[]", "{}", R"({"schema":"aozora-checkpoint/1","film":"x","parts":{}})",
         R"({"schema":"aozora-checkpoint/1","film":"x","parts":[{"name":"../x","frames":1,"frame_hash":""}]})",
         R"({"schema":"aozora-checkpoint/1","film":"x","parts":[{"name":5}]})"}) {
        EXPECT_TRUE(read_checkpoint(text, "x", folder / "").parts.empty()) << text;
    }
}

}  // namespace
}  // namespace studio
