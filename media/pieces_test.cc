#include "media/pieces.h"

#include <gtest/gtest.h>

#include "media/decode.h"
#include "media/test_film.h"

namespace media {
namespace {

using testing::Folder;
using testing::Pictures;
using testing::Sound;

constexpr int kWidth = 96, kHeight = 64;
constexpr double kFps = 24;

// Pictures first .. end-1 of the made-up film.
void write_piece(const std::string& path, int64_t first, int64_t end,
                 const ClipOptions& options = {}) {
    const Pictures pictures(kWidth, kHeight, kFps, end);
    auto piece = PieceWriter::create(path, kWidth, kHeight, kFps, options);
    ASSERT_TRUE(piece.ok()) << piece.error().text();
    for (int64_t i = first; i < end; ++i) ASSERT_TRUE((*piece)->add(pictures.picture(i)).ok());
    ASSERT_TRUE((*piece)->finish().ok());
}

void write_film(const std::string& path, int64_t count, const ClipOptions& options = {}) {
    Pictures pictures(kWidth, kHeight, kFps, count);
    Sound sound(count * 2000, testing::tone(440));
    ASSERT_TRUE(encode_clip(pictures, sound, path, options).ok());
}

// Every picture of `path` shows what the made-up film shows at these numbers.
void expect_pictures(const std::string& path, const std::vector<int64_t>& numbers) {
    const auto frames = open_frames(path);
    ASSERT_TRUE(frames.ok()) << frames.error().text();
    const Pictures pictures(kWidth, kHeight, kFps, 1000);
    for (const int64_t number : numbers) {
        const auto frame = (*frames)->next();
        ASSERT_TRUE(frame.ok() && *frame) << number;
        const base::Image8 wanted = pictures.picture(number);
        double sum = 0;
        for (size_t i = 0; i < wanted.data.size(); ++i)
            sum += std::abs(wanted.data[i] - (*frame)->image.data[i]);
        EXPECT_LT(sum / static_cast<double>(wanted.data.size()), 4) << "picture " << number;
    }
    const auto after = (*frames)->next();
    EXPECT_TRUE(after.ok() && !*after);
}

std::vector<int64_t> range(int64_t first, int64_t end) {
    std::vector<int64_t> numbers;
    for (int64_t i = first; i < end; ++i) numbers.push_back(i);
    return numbers;
}

void expect_times(const std::string& path, int64_t frames, int64_t samples) {
    const auto info = inspect_film(path);
    ASSERT_TRUE(info.ok());
    EXPECT_EQ(info->frame_count, frames);
    EXPECT_NEAR(info->fps, kFps, 1e-6);
    EXPECT_NEAR(info->video_start_s, 0, 1e-6);
    EXPECT_NEAR(info->audio_start_s, 0, 1e-6);
    EXPECT_NEAR(info->video_duration_s, static_cast<double>(frames) / kFps, 1e-6);
    EXPECT_NEAR(info->audio_duration_s, static_cast<double>(samples) / 48000, 1e-6);
}

TEST(Pieces, BecomeOneFilmWithoutBeingEncodedAgain) {
    Folder folder;
    write_piece(folder / "a", 0, 30);
    write_piece(folder / "b", 30, 31);  // as short as can be
    write_piece(folder / "c", 31, 100);
    Sound sound(100 * 2000, testing::tone(440));
    SpanUse use;
    ClipOptions options;
    options.title = "joined";
    options.payload_json = "{\"x\":1}";
    const auto info = join_clip({{folder / "a"}, {folder / "b"}, {folder / "c"}}, kFps, sound,
                                folder / "film.mp4", options, &use);
    ASSERT_TRUE(info.ok()) << info.error().text();
    EXPECT_EQ(info->frame_count, 100);
    EXPECT_EQ(use.copied, 100);
    EXPECT_EQ(use.encoded, 0);
    expect_times(folder / "film.mp4", 100, 200000);
    expect_pictures(folder / "film.mp4", range(0, 100));
    EXPECT_EQ(*read_payload(folder / "film.mp4"), "{\"x\":1}");
}

TEST(Pieces, AnOldFilmIsKeptWhenItWasEncodedAlike) {
    Folder folder;
    write_film(folder / "old.mp4", 60);
    write_piece(folder / "new", 60, 80);
    Sound sound(80 * 2000, testing::tone(440));
    SpanUse use;
    ASSERT_TRUE(join_clip({{folder / "old.mp4"}, {folder / "new"}}, kFps, sound,
                          folder / "film.mp4", {}, &use)
                    .ok());
    EXPECT_EQ(use.copied, 80);
    expect_times(folder / "film.mp4", 80, 160000);
    expect_pictures(folder / "film.mp4", range(0, 80));
}

TEST(Pieces, OtherSettingsAreEncodedAgain) {
    Folder folder;
    ClipOptions fast;
    fast.preset = "ultrafast";  // no CABAC: another header
    write_film(folder / "old.mp4", 10, fast);
    write_piece(folder / "new", 10, 20);
    Sound sound(0, testing::tone(440));
    SpanUse use;
    ASSERT_TRUE(join_clip({{folder / "old.mp4"}, {folder / "new"}}, kFps, sound,
                          folder / "film.mp4", {}, &use)
                    .ok());
    EXPECT_EQ(use.encoded, 10);
    EXPECT_EQ(use.copied, 10);
    expect_pictures(folder / "film.mp4", range(0, 20));
}

// Key frames stand at most two seconds apart, so at least one GOP lies within these pictures.
TEST(Pieces, CutsInsideAGopAreExact) {
    Folder folder;
    write_film(folder / "film.mp4", 120);
    Sound sound(90 * 2000, testing::tone(440));
    SpanUse use;
    ASSERT_TRUE(
        join_clip({{folder / "film.mp4", 20, 110}}, kFps, sound, folder / "cut.mp4", {}, &use)
            .ok());
    EXPECT_GE(use.copied, 30);
    EXPECT_GT(use.encoded, 0);
    EXPECT_EQ(use.copied + use.encoded, 90);
    expect_times(folder / "cut.mp4", 90, 180000);
    expect_pictures(folder / "cut.mp4", range(20, 110));
}

TEST(Pieces, NothingHalfWrittenStands) {
    Folder folder;
    {
        auto piece = PieceWriter::create(folder / "a", kWidth, kHeight, kFps, {});
        ASSERT_TRUE(piece.ok());
        ASSERT_TRUE((*piece)->add(base::Image8(kWidth, kHeight, 3)).ok());
    }
    EXPECT_EQ(folder.entries(), 0);
    write_piece(folder / "a", 0, 5);
    Sound sound(10000, testing::tone(440));
    EXPECT_FALSE(join_clip({{folder / "a", 0, 6}}, kFps, sound, folder / "film.mp4", {}).ok());
    EXPECT_FALSE(join_clip({{folder / "none"}}, kFps, sound, folder / "film.mp4", {}).ok());
    EXPECT_FALSE(join_clip({}, kFps, sound, folder / "film.mp4", {}).ok());
    EXPECT_EQ(folder.entries(), 1);
    EXPECT_EQ(*count_pictures(folder / "a"), 5);
}

}  // namespace
}  // namespace media
