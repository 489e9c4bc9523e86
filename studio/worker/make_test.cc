#include "studio/worker/make.h"

#include <gtest/gtest.h>

#include <cmath>

#include "media/atomic_file.h"
#include "media/decode.h"
#include "media/still.h"
#include "studio/worker/failure.h"
#include "studio/worker/test_job.h"

namespace studio {
namespace {

using testing::Bench;
using testing::tiny_job;

constexpr const char* kFall = "A red ball falls onto a wooden floor.";

void expect_film(const base::Result<Made>& made, int64_t frames) {
    ASSERT_TRUE(made.ok()) << made.error().text();
    const auto info = media::inspect_film(made->outputs.at("video"));
    ASSERT_TRUE(info.ok());
    EXPECT_EQ(info->frame_count, frames);
    EXPECT_EQ(made->result.at("frames"), frames);
    EXPECT_NEAR(info->audio_duration_s, static_cast<double>(frames) / info->fps, 0.001);
    const auto poster = media::read_image(made->outputs.at("thumbnail"));
    EXPECT_TRUE(poster.ok());
    const auto sheet = media::read_image(made->outputs.at("spritesheet"));
    ASSERT_TRUE(sheet.ok());
    EXPECT_GT(sheet->width_px, poster->width_px);
}

base::Json json_file(const std::string& path) {
    const auto text = media::read_file(path, 64 << 20);
    EXPECT_TRUE(text.ok());
    return *base::parse_json(*text, path);
}

TEST(MakeJob, CreatesAFilmWithAllThatBelongsToIt) {
    Bench bench;
    const auto made = bench.make(tiny_job(Task::Create, kFall));
    expect_film(made, 24);
    EXPECT_EQ(json_file(made->outputs.at("record")).at("schema"), "aozora-record/1");
    EXPECT_EQ(json_file(made->outputs.at("shots")).at("schema"), "aozora-shots/1");
    EXPECT_NE(media::read_file(made->outputs.at("screenplay"), 1 << 20)->find("ball"),
              std::string::npos);
    EXPECT_EQ(made->result.at("width_px"), 160);
    EXPECT_DOUBLE_EQ(made->result.at("seconds"), 1);
    EXPECT_EQ(made->result.at("frame_hash").get<std::string>().size(), 16u);
    EXPECT_FALSE(made->result.at("understood").empty());
}

TEST(MakeJob, AStoryboardKeepsItsLengthsAndItsCast) {
    Bench bench;
    FilmJob job = tiny_job(Task::Create, "");
    job.seconds = 0;
    job.storyboard = {{0.5, kFall}, {0.3, "The ball rolls away."}, {0.45, "Close-up of the ball."}};
    const auto made = bench.make(job);
    expect_film(made, std::llround(1.25 * 24));
    const base::Json shots = json_file(made->outputs.at("shots"));
    EXPECT_EQ(shots.at("cast").size(), 1u);
    EXPECT_GE(shots.at("shots").size(), 3u);
}

TEST(MakeJob, ProgressRisesAndShowsPictures) {
    Bench bench;
    int last = -1;
    std::vector<int> values;
    size_t previews = 0;
    WorkOptions options;
    options.progress = [&](const WorkProgress& p) {
        EXPECT_GE(p.percent, last);
        EXPECT_LE(p.percent, 99);
        if (p.percent != last) values.push_back(last = p.percent);
        if (p.preview_jpeg.empty()) return;
        ++previews;
        EXPECT_LE(p.preview_jpeg.size(), 256u << 10);
        const auto picture = media::decode_image(p.preview_jpeg);
        ASSERT_TRUE(picture.ok());
        EXPECT_EQ(picture->width_px, 160);
    };
    EXPECT_TRUE(bench.make(tiny_job(Task::Create, kFall), options).ok());
    EXPECT_GE(values.size(), 5u);
    EXPECT_GE(previews, 2u);
}

TEST(MakeJob, CancelEndsItWithNothingLeft) {
    Bench bench;
    base::CancelToken token;
    WorkOptions options;
    options.cancel = &token;
    options.progress = [&](const WorkProgress& p) {
        if (p.frame >= 3) token.cancel();
    };
    const auto made = bench.make(tiny_job(Task::Create, kFall), options);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().kind, base::ErrorKind::Cancelled);
    EXPECT_FALSE(std::filesystem::exists(bench / "outputs/video.mp4"));
}

TEST(MakeJob, ANeuralModelListensToTheJob) {
    Bench bench;
    FilmJob job = tiny_job(Task::Create, kFall);
    job.engine = "neural";
    job.model = "tiny-ltx";
    job.width_px = 64;
    job.height_px = 36;
    job.seconds = 0.25;
    job.steps = 1;
    const auto one = bench.make(job);
    expect_film(one, 6);
    job.steps = 2;
    const auto two = bench.make(job);
    EXPECT_NE(one->result.at("frame_hash"), two->result.at("frame_hash"));
    job.control = {"depth", "first-frame"};
    const auto led = bench.make(job);
    expect_film(led, 6);
    EXPECT_NE(led->result.at("frame_hash"), two->result.at("frame_hash"));
    // The world had to understand the words too.
    EXPECT_GT(led->result.at("understood").size(), two->result.at("understood").size());
}

TEST(MakeJob, SaysWhatCannotBeDone) {
    Bench bench;
    const auto code = [&](const FilmJob& job) {
        const auto made = bench.make(job);
        EXPECT_FALSE(made.ok());
        const JobFailure failure = failure_of(made.error());
        EXPECT_TRUE(failure.permanent) << failure.message;
        return failure.code;
    };
    FilmJob job = tiny_job(Task::Create, " ");
    EXPECT_EQ(code(job), "invalid_prompt");
    job = tiny_job(Task::Create, kFall);
    job.seconds = 121;
    EXPECT_EQ(code(job), "too_long");
    job = tiny_job(Task::Create, kFall);
    job.engine = "neural";
    EXPECT_EQ(code(job), "unsupported");
    job.model = "tiny-ltx";
    job.loras = {{"none-of-ours", 1}};
    EXPECT_EQ(code(job), "unsupported");
    job = tiny_job(Task::Create, kFall);
    job.engine = "neural";
    job.model = "tiny-wan";
    job.control = {"depth"};
    EXPECT_EQ(code(job), "unsupported");
    job = tiny_job(Task::Create, kFall);
    job.style = "baroque";
    EXPECT_EQ(code(job), "unsupported");
}

// One film for all that start from one.
class OfOurs : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        source_ = new Bench;
        const auto made = source_->make(tiny_job(Task::Create, kFall));
        ASSERT_TRUE(made.ok()) << made.error().text();
    }
    static void TearDownTestSuite() {
        delete source_;
        source_ = nullptr;
    }
    base::Result<Made> make(FilmJob job, const WorkOptions& options = {}) {
        job.source = "source";
        bench_.put(*source_ / "outputs/video.mp4", "source");
        return bench_.make(job, options);
    }
    static Bench* source_;
    Bench bench_;
};
Bench* OfOurs::source_ = nullptr;

TEST_F(OfOurs, ExtendIsTheWholeFilm) {
    FilmJob job = tiny_job(Task::Extend, "The ball rolls to the right.");
    job.seconds = 0.5;
    expect_film(make(job), 36);
}

// What was drawn here once is not drawn again, and the hash goes on as if it had been.
TEST_F(OfOurs, ExtendTakesOverThePicturesThatAreThere) {
    FilmJob job = tiny_job(Task::Extend, "The ball rolls to the right.");
    job.seconds = 0.5;
    const auto anew = make(job);
    ASSERT_TRUE(anew.ok());
    const base::Json expected = anew->result;
    int64_t first = -1;
    WorkOptions options;
    options.made_here = {"source"};
    options.progress = [&](const WorkProgress& p) {
        if (p.stage == "rendering" && first < 0) first = p.frame - 1;
    };
    const auto kept = make(job, options);
    expect_film(kept, 36);
    EXPECT_EQ(first, 24);
    EXPECT_EQ(kept->result.at("kept_frames"), 24);
    EXPECT_EQ(kept->result.at("frame_hash"), expected.at("frame_hash"));
    EXPECT_EQ(kept->result.at("sample_hash"), expected.at("sample_hash"));
}

TEST_F(OfOurs, ExtendRefusesWhatIsTooLong) {
    FilmJob job = tiny_job(Task::Extend, "The ball rolls.");
    job.seconds = 4;
    job.most_seconds = 4.5;
    const auto made = make(job);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(failure_of(made.error()).code, "too_long");
}

TEST_F(OfOurs, RemixIsTheSameFilmInAnotherColour) {
    const auto made = make(tiny_job(Task::Remix, "make the ball blue"));
    expect_film(made, 24);
    EXPECT_EQ(json_file(made->outputs.at("shots")).at("cast").at(0).at("colour"), "blue");
    EXPECT_EQ(json_file(made->outputs.at("record")).at("tracks"),
              json_file(*source_ / "outputs/record.json").at("tracks"));
}

TEST_F(OfOurs, ANewStoryIsAsLongAsTheOldOne) {
    expect_film(make(tiny_job(Task::Edit, "A cat jumps onto a table.")), 24);
}

TEST_F(OfOurs, OptionsOfTheJobWin) {
    FilmJob job = tiny_job(Task::Remix, "make the ball blue");
    job.width_px = 96;
    job.height_px = 64;
    job.seconds = 0.5;
    job.seed = 7;
    job.style = "noir";
    const auto made = make(job);
    expect_film(made, 12);
    EXPECT_EQ(made->result.at("width_px"), 96);
    const base::Json shots = json_file(made->outputs.at("shots"));
    EXPECT_EQ(shots.at("seed"), 7);
    EXPECT_EQ(shots.at("style"), "noir");
}

}  // namespace
}  // namespace studio
